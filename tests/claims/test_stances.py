from __future__ import annotations

import pytest

from parallax.model import Kind, Scope, Stance

from .reading import claims, only

STANCES = {
    "Nine people were reportedly killed in Hesna.": Stance.ASSERTED,
    "Nine people were likely killed in Hesna.": Stance.ASSERTED,
    "Nine people were allegedly killed in Hesna.": Stance.DOUBTED,
    "The deaths of nine people could not be independently verified.": Stance.DOUBTED,
    "The deaths of nine people have not been confirmed.": Stance.DOUBTED,
    "The army denied that it killed nine people.": Stance.DENIED,
    "The general threatened to kill nine people.": Stance.EXPECTED,
}


@pytest.mark.parametrize(("text", "stance"), STANCES.items(), ids=list(STANCES))
def test_stance(text: str, stance: Stance) -> None:
    assert only(text, Kind.KILLED).stance is stance


def test_alleged_doubts_the_strike_and_not_the_deaths() -> None:
    text = "An alleged air strike killed two shepherds."
    assert only(text, Kind.AIR_STRIKE).stance is Stance.DOUBTED
    assert only(text, Kind.KILLED).stance is Stance.ASSERTED


def test_what_is_to_come_is_expected() -> None:
    assert only("The army is preparing to attack the town of Nahr.", Kind.GROUND_ATTACK).stance is Stance.EXPECTED


SCOPES = {
    "The war has killed more than 300,000 people since 2011.": Scope.TOTAL,
    "The raids have killed 90 people so far this year.": Scope.TOTAL,
    "The raids killed 90 people in seven years of war.": Scope.TOTAL,
    "The raid killed 90 people on Monday.": Scope.EVENT,
    "The raids have killed 90 people since Sunday.": Scope.EVENT,
}


@pytest.mark.parametrize(("text", "scope"), SCOPES.items(), ids=list(SCOPES))
def test_scope(text: str, scope: Scope) -> None:
    assert claims(text, Kind.KILLED)[0].scope is scope
