"""What a list, a map or a timeline of incidents is asked for, as an address has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import get_args
from urllib.parse import quote_plus

from starlette.datastructures import QueryParams

from parallax.accounts.signing import Signature
from parallax.ledger.views import Box, IncidentQuery, Order
from parallax.model import Grade, Kind
from parallax.workbench.pages import day_or_none

# Of the fields in `MANY` an address may have several, of which all must hold.
FIELDS = (
    *("q", "kind", "place", "from", "to", "actor", "grade", "signature", "division", "at", "box", "order", "zoom"),
)
MANY = ("kind", "actor")
# These change how the incidents are shown, and not which.
SHOWN = ("order", "zoom")
WHOLE = "all"
LONGEST = 400
MOST = 8

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fields of an address, those that make no sense left out and named in `refused`."""

    values: Mapping[str, Value]
    refused: tuple[str, ...]

    @classmethod
    def of(cls, parameters: QueryParams) -> Wanted:
        """Read an address's parameters."""
        values: dict[str, Value] = {}
        refused = []
        for name in FIELDS:
            if name in MANY:
                told = [value.strip()[:LONGEST] for value in parameters.getlist(name)][:MOST]
                given = tuple(dict.fromkeys(value for value in told if value))
                values[name] = tuple(value for value in given if _fits(name, value))
                strange = len(values[name]) < len(given)
            else:
                one = (parameters.get(name) or "").strip()[:LONGEST]
                strange = bool(one) and not _fits(name, one)
                values[name] = "" if strange else one
            if strange:
                refused.append(name)
        return cls(values, tuple(refused))

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The fields that narrow the list, with their values, each of several by itself."""
        return tuple(
            (name, value)
            for name, held in self.values.items()
            if name not in SHOWN
            for value in ((held,) if isinstance(held, str) else held)
            if value
        )

    def without(self, name: str, value: str) -> dict[str, Value]:
        """The values with one of them taken away."""
        return {**self.values, name: tuple(other for other in self.many(name) if other != value)}

    def address(self, changes: Mapping[str, Value]) -> str:
        """The query of an address with these values changed, as `pages.with_query` makes it, but many times quicker."""
        return "?" + "&".join(
            part for name, value in self.values.items() for part in _quoted(name, changes.get(name, value))
        )

    def one(self, name: str) -> str:
        """The value of a field that has one."""
        value = self.values[name]
        return value if isinstance(value, str) else ""

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a field, none or one or several."""
        value = self.values[name]
        return ((value,) if value else ()) if isinstance(value, str) else value

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day asked for."""
        return day_or_none(self.one("from")), day_or_none(self.one("to"))

    @property
    def window(self) -> tuple[date, date] | None:
        """The time that the timeline is asked to show; None where the address leaves it open."""
        return window_or_none(self.one("zoom"))

    def query(self, policy: str, offset: int = 0, limit: int = 50) -> IncidentQuery:
        """The same as a question to the ledger."""
        first, last = self.days
        order = self.one("order")
        return IncidentQuery(
            text=self.one("q") or None,
            kind=self.many("kind") or None,
            place=self.one("place") or None,
            from_day=first,
            to_day=last,
            actor=self.many("actor") or None,
            grade=self.one("grade") or None,
            signature=self.one("signature") or None,
            at=self.one("at") or None,
            division=self.one("division") or None,
            box=box_or_none(self.one("box")),
            policy=policy,
            order=next((known for known in get_args(Order) if known == order), "when"),
            offset=offset,
            limit=limit,
        )


@lru_cache(maxsize=4096)
def _quoted(name: str, value: Value) -> tuple[str, ...]:
    held = ((value,) if value else ()) if isinstance(value, str) else value
    return tuple(f"{name}={quote_plus(each, errors='replace')}" for each in held)


def box_or_none(text: str) -> Box | None:
    """A box of degrees, west, south, east and north, from an address; None where it is none."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    sane = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if sane else None


def window_or_none(text: str) -> tuple[date, date] | None:
    """A stretch of days, "2017-04-01..2017-04-30", from an address; None where it is none."""
    first, last = (day_or_none(part) for part in (text.partition("..")[0], text.partition("..")[2]))
    return (first, last) if first and last and first <= last else None


def box_words(text: str) -> str:
    """A box of degrees as people read it."""
    box = box_or_none(text)
    if box is None:
        return text
    west, south, east, north = box
    return f"{_degrees(south, 'NS')} to {_degrees(north, 'NS')}, {_degrees(west, 'EW')} to {_degrees(east, 'EW')}"


def _degrees(value: float, signs: str) -> str:
    return f"{abs(value):.2f}° {signs[value < 0]}"


def _fits(name: str, value: str) -> bool:
    checks = {
        "kind": lambda: value in list(Kind),
        "grade": lambda: value in list(Grade),
        "signature": lambda: value in list(Signature),
        "order": lambda: value in get_args(Order),
        "from": lambda: day_or_none(value) is not None,
        "to": lambda: day_or_none(value) is not None,
        "box": lambda: box_or_none(value) is not None,
        "zoom": lambda: value == WHOLE or window_or_none(value) is not None,
    }
    return name not in checks or checks[name]()
