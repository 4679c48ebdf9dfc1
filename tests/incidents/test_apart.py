"""Which claims make no incident, and why."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.incidents.apart import LEAD, Reason, reason, why
from parallax.incidents.cluster import gather
from parallax.incidents.link import link
from parallax.incidents.tell import tell
from parallax.model import Kind, Place, Scope, Statement, Verb

from .made import BALAKLAVA, CRIMEA, SEVASTOPOL, UKRAINE, day, judged, said, told

SHELLED = day("1854-10-17")
WAR = day("1853-10-16", "1854-11-20")
FAR = LEAD + 100


def total(report: str = "a", at: int = FAR, number: int = 4000) -> Statement:
    return said(report, at, Kind.KILLED, when=WAR, number=number, scope=Scope.TOTAL)


def week(report: str = "a", at: int = FAR, number: int = 75, place: Place = BALAKLAVA) -> Statement:
    """Those killed over a week, at a place and up to the day of the shelling."""
    days = day("1854-10-11", "1854-10-17")
    return replace(said(report, at, Kind.KILLED, when=days, place=place, number=number), over_days=True)


def strike(report: str, at: int = 0, number: int = 31, place: Place = BALAKLAVA) -> list[Statement]:
    return [
        said(report, at, Kind.SHELLING, when=SHELLED, place=place),
        said(report, at, Kind.KILLED, when=SHELLED, place=place, number=number),
    ]


def test_a_war_total_a_count_over_days_and_a_strength_are_no_incident_and_say_why() -> None:
    force = said("a", FAR, Kind.STRENGTH, number=30000, place=CRIMEA, when=SHELLED)
    for s, expected in ((total(), Reason.TOTAL), (week(), Reason.OVER_DAYS), (force, Reason.STRENGTH)):
        tellings, known = told([s])
        assert gather(tellings, link(tellings, known), known) == ()
        assert reason([s]) is expected
        assert why(s) is expected


def test_three_reports_of_one_strike_are_gathered_and_the_weeks_and_the_wars_dead_are_no_part_of_it() -> None:
    tellings, known = told(
        [*strike("a"), week("a")],
        [*strike("b"), total("b")],
        [*strike("c"), week("c", number=80), total("c", FAR + 40)],
    )
    (incident,) = gather(tellings, link(tellings, known), known)
    assert len(incident.reports) == 3
    assert {known[key].claim.count.low for key in incident.claims if known[key].claim.count} == {31}  # type: ignore[union-attr]


def test_what_is_told_in_passing_is_no_incident() -> None:
    passing = [
        said("a", FAR, Kind.KILLED, whom="many"),
        said("a", FAR, Kind.SEIZED, when=WAR, place=CRIMEA),
        said("a", FAR, Kind.GROUND_ATTACK, when=day("1854-09-01", "1854-09-30"), place=UKRAINE),
        replace(said("a", FAR, Kind.KILLED, number=3), place=BALAKLAVA),  # of the place its report is about
    ]
    for s in passing:
        assert reason([s]) is Reason.PASSING


def test_a_day_or_a_place_of_its_own_a_name_or_the_head_of_its_report_makes_a_happening() -> None:
    happenings = [
        said("a", FAR, Kind.KILLED, when=SHELLED),
        said("a", FAR, Kind.KILLED, place=BALAKLAVA),
        said("a", FAR, Kind.KILLED, where="Dar Street"),
        said("a", FAR, Kind.KILLED, when=day("1854-10-01", "1854-10-31"), place=CRIMEA),
        said("a", FAR, Kind.KILLED, whom="Anna Petrova"),
        said("a", 0, Kind.KILLED, whom="many"),
    ]
    for s in happenings:
        assert reason([s]) is None


def test_what_is_told_in_passing_elsewhere_stays_with_the_happening_it_is_told_of() -> None:
    (telling,), known = told([*strike("a"), said("a", 40, Kind.INJURED, number=4)])
    assert len(telling.claims) == 3
    assert reason([known[key] for key in telling.claims]) is None


def test_a_person_puts_a_total_into_an_incident_or_makes_one_of_two() -> None:
    tellings, known = told([*strike("a"), total("a")], [total("b", number=5000)])
    one, other = (s for s in known.values() if s.claim.scope is Scope.TOTAL)
    act = next(s for s in known.values() if s.claim.kind is Kind.SHELLING)
    (incident,) = gather(tellings, link(tellings, known), known, [judged(Verb.MERGE, act.claim.key, one.claim.key)])
    assert one.claim.key in incident.claims
    both = gather(tellings, (), known, [judged(Verb.MERGE, one.claim.key, other.claim.key)])
    assert {one.claim.key, other.claim.key} in [set(incident.claims) for incident in both]


def test_what_a_person_took_out_of_an_incident_is_one_of_its_own() -> None:
    hurt = said("a", LEAD + 40, Kind.INJURED, number=4)
    (telling,), known = told([*strike("a", LEAD), hurt])
    act = next(s for s in known.values() if s.claim.kind is Kind.SHELLING)
    found = gather([telling], (), known, [judged(Verb.SPLIT, act.claim.key, hurt.claim.key)])
    assert [set(incident.claims) for incident in found].count({hurt.claim.key}) == 1


NUMBERS = st.integers(1, 5000)


@settings(deadline=None)
@given(NUMBERS, st.lists(st.tuples(NUMBERS, st.sampled_from((BALAKLAVA, SEVASTOPOL, CRIMEA))), max_size=4))
def test_no_count_over_days_and_no_total_is_ever_among_the_claims_of_an_incident(
    number: int, others: list[tuple[int, Place]]
) -> None:
    """Whatever its size and place, before the event or after it, in the same report or another."""
    counts = [week(f"r{n % 3}", 40 + 40 * n, many, place) for n, (many, place) in enumerate(others)]
    totals = [total(f"r{n % 3}", 400 + 40 * n, many) for n, (many, _) in enumerate(others)]
    beside = [*counts, *totals]
    reports = [[*strike(f"r{n}", number=number), *(s for s in beside if s.claim.report == f"r{n}")] for n in range(3)]
    tellings = [telling for report in reports for telling in tell(report)]
    known = {s.claim.key: s for report in reports for s in report}
    incidents = gather(tellings, link(tellings, known), known)
    held = {key for incident in incidents for key in incident.claims}
    assert held.isdisjoint(s.claim.key for s in beside)
    assert held == {s.claim.key for n in range(3) for s in strike(f"r{n}", number=number)}


def test_who_holds_a_place_without_a_day_is_told_in_passing_and_its_fall_on_a_day_is_not() -> None:
    assert reason([said("a", FAR, Kind.SEIZED, place=BALAKLAVA)]) is Reason.PASSING
    assert reason([said("a", FAR, Kind.SEIZED, place=BALAKLAVA, when=SHELLED)]) is None
