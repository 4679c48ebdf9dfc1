from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.claims.finer import finer
from parallax.model import Mention


def _found(text: str, place: str) -> str:
    at = text.index(place)
    found = finer(text, 0, Mention(at, at + len(place), place))
    assert text[found.start : found.end] == found.text
    return found.text


@pytest.mark.parametrize(
    ("text", "place", "finest"),
    [
        ("Shells fell on the Hesna district of Tell Amra.", "Tell Amra", "Hesna"),
        ("Shells fell on al-Hesna neighbourhood in the northern, divided city of Marwa.", "Marwa", "Marwa"),
        ("Shells fell on al-Hesna neighbourhood in the divided city of Marwa.", "Marwa", "al-Hesna"),
        ("A rocket hit Doura hospital in Marwa.", "Marwa", "Doura hospital"),
        ("The dead were taken to Doura hospital in Marwa.", "Marwa", "Marwa"),
        ("A clinic near the Nur mosque in Marwa was hit.", "Marwa", "Marwa"),
        ("Troops entered the Marwa suburb of Hesna.", "Hesna", "Hesna"),
        ("It was the rebel-held part of the Kurdish area of Marwa.", "Marwa", "Marwa"),
        ("They met in the Christian quarter of Marwa.", "Marwa", "Marwa"),
        ("Army Takes Several Areas in Marwa", "Marwa", "Marwa"),
        ("Fighters left Hesna and areas in Marwa.", "Marwa", "Marwa"),
        ("shells fell on the hesna district of tell amra", "tell amra", "tell amra"),
    ],
)
def test_the_place_within_the_place(text: str, place: str, finest: str) -> None:
    assert _found(text, place) == finest


def test_another_passage_is_not_looked_at() -> None:
    text = "They came from Hesna district in\nMarwa, he said."
    at = text.index("Marwa")
    assert finer(text, at, Mention(at, at + 5, "Marwa")).text == "Marwa"


@given(text=st.text(max_size=200), at=st.integers(0, 200), size=st.integers(1, 9))
def test_what_is_found_stands_in_the_text_and_not_after(text: str, at: int, size: int) -> None:
    start = min(at, len(text))
    end = min(len(text), start + size)
    found = finer(text, 0, Mention(start, end, text[start:end]))
    assert text[found.start : found.end] == found.text
    assert found.start <= start
