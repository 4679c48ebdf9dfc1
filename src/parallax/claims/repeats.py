"""Claims that say the same thing again: headline and text, summary and story, made one claim with its repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parallax.claims.lexicons import words
from parallax.model import ACTS, Count, Days, Kind, Mention, Scope, Span, Stance, VictimClass

_NEAR = 200  # how many readings back a twin is looked for


@dataclass(slots=True)
class Reading:
    """A claim with every slot filled, before repeats are joined; offsets count in the report's text.

    `at` is where it is told in its passage: where its number begins, or its trigger.
    """

    start: int
    end: int
    kind: Kind
    count: Count | None
    whom: Mention | None
    whom_class: VictimClass
    who: Mention | None
    where: Mention | None
    when: Days | None
    voice: Mention | None
    via: Mention | None
    stance: Stance
    scope: Scope
    certainty: float
    part: bool
    headline: bool = False
    anaphor: bool = False
    also: tuple[Span, ...] = ()
    at: int = 0
    certainties: tuple[tuple[str, float], ...] = ()


def join(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with repeats joined, in the order in which each is first told."""
    kept: list[Reading] = []
    told: list[set[Span]] = []
    by_key: dict[tuple[object, ...], list[int]] = {}
    for reading in readings:
        spans = {Span(reading.start, reading.end), *reading.also}
        back = _antecedent(kept, reading) if reading.anaphor else None
        if back is not None:
            told[back] |= spans
            continue
        alike = by_key.setdefault(_key(reading), [])
        twin = next((at for at in alike[-_NEAR:] if _same(kept[at], reading)), None)
        if twin is None:
            alike.append(len(kept))
            kept.append(reading)
            told.append(spans)
        else:
            kept[twin] = _merge(kept[twin], reading)
            told[twin] |= spans
    return [
        replace(reading, also=tuple(sorted(spans - {Span(reading.start, reading.end)})))
        for reading, spans in zip(kept, told, strict=True)
    ]


def _key(reading: Reading) -> tuple[object, ...]:
    """What two readings share if they can be one: only these are compared."""
    count = reading.count if reading.kind not in ACTS else None
    number = None if count is None else (count.low, None) if count.low is not None else (None, count.high)
    return reading.kind, reading.stance, reading.scope, number


def _antecedent(kept: Sequence[Reading], reading: Reading) -> int | None:
    """Where the act stands that "the attack" speaks of: the last one told, of its kind if there is one near."""
    other: int | None = None
    for at in range(len(kept) - 1, max(-1, len(kept) - 1 - _NEAR), -1):
        if kept[at].kind not in ACTS or not _agree(kept[at], reading):
            continue
        if kept[at].kind is reading.kind:
            return at
        other = at if other is None else other
    return other if reading.kind in (Kind.GROUND_ATTACK, Kind.BOMBING) else None


def _agree(one: Reading, other: Reading) -> bool:
    return one.stance is other.stance and _voices(one.voice, other.voice)


def _same(one: Reading, other: Reading) -> bool:
    """Same kind, count, stance and scope; the same voice or one of them the report's own; nothing that differs."""
    if one.kind is not other.kind or one.scope is not other.scope or one.stance is not other.stance:
        return False
    if not _voices(one.voice, other.voice) or not _counts(one, other):
        return False
    if one.kind in ACTS or one.count is None:
        return _alike(one.where, other.where) and _alike(one.who, other.who) and _days(one, other)
    if not (_classes(one, other) and _days(one, other) and _heads(one, other)):
        return False
    return _large(one.count) or _alike(one.where, other.where)


def _counts(one: Reading, other: Reading) -> bool:
    if one.count is None or other.count is None:
        return one.count is other.count or one.kind in ACTS
    together = one.headline or other.headline or one.start == other.start  # a headline run into its lead
    looser = one.count.low is not None and one.count.low == other.count.low and together
    return looser or (one.count.low, one.count.high) == (other.count.low, other.count.high)


def _large(count: Count | None) -> bool:
    """Whether a number says by itself that two claims are one: small ones are shared by chance."""
    return count is not None and (count.low or count.high or 0) >= 5


def _voices(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None:
        return True
    a, b = _voice_words(one), _voice_words(other)
    return a <= b or b <= a


def _voice_words(mention: Mention | None) -> frozenset[str]:
    return _words(mention) - {"said", "group", "source", "sources"} if mention else frozenset()


def _words(mention: Mention | None) -> frozenset[str]:
    if mention is None:
        return frozenset()
    return _split(mention.text)


@lru_cache(maxsize=8192)
def _split(text: str) -> frozenset[str]:
    """The words of a name, small ones left out."""
    cleaned = "".join(char if char.isalnum() else " " for char in text.lower())
    return frozenset(cleaned.split()) - {"the", "a", "an", "of", "in", "and", "town", "city", "village"}


def _heads(one: Reading, other: Reading) -> bool:
    """Whether the harmed can be the same: a word in common, or one side says no more than "people"."""
    a, b = _words(one.whom), _words(other.whom)
    names = _names(one.whom), _names(other.whom)
    if all(names) and not names[0] & names[1] and not _large(one.count or other.count):
        return False
    generic = words("grammar", "generic_heads")
    return not a or not b or bool(a & b) or all(n in generic or n.isdigit() for n in a) or bool(b & generic)


def _names(mention: Mention | None) -> frozenset[str]:
    """The capitalised words after the first, which name somebody."""
    return frozenset(word for word in mention.text.split()[1:] if word[0].isupper()) if mention else frozenset()


def _alike(one: Mention | None, other: Mention | None) -> bool:
    a, b = _words(one), _words(other)
    return not a or not b or bool(a & b)


def _classes(one: Reading, other: Reading) -> bool:
    open_class = VictimClass.UNKNOWN
    return one.whom_class is other.whom_class or open_class in (one.whom_class, other.whom_class)


def _days(one: Reading, other: Reading) -> bool:
    return one.when is None or other.when is None or one.when.meets(other.when)


def _merge(first: Reading, later: Reading) -> Reading:
    """The fuller of the two holds the claim, the other becomes its repeat; empty slots are filled from it."""
    main, spare = (later, first) if _fullness(later) > _fullness(first) else (first, later)
    open_class = main.whom_class is VictimClass.UNKNOWN
    return Reading(
        main.start,
        main.end,
        main.kind,
        _fuller_count(main.count, spare.count),
        main.whom or spare.whom,
        spare.whom_class if open_class else main.whom_class,
        main.who or spare.who,
        main.where or spare.where,
        main.when or spare.when,
        main.voice or spare.voice,
        main.via or (spare.via if main.voice is None else None),
        main.stance,
        main.scope,
        max(main.certainty, spare.certainty),
        main.part and spare.part,
        main.headline and spare.headline,
        False,
        (),
        main.at,
        _certainties(main, spare),
    )


def _certainties(main: Reading, spare: Reading) -> tuple[tuple[str, float], ...]:
    """How sure each slot is: as sure as the reading that it was taken from."""
    other = dict(spare.certainties)
    return tuple(
        (slot, other.get(slot, sure) if _is_filled(main, spare, slot) else sure) for slot, sure in main.certainties
    )


def _is_filled(main: Reading, spare: Reading, slot: str) -> bool:
    """Whether the slot of the two together is the spare's: the fuller reading leaves it open, or counts less fully."""
    if slot == "count":
        return _fuller_count(main.count, spare.count) is not main.count
    empty = (None, VictimClass.UNKNOWN)
    return getattr(main, slot) in empty and getattr(spare, slot) not in empty


def _fuller_count(main: Count | None, spare: Count | None) -> Count | None:
    if main is None or spare is None:
        return main or spare
    if main.low == spare.low and main.high is not None and spare.high is None:
        return spare
    return main


def _fullness(reading: Reading) -> int:
    named = (reading.count, reading.whom, reading.who, reading.where, reading.when)
    return sum(slot is not None for slot in named) + 2 * (reading.voice is not None)
