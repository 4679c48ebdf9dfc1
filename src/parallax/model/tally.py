"""A tally: what the accounts of one incident add up to under one policy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parallax.model.account import Account, Contrast, Difference, Forecast, LeftOut, Named
from parallax.model.claim import Kind


class Grade(StrEnum):
    """How well an incident is supported (Airwars)."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class StrikeStatus(StrEnum):
    """Who is held to have struck (Airwars)."""

    DECLARED = "declared"
    LIKELY = "likely"
    CONTESTED = "contested"
    SINGLE_SOURCE = "single-source claim"


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a spread of reports: its value (None: unknown), the claims that set it, and why."""

    value: int | None
    words: str
    claims: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """A spread of reports for one harm and one class of victim, under one policy."""

    kind: Kind
    whom: str
    low: Bound
    high: Bound
    best: Bound | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have done it, and the voices that say so."""

    actor: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the accounts of one incident add up to under one named, versioned policy."""

    incident: str
    policy: str
    ranges: tuple[Range, ...]
    grade: Grade
    grade_words: str
    strike_status: StrikeStatus | None
    attributed: tuple[Attribution, ...]
    accounts: tuple[Account, ...]
    differences: tuple[Difference, ...]
    links: int
    origins: int
    strike_words: str = ""
    contrasts: tuple[Contrast, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    named: tuple[Named, ...] = ()
