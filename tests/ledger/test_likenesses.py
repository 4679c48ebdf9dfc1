"""Which pairs of reports are copies: kept in place of what was kept, and found with all that hangs together."""

from __future__ import annotations

from itertools import pairwise

from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Likeness
from tests.ledger.told import report_of


def keys_of(ledger: Ledger, count: int) -> list[str]:
    with ledger.write() as writer:
        for number in range(count):
            writer.add_report(*report_of(number))
    return sorted(report_of(number)[0].key for number in range(count))


def test_pairs_are_found_with_all_that_hang_together_with_them(ledger: Ledger) -> None:
    keys = keys_of(ledger, 6)
    chain = {(a, b): Likeness(0.5, number / 7, same=number == 1) for number, (a, b) in enumerate(pairwise(keys[:4]))}
    apart = {(keys[4], keys[5]): Likeness(1.0, 0.9)}
    with ledger.write() as writer:
        writer.set_likenesses(keys, chain | apart)
    for key in keys[:4]:
        assert ledger.likenesses([key]) == chain
    assert ledger.likenesses([keys[5]]) == apart
    assert ledger.likenesses([]) == {}
    assert list(verify(ledger)) == []


def test_what_is_found_of_a_report_stands_in_place_of_what_was_kept_of_it(ledger: Ledger) -> None:
    a, b, c = keys_of(ledger, 3)
    with ledger.write() as writer:
        writer.set_likenesses([a, b, c], {(a, b): Likeness(0.5, 0.6), (b, c): Likeness(0.9, 0.3)})
    with ledger.write() as writer:
        writer.set_likenesses([b], {(a, b): Likeness(0.5, 0.7)})
        writer.set_likenesses([c], {})
    assert ledger.likenesses([a, b, c]) == {(a, b): Likeness(0.5, 0.7)}
    assert list(verify(ledger)) == []


def test_saying_it_twice_leaves_one_entry_in_the_log(ledger: Ledger) -> None:
    a, b = keys_of(ledger, 2)
    for _ in range(2):
        with ledger.write() as writer:
            writer.set_likenesses([b], {(a, b): Likeness(0.5, 0.7)})
    assert [entry.details for entry in ledger.log() if entry.action == "likenesses"] == [{"pairs": 1, "gone": 0}]


def test_the_day_and_the_id_of_reports_are_known_by_key(ledger: Ledger) -> None:
    keys = keys_of(ledger, 2)
    reports = [report_of(number)[0] for number in range(2)]
    wanted = {r.key: (r.published.day if r.published else None, r.id) for r in reports}
    assert ledger.published([*keys, "none"]) == wanted
