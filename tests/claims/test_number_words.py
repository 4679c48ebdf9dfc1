from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.claims.number_words import amount
from parallax.claims.tokens import tokens

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    for scale, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if rest and rest < 100 else " "
            return f"{spell(number // scale)} {name}" + (joint + spell(rest) if rest else "")
    raise AssertionError(number)


def read(text: str) -> int | None:
    found = tokens(text)
    result = amount(found, [token.lower for token in found], 0)
    assert result is not None
    assert result.after == len(found), (text, result)
    assert result.low == result.high
    return result.low


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 99_999_999))
def test_a_number_in_words_is_read_back(number: int) -> None:
    assert read(spell(number)) == number
    assert read(spell(number).replace("-", " ")) == number
    assert read(spell(number).upper()) == number


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 999_999_999), st.sampled_from([",", " ", "\u00a0", "\u202f", "\u2009", "’", "."]))
def test_a_number_in_figures_is_read_back(number: int, separator: str) -> None:
    assert read(str(number)) == number
    assert read(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.5 million", 1_500_000), ("2.6m", 2_600_000), ("3 hundred thousand", 300_000), ("6.360 million", 6_360_000)],
)
def test_scales_multiply(text: str, value: int) -> None:
    assert read(text) == value


def test_a_decimal_without_a_scale_counts_nothing() -> None:
    found = tokens("2.5 metres")
    result = amount(found, [token.lower for token in found], 0)
    assert result is not None
    assert (result.low, result.high) == (None, None)


@pytest.mark.parametrize("text", ["hundred", "thousand men", "seven hills", "three four"])
def test_words_that_make_no_number_together_stay_apart(text: str) -> None:
    found = tokens(text)
    result = amount(found, [token.lower for token in found], 0)
    assert result is None or result.after == 1
