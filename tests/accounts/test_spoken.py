"""What voices do in one incident: parts of running totals, and how one stands to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from parallax.accounts.policies import POLICIES
from parallax.accounts.running import added_up, parts, running_totals
from parallax.accounts.spoken import Standing, spoken
from parallax.accounts.weigh import weigh
from parallax.model import (
    Claim,
    Count,
    Days,
    Incident,
    Kind,
    Mention,
    Origin,
    Place,
    PlacePrecision,
    Scope,
    Stance,
    Statement,
    Telling,
    VictimClass,
    Voice,
    VoiceType,
)

AIRWARS = POLICIES["airwars"]
DAY = date(1854, 10, 25)
CAMP = Place("Camp", 44.5, 33.6, PlacePrecision.TOWN, "UA", None, ("20",))


def said(
    voice: str,
    count: Count | None,
    *,
    report: str = "",
    later: int = 0,
    at: int = 0,
    kind: Kind = Kind.KILLED,
    day: Days | None = None,
    **slots: object,
) -> Statement:
    """What an outlet says in a report of its own, `later` days after the happening."""
    when = day or Days(DAY, DAY)
    claim = Claim.of(report or f"{voice}-{later}", at, at + 5, kind, count=count, when=when, **slots)
    return Statement(claim, Voice(voice, voice.title(), VoiceType.OUTLET), CAMP, published=DAY + timedelta(days=later))


def exactly(number: int) -> Count:
    return Count(number, number, str(number))


def incident(*told: Statement, id: str = "i") -> Incident:
    reports = sorted({s.claim.report for s in told})
    tellings = tuple(
        Telling(f"{id}-{report}", report, tuple(s.claim.key for s in told if s.claim.report == report))
        for report in reports
    )
    return Incident(id, tellings, (), (Kind.KILLED,), Days(DAY, DAY), CAMP)


def standing(*told: Statement, origins: dict[str, Origin] | None = None) -> dict[str, Standing]:
    one, statements = incident(*told), {s.claim.key: s for s in told}
    tally = weigh(one, statements, origins or {}, AIRWARS)
    return dict(spoken(one, statements, origins or {}, AIRWARS, tally.differences).standings)


def test_two_numbers_meet_where_one_number_fits_both() -> None:
    found = standing(
        said("post", Count(10, None, "at least 10")), said("times", exactly(12)), said("gazette", exactly(4))
    )
    assert (found["post"].beside, found["post"].agreed) == (1, 1)
    assert (found["times"].beside, found["times"].agreed) == (1, 1)
    assert (found["gazette"].beside, found["gazette"].agreed) == (1, 0)


def test_a_voice_alone_stands_beside_nobody_and_agrees_with_nobody() -> None:
    found = standing(said("post", exactly(3)), said("post", exactly(3), at=20))
    assert (found["post"].beside, found["post"].agreed) == (0, 0)


def test_a_copy_agrees_with_nobody() -> None:
    first, copy = said("post", exactly(3), report="first"), said("times", exactly(3), report="copy", later=1)
    found = standing(first, copy, origins={"copy": Origin("first", 1.0)})
    assert set(found) == {"post"}
    assert found["post"].beside == 0


def test_other_harms_classes_totals_and_forecasts_are_no_second_number() -> None:
    own = said("post", exactly(5), whom_class=VictimClass.CIVILIAN, whom=Mention(0, 1, "civilians"))
    others = [
        said("a", exactly(5), kind=Kind.INJURED),
        said("b", exactly(5), whom_class=VictimClass.COMBATANT, whom=Mention(0, 1, "soldiers")),
        said("c", exactly(5), scope=Scope.TOTAL),
        said("d", exactly(5), stance=Stance.EXPECTED),
        said("e", None),
    ]
    assert standing(own, *others)["post"].beside == 0


def test_what_a_voice_raised_and_took_back_is_counted_once_each() -> None:
    found = standing(
        said("post", exactly(5)),
        said("post", exactly(9), later=1),
        said("post", exactly(7), later=2),
        said("times", exactly(8), later=2),
    )
    assert (found["post"].grew, found["post"].revised) == (1, 1)
    assert found["post"].claims == 1


counted = st.builds(lambda low, more: Count(low, low + more, str(low)), st.integers(0, 50), st.integers(0, 5))
days = st.integers(0, 40).flatmap(
    lambda first: st.integers(0, 20).map(lambda more: Days(DAY + timedelta(first), DAY + timedelta(first + more)))
)
told_anyhow = st.lists(
    st.tuples(
        st.sampled_from(["post", "times"]), counted, days, st.sampled_from([CAMP, None, replace(CAMP, name="20")])
    ),
    min_size=1,
    max_size=9,
)


@given(told_anyhow, st.randoms())
def test_totals_of_parts_that_were_kept_are_the_totals_and_ignore_their_order(
    told: list[tuple[str, Count, Days, Place | None]], chance: Random
) -> None:
    incidents, statements = [], {}
    for number, (voice, count, when, where) in enumerate(told):
        one = replace(said(voice, count, report=f"r{number}", day=when), place=where)
        statements[one.claim.key] = one
        incidents.append(replace(incident(one, id=f"i{number}"), when=when, where=where))
    found = [part for one in incidents for part in parts(one, statements, {}, AIRWARS)]
    for voice in ("post", "times"):
        own = [part for part in found if part.voice == voice]
        chance.shuffle(own)
        assert added_up(own) == running_totals(voice, incidents, statements, {}, AIRWARS)


@given(told_anyhow)
def test_nothing_is_added_twice(told: list[tuple[str, Count, Days, Place | None]]) -> None:
    statements, incidents = {}, []
    for number, (_, count, when, where) in enumerate(told):
        one = replace(said("post", count, report=f"r{number}", day=when), place=where)
        statements[one.claim.key] = one
        incidents.append(replace(incident(one, id=f"i{number}"), when=when, where=where))
    for total in running_totals("post", incidents, statements, {}, AIRWARS):
        used = [claim for addend in total.addends for claim in addend.claims]
        left = {out.claim for out in total.left_out}
        assert len(used) == len(set(used))
        assert not set(used) & left
        assert set(used) | left == set(statements)
        assert total.addends[-1].sum_high == sum(addend.high for addend in total.addends)
