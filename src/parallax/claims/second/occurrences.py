"""Where words stand in a text: exactly, or but for white space and the form of quotation marks and dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallax.model import Mention, Span

# Endpoints straighten what a press agency curls; each mark stands for one mark of the text.
_ALIKE = ("'’‘‛`´ʼ", '"“”„‟«»', "-‐‑‒–—−")
_CLASSES = {mark: f"[{re.escape(marks)}]" for marks in _ALIKE for mark in marks}
# A small word stands ten thousand times in a long text: it is looked for ever farther from the quote.
_REACHES = (1000, 20_000)
_JOINERS = ".,'’\u00a0\u202f\u2009"


def find(text: str, words: str, within: Span) -> Iterator[Span]:
    """Every place in this stretch of the text where the words stand, from the first to the last.

    Places where they stand to the letter are all that is given, if there is one. Words that
    are cut out of a longer word or number stand nowhere.
    """
    wanted = words.strip()
    if not wanted or len(wanted) > 2 * (within.end - within.start):
        return
    spans = _exact(text, wanted, within)
    if (first := next(spans, None)) is None:
        spans = _loose(text, wanted, within)
        first = next(spans, None)
    if first is not None:
        yield first
        yield from spans


def nearest(text: str, words: str | None, quote: Span) -> Mention | None:
    """The mention of these words within the quote, else the one nearest to it; None where they stand nowhere."""
    if words is None:
        return None
    if inside := next(find(text, words, quote), None):
        return Mention(inside.start, inside.end, text[inside.start : inside.end])
    for reach in (*_REACHES, len(text)):
        around = Span(max(0, quote.start - reach), min(len(text), quote.end + reach))
        if spans := list(find(text, words, around)):
            span = min(spans, key=lambda one: (max(quote.start - one.end, one.start - quote.end, 0), one.start))
            return Mention(span.start, span.end, text[span.start : span.end])
    return None


def _exact(text: str, words: str, within: Span) -> Iterator[Span]:
    at = text.find(words, within.start, within.end)
    while at >= 0:
        if _is_whole(text, at, at + len(words)):
            yield Span(at, at + len(words))
            at = text.find(words, at + len(words), within.end)
        else:
            at = text.find(words, at + 1, within.end)


def _loose(text: str, words: str, within: Span) -> Iterator[Span]:
    pattern = r"\s+".join("".join(_CLASSES.get(char, re.escape(char)) for char in word) for word in words.split())
    for match in re.compile(pattern).finditer(text, within.start, within.end):
        if _is_whole(text, *match.span()):
            yield Span(*match.span())


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word or number runs on over either edge."""
    if (start and _runs_on(text[start - 1], text[start])) or (end < len(text) and _runs_on(text[end - 1], text[end])):
        return False
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start].isdigit() and len(before) == 2 and before[0].isdigit() and before[1] in _JOINERS:
        return False
    return not (text[end - 1].isdigit() and len(after) == 2 and after[0] in _JOINERS and after[1].isdigit())


def _runs_on(one: str, other: str) -> bool:
    """Whether two neighbours belong to one word or number.

    Scripts without case write words together, and a captured page runs one sentence into
    the next ("was heldThe army").
    """
    joined = all(char.isdigit() or char.lower() != char.upper() for char in (one, other))
    return joined and not (one.islower() and other.isupper())
