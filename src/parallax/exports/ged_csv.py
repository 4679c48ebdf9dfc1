"""Events in the columns of the UCDP Georeferenced Event Dataset, under the policy `ucdp`.

As there, an event has at least one death by its highest reliable number. Columns that
ask for UCDP's own ids of conflicts, dyads and actors are left out: this ledger has none.

UCDP gives each pair of sides a row of its own; here an incident is one row. The two sides
with the most deaths are a and b; further sides stand in columns of our own, which
come after UCDP's: `other_sides`, `deaths_other` and `note`; `sign_off` says whether the row
may be published. Where `best` is known, the
columns of deaths add up to it: `deaths_unknown` is the rest of it, those of whom no side
or class is told. Where the parts come to more than `best` they are left blank, and the
note gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parallax.exports.coarsen import point, where_prec
from parallax.exports.table import Cell
from parallax.exports.walk import Row
from parallax.model import DayPrecision, Kind, Range

SIDE = "side: "

COLUMNS = (
    "id",
    "year",
    "side_a",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "where_prec",
    "where_coordinates",
    "adm_1",
    "latitude",
    "longitude",
    "country",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "other_sides",
    "deaths_other",
    "note",
    "sign_off",
)


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths by side, the two sides with the most first, and of civilians and those of no told side; None: unknown."""

    sides: tuple[tuple[str, int | None], ...]
    civilians: int | None
    unknown: int | None
    note: str | None = None

    @property
    def other(self) -> int | None:
        """Deaths of the sides after the second."""
        return _added(number for _, number in self.sides[2:])


def rows(walk: Iterable[Row]) -> Iterator[dict[str, Cell]]:
    """The events among the incidents of a walk."""
    for row in walk:
        killed = {spread.whom: spread for spread in row.tally.ranges if spread.kind is Kind.KILLED}
        total = killed.get("all")
        if total is not None and total.high.value:
            yield _event(row, killed, total)


def _best(spread: Range | None) -> int | None:
    return spread.best.value if spread and spread.best else None


def _added(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _deaths(killed: Mapping[str, Range], total: Range) -> Deaths:
    """The parts of the best number, which they add up to."""
    told = [(whom, spread) for whom, spread in killed.items() if whom.startswith(SIDE)]
    told.sort(key=lambda pair: (-(_best(pair[1]) or 0), -(pair[1].high.value or 0), pair[0]))
    sides = tuple((whom.removeprefix(SIDE), _best(spread)) for whom, spread in told)
    civilians, best = _best(killed.get("civilian")), _best(total)
    if best is None:
        return Deaths(sides, civilians, None)
    parts = _added([civilians, *(number for _, number in sides)]) or 0
    if parts <= best:
        return Deaths(sides, civilians, best - parts)
    numbers = [*sides, ("civilians", civilians)]
    said = ", ".join(f"{who} {number}" for who, number in numbers if number is not None)
    note = f"deaths by side and class left blank: {said} come to {parts}, more than the best number {best}"
    return Deaths(tuple((who, None) for who, _ in sides), None, None, note)


def _others(deaths: Deaths) -> str | None:
    return "; ".join(f"{who}: {'unknown' if n is None else n}" for who, n in deaths.sides[2:]) or None


def _event(row: Row, killed: Mapping[str, Range], total: Range) -> dict[str, Cell]:
    incident, at = row.incident, point(row.incident.where)
    deaths = _deaths(killed, total)
    (side_a, deaths_a), (side_b, deaths_b) = (*deaths.sides, (None, None), (None, None))[:2]
    reports = sorted(row.reports.values(), key=lambda r: (r.published.day.isoformat() if r.published else "9", r.key))
    return {
        "id": incident.id,
        "year": incident.when.first.year if incident.when else None,
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": row.tally.origins,
        "source_article": "; ".join(r.url or r.id for r in reports),
        "source_office": "; ".join(dict.fromkeys(r.outlet for r in reports if r.outlet)),
        "source_date": "; ".join(r.published.day.isoformat() for r in reports if r.published),
        "source_headline": "; ".join(r.title for r in reports if r.title),
        "where_prec": where_prec(incident.where),
        "where_coordinates": incident.where.name if incident.where else None,
        "adm_1": incident.where.admin[0] if incident.where and incident.where.admin else None,
        "latitude": at[0] if at else None,
        "longitude": at[1] if at else None,
        "country": incident.where.country if incident.where else None,
        "event_clarity": 1 if incident.when and incident.when.precision is DayPrecision.DAY else 2,
        "date_prec": int(incident.when.precision) if incident.when else None,
        "date_start": incident.when.first.isoformat() if incident.when else None,
        "date_end": incident.when.last.isoformat() if incident.when else None,
        "deaths_a": deaths_a,
        "deaths_b": deaths_b,
        "deaths_civilians": deaths.civilians,
        "deaths_unknown": deaths.unknown,
        "best": _best(total),
        "high": total.high.value,
        "low": total.low.value,
        "other_sides": _others(deaths),
        "deaths_other": deaths.other,
        "note": deaths.note,
        "sign_off": row.sign_off,
    }
