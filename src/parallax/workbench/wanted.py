"""What a list of incidents is asked for, as an address has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from parallax.ledger.views import IncidentQuery, Order
from parallax.model import Grade, Kind
from parallax.workbench.pages import day_or_none

FIELDS = ("q", "kind", "place", "from", "to", "actor", "grade", "order")
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fields of an address, those that make no sense left out and named in `refused`."""

    values: Mapping[str, str]
    refused: tuple[str, ...]

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Wanted:
        """Read an address's parameters."""
        values = {name: parameters.get(name, "").strip()[:LONGEST] for name in FIELDS}
        fits = {
            "kind": values["kind"] in list(Kind),
            "grade": values["grade"] in list(Grade),
            "order": values["order"] in get_args(Order),
            "from": day_or_none(values["from"]) is not None,
            "to": day_or_none(values["to"]) is not None,
        }
        refused = tuple(name for name, fit in fits.items() if values[name] and not fit)
        return cls({name: "" if name in refused else value for name, value in values.items()}, refused)

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The fields that narrow the list, with their values."""
        return tuple((name, value) for name, value in self.values.items() if value and name != "order")

    def query(self, policy: str, offset: int, limit: int) -> IncidentQuery:
        """The same as a question to the ledger."""
        values = self.values
        return IncidentQuery(
            text=values["q"] or None,
            kind=values["kind"] or None,
            place=values["place"] or None,
            from_day=day_or_none(values["from"]),
            to_day=day_or_none(values["to"]),
            actor=values["actor"] or None,
            grade=values["grade"] or None,
            policy=policy,
            order=next((order for order in get_args(Order) if order == values["order"]), "when"),
            offset=offset,
            limit=limit,
        )
