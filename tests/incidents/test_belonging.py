"""What speaks for and against a sentence being about what was told before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.incidents import belonging
from parallax.incidents.pieces import Piece
from parallax.model import Kind, Statement, Tie

from .made import BALAKLAVA, SEVASTOPOL, VARNA, day, said

BATTLE = day("1854-10-25")


def piece(at: int, *statements: Statement) -> Piece:
    return Piece(list(statements), at, at)


def shells(at: int = 0, **slots: Any) -> Statement:
    return said("r", at * 40, Kind.SHELLING, **{"when": BATTLE, "place": SEVASTOPOL, **slots})


def facts(told: Piece, new: Piece, last: Piece | None = None) -> dict[str, float]:
    found = belonging.facts(new, told, last)
    assert found is not None
    return found


def test_every_fact_that_speaks_in_a_report_has_points() -> None:
    told = piece(0, shells(), said("r", 0, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=9, whom="Ann Bell"))
    new = piece(
        1,
        replace(shells(1, who="Russia"), ties=tuple(sorted(Tie))),
        said("r", 40, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=9, whom="Ann Bell"),
    )
    found = facts(told, new, told)
    assert found.keys() <= belonging.POINTS.keys()
    assert found.keys() >= {"told in the lead", "told last", "same act", "same number of dead", "same person", *Tie}


def test_points_are_the_sum_of_the_facts() -> None:
    told, new = piece(0, shells()), piece(4, shells(4))
    expected = sum(belonging.POINTS[name] * value for name, value in facts(told, new).items())
    assert belonging.points(new, told, None) == pytest.approx(expected)


@given(st.integers(1, 60), st.integers(1, 60))
def test_what_was_told_longer_ago_is_never_likelier_meant(near: int, far: int) -> None:
    near, far = sorted((near, far))
    told = piece(0, shells())
    one, other = (belonging.points(piece(at, shells(at)), told, None) for at in (near, far))
    assert one is not None
    assert other is not None
    assert one >= other


def test_words_that_turn_aside_speak_against_and_those_that_refer_back_for() -> None:
    told = piece(0, shells())
    plain, aside, back = (
        belonging.points(piece(1, replace(shells(1), ties=ties)), told, told)
        for ties in ((), (Tie.ASIDE,), (Tie.BACK,))
    )
    assert None not in (plain, aside, back)
    assert aside < plain < back  # type: ignore[operator]


def test_another_number_of_dead_speaks_against_and_one_that_is_rounded_from_it_for() -> None:
    def dead(at: int, number: int) -> Piece:
        return piece(at, said("r", at * 40, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=number))

    assert "another number of dead" in facts(dead(0, 80), dead(1, 30))
    assert "same number of dead" in facts(dead(0, 80), dead(1, 86))


def test_days_surely_read_and_places_apart_cannot_be_one_happening() -> None:
    told = piece(0, shells())
    assert belonging.points(piece(1, shells(1, when=day("1854-10-26"))), told, None) is None
    unsure = shells(1, when=day("1854-10-26"), certainties=(("when", 0.5),))
    assert "days differ" in facts(told, piece(1, unsure))
    assert belonging.points(piece(1, shells(1, place=VARNA)), told, None) is None


def test_who_did_it_and_where_speak() -> None:
    told = piece(0, shells(who="Russia", place=BALAKLAVA))
    assert {"same doer", "one place, no city or wider"} <= facts(
        told, piece(1, shells(1, who="Russia", place=BALAKLAVA))
    ).keys()
    assert "another doer" in facts(told, piece(1, shells(1, who="Britain", place=BALAKLAVA)))
    assert "names no doer" in facts(told, piece(1, shells(1, place=BALAKLAVA)))
