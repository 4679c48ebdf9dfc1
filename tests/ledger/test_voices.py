"""Voices: what is counted as it is written is what the readings say; totals and standing kept with incidents."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.accounts.policies import POLICIES
from parallax.accounts.spoken import Spoken, Standing, spoken
from parallax.accounts.weigh import weigh
from parallax.errors import LedgerError
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.ledger.voices import Record, VoiceQuery
from parallax.model import (
    Claim,
    Count,
    Days,
    Incident,
    Kind,
    Origin,
    Report,
    Statement,
    Voice,
    VoiceType,
)

from .told import BETTER, PLACE, RULES, report_of, tell, telling_of

AIRWARS = POLICIES["airwars"]
POST = Voice("post", "The Post", VoiceType.OUTLET)
ARMY = Voice("army", "The Army", VoiceType.PARTY, "russia")
SPELT = replace(ARMY, name="the army's spokesman")
MONITOR = Voice("monitor", "Monitor % of_War", VoiceType.MONITOR)
VOICES = (POST, ARMY, SPELT, MONITOR)


def said(report: Report, start: int, voice: Voice, low: int | None = None, day: int | None = None) -> Statement:
    count = None if low is None else Count(low, low, str(low))
    when = None if day is None else Days(date(1854, 10, day), date(1854, 10, day))
    claim = Claim.of(report.key, start, start + 3, Kind.KILLED, count=count, when=when)
    published = report.published.day if report.published else None
    return Statement(claim, voice, PLACE, None, None, report.outlet, published)


def read(ledger: Ledger, number: int, statements: list[tuple[int, int | None]], better: bool = False) -> None:
    """Keep a report with a claim for each voice (by place in `VOICES`) and day; anew if it is kept already."""
    report, capture = report_of(number)
    made = [said(report, 4 * n, VOICES[voice], n, day) for n, (voice, day) in enumerate(statements)]
    with ledger.write() as writer:
        writer.add_report(report, capture)
        writer.add_reading(report.key, BETTER if better else RULES, made)


def counted(ledger: Ledger) -> dict[str, tuple[object, ...]]:
    return {row.voice.key: (row.voice.name, row.claims, row.reports, row.first, row.last) for row in ledger.voices()}


def anew(ledger: Ledger) -> dict[str, tuple[object, ...]]:
    """The same as the current readings have it."""
    found: dict[str, list[Statement]] = {}
    for row in ledger.reports(limit=500).items:
        for statement in ledger.statements(reports=[row.report.key]):
            found.setdefault(statement.voice.key, []).append(statement)
    told: dict[str, tuple[object, ...]] = {}
    for key, own in found.items():
        days = [s.claim.when for s in own if s.claim.when]
        name = min(own, key=lambda s: s.claim.key).voice.name
        ends = min((d.first for d in days), default=None), max((d.last for d in days), default=None)
        told[key] = (name, len(own), len({s.claim.report for s in own}), *ends)
    return told


days = st.one_of(st.none(), st.integers(1, 28))
steps = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.tuples(st.integers(0, 3), days), max_size=4), st.booleans()), max_size=10
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(steps)
def test_whatever_is_read_and_read_anew_voices_are_counted_as_the_readings_say(
    ledger: Ledger, told: list[tuple[int, list[tuple[int, int | None]], bool]]
) -> None:
    for number, statements, better in told:
        read(ledger, number, statements, better)
    assert counted(ledger) == anew(ledger)


def test_a_voice_that_says_nothing_any_more_is_gone(ledger: Ledger) -> None:
    read(ledger, 1, [(0, 3), (1, 4)])
    read(ledger, 1, [(0, 3)], better=True)
    assert set(counted(ledger)) == {"post"}
    assert ledger.voice_row("army") is None
    assert list(verify(ledger)) == []


@pytest.fixture
def some(ledger: Ledger) -> Ledger:
    read(ledger, 1, [(0, 3), (1, 4), (1, None)])
    read(ledger, 2, [(1, 9), (3, 2)])
    read(ledger, 3, [(0, 1), (1, 20), (0, None)])
    return ledger


def keys(ledger: Ledger, **asked: object) -> list[str]:
    return [row.voice.key for row in ledger.find_voices(VoiceQuery(**asked)).items]  # type: ignore[arg-type]


def test_voices_are_found_sorted_and_counted_by_kind(some: Ledger) -> None:
    assert keys(some) == ["army", "post", "monitor"]
    assert keys(some, order="name") == ["monitor", "army", "post"]
    assert keys(some, order="first") == ["post", "monitor", "army"]
    assert keys(some, order="last") == ["army", "post", "monitor"]
    assert keys(some, text="ARMY") == ["army"]
    assert keys(some, text="% OF_") == ["monitor"]
    assert keys(some, text="_") == ["monitor"]
    assert keys(some, type="outlet") == ["post"]
    assert keys(some, party="russia") == ["army"]
    assert keys(some, offset=1, limit=1) == ["post"]
    found = some.find_voices(VoiceQuery(limit=1))
    assert (found.total, len(found.items)) == (3, 1)
    assert found.facets == {
        "type": {"monitor": 1, "outlet": 1, "party": 1},
        "party": {"russia": 1},
        "reliability": {"-": 3},
    }


def test_claims_come_a_page_at_a_time_of_the_latest_days_first(some: Ledger) -> None:
    days = [s.claim.when.first.day if s.claim.when else None for s in some.voice_claims("army")]
    assert days == [20, 9, 4, None]
    every = some.voice_claims("army")
    assert some.voice_claims("army", 1, 2) == every[1:3]
    assert some.voice_claims("nobody") == ()


def test_claims_of_an_older_reading_are_not_shown(some: Ledger) -> None:
    read(some, 3, [(1, 21)], better=True)
    assert [s.claim.when.first.day for s in some.voice_claims("army") if s.claim.when] == [21, 9, 4]


def incident_said(ledger: Ledger, number: int, numbers: dict[Voice, int], keep: bool = True) -> tuple[Incident, Spoken]:
    """An incident of one report in which each of these voices gives a number."""
    report, capture = report_of(number)
    made = [said(report, 4 * n, voice, low, 5) for n, (voice, low) in enumerate(numbers.items())]
    told = telling_of(report, made)
    when = Days(date(1854, 10, number), date(1854, 10, number))
    incident = Incident(told.key, (told,), (), (Kind.KILLED,), when, PLACE)
    statements, origins = {s.claim.key: s for s in made}, {report.key: Origin(report.key, 1.0)}
    tally = weigh(incident, statements, origins, AIRWARS)
    found = spoken(incident, statements, origins, AIRWARS, tally.differences)
    with ledger.write() as writer:
        writer.add_report(report, capture)
        writer.add_copy(report.key, ["band"], origins[report.key])
        writer.add_reading(report.key, RULES, made)
        writer.add_tellings({report.key: [(told, frozenset())]})
        writer.replace_incidents([], [(incident, (tally,))], {incident.id: found} if keep else None)
    return incident, found


def test_running_totals_and_standing_are_kept_with_the_incidents(ledger: Ledger) -> None:
    first, _ = incident_said(ledger, 5, {POST: 10, ARMY: 4})
    second, _ = incident_said(ledger, 6, {POST: 20, MONITOR: 20})
    (total,) = ledger.voice_totals("post")
    assert total.kind is Kind.KILLED
    assert [(one.incident, one.low, one.sum_low) for one in total.addends] == [(first.id, 10, 10), (second.id, 20, 30)]
    assert ledger.voice_record("post") == Record(2, Standing(2, 0, 0, 0, 0, 2, 1))
    assert [one.id for one in ledger.voice_incidents("post")] == [second.id, first.id]
    assert [one.id for one in ledger.voice_incidents("post", "agreed")] == [second.id]
    assert [one.id for one in ledger.voice_incidents("post", "apart")] == [first.id]
    assert ledger.voice_incidents("post", "denied") == ()
    assert ledger.voice_incidents("post")[0].place == PLACE.name
    assert ledger.voice_record("nobody") == Record(0, Standing(0, 0, 0, 0, 0, 0, 0))
    assert list(verify(ledger)) == []


def test_what_an_incident_had_of_voices_goes_with_it(ledger: Ledger) -> None:
    incident, _ = incident_said(ledger, 5, {POST: 10, ARMY: 4})
    with ledger.write() as writer:
        writer.replace_incidents([incident.id], [])
    assert ledger.voice_totals("post") == ()
    assert ledger.voice_incidents("post") == ()


def test_incidents_of_an_older_program_are_completed(ledger: Ledger) -> None:
    incident, found = incident_said(ledger, 5, {POST: 10}, keep=False)
    assert ledger.unspoken() == (incident.id,)
    tally = ledger.tally(incident.id, AIRWARS.label)
    assert tally is not None
    with ledger.write() as writer:
        writer.replace_incidents([], [(incident, (tally,))], {incident.id: found})
    assert ledger.unspoken() == ()
    assert len(ledger.voice_totals("post")) == 1


def test_a_reliability_is_set_replaced_and_taken_back_and_nothing_is_lost(some: Ledger) -> None:
    with some.write("Ann") as writer:
        writer.hold("army", "D", "denies what films show", "Ann")
    with some.write("Bo") as writer:
        writer.hold("army", "C", "better of late", "Bo")
        writer.hold("post", "A", "checks its numbers", "Bo")
    assert some.reliabilities() == {"army": "C", "post": "A"}
    assert keys(some, reliability="C") == ["army"]
    assert keys(some, reliability="-") == ["monitor"]
    assert some.find_voices(VoiceQuery()).facets["reliability"] == {"C": 1, "A": 1, "-": 1}
    assert some.find_voices(VoiceQuery()).items[0].reliability == "C"
    with some.write("Ann") as writer:
        writer.hold("army", "", "undone", "Ann")
    assert some.reliabilities() == {"post": "A"}
    assert [(held.grade, held.who, held.why) for held in some.reliability("army")] == [
        ("", "Ann", "undone"),
        ("C", "Bo", "better of late"),
        ("D", "Ann", "denies what films show"),
    ]
    logged = [entry for entry in some.log(subject="army") if entry.action == "reliability"]
    assert [(entry.who, entry.details["grade"]) for entry in logged] == [("Ann", ""), ("Bo", "C"), ("Ann", "D")]
    assert list(verify(some)) == []


@pytest.mark.parametrize(("voice", "grade"), [("army", "G"), ("army", "a"), ("nobody", "A")])
def test_what_is_no_reliability_is_refused(some: Ledger, voice: str, grade: str) -> None:
    def hold() -> None:
        with some.write() as writer:
            writer.hold(voice, grade, "why", "Ann")

    with pytest.raises(LedgerError):
        hold()
    assert some.reliability(voice) == ()


def test_a_reliability_cannot_be_changed_in_the_database(some: Ledger) -> None:
    with some.write("Ann") as writer:
        writer.hold("army", "D", "films", "Ann")

    def change() -> None:
        with some.write() as writer:
            writer._connection.exec_driver_sql("UPDATE reliabilities SET grade = 'A'")

    with pytest.raises(LedgerError, match="append-only"):
        change()


def test_the_made_ledger_of_the_other_tests_has_its_voices(ledger: Ledger) -> None:
    with ledger.write() as writer:
        for number in range(3):
            tell(writer, number)
    assert Counter(row.claims for row in ledger.voices()) == Counter({6: 1})
