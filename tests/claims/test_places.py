from __future__ import annotations

import pytest

from parallax.model import Kind

from .reading import claims, only

WHERE = {
    "Nine people were killed in the town of Hesna.": "the town of Hesna",
    "Nine people were killed near Tell Amra.": "Tell Amra",
    "Nine people were killed in Om Hajra village west of Hesna.": "Om Hajra village",
    "Nine people were killed on the outskirts of Hesna on Monday.": "the outskirts of Hesna",
    "In Hesna nine people were killed.": "Hesna",
    "Nine people were killed when rockets hit a market in Hesna.": "Hesna",
    "The Hesna Observatory said nine people were killed in Marwa in March.": "Marwa",
    "Nine people were killed in the attack, a doctor in Hesna wrote on Facebook.": None,
}


@pytest.mark.parametrize(("text", "place"), WHERE.items(), ids=[text[:45] for text in WHERE])
def test_where(text: str, place: str | None) -> None:
    found = only(text, Kind.KILLED).where
    assert (found.text if found else None) == place


def test_each_claim_takes_its_own_place() -> None:
    text = "Nine people were killed in Hesna and four were killed in Marwa."
    places = {claim.count.low: claim.where and claim.where.text for claim in claims(text, Kind.KILLED) if claim.count}
    assert places == {9: "Hesna", 4: "Marwa"}


def test_a_named_target_is_the_place_of_the_act() -> None:
    assert (found := only("Jets bombed the town of Hesna from a base in Marwa.", Kind.AIR_STRIKE).where) is not None
    assert "Hesna" in found.text


def test_a_nameless_place_gives_way_to_the_one_named_before() -> None:
    text = "Rebels shelled Hesna. Nine people were killed in the town."
    found = only(text, Kind.KILLED).where
    assert found is not None
    assert found.text == "Hesna"


def test_where_nothing_says_where_the_place_named_most_is_meant() -> None:
    found = only("Nine people were killed. Rain fell on the town of Hesna. The mayor was in Hesna.", Kind.KILLED).where
    assert found is not None
    assert "Hesna" in found.text
