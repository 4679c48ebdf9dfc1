"""The number told at one place of a passage: as the rules read it, or by the names that stand there."""

from __future__ import annotations

import re

from parallax.claims import counting
from parallax.claims.joint import bounded
from parallax.claims.quantity import Quantity
from parallax.claims.rules import Seen
from parallax.model import Count, Kind

_PARTICLE = r"(?:(?:al|el|ad|an|ar|as|ash|at|az|abu|umm|bin|ibn|de|la)[- ])"
_WORD = rf"{_PARTICLE}?[^\W\d_a-z][\w'’-]*+"
_NAME = rf"{_WORD}(?:\s+{_WORD}|\s+\([^()]{{1,60}}\)|,?\s+\d{{1,3}}(?=,|\s))*+"
_NAMES = re.compile(rf"{_NAME}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_NAME})++")
# Neither an age nor "Jr." after a comma is another name.
_JOINT = re.compile(r",\s*+(?:and\s+)?+(?!\d|(?:Jr|Sr|I{1,3}|IV)\b)|\s+and\s+")


def quantity(one: Seen, start: int, end: int) -> Quantity | None:
    """The number of people or things that these offsets of the passage are part of, the narrowest."""
    over = [q for q in one.parsed.quantities.values() if q.countable and q.start < end and start < q.end]
    return min(over, key=lambda q: (q.end - q.start, q.start), default=None)


def toll(one: Seen, kind: Kind, start: int, end: int) -> tuple[Count | None, bool]:
    """How many are told at these offsets of the passage, None if no rule can say; whether a part of another number."""
    told = quantity(one, start, end)
    if told is not None:
        start, end = told.start, told.end
    offset = one.passage.start
    for reading in one.readings:
        if reading.kind is kind and reading.count is not None and start <= reading.at - offset < end:
            return reading.count, reading.part
    if told is not None:
        return (bounded(told.count) if told.mixed else told.count), told.partial
    return _named(one, start), False


def _named(one: Seen, start: int) -> Count | None:
    """The names listed here, or the one person that the words here stand for; None for other words."""
    text = one.passage.text
    listed = _NAMES.match(text, start)
    if listed is not None and not listed.group().isupper():  # capitals throughout tell no name
        number = len(_JOINT.findall(listed.group())) + 1
        return Count(number, number, listed.group())
    sentence = one.parsed.sentence
    index = next((i for i, end in enumerate(sentence.ends) if start < end), None)
    group = sentence.group(index) if index is not None else None
    return counting.count_of(one.parsed, group.first, group.end).count if group is not None else None
