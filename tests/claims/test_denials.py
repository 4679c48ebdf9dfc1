"""A passage that denies as a whole what was told before it."""

from __future__ import annotations

import pytest

from parallax.model import Kind, Stance

from .reading import claims, only

TOLD = "Foreign newspapers announce that 1,800 Danes were killed at the ford."
DENIERS = {
    "The general denies it in every point.": "The general",
    "There is no truth in it.": None,
    "There is no truth in it, the minister said.": "the minister",
    "The report is without foundation.": None,
    "The mayor said that the story was false.": "The mayor",
}


@pytest.mark.parametrize(("denial", "by"), DENIERS.items(), ids=list(DENIERS))
def test_a_denial_of_the_whole_is_the_deniers_own_claim(denial: str, by: str | None) -> None:
    told, denied = claims(f"{TOLD} {denial}", Kind.KILLED)
    assert told.voice is not None
    assert (told.voice.text, told.stance) == ("Foreign newspapers", Stance.ASSERTED)
    assert ((denied.voice and denied.voice.text), denied.stance) == (by, Stance.DENIED)
    assert denied.count is None
    assert f"{TOLD} {denial}"[denied.start : denied.end] == denial


@pytest.mark.parametrize(
    "after",
    [
        "The general denies the claim that he fled.",
        "The bridge is false work and timber.",
        "The general denied them passage through the town.",
        "The general read it in every newspaper.",
    ],
)
def test_what_denies_something_else_denies_nothing_told(after: str) -> None:
    assert only(f"{TOLD} {after}", Kind.KILLED).stance is Stance.ASSERTED


def test_nothing_told_is_nothing_denied() -> None:
    assert not claims("The general denies it in every point. There is no truth in it.")


def test_no_voice_denies_its_own_word() -> None:
    text = "The general said that nine Danes were killed. The general denies it."
    assert [claim.stance for claim in claims(text, Kind.KILLED)] == [Stance.ASSERTED]


HEARSAY = {
    "Foreign newspapers would have it that 900 Danes were killed.": "Foreign newspapers",
    "Rumours that 900 Danes were killed reached the town.": "Rumours",
    "The foreign press announces that 900 Danes were killed.": "The foreign press",
}


@pytest.mark.parametrize(("text", "voice"), HEARSAY.items(), ids=list(HEARSAY.values()))
def test_hearsay_is_a_source(text: str, voice: str) -> None:
    found = only(text, Kind.KILLED).voice
    assert found is not None
    assert found.text == voice
