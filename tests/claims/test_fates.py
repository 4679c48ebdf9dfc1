"""What the words around a number say of those it counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.claims.fates import settled
from parallax.claims.repeats import Reading
from parallax.model import Count, Kind, Mention, Scope, Stance, VictimClass

K, H = Kind.KILLED, Kind.INJURED


def reading(text: str, number: str, kind: Kind, whom: str | None = None, count: int = 1) -> Reading:
    """A claim of the whole text, told at the number; the numbers of people are its count."""
    at = text.index(number)
    named = Mention(text.index(whom), text.index(whom) + len(whom), whom) if whom else None
    return Reading(
        0, len(text), kind, Count(count, count, number), named, VictimClass.CIVILIAN, None, None, None, None, None,
        Stance.ASSERTED, Scope.EVENT, 0.9, False, at=at,
    )  # fmt: skip


def fate(text: str, number: str, kind: Kind, whom: str | None = None, count: int = 1) -> tuple[Kind, str | None] | None:
    """The kind and the words of the count after settling, None where no claim is left."""
    found = settled(text, [reading(text, number, kind, whom, count)])
    return (found[0].kind, found[0].count.text if found[0].count else None) if found else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Drummer, 16, fatally shot in Balaklava", "Drummer"),
        ("Two sailors were fatally wounded on the quay on Monday.", "Two"),
        ("A carter was hit by a stray ball and later died.", "A carter"),
        ("A nurse who was struck on Sunday has died of her wounds.", "A nurse"),
        ("Sentries fatally shot a deserter near the well.", "a deserter"),
    ],
)
def test_who_was_hurt_and_died_in_one_sentence_was_killed(text: str, number: str) -> None:
    assert fate(text, number, H) == (K, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Two sailors were wounded and one fatally shot.", "Two"),
        ("A carter was hit in the arm; the horse died.", "A carter"),
        ("Nine were wounded, including a drummer fatally shot in the gate.", "Nine"),
    ],
)
def test_who_was_hurt_beside_the_dead_stays_hurt(text: str, number: str) -> None:
    assert fate(text, number, H) == (H, number)


def test_a_killed_claim_of_the_same_sentence_leaves_no_hurt() -> None:
    text = "A carter was hit by a stray ball and later died."
    both = [reading(text, "A carter", H), reading(text, "died", K)]
    assert [one.kind for one in settled(text, both)] == [K]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Her mother and her aunt escaped injury.", "Her mother"),
        ("Three nurses in the tent were not hurt.", "Three"),
        ("The cook was in the hut and unharmed.", "The cook"),
        ("A deserter shot and killed his sergeant.", "A deserter"),
        ("The surgeon counted seven wounds.", "seven"),
    ],
)
def test_who_was_not_hurt_is_no_claim(text: str, number: str) -> None:
    assert fate(text, number, H) is None


def test_wounds_times_and_shots_count_no_people() -> None:
    assert fate("Petrov had been shot seven times at the gate.", "seven", H, "Petrov", 7) == (H, None)
    assert fate("Petrov suffered two gunshot wounds.", "two", H, "Petrov", 2) == (H, None)
    assert fate("Shelling kills 3, wounds 2", "3", K, None, 3) == (K, "3")
    assert fate("Neighbours called 911 about a girl.", "911", H, "a girl", 911) == (H, None)
    assert fate("Shells wounded 911 men.", "911", H, "men", 911) == (H, "911")


def test_numbers_of_broadcasters_and_ages_count_no_people() -> None:
    assert fate("WXYZ 58 - drummer killed at the gate", "58", K, "drummer", 58) == (K, None)
    assert fate("The widow told 11 News that Petrov was killed.", "11", K, "Petrov", 11) == (K, None)
    assert fate("The shell killed his 12- and 10-year-old sons.", "his 12", K, "sons", 12) == (K, None)
    assert fate("News of 58 killed reached the camp.", "58", K, None, 58) == (K, "58")


def test_the_charged_are_not_the_dead() -> None:
    assert fate("Two soldiers charged with the murder of a sutler", "Two", K, None, 2) == (K, "a sutler")
    assert fate("Three deserters were charged in the deaths of two sutlers.", "Three", K, None, 3) is None
    assert fate("Man charged with murder", "Man", K) is None
    assert fate("The killing of a sutler, who was accused of the murder of two", "a sutler", K) == (K, "a sutler")
    assert fate("Three dead in suspected murder", "Three", K, None, 3) == (K, "Three")


def test_who_lives_under_a_siege_is_not_its_dead() -> None:
    assert fate("under siege, where at least 40,000 people live", "40,000", K, None, 40000) is None
    assert fate("Shells killed 40 people who lived there.", "40", K, None, 40) == (K, "40")


@given(st.text(st.sampled_from("Two men were shot and died, charged with murder of killed wounds. "), max_size=120))
def test_nothing_but_the_killed_and_hurt_is_touched_and_settling_twice_changes_nothing(tail: str) -> None:
    text = f"Two {tail}"
    for kind in (Kind.AIR_STRIKE, Kind.DETAINED):
        other = reading(text, "Two", kind, None, 2)
        assert settled(text, [other]) == [other]
    once = settled(text, [reading(text, "Two", H, None, 2)])
    assert settled(text, once) == once


@pytest.mark.parametrize("kind", [Kind.KILLED, Kind.INJURED, Kind.DISPLACED])
def test_whom_a_town_is_home_to_is_nobody_harmed(kind: Kind) -> None:
    assert fate("The port is still home to some 40,000 people.", "40,000", kind, None, 40000) is None


def test_the_displaced_whom_a_camp_is_home_to_stay_displaced() -> None:
    told = "The camp is home to about 40,000 displaced people."
    assert fate(told, "40,000", Kind.DISPLACED, None, 40000) == (Kind.DISPLACED, "40,000")
