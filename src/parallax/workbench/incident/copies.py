"""An incident's reports, each with its copies behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from parallax.model import Origin, Report

Set = tuple[Report, tuple[Report, ...]]


def sets(reports: Mapping[str, Report], origins: Mapping[str, Origin]) -> tuple[Set, ...]:
    """The reports by day of publication; one whose origin is among them stands behind that origin."""
    ordered = sorted(reports.values(), key=lambda r: (r.published.day if r.published else date.max, r.key))
    first = {report.key: _origin_here(report.key, reports, origins) for report in ordered}
    return tuple(
        (report, tuple(copy for copy in ordered if copy is not report and first[copy.key] == report.key))
        for report in ordered
        if first[report.key] == report.key
    )


def _origin_here(key: str, reports: Mapping[str, Report], origins: Mapping[str, Origin]) -> str:
    """The origin among these reports: a chain of copies is followed to its start, a ring to its smallest key."""
    path = [key]
    while key in origins and (origin := origins[key].report) in reports and origin != key:
        if origin in path:
            return min(path[path.index(origin) :])
        path.append(origin)
        key = origin
    return key
