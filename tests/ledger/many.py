"""Many small incidents with places, days, actors and grades of their own, written to a ledger for tests of choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from parallax.ledger.ledger import Ledger
from parallax.ledger.writer import Writer
from parallax.model import Actor, Days, Grade, Incident, Kind, Place, PlacePrecision, Statement

from .told import RULES, link_of, report_of, statements_of, tally_of, telling_of

PLACES = (
    None,
    Place("Balaklava", 44.5, 33.6, PlacePrecision.TOWN, "UA", 713749, ("11",)),
    Place("Sevastopol", 44.6, 33.5, PlacePrecision.CITY, "UA", 694423, ("20",)),
    Place("Abu Kamal", 34.45, 40.92, PlacePrecision.TOWN, "SY", 174448, ("07",)),
    Place("Aleppo", 36.2, 37.16, PlacePrecision.GOVERNORATE, "SY", 170062, ("09",)),
    Place("Nowhere Ridge", None, None, PlacePrecision.VILLAGE),
)
KINDS = ((Kind.KILLED,), (Kind.SHELLING, Kind.KILLED), (Kind.AIR_STRIKE,), (Kind.AIR_STRIKE, Kind.INJURED))
ACTORS = ((), ("russia",), ("allies",), ("allies", "russia"))
START = date(1853, 6, 1)

__all__ = ["Made", "link_of", "write"]


@dataclass(frozen=True, slots=True)
class Made:
    """One incident to write: numbers into the lists above, and its own values."""

    place: int = 0
    kinds: int = 0
    actors: int = 0
    day: int | None = 0
    length: int = 1
    grade: Grade = Grade.WEAK
    low: int | None = 1
    high: int | None = 2

    @property
    def when(self) -> Days | None:
        """Its days."""
        if self.day is None:
            return None
        first = START + timedelta(self.day)
        return Days(first, first + timedelta(self.length - 1))


def write(ledger: Ledger, made: Sequence[Made], *, first: int = 1) -> list[Incident]:
    """Write an incident for each, each of a report of its own, numbered from `first`."""
    with ledger.write() as writer:
        return [_write(writer, one, number) for number, one in enumerate(made, first)]


def _write(writer: Writer, made: Made, number: int) -> Incident:
    words = f"Guns fired, number {number}. At least {number + 3} men died, the Courier said of Balaklava."
    report, capture = report_of(number, words)
    writer.add_report(report, capture)
    statements = tuple(_placed(statement, made) for statement in statements_of(report, number))
    writer.add_reading(report.key, RULES, statements)
    telling = telling_of(report, statements)
    writer.add_tellings({report.key: [(telling, frozenset())]})
    incident = Incident(telling.key, (telling,), (), KINDS[made.kinds], made.when, PLACES[made.place])
    writer.replace_incidents(
        [], [(incident, (tally_of(incident, low=made.low or 0, high=made.high, grade=made.grade),))]
    )
    return incident


def _placed(statement: Statement, made: Made) -> Statement:
    named = [Actor(key, key.title()) for key in ACTORS[made.actors]]
    who, whom = (*named, None, None)[:2]
    return replace(statement, place=PLACES[made.place], who=who, whom=whom)
