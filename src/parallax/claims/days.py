"""Days in a passage: the first and last day that its words can mean.

The words are resolved against the day of publication by the project's annotation guide:
a weekday is the last one on or before publication, a month without a year the last one
begun by then, unless the words look ahead. Shapes of expression are read by rules, in the
manner of HeidelTime (Strötgen and Gertz 2010).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parallax.claims.day_rules import RULES
from parallax.claims.day_words import Setting
from parallax.model import Days

_SIGNS = {
    "#": re.compile(r"\d"),
    "####": re.compile(r"\d{4}"),
    "@": re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"),
}
_SINCE = re.compile(r"\bsince\s+(?:at least\s+|about\s+|around\s+)?(?:the\s+)?$", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:and|to|until|till|through|-|–)\s*(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DayMention:
    """Words that say when, by offsets into the passage, and the days they can mean.

    `days` is None where the words name no day that can be worked out ("the second week
    of the siege"), or where that needs a day of publication and none is known.
    """

    start: int
    end: int
    days: Days | None
    words: str


class _Held(dict[tuple[str, ...], bool]):
    """For each choice of hints, whether the passage holds one of them; asked once."""

    def __init__(self, text: str) -> None:
        self._small = text.lower()

    def __missing__(self, choice: tuple[str, ...]) -> bool:
        found = self[choice] = any(map(self._holds, choice))
        return found

    def _holds(self, hint: str) -> bool:
        sign = _SIGNS.get(hint)
        return hint in self._small if sign is None else sign.search(self._small) is not None


def find(text: str, published: date | None, last: date | None = None) -> tuple[DayMention, ...]:
    """The mentions of days in one passage, in order; they never overlap; offsets are local to `text`.

    `last` is the day told last before the passage, from which "the next day" counts.
    "since" runs a mention's days to publication, and "from ... to ..." joins two mentions.
    """
    held = _Held(text)
    taken: list[tuple[int, int, Days | None]] = []
    covered = bytearray(len(text))
    for rule in RULES:
        if not all(held[choice] for choice in rule.hints):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span("words") if "words" in rule.pattern.groupindex else match.span()
            if start == end or any(covered[start:end]):
                continue
            days = rule.read(match, Setting(text, published, taken, last))
            if days is not False:
                taken.append((start, end, days))
                covered[start:end] = b"1" * (end - start)
    taken.sort(key=lambda row: row[:2])
    return tuple(DayMention(a, b, _since(text, a, days, published), text[a:b]) for a, b, days in _join(text, taken))


def _since(text: str, start: int, days: Days | None, published: date | None) -> Days | None:
    if (
        days is None
        or published is None
        or days.first > published
        or not _SINCE.search(text, max(0, start - 40), start)
    ):
        return days
    return Days(days.first, published)


def _join(text: str, taken: list[tuple[int, int, Days | None]]) -> list[tuple[int, int, Days | None]]:
    """Mentions such as "from Friday to Sunday" made one."""
    joined: list[tuple[int, int, Days | None]] = []
    for start, end, days in taken:
        if joined and days is not None:
            first, last, before = joined[-1]
            if (
                before is not None
                and before.first <= days.first
                and before.last <= days.last
                and _JOINS.fullmatch(text, last, start)
                and _OPENS.search(text, max(0, first - 20), first)
            ):
                joined[-1] = (first, end, Days(before.first, days.last))
                continue
        joined.append((start, end, days))
    return joined
