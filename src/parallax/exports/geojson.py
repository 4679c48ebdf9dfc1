"""GeoJSON (RFC 7946): incidents as points, with how far the truth may lie from each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parallax.exports.coarsen import point, radius_km
from parallax.exports.contract import days, ranges
from parallax.exports.walk import Row
from parallax.model import Place


def feature(id: str, place: Place | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    """One incident as a feature; its geometry is null where the place has no coordinates."""
    at = point(place)
    return {
        "type": "Feature",
        "id": id,
        "geometry": {"type": "Point", "coordinates": [at[1], at[0]]} if at else None,
        "properties": {
            "id": id,
            "place": place.name if place else None,
            "precision": str(place.precision) if place else None,
            "radius_km": radius_km(place) if place and at else None,
            **properties,
        },
    }


def row_feature(row: Row) -> dict[str, Any]:
    """One incident of the walk as a feature."""
    incident, tally = row.incident, row.tally
    return feature(
        incident.id,
        incident.where,
        {
            "when": days(incident.when),
            "kinds": [str(kind) for kind in incident.kinds],
            "ranges": ranges(tally),
            "grade": str(tally.grade),
            "policy": tally.policy,
            "reports": len(incident.reports),
            "origins": tally.origins,
            "sign_off": row.sign_off,
        },
    )
