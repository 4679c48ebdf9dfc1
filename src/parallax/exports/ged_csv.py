"""Events in the columns of the UCDP Georeferenced Event Dataset, under the policy `ucdp`.

As there, an event has at least one death by its highest reliable number. Columns that
ask for UCDP's own ids of conflicts, dyads and actors are left out: this ledger has none.
Combatants whose side no report tells are counted under `deaths_unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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
)


def rows(walk: Iterable[Row]) -> Iterator[dict[str, Cell]]:
    """The events among the incidents of a walk."""
    for row in walk:
        killed = {spread.whom: spread for spread in row.tally.ranges if spread.kind is Kind.KILLED}
        total = killed.get("all")
        if total is not None and total.high.value:
            yield _event(row, killed, total)


def _best(spread: Range | None) -> int | None:
    return spread.best.value if spread and spread.best else None


def _event(row: Row, killed: Mapping[str, Range], total: Range) -> dict[str, Cell]:
    incident, at = row.incident, point(row.incident.where)
    sides = sorted(whom for whom in killed if whom.startswith(SIDE))[:2]
    side_a, side_b = (*sides, "", "")[:2]
    deaths_a, deaths_b = _best(killed.get(side_a)), _best(killed.get(side_b))
    loose = [_best(killed.get("unknown")), None if sides else _best(killed.get("combatant"))]
    reports = sorted(row.reports.values(), key=lambda r: (r.published.day.isoformat() if r.published else "9", r.key))
    return {
        "id": incident.id,
        "year": incident.when.first.year if incident.when else None,
        "side_a": side_a.removeprefix(SIDE) or None,
        "side_b": side_b.removeprefix(SIDE) or None,
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
        "deaths_civilians": _best(killed.get("civilian")),
        "deaths_unknown": sum(number for number in loose if number is not None) if any(loose) else None,
        "best": _best(total),
        "high": total.high.value,
        "low": total.low.value,
    }
