"""A report's text as passages: sentences, headlines, captions, list items.

The method is rules over sentence-final marks (after Mikheev 2002, "Periods, capitalized
words, etc."): a full stop ends a sentence unless a lexicon or the shape of the words
around it says that it belongs to an abbreviation, an initial or a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from parallax.claims.breaks import cuts
from parallax.claims.paragraphs import paragraphs
from parallax.model import Passage, Zone, ZoneKind

_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹"
_MARK = re.compile(r"(?:\.(?:[ \u00a0]?\.)+|[.!?…؟۔。]+)(?=(?P<after>[\"'”’»)\]}›]*))")
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w’'.-]*[^\W_])?$")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_WORD_AFTER = re.compile(r"[^\W_][\w’'-]*")
_SPEAKER = re.compile(r"\s*(?:[^\W\d_][\w’'-]*\s+){1,4}[^\W\d_]+")
_ADDRESS = re.compile(r"(?:www\.|https?:|[\w.]@)\S*$", re.IGNORECASE)


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    text = files("parallax.claims").joinpath("lexicons/abbreviations.json").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in json.loads(text).items()}


def split(text: str, zones: Sequence[Zone] = ()) -> tuple[Passage, ...]:
    """The passages of `text`, in order.

    They never overlap, cover every character that is not white space, and re-slice:
    `text[p.start:p.end] == p.text`. A passage never runs over the edge of a zone; where
    zones overlap the shortest one holds, and outside all of them the zone is BODY.
    `paragraph` counts paragraphs from 0 through the whole text.
    """
    passages = []
    caseless = _is_caseless(text)
    number = -1
    for zone, first, last in _stretches(text, zones):
        for start, end in paragraphs(text, first, last):
            number += 1
            for a, b in _sentences(text, start, end, caseless):
                passages.append(Passage(a, b, text[a:b], zone, number))
    return tuple(passages)


def pieces(passage: Passage, longest: int) -> Iterator[Passage]:
    """The passage in pieces of at most `longest` characters, cut after a comma or a word where there is one.

    Nothing but white space is left out: a list without full stops is read to its end.
    """
    text, at = passage.text, 0
    while len(text) - at > longest:
        window = text[at : at + longest]
        stop = max((window.rfind(mark) + 1 for mark in ("\n", ", ", "; ")), default=0)
        stop = stop if stop > longest // 2 else window.rfind(" ") + 1
        end = at + (stop if stop > longest // 2 else longest)
        yield from _piece(passage, at, end)
        at = end
    yield from _piece(passage, at, len(text))


def _piece(passage: Passage, first: int, end: int) -> Iterator[Passage]:
    """This stretch of a passage without the white space around it; none where that is all it is."""
    text = passage.text[first:end]
    start = passage.start + first + len(text) - len(text.lstrip())
    text = text.strip()
    if text:
        yield Passage(start, start + len(text), text, passage.zone, passage.paragraph)


def _stretches(text: str, zones: Sequence[Zone]) -> Iterator[tuple[ZoneKind, int, int]]:
    """The text cut at the edges of its zones, neighbours of one kind joined unless one ends there."""
    inside = [zone for zone in zones if zone.start < min(zone.end, len(text))]
    edges = sorted({0, len(text), *(z.start for z in inside), *(min(z.end, len(text)) for z in inside)})
    for start, end in pairwise(edges):
        over = [zone for zone in inside if zone.start <= start and end <= zone.end]
        kind = min(over, key=lambda zone: zone.end - zone.start).kind if over else ZoneKind.BODY
        yield kind, start, end


def _is_caseless(text: str) -> bool:
    """Whether the text is all in small letters (old wire archives), so that case says nothing."""
    sample = text[:4000]
    letters = sum(map(str.isalpha, sample))
    return letters > 0 and sum(map(str.isupper, sample)) < 0.004 * letters


def _sentences(text: str, start: int, end: int, caseless: bool) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one paragraph, stripped of outer white space."""
    part = text[start:end]
    at = 0
    quotes = 0
    counted = 0
    for mark in _MARK.finditer(part):
        stop = mark.end()
        quotes += part.count('"', counted, stop)
        counted = stop
        if stop <= at:
            continue
        cut = _cut(part, mark.group(), mark.start(), stop, mark.group("after"), quotes % 2 == 1, caseless)
        if cut is not None and cut > at:
            yield from _strip(part, at, cut, start)
            at = cut
    yield from _strip(part, at, len(part), start)


def _strip(part: str, at: int, cut: int, offset: int) -> Iterator[tuple[int, int]]:
    lead = len(part[at:cut]) - len(part[at:cut].lstrip())
    edges = [at + lead, *cuts(part, at + lead, cut), cut] if lead < cut - at else []
    for first, last in pairwise(edges):
        piece = part[first:last]
        bare = piece.strip()
        if bare:
            begin = offset + first + len(piece) - len(piece.lstrip())
            yield begin, begin + len(bare)


def _cut(part: str, mark: str, begin: int, stop: int, after: str, quoted: bool, caseless: bool) -> int | None:
    """Where the sentence ends that this mark may close, closing quotes included; None if it goes on."""
    close = stop + len(after)
    if close >= len(part):
        return None
    spaced = part[close].isspace()
    if not spaced:
        # No space follows: closing marks that would open the next sentence go to that sentence.
        if after and after[-1] in "\"'" and not (after[-1] == '"' and quoted):
            close -= 1
        return close if _runs_on(part, mark, begin, close) else None
    rest = part[close:].lstrip() if close + 200 > len(part) else part[close : close + 200].lstrip()
    follower = rest.lstrip(_OPENERS + "-–—•*").lstrip()
    if not follower:
        return None
    small = follower[0].islower() and not caseless
    if mark[0] != "." or len(mark) > 1:
        if small or (mark[0] in ".…" and rest[0] in ",;:"):
            return None
        if mark[0] in "!?" and after and _is_spoken(part, close):
            return None
        return close
    if rest[0] in ",;:)]":
        return None
    return None if _is_abbreviation(part, begin, follower, bool(after), small, caseless) else close


def _runs_on(part: str, mark: str, begin: int, close: int) -> bool:
    """Whether a sentence ends here though no space follows ("were killed.The army")."""
    head, tail = part[max(0, begin - 40) : begin], part[close : close + 30]
    tail = tail.lstrip(_OPENERS)
    if len(tail) < 2 or not head:
        return False
    if not tail[0].isupper() or _ADDRESS.search(head) or re.match(r"[\w-]+\.\w", tail):
        return False
    before = head[-1]
    if before in _CLOSERS or before.isdigit() or mark[0] != "." or len(mark) > 1:
        return tail[1].isalpha() or tail[1].isspace()
    word = _WORD_AFTER.match(tail)
    if word and len(word.group()) > 1 and word.group().lower() in _lexicon()["starters"]:
        return True
    if not tail[1].isalpha() and not tail[1].isspace():
        return False
    return head[-2:].isalpha() and (before.islower() or head[-2:].isupper())


def _is_spoken(part: str, close: int) -> bool:
    """Whether a closed quotation is followed by who spoke ("... !" Rahimi said)."""
    match = _SPEAKER.match(part[close : close + 80])
    return bool(match and not _lexicon()["speech"].isdisjoint(match.group().lower().split()))


def _is_abbreviation(part: str, begin: int, follower: str, closed: bool, small: bool, caseless: bool) -> bool:
    """Whether the full stop at `begin` belongs to the word before it and the sentence goes on."""
    lexicon = _lexicon()
    match = _WORD_BEFORE.search(part[max(0, begin - 40) : begin])
    if match is None:
        return small
    word = match.group()
    lower = word.lower()
    next_match = _WORD_AFTER.match(follower)
    next_word = next_match.group() if next_match else ""
    starts = next_word.lower() in lexicon["starters"] and (caseless or not small)
    digit = follower[0].isdigit()
    bare = lower.rsplit(".", 1)[-1]
    if closed and len(word) > 3:
        return small
    if lower in lexicon["always"]:
        return not starts
    if lower in lexicon["clock"]:
        return small or next_word.lower() in lexicon["after_clock"]
    if (lower in lexicon["titles"] or lower.rsplit("-", 1)[-1] in lexicon["titles"]) and (
        word[0].isupper() or caseless
    ):
        return True
    if lower in lexicon["numbered"]:
        return digit or (small and lower != "no" and not caseless)
    if lower in lexicon["months"] or lower in lexicon["weekdays"]:
        return digit or (small and not caseless)
    if lower in lexicon["may_end"] and (caseless or word[0].isupper() or lower in ("etc", "km", "kms", "kg", "sq")):
        return small or (not starts and not caseless and word[0].isupper())
    if _ACRONYM.search(word) or (len(word) == 1 and word.isalpha()):
        if caseless:
            return not starts
        if len(word) == 1 and (word.islower() or word == "I" or part[begin - 2 : begin - 1] == "/"):
            return small
        return not starts
    if small:
        # A small letter after a full word's full stop is a slip of the writer or a name such as "al-Bab".
        return len(bare) < 3 or "." in word
    return False
