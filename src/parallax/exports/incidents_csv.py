"""One row an incident, for a spreadsheet."""

from __future__ import annotations

from parallax.exports.coarsen import point
from parallax.exports.table import Cell
from parallax.exports.walk import Row
from parallax.model import Kind, Range

_SPREADS = tuple(
    (kind, whom) for kind in (Kind.KILLED, Kind.INJURED) for whom in ("all", "civilian", "combatant", "unknown")
)

COLUMNS = (
    "id",
    "first_day",
    "last_day",
    "day_precision",
    "place",
    "place_precision",
    "lat",
    "lon",
    "country",
    "kinds",
    *(f"{kind}_{whom}_{end}" for kind, whom in _SPREADS for end in ("low", "high", "best")),
    "killed_low_because",
    "killed_high_because",
    "policy",
    "grade",
    "grade_because",
    "strike_status",
    "attributed",
    "claims",
    "reports",
    "origins",
    "report_ids",
    "urls",
    "sign_off",
)


def row(of: Row) -> dict[str, Cell]:
    """One incident's cells, by column."""
    incident, tally = of.incident, of.tally
    at = point(incident.where)
    spreads = {(spread.kind, spread.whom): spread for spread in tally.ranges}
    killed = spreads.get((Kind.KILLED, "all"))
    cells: dict[str, Cell] = {
        "id": incident.id,
        "first_day": incident.when.first.isoformat() if incident.when else None,
        "last_day": incident.when.last.isoformat() if incident.when else None,
        "day_precision": int(incident.when.precision) if incident.when else None,
        "place": incident.where.name if incident.where else None,
        "place_precision": str(incident.where.precision) if incident.where else None,
        "lat": at[0] if at else None,
        "lon": at[1] if at else None,
        "country": incident.where.country if incident.where else None,
        "kinds": "; ".join(incident.kinds),
        "killed_low_because": killed.low.words if killed else None,
        "killed_high_because": killed.high.words if killed else None,
        "policy": tally.policy,
        "grade": str(tally.grade),
        "grade_because": tally.grade_words,
        "strike_status": str(tally.strike_status) if tally.strike_status else None,
        "attributed": "; ".join(f"{a.actor} (by {', '.join(a.by)})" for a in tally.attributed),
        "claims": len(incident.claims),
        "reports": len(incident.reports),
        "origins": tally.origins,
        "report_ids": "; ".join(sorted(report.id for report in of.reports.values())),
        "urls": "; ".join(sorted(report.url for report in of.reports.values() if report.url)),
        "sign_off": of.sign_off,
    }
    for kind, whom in _SPREADS:
        cells |= _ends(f"{kind}_{whom}", spreads.get((kind, whom)))
    return cells


def _ends(name: str, spread: Range | None) -> dict[str, Cell]:
    if spread is None:
        return {f"{name}_{end}": None for end in ("low", "high", "best")}
    best = spread.best.value if spread.best else None
    return {f"{name}_low": spread.low.value, f"{name}_high": spread.high.value, f"{name}_best": best}
