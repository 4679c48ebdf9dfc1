"""How many troops there are, and the relief that reached somebody."""

from __future__ import annotations

import pytest

from parallax.model import Kind, VictimClass

from .reading import claims, ends, only

STRENGTHS = {
    "The Danes, about 5,000 strong, came over the hill.": [((5000, 5000), "The Danes")],
    "About 2,000 Danish horsemen stood on the hill.": [((2000, 2000), "Danish horsemen")],
    "The general brought about 8,000 British and 6,000 French.": [((8000, 8000), "British"), ((6000, 6000), "French")],
    "Between 4,000 and 5,000 Russians held the hill.": [((4000, 5000), "Russians")],
}


@pytest.mark.parametrize("text", STRENGTHS, ids=list(STRENGTHS))
def test_troops_are_counted_with_their_nation(text: str) -> None:
    found = sorted(claims(text, Kind.STRENGTH), key=lambda claim: claim.whom.start if claim.whom else 0)
    assert [(ends(claim), claim.whom and claim.whom.text) for claim in found] == STRENGTHS[text]
    assert {claim.whom_class for claim in found} == {VictimClass.COMBATANT}


def test_a_nation_without_a_large_number_is_no_strength() -> None:
    assert not claims("Nine British and six French stood on the hill.", Kind.STRENGTH)


def test_inhabitants_are_no_troops() -> None:
    assert only("Some 4,000 inhabitants remain in Hesna.", Kind.STRENGTH).whom_class is not VictimClass.COMBATANT


@pytest.mark.parametrize("text", ["The consul has sent blankets and rice.", "Ships landed flour at Hesna on Monday."])
def test_goods_sent_are_aid(text: str) -> None:
    assert only(text, Kind.AID).count is None


def test_goods_that_nobody_sent_are_no_aid() -> None:
    assert not claims("The blankets were wet.", Kind.AID)
