"""Whose losses a bare number counts, and whom a claim names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import Kind, Stance, VictimClass

from .reading import claims, only

BODIES = {
    "The Dutch lost 36 killed and 21 wounded at the ford.": "The Dutch",
    "The loss of the Danes was 40 killed and 90 wounded.": "the Danes",
    "The Danish losses were put at 40 killed and 90 wounded.": "The Danish",
    "A list of the Danish losses is out. The general reports 40 killed and 90 wounded.": "the Danish",
}


@pytest.mark.parametrize(("text", "body"), BODIES.items(), ids=list(BODIES.values()))
def test_a_bare_number_is_of_the_body_that_lost(text: str, body: str) -> None:
    for kind in (Kind.KILLED, Kind.INJURED):
        claim = only(text, kind)
        assert claim.whom is not None
        assert claim.whom.text.lower() == body.lower()
        assert claim.whom_class is VictimClass.COMBATANT


WHOM = {
    "Two farmers were killed in Hesna.": "farmers",
    "Dozens of people were killed in Hesna.": "people",
    "At least 15 of their soldiers were killed in Hesna.": "soldiers",
    "Shelling killed a farmer in Hesna.": "a farmer",
    "Two women and a child were killed in Hesna.": "Two women and a child",
}


@pytest.mark.parametrize(("text", "whom"), WHOM.items(), ids=list(WHOM.values()))
def test_whom_leaves_the_number_out(text: str, whom: str) -> None:
    claim = only(text, Kind.KILLED)
    assert claim.whom is not None
    assert claim.whom.text == whom


def test_a_bare_number_with_no_body_names_nobody() -> None:
    claim = only("Shelling of the market left 14 dead in Hesna.", Kind.KILLED)
    assert claim.whom is None
    assert claim.count is not None
    assert claim.count.low == 14


def test_six_civilians_of_one_family_are_six() -> None:
    claim = only("Six civilians, all members of one family, were killed in Hesna.", Kind.KILLED)
    assert claim.count is not None
    assert (claim.count.low, claim.count.high) == (6, 6)


NO_LOSS = (
    "The volunteers have saved the lives of more than 900 people injured in bombings.",
    "Strikes killed seven militant vehicles in Hesna.",
    "The road was cut and the raiders killed six hours in Hesna.",
    "The clinic has a population of around 12,000 and notes the loss of a roof.",
)


@pytest.mark.parametrize("text", NO_LOSS)
def test_what_is_no_person_harmed_is_no_loss_of_life(text: str) -> None:
    assert not claims(text, Kind.KILLED)


STRAY = {
    "Short URL 2440 Over 100 villagers have been killed in Hesna.": (100, None),
    "Short URL 0 85 12 militants were killed in Hesna.": (12, 12),
    "Read 5310 At least 30 villagers were killed in Hesna.": (30, None),
}


@pytest.mark.parametrize(("text", "count"), STRAY.items(), ids=list(STRAY))
def test_a_number_right_before_another_is_page_furniture(text: str, count: tuple[int, int | None]) -> None:
    claim = only(text, Kind.KILLED)
    assert claim.count is not None
    assert (claim.count.low, claim.count.high) == count


def test_the_year_of_a_photo_credit_counts_nobody() -> None:
    found = claims("AFP 2018 Omar Salem Army Kills Dozens of Militants in Hesna", Kind.KILLED)
    assert [claim.count.low for claim in found if claim.count] == [24]


def test_killed_and_wounded_in_one_number_bounds_both_from_above_alone() -> None:
    for text in ("Forty men were killed and wounded.", "The Danes had 40 killed and wounded.", "Up to 40 casualties."):
        for kind in (Kind.KILLED, Kind.INJURED):
            claim = only(text, kind)
            assert claim.count is not None
            assert (claim.count.low, claim.count.high) == (None, 40)


@pytest.mark.parametrize("who", ["troopers", "gunners", "sappers", "battalions"])
def test_soldiers_by_their_arm_are_combatants(who: str) -> None:
    assert only(f"Four {who} were killed in Hesna.", Kind.KILLED).whom_class is VictimClass.COMBATANT


def test_the_allies_lost_soldiers() -> None:
    claim = only("The allies lost about 280 killed at Hesna.", Kind.KILLED)
    assert claim.whom is not None
    assert (claim.whom.text, claim.whom_class) == ("The allies", VictimClass.COMBATANT)


@pytest.mark.parametrize("verb", ["puts its loss at", "corrected its loss to", "gives its losses as", "had"])
def test_a_joint_number_bounds_both_from_above_whatever_verb_leads(verb: str) -> None:
    for kind in (Kind.KILLED, Kind.INJURED):
        claim = only(f"The garrison {verb} 1,210 killed and wounded.", kind)
        assert claim.count is not None
        assert (claim.count.low, claim.count.high) == (None, 1210)


_BOUNDS = ("not less than", "no less than", "not fewer than", "no fewer than", "at least", "not more than", "up to", "")
_NUMBERED = (
    "The rebels lost {} killed in Hesna.",
    "The loss of the garrison was {} killed and wounded.",
    "{} villagers were killed in Hesna.",
    "Shelling killed {} villagers in Hesna.",
    "The army said it did not kill {} villagers in Hesna.",
    "The {} villagers were not injured.",
    "The toll was {} killed in Hesna.",
)


@given(st.sampled_from(_BOUNDS), st.integers(2, 99_999), st.sampled_from(_NUMBERED))
def test_no_count_worded_with_a_positive_number_is_nought(bound: str, number: int, sentence: str) -> None:
    for claim in claims(sentence.format(f"{bound} {number}".strip())):
        if claim.count is not None and str(number) in claim.count.text:
            assert (claim.count.low, claim.count.high) != (0, 0)


@pytest.mark.parametrize("bound", ["not less than", "no fewer than", "not fewer than"])
def test_a_bound_is_no_negation(bound: str) -> None:
    claim = only(f"The raiders lost {bound} 70 killed in Hesna.", Kind.KILLED)
    assert claim.count is not None
    assert (claim.count.low, claim.count.high) == (70, None)


def test_a_number_that_is_denied_is_kept_with_its_denial() -> None:
    claim = only("The army said it did not kill 40 villagers.", Kind.KILLED)
    assert claim.count is not None
    assert (claim.count.low, claim.stance) == (40, Stance.DENIED)


@pytest.mark.parametrize("text", ["The enemy had 330 horses killed.", "Shells killed 40 mules and 12 oxen in Hesna."])
def test_beasts_are_nobody(text: str) -> None:
    assert not claims(text, Kind.KILLED)


def test_men_killed_beside_horses_are_counted() -> None:
    claim = only("The lancers lost 40 men and 330 horses killed.", Kind.KILLED)
    assert claim.count is not None
    assert claim.count.high == 40


def test_none_of_a_rank_keeps_whom() -> None:
    claim = only("No staff officer was killed at Hesna.", Kind.KILLED)
    assert claim.count is not None
    assert claim.whom is not None
    assert (claim.count.low, claim.count.high, claim.whom.text) == (0, 0, "staff officer")


def test_a_title_counts_nobody_who_withdrew() -> None:
    assert only("Prince Arvid withdrew from the town.", Kind.WITHDREW).count is None
