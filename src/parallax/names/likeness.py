"""Which place of a country or division a transliterator may have meant by a name.

Two names of one skeleton (`folding.skeleton`) are alike anywhere. Within a division that the
text names there are few places to mistake one for, so there a slip more is allowed: one letter
in a part of four or more letters, two in nine or more (Damerau-Levenshtein), the consonants
nearly whole. Words that many names share ("Kafr", "Tal", "Sheikh") and words that
tell two villages apart ("Upper", "Gharbi") have to agree by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from parallax.names.entry import Entry
from parallax.names.folding import ARTICLES, fold, skeleton

SHORTEST = 4
# Countries whose names reach a reader through transliteration, so that spellings vary.
_VARYING = frozenset(["SY", "IQ", "LB", "PS", "JO", "YE", "LY", "SD", "SA", "AF", "IR", "EG", "UA"])
# fmt: off
_SHARED = frozenset(map(skeleton, [
    "kafr", "tal", "deir", "ain", "khan", "umm", "abu", "jabal", "sheikh", "beit", "bir", "wadi",
    "hawsh", "jubb", "jisr", "qalat", "qasr", "kasrat", "maarat", "bab", "bani", "ras", "jazirat", "hamrat",
    "hay", "nahr", "sahl", "khirbat", "mazraat", "marj", "burj", "hajji", "arab", "tulul", "rasm", "tawil",
    "bu", "dahr", "zawr", "qarat",
]))
# fmt: on
_TELLING = (
    ("kabir", "kabira", "kubra", "big", "large", "greater"),
    ("saghir", "saghira", "sughra", "small", "little", "lesser"),
    ("sharqi", "sharqiya", "sharqiyah", "sharkia", "sharkiya", "eastern", "east"),
    ("gharbi", "gharbiya", "gharbiyah", "gharbia", "western", "west"),
    ("shamali", "shamaliya", "shamaliyah", "northern", "north"),
    ("janubi", "janubiya", "janubiyah", "junubi", "southern", "south"),
    ("fawqani", "fawqaniya", "foqani", "fouqani", "upper"),
    ("tahtani", "tahtaniya", "tehtani", "lower"),
    ("jadid", "jadida", "jadidah", "new"),
    ("qadim", "qadima", "qadimah", "old"),
)
_SIDES = {skeleton(word): number for number, words in enumerate(_TELLING) for word in words}
_DROPPED = frozenset([*ARTICLES, "village", "town", "city"])
_VOWELS = re.compile(r"[aiu]")


def varies(country: str | None) -> bool:
    """Whether the names of a country reach a reader through transliteration."""
    return country in _VARYING


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name taken apart: the shared words before it, what is its own, and the words that tell it from a twin."""

    shared: tuple[str, ...]
    own: str
    sides: frozenset[int]
    consonants: str

    @classmethod
    def of(cls, name: str) -> Spelling:
        """The spelling of a name as a text or a gazetteer has it."""
        parts = [part for part in (skeleton(word) for word in fold(name).split() if word not in _DROPPED) if part]
        sides = frozenset(_SIDES[part] for part in parts[1:] if part in _SIDES)
        parts = parts[:1] + [part for part in parts[1:] if part not in _SIDES]
        cut = 0
        while cut < len(parts) - 1 and parts[cut] in _SHARED:
            cut += 1
        own = "".join(parts[cut:])
        return cls(tuple(parts[:cut]), own, sides, _VOWELS.sub("", own))

    def slips(self, other: Spelling) -> int | None:
        """How many letters part the two, 0 for one skeleton; None where they are two names."""
        if self.shared != other.shared or (self.sides and other.sides and self.sides != other.sides):
            return None
        if self.own == other.own:
            return 0 if len(self.own) > 1 and self.sides == other.sides else 1
        shorter = min(len(self.own), len(other.own))
        allowed = 2 if shorter >= 9 else 1
        if shorter < SHORTEST or self.own[0] != other.own[0]:
            return None
        slips = OSA.distance(self.own, other.own, score_cutoff=allowed)
        if slips > allowed:
            return None
        firm = 0 if min(len(self.consonants), len(other.consonants)) < 4 else 1
        if OSA.distance(self.consonants, other.consonants, score_cutoff=firm) > firm:
            return None
        return slips + 1


def nearest(name: str, known: Iterable[tuple[Spelling, Entry]], most: int = 3) -> tuple[Entry, ...]:
    """Of these places, those whose spelling is the fewest slips from the name, `most` at the most."""
    asked = Spelling.of(name)
    best: int | None = None
    found: Sequence[Entry] = ()
    for spelling, entry in known:
        slips = asked.slips(spelling)
        if slips is None or slips > (most if best is None else best):
            continue
        if slips == best:
            found = [*found, entry]
        else:
            best, found = slips, [entry]
    return tuple(dict.fromkeys(found))
