"""Numbers of different people told in one sentence."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from parallax.model import Kind, Mention, Stance, Statement

from .cases import ends, reason, said, spread, tally


def told(number: int, whom: str, at: int = 0, *, text: str | None = None, **slots: Any) -> Statement:
    """So many of these people in the post's own words, `at` this place of the sentence."""
    found = said("post", number, text=text, whom=whom, own_words=True, **slots)
    return replace(found, claim=replace(found.claim, whom=Mention(at, at + len(whom), whom)))


IMAM = told(1, "imam of the old mosque", text="the imam")
OTHERS = told(33, "other members of his household", 25)
OF_THE_NOVAKS = told(10, "members of the Novak family")
OF_THE_PETROVS = told(9, "members of the Petrov family", 40)


@pytest.mark.parametrize("parts", [(IMAM, OTHERS, 34), (OF_THE_NOVAKS, OF_THE_PETROVS, 19)])
def test_different_people_of_one_breath_are_added(parts: tuple[Statement, Statement, int]) -> None:
    *both, whole = parts
    for order in permutations(both):
        found = tally(*order)
        assert ends(found) == (whole, whole)
        kept, added = spread(found).high.claims, spread(found).high.left_out
        assert {*kept, *(left.claim for left in added)} == {s.claim.key for s in both}
        assert [left.reason for left in added] == [f"added to others of its sentence: {whole} in all"]
        assert f"{whole} in all" in spread(found).high.words


def test_a_sum_that_the_sentence_gives_itself_is_not_added_to() -> None:
    assert ends(tally(told(19, "people"), OF_THE_NOVAKS, OF_THE_PETROVS)) == (19, 19)


def test_the_words_of_a_first_family_may_run_on_into_the_second() -> None:
    wide = told(10, "members of the Novak family and nine members of the Petrov family")
    assert ends(tally(wide, told(9, "members of the Petrov family", 40, text="nine"))) == (19, 19)


def test_who_is_among_the_others_is_not_added_to_them() -> None:
    children = told(6, "children", 60)
    assert ends(tally(told(13, "other members of his household", 10), children)) == (13, 13)


def test_one_family_told_twice_is_one() -> None:
    again = told(9, "members of the Novak family", 40)
    assert ends(tally(OF_THE_NOVAKS, again)) == (10, 10)


def test_what_stands_in_another_sentence_or_is_doubted_is_not_added() -> None:
    elsewhere = told(9, "members of the Petrov family", 340, start=300)
    assert ends(tally(OF_THE_NOVAKS, elsewhere)) == (10, 10)
    doubted = told(9, "members of the Petrov family", 40, stance=Stance.DOUBTED)
    assert ends(tally(OF_THE_NOVAKS, doubted)) == (10, 10)


def test_others_who_are_hurt_are_besides_the_dead() -> None:
    hurt = told(33, "other members of his household", 25, kind=Kind.INJURED)
    found = tally(told(1, "a guard", kind=Kind.INJURED), hurt)
    assert ends(found, kind=Kind.INJURED) == (33, 33)


def test_what_is_added_is_named_where_another_sets_the_bound() -> None:
    larger = said("monitor", 50)
    low = spread(tally(IMAM, OTHERS, larger)).low
    assert low.value == 34
    reasons = {reason(low, IMAM), reason(low, OTHERS)}
    assert reasons == {None, "added to others of its sentence: 34 in all"}
