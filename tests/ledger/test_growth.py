"""A ledger costs as much for each report when it is large as when it is small."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from sqlalchemy import event

from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Origin

from .told import link_of, report_of, tell


@contextmanager
def asked(ledger: Ledger) -> Iterator[list[str]]:
    """What is put to the database meanwhile."""
    found: list[str] = []

    def note(*arguments: object) -> None:
        found.append(str(arguments[2]))

    event.listen(ledger._engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(ledger._engine, "before_cursor_execute", note)


def test_one_more_report_costs_the_same_in_a_larger_ledger(ledger: Ledger) -> None:
    with ledger.write() as writer:
        tell(writer, 0)
        with asked(ledger) as small:
            tell(writer, 1)
        for number in range(2, 20):
            tell(writer, number)
        with asked(ledger) as large:
            tell(writer, 20)
    assert large == small
    assert len(small) < 70


def test_a_list_asks_the_same_few_questions_whatever_it_finds(ledger: Ledger) -> None:
    query = IncidentQuery(text="guns", kind="killed", place="balaklava", actor="allies", grade="weak")
    with ledger.write() as writer:
        tell(writer, 0)
    assert ledger.incidents(query).total == 1
    with asked(ledger) as few:
        assert ledger.incidents(query).total == 1
    with ledger.write() as writer:
        for number in range(1, 20):
            tell(writer, number)
    assert ledger.incidents(query).total == 20
    with asked(ledger) as many:
        assert ledger.incidents(query).total == 20
    assert len(many) == len(few) < 10


def test_a_long_chain_of_links_is_one_component(ledger: Ledger) -> None:
    with ledger.write() as writer:
        tellings = [tell(writer, number) for number in range(40)]
        writer.add_links(link_of(a, b) for a, b in pairwise(tellings) if a is not tellings[19])
    found, links = ledger.component([tellings[0].key])
    assert {one.key for one in found} == {one.key for one in tellings[:20]}
    assert len(links) == 19
    both, _ = ledger.component([tellings[0].key, tellings[39].key])
    assert len(both) == 40


def test_a_walk_holds_one_snapshot_and_goes_over_all(ledger: Ledger) -> None:
    with ledger.write() as writer:
        for number in range(120):
            tell(writer, number)
    seen: list[str] = []
    for incident, tally, statements in ledger.walk("ibc"):
        assert tally is not None
        assert tally.policy == "ibc"
        assert {one.claim.key for one in statements} == set(incident.claims)
        if not seen:
            with ledger.write() as writer:
                tell(writer, 200)
        seen.append(incident.id)
    assert len(seen) == 120
    assert seen == sorted(seen)
    assert ledger.counts().incidents == 121


def test_a_band_that_a_crowd_shares_brings_nobody_together_but_wordings_of_one_text_do(ledger: Ledger) -> None:
    with ledger.write() as writer:
        reports = [report_of(number)[0] for number in range(12)]
        for number, report in enumerate(reports):
            writer.add_report(*report_of(number))
            pair = number // 2
            bands = [f"own {number}", *(f"pair {pair} {n}" for n in range(8)), *(f"crowd {n}" for n in range(5))]
            # The last four are wordings of one text: all that they have stands in a crowd too.
            many = [f"text {n}" for n in range(5)]
            writer.add_copy(report.key, many if number >= 8 else bands, Origin(report.key, 1.0))
    keys = [report.key for report in reports]

    assert ledger.near_reports([keys[0]], 2, 3) == ((keys[0], keys[1]),)
    assert {other for _, other in ledger.near_reports([keys[0]], 2, 100)} == set(keys[1:8])
    assert len(ledger.near_reports([keys[8]], 2, 3)) == 3
    # Reports that are asked for together meet each other too.
    assert ledger.near_reports(keys[8:], 2, 3) == tuple(
        sorted((one, other) for one in keys[8:] for other in keys[8:] if one != other)
    )
    assert ledger.near_reports([keys[0]], 14, 100) == ()
