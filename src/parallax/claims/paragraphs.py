"""Paragraphs of a text: blank lines, list items, and line breaks that are not a soft wrap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_BLANK = re.compile(
    r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])[^\S\n]*(?:(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])\s*)|[\x0c\u2029]+"
)
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x85\u2028]")
_ITEM = re.compile(r"\s*(?:[•·▪‣●○◦*–—-]\s+\S|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+\S|[•▪●])")
_ENDS = re.compile(r"[.!?…؟۔。:][\"'”’»)\]]*\s*$")
_NARROW, _WIDE = 30, 130


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs of `text[start:end]` that hold something other than white space."""
    at = start
    for gap in _BLANK.finditer(text, start, end):
        yield from _lines(text, at, gap.start())
        at = gap.end()
    yield from _lines(text, at, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One block without blank lines, cut where a line break is not a soft wrap."""
    breaks = list(_BREAK.finditer(text, start, end))
    if not breaks:
        if text[start:end].strip():
            yield start, end
        return
    edges = [start, *(b.end() for b in breaks), end]
    lines = [text[a:b].rstrip() for a, b in pairwise(edges)]
    width = max(map(len, lines))
    at = start
    for number, edge in enumerate(edges[1:-1]):
        if not _is_soft(lines[number], lines[number + 1], width):
            if text[at:edge].strip():
                yield at, edge
            at = edge
    if text[at:end].strip():
        yield at, end


def _is_soft(line: str, following: str, width: int) -> bool:
    """Whether the break between two lines is only the end of a column.

    In a wrapped column the next line's first word would not have fitted; some slack is
    left for ragged columns, as PDF extraction gives them.
    """
    if not line.strip() or not following.strip():
        return False
    ended = _ENDS.search(line) is not None
    first = following.split(None, 1)[0]
    full = _NARROW <= width <= _WIDE and len(line) + 1 + len(first) > width * (0.98 if ended else 0.85)
    if _ITEM.match(following):
        # A dash may open a list item, or stand at the start of a wrapped line.
        return full and first in "–—-" and not ended and not _ITEM.match(line)
    if following.lstrip()[0].islower() and not ended:
        return True
    return full or line[-1] in ",-–—"
