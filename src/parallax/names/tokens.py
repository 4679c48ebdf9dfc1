"""Words and marks of a text with their offsets, and the stretches of capitals that names are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parallax.names.words import words

_TOKEN = re.compile(r"W\. ?Va\b|(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’‘ʼ`][^\W\d_]+)*|\d+|\S")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_DOTTED = frozenset(["St", "ST", "Mt", "MT", "Ft", "FT", "Jr", "Sr", "Ste"])


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of the text."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def bare(self) -> str:
        """The word without a possessive ending."""
        return bare(self.text)


def bare(text: str) -> str:
    """The words without a possessive ending."""
    return _POSSESSIVE.sub("", text)


def tokens(text: str) -> list[Token]:
    """The words and marks of a text, in order."""
    return [Token(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)]


def abbreviated(token: Token) -> bool:
    """Whether a dot after the word belongs to it: an initial, a title, "St"."""
    return len(token.text) == 1 or token.text in _DOTTED or (len(token.text) <= 4 and token.text in words().titles)


def runs(text: str, read: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The stretches of capitalised words parted by single spaces, as first and last token."""
    at = 0
    while at < len(read):
        if not read[at].capital:
            at += 1
            continue
        last = at
        while last + 1 < len(read):
            step = 1
            if read[last + 1].text == "." and abbreviated(read[last]) and last + 2 < len(read):
                step = 2
            following = read[last + step]
            if text[read[last + step - 1].end : following.start] != " " or not following.capital:
                break
            last += step
        yield at, last
        at = last + 1
