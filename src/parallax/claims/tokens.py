"""The words, figures and marks of a passage, with their offsets."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """What a token looks like."""

    WORD = "word"
    FIGURE = "figure"
    ORDINAL = "ordinal"
    CODE = "code"
    DATE = "date"
    CLOCK = "clock"
    MARK = "mark"


class Token(NamedTuple):
    """A word, figure or mark: its offsets, its text, the text in small letters with plain apostrophes, its shape."""

    start: int
    end: int
    text: str
    lower: str
    shape: Shape


_TOKEN = re.compile(
    r"""
    (?P<acronym>(?<!\w)[^\W\d_]\.(?:[^\W\d_]\.)+)
    |(?P<word>[^\W\d_]++(?:[’'][^\W\d_]++)*+(?!-?\d))
    |(?P<date>(?<![\w/.-])(?:\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})
       |\d{1,2}\.\d{1,2}\.\d{4})(?![\w/]))
    |(?P<clock>(?<![\w:.])\d{1,2}:\d{2}(?::\d{2})?(?![\w:])(?:\s?[ap]\.?m\b\.?)?|(?<![\w.])\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?)
    |(?P<code>(?<![\w+])(?:\+\d[\d\ -]{6,}\d
       |\d{2,4}-\d{2,4}-\d{2,}[\d-]*|(?!(?:mid|pre|post|early|late)-)[^\W\d_]+-?\d[\w-]*)(?!\w))
    |(?P<ordinal>(?<!\w)\d+(?:st|nd|rd|th)(?!\w))
    |(?P<figure>(?<!\d)(?:
        \d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)? | \d{1,3}(?:[\u00a0\u202f\u2009’']\d{3})+(?!\d)
        |\d{1,3}(?:\ \d{3})+(?![\d,.]\d|\d) | \d{1,3}(?:\.\d{3})+(?![\d.]) | \d+(?:\.\d+)?))
    |(?P<lead>[^\W\d_]+(?:[’'][^\W\d_]+)*)   # the word of "mid-2016", whose figure is a year
    |(?P<mark>\S)
    """,
    re.VERBOSE,
)


_SHAPES = {shape.value: shape for shape in Shape} | {"lead": Shape.WORD, "acronym": Shape.WORD}


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order; hyphens stand alone, so that compounds can be read part by part."""
    found = []
    curled = "’" in text
    for match in _TOKEN.finditer(text):
        word = match.group()
        small = word.lower()
        if curled:
            small = small.replace("’", "'")
        start, end = match.span()
        found.append(Token(start, end, word, small, _SHAPES[match.lastgroup or "mark"]))
    return found
