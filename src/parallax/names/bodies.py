"""Which body a report means by words for its kind: "a monitoring group", "the ministry", "the news agency".

Such words name nobody by themselves. Where the report names a known body of that kind, they mean it: the
last one named before ("the ministry added"), else the first after ("a monitor said" at the head of a report
that names the monitor further down).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from parallax.model import Voice, VoiceType

# Words that end the noun of a description: what follows tells of it.
_TAIL = re.compile(r"\b(?:of|in|with|from|that|which|who|for|on|and|or|at|near|to|has|have|said|says)\b")
_WORD = re.compile(r"[^\W_](?:[\w.'’ʼ]*\w)?")
_WATCHING = re.compile(r"monitor(?:s|ing)?|watchdogs?|tracks?|tracking")
_GROUPS = frozenset(["group", "groups", "organisation", "organization", "network", "ngo", "body", "centre", "center"])


@dataclass(frozen=True, slots=True)
class Known:
    """The known voices by their folded names, and what may be said of them."""

    by_name: Mapping[str, Voice]
    openings: frozenset[str]
    longest: int
    relief: frozenset[str]


def meant(bare: str, text: str, before: int, known: Known) -> Voice | None:
    """The body that the report's folded words mean, which stand at `before` in its text; None where they mean none."""
    fits = _kind(bare, known)
    if fits is None:
        return None
    named = [(at, voice) for at, name, voice in _named(text, _Key(known)) if fits(name, voice)]
    at = bisect_left(named, before, key=lambda each: each[0])
    return named[at - 1][1] if at else named[0][1] if named else None


def _kind(bare: str, known: Known) -> Callable[[str, Voice], bool] | None:
    """What the words ask of a body, None where they are no words for one."""
    noun = _TAIL.split(bare, maxsplit=1)[0].split()
    if not noun:
        return None
    # "An organisation monitoring the war": the noun ends where what it does begins.
    ends = [at for at, word in enumerate(noun[:-1], 1) if word in _GROUPS and noun[at].endswith("ing")]
    noun = noun[: ends[0]] if ends else noun
    head = noun[-1]
    watches = _WATCHING.fullmatch(head) or (
        head in _GROUPS and ("based" in noun or any(map(_WATCHING.fullmatch, bare.split())))
    )
    if watches:
        return lambda _, voice: voice.type is VoiceType.MONITOR and voice.key not in known.relief
    if head == "ministry":
        qualities = frozenset(noun) - {"the", "its", "a"}
        return lambda name, _: qualities <= frozenset(name.split())
    if (head == "agency" and {"news", "state", "official"} & {*noun}) or bare in ("agency", "the agency"):
        return lambda _, voice: voice.type is VoiceType.AGENCY
    return None


class _Key:
    """The known voices as a key that is one for one pack."""

    __slots__ = ("known",)

    def __init__(self, known: Known) -> None:
        self.known = known

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.known is self.known

    def __hash__(self) -> int:
        return id(self.known)


@lru_cache(maxsize=8)
def _named(text: str, key: _Key) -> tuple[tuple[int, str, Voice], ...]:
    """Every known voice that a text names, with where and by which folded name, in order."""
    known = key.known
    words = [(found.group().casefold().strip(".'’ʼ"), found.start()) for found in _WORD.finditer(text)]
    found: list[tuple[int, str, Voice]] = []
    past = 0
    for at, (word, start) in enumerate(words):
        if at < past or word not in known.openings:
            continue
        for last in range(min(len(words), at + known.longest), at, -1):
            name = " ".join(each for each, _ in words[at:last])
            voice = known.by_name.get(name)
            if voice is not None:
                found.append((start, name, voice))
                past = last
                break
    return tuple(found)
