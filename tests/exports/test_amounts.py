"""Counts and their ends as people write them."""

from __future__ import annotations

import pytest

from parallax.exports.amounts import count_words, ends_words
from parallax.model import Count


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "unknown"),
        (0, 0, "0"),
        (12, 12, "12"),
        (25, None, "25 or more"),
        (None, 1400, "up to 1,400"),
        (7308, 11629, "7,308–11,629"),
    ],
)
def test_ends(low: int | None, high: int | None, words: str) -> None:
    assert ends_words(low, high) == words


def test_a_number_beyond_all_reading_is_cut_short() -> None:
    assert ends_words(10**30, 10**5000) == "more than 999,999,999,999,999–more than 999,999,999,999,999"


def test_a_claim_without_a_number_says_so() -> None:
    assert count_words(None) == "no number"
    assert count_words(Count(24, None, "dozens")) == "24 or more"
