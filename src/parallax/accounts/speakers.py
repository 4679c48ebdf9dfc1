"""Which voices of one incident are one: spellings of a person's name, an unnamed informant whom two outlets quote,
and a paragraph that two outlets print.

Within one incident few people speak, so two spellings that a transliterator may have chosen between, or a
surname after the full name, are one person. Two papers' "a medical source" who gives the same number is one
informant. A sentence in which the same words stand at the same distances, in two papers that quote nobody for
it, came to both from one place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import combinations

from rapidfuzz.fuzz import ratio

from parallax.model import Claim, Mention, Statement, VoiceType

# Parts of a name that a report may leave out or join to the next: they tell no two persons apart.
_JOINTS = frozenset(
    ["al", "el", "ul", "bin", "ibn", "ben", "de", "la", "du", "von", "van", "der", "abu", "abou", "umm"]
)
_SOUNDS = (("dh", "d"), ("th", "t"), ("ph", "f"), ("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("ou", "u"))
_LETTERS = str.maketrans("qcvzwj", "kkbsug")
# How alike the letters of two spellings are at the least, in hundredths, where their consonants are the same.
_SPELLED_ALIKE = 70.0
_PERSON, _UNNAMED = "person:", "unnamed:"


def one_voice(statements: Iterable[Statement]) -> dict[str, str]:
    """For each voice's key that another of the incident's voices is too, the key that stands for both.

    The first of their keys in the alphabet stands for them, so that the order makes no difference.
    """
    told = list(statements)
    keys = sorted({s.voice.key for s in told})
    pairs = [*_persons([key for key in keys if key.startswith(_PERSON)]), *_informants(told)]
    stands: dict[str, str] = {}

    def root(key: str) -> str:
        while key in stands:
            key = stands[key]
        return key

    for a, b in pairs:
        first, second = sorted((root(a), root(b)))
        if first != second:
            stands[second] = first
    return {key: root(key) for key in stands}


def _persons(keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The pairs of persons' keys that are one person's; a surname that two of them bear is nobody's in particular."""
    names = {key: _parts(key) for key in keys}
    full = [key for key in keys if len(names[key]) > 1]
    for a, b in combinations(full, 2):
        if _alike("".join(names[a]), "".join(names[b])):
            yield a, b
    for key in keys:
        if len(names[key]) == 1:
            bearers = [other for other in full if _alike(names[other][-1], names[key][0])]
            if bearers and all(_alike("".join(names[bearers[0]]), "".join(names[b])) for b in bearers):
                yield bearers[0], key


def _parts(key: str) -> tuple[str, ...]:
    parts = key.removeprefix(_PERSON).split("-")
    return tuple(part for part in parts if part not in _JOINTS) or tuple(parts)


def _alike(a: str, b: str) -> bool:
    """Whether two spellings may be of one name: the same consonants in order, and most letters."""
    if a == b:
        return True
    one, other = _consonants(a), _consonants(b)
    return one == other and len(one) > 2 and ratio(a, b) >= _SPELLED_ALIKE


def _consonants(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    plain = plain.translate(_LETTERS)
    start = "a" if plain[:1] in set("aeiouy") and plain[:1] != "y" else plain[:1]
    return re.sub(r"(.)\1+", r"\1", start + re.sub(r"[aeiouyh’'-]", "", plain[1:]))


def _informants(statements: Sequence[Statement]) -> Iterable[tuple[str, str]]:
    """The pairs of unnamed voices of two outlets that are called the same and give the same number."""
    said: dict[tuple[object, ...], set[str]] = {}
    for statement in statements:
        claim, voice = statement.claim, statement.voice
        if voice.type is VoiceType.UNNAMED and voice.key.startswith(_UNNAMED) and claim.count is not None:
            words = voice.key.split("@")[0]
            number = claim.count.low, claim.count.high
            said.setdefault((words, claim.kind, number, claim.whom_class, claim.stance), set()).add(voice.key)
    for keys in said.values():
        first, *others = sorted(keys)
        for other in others:
            yield first, other


# A sentence shorter than this (a headline) is written the same by chance.
SHORTEST = 60


def same_sentence(a: Claim, b: Claim) -> bool:
    """Whether two claims stand in near the same sentence: as long, the same words at the same distances.

    The whole texts are not looked at: what a claim names, and where in its sentence, is mark enough.
    """
    if (a.kind, a.stance, a.scope) != (b.kind, b.stance, b.scope):
        return False
    long, other = a.end - a.start, b.end - b.start
    if min(long, other) < SHORTEST or abs(long - other) > max(long, other) // 8:
        return False
    if (a.count is None) is not (b.count is None):
        return False
    if a.count is not None and b.count is not None and ratio(a.count.text.casefold(), b.count.text.casefold()) < 85:
        return False
    marks = [_marked(one, two, a, b) for one, two in ((a.whom, b.whom), (a.where, b.where), (a.who, b.who))]
    return False not in marks and marks.count(True) >= 2


def _marked(one: Mention | None, two: Mention | None, a: Claim, b: Claim) -> bool | None:
    """Whether two mentions are the same words at the same distance; None where either is not in its sentence."""
    if one is None or two is None or not a.start <= one.start < a.end or not b.start <= two.start < b.end:
        return None
    apart = abs((one.start - a.start) - (two.start - b.start))
    return apart <= 4 + (a.end - a.start) // 10 and ratio(one.text.casefold(), two.text.casefold()) >= 80
