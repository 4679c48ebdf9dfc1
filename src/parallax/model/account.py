"""An account: what one origin says of one incident; how accounts differ, and what one voice adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parallax.model.claim import Kind
from parallax.model.slots import Days
from parallax.model.statement import Voice


class DifferenceType(StrEnum):
    """Why two claims about one incident differ."""

    REVISION = "revision"
    GROWTH = "growth"
    SCOPE = "scope"
    DISPUTE = "dispute"
    DENIAL = "denial"
    COPY = "copy"


class ContrastType(StrEnum):
    """Numbers of a party to the fighting that are shown against those of others, never pooled unmarked."""

    CONCEDED = "conceded"
    LOSSES = "losses"


class ForecastState(StrEnum):
    """What became of a thing said to be coming, as far as the reports at hand tell."""

    AWAITED = "awaited"
    CAME = "came"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Account:
    """What one origin says of one incident: `current` stands now, `superseded` it said before.

    An origin is one voice, however many reports carry it. Claims are keys, the
    superseded ones in order of publication.
    """

    incident: str
    origin: str
    voice: Voice
    current: tuple[str, ...]
    superseded: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two claims (by key) that differ, and why."""

    type: DifferenceType
    a: str
    b: str
    words: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a party says (`own`) against what others say (`others`), as claims by key, and both in words.

    `conceded`: harm that the party says it did, against harm that others put down to it.
    `losses`: the dead of `actor` as its own side counts them, against its enemy's count.
    """

    type: ContrastType
    kind: Kind
    actor: str
    own: tuple[str, ...]
    others: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """A claim that something will happen, what became of it, and the claims that say it came."""

    claim: str
    state: ForecastState
    words: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Someone harmed whom reports name, with the claims and the voices that do."""

    name: str
    kind: Kind
    claims: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addend:
    """What one voice says of one incident in a running total, and the sum up to and with it."""

    incident: str
    when: Days | None
    low: int
    high: int
    sum_low: int
    sum_high: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that a bound does not rest on, and the reason."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """One voice's own statements on one harm to the same people, added up over time.

    `whose`: the people counted, as the voice stands to them. `left_out`: claims that are not
    added, and why. `stated`: running totals that the voice gave itself, which are never added.
    """

    voice: str
    kind: Kind
    whose: str
    addends: tuple[Addend, ...]
    left_out: tuple[LeftOut, ...]
    stated: tuple[str, ...]
