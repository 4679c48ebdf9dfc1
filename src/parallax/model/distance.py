"""How far two things that have a point are from each other."""

from __future__ import annotations

from math import asin, cos, inf, radians, sin, sqrt
from typing import Protocol


class Located(Protocol):
    """What may have a point: degrees (WGS 84), None where it is not found."""

    @property
    def lat(self) -> float | None: ...

    @property
    def lon(self) -> float | None: ...


def kilometres(a: Located, b: Located) -> float:
    """The great-circle distance (haversine, a sphere of 6,371 km); infinite where either is not located."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return inf
    lat, lon, other_lat, other_lon = map(radians, (a.lat, a.lon, b.lat, b.lon))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, half)))
