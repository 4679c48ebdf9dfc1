from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from parallax.claims.repeats import Reading, join
from parallax.model import Count, Kind, Mention, Scope, Span, Stance, VictimClass


def reading(start: int = 0, kind: Kind = Kind.KILLED, low: int | None = 12, high: int | None = 12) -> Reading:
    count = Count(low, high, "words") if low is not None or high is not None else None
    whom = Mention(start, start + 9, "12 people")
    return Reading(
        start, start + 20, kind, count, whom, VictimClass.UNKNOWN, None, None, None, None, None,
        Stance.ASSERTED, Scope.EVENT, 0.5, False,
    )  # fmt: skip


def said(by: str, base: Reading) -> Reading:
    return replace(base, voice=Mention(0, len(by), by))


def test_the_same_number_told_twice_is_one_claim_with_a_repeat() -> None:
    (joined,) = join([reading(0), reading(50)])
    assert (joined.start, joined.also) == (0, (Span(50, 70),))


def test_another_number_is_another_claim() -> None:
    assert len(join([reading(0), reading(50, low=13, high=13)])) == 2


def test_a_headline_takes_the_fuller_wording_of_the_story() -> None:
    (joined,) = join([replace(reading(0), headline=True), reading(50, high=None)])
    assert joined.count == Count(12, None, "words")


def test_in_the_story_at_least_twelve_and_twelve_are_two() -> None:
    assert len(join([reading(0), reading(50, high=None)])) == 2


def test_two_voices_are_two_claims_and_a_voice_joins_the_report() -> None:
    assert len(join([said("the army", reading(0)), said("activists", reading(50))])) == 2
    (joined,) = join([reading(0), said("activists", reading(50))])
    assert joined.voice is not None
    assert joined.start == 50


def test_a_denial_is_no_repeat() -> None:
    assert len(join([reading(0), replace(reading(50), stance=Stance.DENIED)])) == 2


def test_two_people_of_different_names_are_two() -> None:
    one = replace(reading(0, low=1, high=1), whom=Mention(0, 13, "a Karim Amra"))
    assert len(join([one, replace(reading(50, low=1, high=1), whom=Mention(50, 61, "a Salem Dib"))])) == 2


def test_the_strike_is_the_one_told_before() -> None:
    act = replace(reading(0, Kind.AIR_STRIKE, 1, 1), where=Mention(5, 10, "Hesna"))
    back = replace(reading(50, Kind.AIR_STRIKE, 1, 1), anaphor=True)
    (joined,) = join([act, back])
    assert joined.also == (Span(50, 70),)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.booleans()), max_size=8))
def test_joining_again_changes_nothing(rows: list[tuple[int, int, bool]]) -> None:
    readings = [replace(reading(20 * at, low=n, high=n), headline=top) for at, n, top in rows]
    joined = join(readings)
    assert join(joined) == joined
    assert {(r.start, r.end) for r in readings} == {
        span for r in joined for span in [(r.start, r.end), *((s.start, s.end) for s in r.also)]
    }
