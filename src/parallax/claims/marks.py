"""What the rules found, as marks on the word pieces of a window and as hints for one claim: what the network is told.

The network decides; the marks let a small one, trained on few reports, know what the lexicons know.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parallax.claims.nouns import Unit
from parallax.claims.repeats import Reading
from parallax.claims.rules import Seen
from parallax.claims.windows import Window
from parallax.model import Kind, Mention, Scope, Stance, VictimClass, ZoneKind

KINDS = tuple(Kind)
CLASSES = tuple(VictimClass)
STANCES = tuple(Stance)
SCOPES = tuple(Scope)
SLOTS = ("whom", "who", "where", "voice", "when")
_AFTER_KINDS = (
    "whom", "who", "where", "voice", "quantity", "in_quantity", "people", "day", "place", "source", "marker",
    "headline", "context",
)  # fmt: skip
MARKS = len(KINDS) + len(_AFTER_KINDS)
COLUMN = {name: len(KINDS) + number for number, name in enumerate(_AFTER_KINDS)}
HINTS = 3 + len(CLASSES) + len(STANCES) + len(SCOPES)

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hint:
    """What the rules say of one claim: `facts` (HINTS,), and for each slot the first and last piece of its words.

    A piece of 0 is "none" (the report's own voice, no place); -1 is no word from the rules, or one
    that stands outside the window. `reading` is what they said, if they said anything.
    """

    facts: Array
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    reading: Reading | None = None


def pieces(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """The first and the last piece of the window that touch these offsets; None if they stand outside it."""
    first = bisect_right(window.ends, start)
    last = bisect_left(window.starts, end) - 1
    while first <= last and window.is_marker(first):
        first += 1
    while last >= first and window.is_marker(last):
        last -= 1
    return (first, last) if 0 < first <= last else None


def marks(window: Window, seen: Sequence[Seen]) -> Array:
    """The marks of every piece: (pieces, MARKS), 0 or 1."""
    found = np.zeros((len(window), MARKS), dtype=np.float32)

    def paint(name: str, start: int, end: int) -> None:
        span = pieces(window, start, end)
        if span is not None:
            found[span[0] : span[1] + 1, COLUMN[name]] = 1

    found[: window.owned, COLUMN["context"]] = 1
    for number in sorted(set(window.passages[1:])):
        one = seen[number]
        offset = one.passage.start
        for quantity in one.parsed.quantities.values():
            if not quantity.countable:
                continue
            paint("in_quantity", offset + quantity.start, offset + quantity.end)
            paint("quantity", offset + quantity.start, offset + quantity.start + 1)
            if quantity.unit in (Unit.PEOPLE, Unit.HOUSEHOLDS):
                paint("people", offset + quantity.start, offset + quantity.start + 1)
        for day in one.days:
            paint("day", offset + day.start, offset + day.end)
        for place in one.places:
            paint("place", place.start, place.end)
        for attribution in one.attributed:
            if attribution.source is not None:
                paint("source", attribution.source.start, attribution.source.end)
        if one.passage.zone is ZoneKind.HEADLINE:
            paint("headline", one.passage.start, one.passage.end)
        for reading in one.readings:
            piece = _told_at(window, number, offset, reading)
            if piece is not None:
                found[piece, KINDS.index(reading.kind)] = 1
            for name in ("whom", "who", "where", "voice"):
                mention: Mention | None = getattr(reading, name)
                if mention is not None:
                    paint(name, mention.start, mention.end)
    for index in range(1, len(window)):
        if window.is_marker(index):
            found[index, COLUMN["marker"]] = 1
    return found


def _told_at(window: Window, number: int, start: int, reading: Reading) -> int | None:
    """The piece at which the network would tell it: its number's first, or its passage's marker if it has none."""
    if reading.count is not None:
        found = pieces(window, reading.at, reading.at + 1)
        return found[0] if found else None
    return marker(window, number, start)


def marker(window: Window, number: int, start: int) -> int | None:
    """The marker of this passage, which starts there; None if the window holds only a later part of it."""
    found = (at for at in range(1, len(window)) if window.passages[at] == number)
    first = next(found, None)
    return first if first is not None and window.is_marker(first) and window.starts[first] == start else None


def hint(window: Window, seen: Sequence[Seen], piece: int, kind: Kind) -> Hint:
    """What the rules say of a claim of this kind told at this piece."""
    one = seen[window.passages[piece]]
    told = [reading for reading in one.readings if reading.kind is kind]
    facts = np.zeros(HINTS, dtype=np.float32)
    none = tuple(-1 for _ in SLOTS)
    if not told:
        return Hint(facts, none, none)
    here = window.starts[piece]
    reading = min(told, key=lambda reading: (abs(reading.at - here), reading.at))
    facts[0] = 1
    inside = window.starts[piece] <= reading.at < window.ends[piece]
    facts[1] = reading.count is None if window.is_marker(piece) else inside
    facts[2] = reading.count is not None
    facts[3 + CLASSES.index(reading.whom_class)] = 1
    facts[3 + len(CLASSES) + STANCES.index(reading.stance)] = 1
    facts[3 + len(CLASSES) + len(STANCES) + SCOPES.index(reading.scope)] = 1
    spans = [*(_slot(window, getattr(reading, name)) for name in SLOTS[:4]), _when(window, seen, reading)]
    return Hint(facts, tuple(span[0] for span in spans), tuple(span[1] for span in spans), reading)


def _slot(window: Window, mention: Mention | None) -> tuple[int, int]:
    if mention is None:
        return 0, 0
    return pieces(window, mention.start, mention.end) or (-1, -1)


def _when(window: Window, seen: Sequence[Seen], reading: Reading) -> tuple[int, int]:
    """The words of the day that the rules chose, the last told before the end of the claim's passage."""
    if reading.when is None:
        return 0, 0
    found = (-1, -1)
    for number in sorted(set(window.passages[1:])):
        for day in seen[number].days:
            start = seen[number].passage.start
            if day.days == reading.when and start < reading.end:
                found = pieces(window, start + day.start, start + day.end) or found
    return found
