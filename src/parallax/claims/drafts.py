"""A claim in the making: what one trigger in one passage says, in token indexes."""

from __future__ import annotations

from dataclasses import dataclass, field

from parallax.claims.quantities import Quantity
from parallax.claims.sentences import Sentence
from parallax.model import Count, Kind, VictimClass

Words = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A passage's sentence with its quantities by the token index at which each begins."""

    sentence: Sentence
    quantities: dict[int, Quantity]


@dataclass(slots=True)
class Draft:
    """One kind at one trigger; words are pairs of token indexes (end excluded), None if not found.

    `loser` is the body whose losses the number counts.
    """

    kind: Kind
    trigger: Words
    count: Count | None = None
    whom: Words | None = None
    whom_class: VictimClass | None = None
    who: Words | None = None
    loser: Words | None = None
    where: Words | None = None
    part: bool = False
    rules: list[str] = field(default_factory=list)
