"""What a ledger answers with: plain values that are no nouns of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from parallax.model import Days, Grade, Kind, Place, Reader, Report, Voice

Item = TypeVar("Item")

Order = Literal["when", "oldest", "killed", "reports", "place", "id"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of an answer: `total` counts all of it, `facets` how it falls into kinds, grades and the like."""

    items: tuple[Item, ...]
    total: int
    offset: int
    limit: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with how many claims its current reading holds and how many incidents it is in."""

    report: Report
    claims: int
    incidents: int


@dataclass(frozen=True, slots=True)
class ReadingInfo:
    """One reading of a report: which reader made it, when, and whether it stands now."""

    number: int
    report: str
    reader: Reader
    at: datetime
    claims: int
    current: bool


@dataclass(frozen=True, slots=True)
class IncidentQuery:
    """A question for incidents. Days are the first and last to look in; `actor` is an actor's key.

    Of several kinds or actors all must hold. `text` is looked for in the claims' sentences and in the
    names of places, actors and voices; its last word may be the beginning of one. `place` is a
    name in any spelling, or a part of one; `at` the key of one place (`whereabouts.site_key`),
    `division` a country or a division of one ("SY", "SY-09"), `box` degrees west, south, east and
    north, `signature` how the incident stands to its signatures (`accounts.signing.Signature`).

    `order`: `when` newest first, `oldest`, `killed` by the high end, `reports` by their number,
    `place` by name, `id`.
    """

    text: str | None = None
    kind: str | tuple[str, ...] | None = None
    place: str | None = None
    from_day: date | None = None
    to_day: date | None = None
    actor: str | tuple[str, ...] | None = None
    grade: str | None = None
    signature: str | None = None
    at: str | None = None
    division: str | None = None
    box: Box | None = None
    policy: str = "airwars"
    order: Order = "when"
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in a list. `low`, `high`, `best` are of all killed under the policy asked for."""

    id: str
    when: Days | None
    where: Place | None
    kinds: tuple[Kind, ...]
    grade: Grade | None
    low: int | None
    high: int | None
    best: int | None
    reports: int
    claims: int
    origins: int | None

    @property
    def place(self) -> str | None:
        """The place's name, if one is known."""
        return self.where.name if self.where else None


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A voice with how much it says, the first and last day it speaks of, and the reliability people set (A to F)."""

    voice: Voice
    claims: int
    reports: int
    first: date | None
    last: date | None
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the log. `seals` maps table and row to the seal that the entry vouches for."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    details: Mapping[str, Any]
    previous: str
    hash: str
    seals: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name that a person gave to what an address asks: the page's path, and the query after its question mark."""

    number: int
    name: str
    page: str
    query: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FaultRow:
    """What could not be read."""

    name: str
    place: str | None
    message: str

    def __str__(self) -> str:
        return f"{self.name}, {self.place}: {self.message}" if self.place else f"{self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds; `languages` counts reports by language, `unread` those with no reading."""

    captures: int
    reports: int
    unread: int
    untold: int
    claims: int
    voices: int
    tellings: int
    incidents: int
    judgements: int
    faults: int
    entries: int
    languages: Mapping[str, int]
