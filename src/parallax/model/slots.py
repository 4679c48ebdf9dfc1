"""The values that fill a claim's slots: a stretch of text, words, how many, which days."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any


class DayPrecision(IntEnum):
    """How exactly a day is known (UCDP `date_prec`)."""

    DAY = 1
    DAYS = 2
    WEEK = 3
    MONTH = 4
    YEAR = 5


def digest(*parts: Any) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts as canonical JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """A value as `dataclasses.asdict` has it, without its deep copies: keys are made of every claim that is read."""
    if isinstance(value, (Span, Mention, Count, Days)):
        return {name: getattr(value, name) for name in value.__slots__}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: code points, the end excluded."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} does not run forward from 0")

    def touches(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words of a report that name something, with where they stand."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as a range with the words that gave it; None leaves an end open."""

    low: int | None
    high: int | None
    text: str

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a count has at least one end; leave the count itself out otherwise")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"count {self.low}..{self.high} runs backward")


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The first and the last day something can have happened, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"days {self.first}..{self.last} run backward")

    @property
    def length(self) -> int:
        """How many days the interval holds."""
        return (self.last - self.first).days + 1

    @property
    def precision(self) -> DayPrecision:
        """The interval's length on UCDP's scale (`date_prec`, GED codebook)."""
        for limit, precision in ((1, DayPrecision.DAY), (6, DayPrecision.DAYS), (7, DayPrecision.WEEK)):
            if self.length <= limit:
                return precision
        return DayPrecision.MONTH if self.length <= 31 else DayPrecision.YEAR

    def meets(self, other: Days) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last
