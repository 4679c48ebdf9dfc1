"""The ranges of a tally in the order people read them, with what carries no news set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parallax.model import HARMS, Bound, Kind, Range, Tally

CLASSES = ("all", "civilian", "combatant", "unknown")


@dataclass(frozen=True, slots=True)
class Line:
    """One range; `as_all` where both its ends stand as they do for all."""

    spread: Range
    as_all: bool


@dataclass(frozen=True, slots=True)
class Harm:
    """One harm's ranges: for all, by class, by side; `silent` are those that no report speaks of."""

    kind: Kind
    lines: tuple[Line, ...]
    silent: tuple[Range, ...]


def by_harm(tally: Tally) -> tuple[Harm, ...]:
    """The ranges of a tally, harm by harm."""
    return tuple(
        _harm(kind, [spread for spread in tally.ranges if spread.kind is kind])
        for kind in HARMS
        if any(spread.kind is kind for spread in tally.ranges)
    )


def _harm(kind: Kind, spreads: Sequence[Range]) -> Harm:
    ordered = sorted(spreads, key=lambda spread: _place(spread.whom))
    whole = next((spread for spread in ordered if spread.whom == "all"), None)
    lines = tuple(
        Line(spread, spread is not whole and whole is not None and _alike(spread, whole))
        for spread in ordered
        if spread is whole or not _is_silent(spread)
    )
    return Harm(kind, lines, tuple(spread for spread in ordered if spread is not whole and _is_silent(spread)))


def _place(whom: str) -> tuple[int, str]:
    return (CLASSES.index(whom) if whom in CLASSES else len(CLASSES), whom)


def _is_silent(spread: Range) -> bool:
    return spread.low.value is None and spread.high.value is None and spread.low.words == spread.high.words


def _alike(spread: Range, whole: Range) -> bool:
    return _rests(spread.low) == _rests(whole.low) and _rests(spread.high) == _rests(whole.high)


def _rests(bound: Bound) -> tuple[int | None, tuple[str, ...]]:
    return bound.value, bound.claims
