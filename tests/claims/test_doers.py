from __future__ import annotations

import pytest

from parallax.model import Kind

from .reading import only

WHO = {
    "Government warplanes killed nine people.": "Government warplanes",
    "Nine people were killed by rebels.": "rebels",
    "Nine people were killed in an alleged Israeli airstrike.": "Israeli",
    "An Israeli airstrike killed nine people.": "Israeli",
    "Jets bombed Hesna, killing nine people.": "Jets",
    "They killed nine people.": None,
    "A blast killed nine people.": None,
    "The fighting killed nine people.": None,
}


@pytest.mark.parametrize(("text", "who"), WHO.items(), ids=list(WHO))
def test_who(text: str, who: str | None) -> None:
    found = only(text, Kind.KILLED).who
    assert (found.text if found else None) == who


def test_the_doer_of_the_act_told_before_goes_on() -> None:
    text = "Turkish drones struck the village of Hesna. Nine people were killed."
    found = only(text, Kind.KILLED).who
    assert found is not None
    assert found.text == "Turkish drones"


def test_who_took_a_place() -> None:
    found = only("The army recaptured the village of Hesna from rebels.", Kind.SEIZED).who
    assert found is not None
    assert found.text == "The army"
