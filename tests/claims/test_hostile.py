from __future__ import annotations

import time
from datetime import date

import pytest

from parallax.claims import days, passages, quantities

LONG = 30_000


@pytest.mark.parametrize(
    "piece",
    [
        *("a.", ". ", '"', "1 ", "1,", "1-", "a-", "May ", "Monday ", "2015-", "a day earlier ", "at least ", "any "),
        *("a man and his ", "one hundred and ", "\n", "a\n", "==", "(AP) ", "\u202e", "\ud800", "٣", "x"),
    ],
)
def test_one_endless_line_is_read_in_time(piece: str) -> None:
    text = piece * (LONG // len(piece))
    start = time.perf_counter()
    assert "".join(text.split()) == "".join("".join(p.text.split()) for p in passages.split(text))
    for quantity in quantities.find(text):
        assert text[quantity.start : quantity.end] == quantity.count.text
    for mention in days.find(text, date(2020, 2, 29)):
        assert text[mention.start : mention.end] == mention.words
    # Reading takes a fraction of a second; a step that grows with the square of the length takes minutes.
    assert time.perf_counter() - start < 15
