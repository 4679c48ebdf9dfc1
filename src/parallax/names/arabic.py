"""Place names in Arabic, a script without capitals: by the gazetteer and the words for places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parallax.names.entry import Entry
from parallax.names.gazetteer import Gazetteer
from parallax.names.tokens import Token

LONGEST = 4
# People from which one Arabic word needs no word for a place before it.
BARE = 50_000
_LETTER = re.compile(r"[\u0620-\u064a]")
_KINDS = {
    "محافظة": "governorate",
    "ريف": "countryside",
    "ولاية": "province",
    "مدينة": "city",
    "بلدة": "town",
    "قرية": "village",
    "منطقة": "district",
    "ناحية": "subdistrict",
    "حي": "neighbourhood",
    "مخيم": "camp",
}
_BEFORE = frozenset([*_KINDS, "في", "من", "إلى", "الى", "على", "قرب", "شرق", "غرب", "شمال", "جنوب", "شرقي", "غربي"])
_JOINED = "وفبلك"


def arabic(
    text: str, read: Sequence[Token], at: int, gazetteer: Gazetteer
) -> tuple[int, int, tuple[Entry, ...], str | None] | None:
    """The longest Arabic place name at this token: its span, entries and kind; prefixed letters are taken off."""
    if not _LETTER.match(read[at].text) or _unprefixed(read[at].text) in _BEFORE:
        return None
    start = read[at].start
    before = read[at - 1].text if at else ""
    for last in range(min(at + LONGEST, len(read)) - 1, at - 1, -1):
        end = read[last].end
        if "\n" in text[start:end] or not all(_LETTER.match(token.text) for token in read[at : last + 1]):
            continue
        for skip in (0, 1):
            if skip and (text[start] not in _JOINED or read[at].end - start < 4):
                continue
            name = text[start + skip : end]
            # "للرقة" is "ل" and "الرقة" written together.
            name = "ا" + name if skip and text[start] == "ل" and name.startswith("ل") else name
            entries = gazetteer.named(name)
            if entries and (last > at or _sure(entries, before, skip)):
                return start + skip, end, entries, _KINDS.get(_unprefixed(before))
    return None


def _unprefixed(word: str) -> str:
    return word[1:] if word[:1] in _JOINED and word[1:] in _BEFORE else word


def _sure(entries: tuple[Entry, ...], before: str, skip: int) -> bool:
    """Whether one word is a place: by its weight, or by the word before it."""
    if max(entry.weight for entry in entries) >= BARE:
        return True
    return not skip and _unprefixed(before) in _BEFORE
