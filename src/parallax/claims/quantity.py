"""A quantity: a number of something in a passage, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parallax.claims.lexicons import load
from parallax.claims.nouns import COUNTED, Noun, Unit
from parallax.claims.tokens import Token, tokens
from parallax.model import Count

DETERMINERS = frozenset(load("amounts")["determiners"])
_MIXED = re.compile(
    r"\W{0,3}(?:(?:\w+\W+){0,3}?(?:were|have been|had been|was|are|people|civilians|reported|either)\W+)?"
    r"(?:killed|dead|martyred|martyrs|deaths?|died)\s*(?:and|or|and/or|&)?\s*(?:the\s)?(?:wounded|injured|injuries|hurt)"
    r"|\s(?:[\w-]+\s){0,2}?casualties",
    re.IGNORECASE,
)


_MIXED_BEFORE = re.compile(
    r"\b(?:kill\w*|deaths?|dead|martyr\w*)\s*(?:and|or|and/or|&)\s*(?:the\s)?(?:injur\w*|wound\w*)(?:\s+of|\s+to)?\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, by offsets into the passage.

    `count.text` is the fullest wording ("at least 25"), which is `text[start:end]`.
    `form` is `figure`, `words`, `vague`, `article` ("a man"), `owner` ("his wife"),
    `definite` ("the strike"), `bare` ("Woman killed") or `zero` ("no casualties").
    `noun` is the noun phrase counted, at `noun_start`..`noun_end`, `head` its last word in
    small letters. `unit` is None where the noun is not known. `partial` marks a part of a
    larger number ("including 5 children"), `combined` the sum of a coordinated list whose
    parts are given too, `mixed` one number of killed and wounded together.
    """

    start: int
    end: int
    count: Count
    form: str
    unit: Unit | None = None
    noun: str | None = None
    noun_start: int | None = None
    noun_end: int | None = None
    head: str | None = None
    partial: bool = False
    combined: bool = False
    mixed: bool = False

    @property
    def countable(self) -> bool:
        """Whether it may count what a claim counts, not a distance, a year, an age and the like."""
        return self.unit is None or self.unit in COUNTED

    @property
    def span_end(self) -> int:
        """The end of the wording and its noun together."""
        return max(self.end, self.noun_end or 0)


@dataclass(frozen=True, slots=True)
class Words:
    """A passage as tokens; `norms` are their texts in small letters."""

    text: str
    tokens: Sequence[Token]
    norms: Sequence[str]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text."""
        found = tokens(text)
        return cls(text, found, [token.lower for token in found])


def build(
    words: Words,
    first: int,
    last: int,
    low: int | None,
    high: int | None,
    form: str,
    unit: Unit | None,
    noun: Noun | None = None,
) -> Quantity:
    """The quantity worded by tokens `first` to `last` (excluded), with its noun."""
    text, marks, norms = words.text, words.tokens, words.norms
    start, end = marks[first].start, marks[last - 1].end
    count = Count(low, high, text[start:end])
    of = last + 1 < len(norms) and norms[last] == "of"
    partial = of and form != "vague" and norms[last + 1] in DETERMINERS
    before = _MIXED_BEFORE.search(text, max(0, start - 60), start) is not None
    if noun is None:
        mixed = before or _MIXED.match(text, end) is not None
        return Quantity(start, end, count, form, unit, partial=partial, mixed=mixed)
    noun_start, noun_end = marks[noun.first].start, marks[noun.last - 1].end
    mixed = before or _MIXED.match(text, noun_end) is not None or norms[noun.head] in ("casualties", "casualty")
    return Quantity(
        start, end, count, form, unit or noun.unit, text[noun_start:noun_end], noun_start, noun_end,
        norms[noun.head], partial, False, mixed and form != "zero",
    )  # fmt: skip
