"""Tallies: rows kept with the incidents add up to what the incidents' own tallies say, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.ledger import summing, tallying
from parallax.ledger.ledger import Ledger
from parallax.ledger.narrow import harms, sums
from parallax.ledger.summing import month_of
from parallax.ledger.tallying import By, TallyQuery
from parallax.ledger.verify import verify
from parallax.model import Attribution, Bound, Days, Incident, Kind, Place, PlacePrecision, Range, Tally, Telling

from .told import PLACE, RULES, incident_of, report_of, statements_of, tally_of, telling_of

HOMS = Place("Homs", 34.7, 36.7, PlacePrecision.CITY, "SY", None, ("11",))
SYRIA = Place("Syria", 35.0, 38.0, PlacePrecision.COUNTRY, "SY")
SPOT = Place("Hill 30", None, None, PlacePrecision.LANDMARK)
DAYS = (
    None,
    Days(date(2017, 4, 5), date(2017, 4, 5)),
    Days(date(2017, 4, 1), date(2017, 4, 30)),
    Days(date(2017, 4, 20), date(2017, 5, 2)),
    Days(date(2016, 12, 31), date(2017, 1, 1)),
    Days(date(2018, 1, 7), date(2018, 1, 7)),
)


def bound(value: int | None) -> Bound:
    return Bound(value, f"{value}: made")


def spread(kind: Kind, whom: str, low: int | None, high: int | None) -> Range:
    return Range(kind, whom, bound(low), bound(high))


def tell(
    ledger: Ledger,
    number: int,
    ranges: Sequence[Range],
    when: Days | None = DAYS[1],
    where: Place | None = HOMS,
    actors: Iterable[str] = (),
    kinds: tuple[Kind, ...] = (Kind.SHELLING, Kind.KILLED),
) -> Incident:
    """One incident of one report with these ranges under `airwars`, and none of them under `ibc`."""
    report, capture = report_of(number)
    statements = statements_of(report, number)
    telling = telling_of(report, statements)
    incident = replace(incident_of([telling]), when=when, where=where, kinds=kinds)
    tally = replace(tally_of(incident), ranges=tuple(ranges), attributed=tuple(Attribution(a, ("x",)) for a in actors))
    with ledger.write() as writer:
        if writer.add_report(report, capture):
            writer.add_reading(report.key, RULES, statements)
            writer.add_tellings({report.key: [(telling, frozenset())]})
        writer.replace_incidents([], [(incident, (tally, replace(tally, policy="ibc", ranges=())))])
    return incident


def ask(ledger: Ledger, by: By, **asked: object) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The rows by key: incidents, without a number, low and high sums."""
    query = replace(TallyQuery("airwars", by), **asked)  # type: ignore[arg-type]
    return {cell.key: (cell.incidents, cell.silent, cell.low, cell.high) for cell in ledger.tally_cells(query).cells}


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    tell(ledger, 1, [spread(Kind.KILLED, "all", 3, 5), spread(Kind.KILLED, "civilian", 3, 4)], actors=["Russia"])
    tell(ledger, 2, [spread(Kind.KILLED, "all", None, 7)], where=SYRIA, actors=["Russia", "Syria"])
    tell(ledger, 3, [spread(Kind.KILLED, "all", None, None)], when=DAYS[3])
    tell(ledger, 4, [spread(Kind.KILLED, "all", 2, None), spread(Kind.INJURED, "all", 9, 9)], when=None, where=None)
    tell(ledger, 5, [spread(Kind.KILLED, "all", 1, 1)], when=DAYS[5], where=SPOT, kinds=(Kind.KILLED,))
    return ledger


def test_by_place_with_what_is_not_known_in_rows_of_its_own(told: Ledger) -> None:
    assert ask(told, "division") == {("SY", "11"): (2, 1, 3, 5), ("SY", ""): (1, 0, 0, 7), ("", ""): (2, 0, 3, 1)}
    assert ask(told, "country") == {("SY",): (3, 1, 3, 12), ("",): (2, 0, 3, 1)}


def test_by_time_a_vague_day_is_put_into_no_month(told: Ledger) -> None:
    assert ask(told, "month") == {
        ("2017-04",): (2, 0, 3, 12),
        ("2017",): (1, 1, 0, 0),
        ("",): (1, 0, 2, 0),
        ("2018-01",): (1, 0, 1, 1),
    }
    assert ask(told, "year") == {("2017",): (3, 1, 3, 12), ("",): (1, 0, 2, 0), ("2018",): (1, 0, 1, 1)}
    assert ask(told, "day", from_month="2017-01", to_month="2018-12") == {
        ("2017-04-05",): (2, 0, 3, 12),
        ("",): (1, 1, 0, 0),
        ("2018-01-07",): (1, 0, 1, 1),
    }


def test_by_actor_and_by_act_an_incident_of_two_stands_in_both_rows_and_once_in_the_whole(told: Ledger) -> None:
    assert ask(told, "actor") == {("Russia",): (2, 0, 3, 12), ("Syria",): (1, 0, 0, 7), ("",): (3, 1, 3, 1)}
    assert ask(told, "act") == {("shelling",): (4, 1, 5, 12), ("",): (1, 0, 1, 1)}
    whole = told.tally_cells(TallyQuery("airwars", "actor")).whole
    assert whole is not None
    assert (whole.incidents, whole.counted, whole.low, whole.high) == (5, 4, 6, 13)
    assert (whole.no_low, whole.no_high) == (2, 2)


def test_by_harm_and_by_class(told: Ledger) -> None:
    assert ask(told, "kind") == {("injured",): (1, 0, 9, 9), ("killed",): (5, 1, 6, 13)}
    assert told.tally_cells(TallyQuery("airwars", "kind")).whole is None
    # Of four incidents with a number, one has a number of civilians: the others are silent of them.
    assert ask(told, "whom") == {("civilian",): (5, 4, 3, 4)}


def test_incidents_without_a_number_of_a_class_are_counted_and_not_hidden(told: Ledger) -> None:
    assert ask(told, "country", whom="civilian") == {("SY",): (3, 2, 3, 4), ("",): (2, 2, 0, 0)}


def test_what_narrows_a_tally(told: Ledger) -> None:
    assert ask(told, "month", country="SY", division="11") == {("2017-04",): (1, 0, 3, 5), ("2017",): (1, 1, 0, 0)}
    assert ask(told, "month", actor="Syria") == {("2017-04",): (1, 0, 0, 7)}
    assert ask(told, "month", act="shelling", kind=Kind.INJURED) == {("",): (1, 0, 9, 9)}
    assert ask(told, "month", actor="Rus") == {}
    assert ask(told, "month", actor="%") == {}


def test_months_asked_for_leave_out_what_may_lie_elsewhere_and_say_so(told: Ledger) -> None:
    query = TallyQuery("airwars", "month", from_month="2017-03", to_month="2017-06")
    found = told.tally_cells(query)
    assert [(cell.key, cell.incidents) for cell in found.cells] == [(("2017-04",), 2)]
    assert found.vague == 2
    year = told.tally_cells(replace(query, from_month="2017-01", to_month="2017-12"))
    assert [cell.key for cell in year.cells] == [("2017",), ("2017-04",)]
    assert year.vague == 1


def test_behind_each_row_stand_as_many_incidents_as_it_counts(told: Ledger) -> None:
    for by in tallying.BYS:
        query = TallyQuery("airwars", by)
        for cell in told.tally_cells(query).cells:
            asked = replace(query, kind=Kind(cell.key[0])) if by == "kind" else query
            found = told.tally_incidents(asked, cell.key, limit=100)
            assert len(found) == (cell.counted if by == "whom" else cell.incidents), (by, cell)
            assert sum(one.low or 0 for one in found) == cell.low
            assert sum(one.high or 0 for one in found) == cell.high


def test_the_highest_numbers_come_first_and_unknown_last(told: Ledger) -> None:
    found = told.tally_incidents(TallyQuery("airwars", "country"), ("SY",))
    assert [(one.low, one.high) for one in found] == [(None, 7), (3, 5), (None, None)]
    assert found[1].where == HOMS
    assert found[1].when == DAYS[1]


def test_the_choices_are_those_that_occur(told: Ledger) -> None:
    assert told.tally_choices("airwars", Kind.KILLED) == {
        "country": ("SY",),
        "division": ("SY/11",),
        "actor": ("Russia", "Syria"),
        "act": ("shelling",),
        "whom": ("all", "civilian"),
        "month": ("2017-04", "2018-01"),
    }
    assert told.tally_choices("ibc", Kind.KILLED)["month"] == ()


def test_an_incident_that_changes_or_goes_is_counted_out(told: Ledger) -> None:
    gone = tell(told, 1, [spread(Kind.KILLED, "all", 30, 50)], actors=["Syria"])
    assert ask(told, "actor")["Syria",] == (2, 0, 30, 57)
    with told.write() as writer:
        writer.replace_incidents([gone.id], [])
    assert ask(told, "country") == {("SY",): (2, 1, 0, 7), ("",): (2, 0, 3, 1)}
    assert rows(told, "sums") == rows_anew(told)
    assert list(verify(told)) == []


def test_a_block_that_fails_counts_nothing(told: Ledger) -> None:
    before = rows(told, "sums")

    def cut_short() -> None:
        with told.write() as writer:
            writer.replace_incidents([told.incidents().items[0].id], [])
            raise RuntimeError("cut short")

    with pytest.raises(RuntimeError):
        cut_short()
    assert rows(told, "sums") == before


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE sums SET high = high + 1 WHERE axes = 'place'", "sums"),
        ("DELETE FROM sums WHERE axes = ''", "sums"),
        ("UPDATE harms SET low = 99 WHERE month = '2018-01'", "harms"),
        ("DELETE FROM harms WHERE kind = 'injured'", "harms"),
    ],
)
def test_the_check_finds_a_tally_that_was_changed(told: Ledger, change: str, table: str) -> None:
    with told.write() as writer:
        writer._connection.exec_driver_sql(change)
    assert table in {flaw.table for flaw in verify(told)}


def test_a_name_with_a_bar_or_a_percent_sign_is_one_name(ledger: Ledger) -> None:
    tell(ledger, 1, [spread(Kind.KILLED, "all", 1, 1)], actors=["A|B", "50%_"])
    assert set(ask(ledger, "actor")) == {("A B",), ("50%_",)}
    assert ask(ledger, "month", actor="50%_") == {("2017-04",): (1, 0, 1, 1)}


def rows(ledger: Ledger, name: str) -> list[tuple[object, ...]]:
    with ledger.reading_connection() as connection:
        table = {"sums": sums, "harms": harms}[name]
        return sorted(tuple(row) for row in connection.execute(table.select()))


def rows_anew(ledger: Ledger) -> list[tuple[object, ...]]:
    """The sums as they are worked out from the incidents' own tallies."""
    found: dict[tuple[object, ...], list[int]] = {}
    for policy in ("airwars", "ibc"):
        for incident, tally, _ in ledger.walk(policy):
            for row in summing.harm_rows(incident, tally) if tally else ():
                low, high = row["low"], row["high"]
                adds = (1, low is None and high is None, low is None, high is None, low or 0, high or 0)
                for axes in summing.KEPT:
                    told = {*summing.told_apart(axes), "policy", "kind", "whom"}
                    values = {name: value if name in told else "*" for name, value in row.items()} | {"axes": axes}
                    counted = found.setdefault(tuple(values[column.name] for column in sums.primary_key), [0] * 6)
                    for place, number in enumerate(adds):
                        counted[place] += int(number)
    return sorted((*cell, *counted) for cell, counted in found.items())


numbers = st.one_of(st.none(), st.integers(0, 10**6))
told_incidents = st.lists(
    st.tuples(
        st.integers(0, 5),
        numbers,
        numbers,
        st.sampled_from(DAYS),
        st.sampled_from([None, HOMS, SYRIA, SPOT, PLACE]),
        st.lists(st.sampled_from(["Russia", "Syria", "a|b"]), max_size=2),
        st.sampled_from(["all", "civilian"]),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(told_incidents)
def test_whatever_is_told_and_told_anew_the_sums_are_those_of_the_incidents(
    ledger: Ledger, steps: list[tuple[int, int | None, int | None, Days | None, Place | None, list[str], str]]
) -> None:
    with ledger.write() as writer:
        writer.replace_incidents([row.id for row in ledger.incidents().items], [])
    for number, low, high, when, where, actors, whom in steps:
        ranges = [spread(Kind.KILLED, "all", low, high), spread(Kind.KILLED, whom, low, high)]
        tell(ledger, number, ranges if whom != "all" else ranges[:1], when, where, actors)
    assert rows(ledger, "sums") == rows_anew(ledger)
    for by in ("division", "month", "actor"):
        found = ledger.tally_cells(TallyQuery("airwars", by))
        assert found.whole is not None
        whole = len(ledger.incidents().items)
        assert found.whole.incidents == whole
        if by != "actor":
            assert sum(cell.high for cell in found.cells) == found.whole.high


def test_months_of_days() -> None:
    assert [month_of(when) for when in DAYS] == ["", "2017-04", "2017-04", "2017", "-", "2018-01"]


def test_tellings_need_no_harm(ledger: Ledger) -> None:
    assert isinstance(tell(ledger, 1, []).tellings[0], Telling)
    assert ask(ledger, "month") == {}
    assert ledger.tally_cells(TallyQuery("airwars")).whole == tallying.TallyCell((), 0, 0, 0, 0, 0, 0)


def test_a_tally_is_of_one_policy(told: Ledger) -> None:
    assert told.tally_cells(TallyQuery("ibc")).cells == ()
    with told.write() as writer:
        incident = told.incidents().items[0].id
        found = told.incident(incident)
        assert found is not None
        tally = told.tally(incident, "airwars")
        assert isinstance(tally, Tally)
        writer.replace_incidents([], [(found, (tally, replace(tally, policy="ibc")))])
    assert len(told.tally_cells(TallyQuery("ibc")).cells) == 1
