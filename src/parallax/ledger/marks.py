"""What a map shows of a selection: places, heaps of places too near to be told apart, and areas.

Nothing is put finer than its reports name it: points are rounded as in every export (`exports.coarsen`),
and a place known only as a district or larger is an area, which is never heaped with others. Heaps
are made on a grid that is fixed to the world, in the web's Mercator projection, so that
they stay where they are while the map is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asinh, pi, radians, tan

import numpy as np

from parallax.ledger.columns import Columns, Ints, Mask
from parallax.ledger.views import Box
from parallax.model import Place, PlacePrecision

# A grid cell is so many pixels wide; the world is 512 pixels wide at zoom 0.
CELL, WORLD = 56, 512
# At most so many areas are drawn, those of the most incidents.
MOST_AREAS = 150
VAGUE = frozenset(
    {PlacePrecision.SUBDISTRICT, PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY}
)
# The first view leaves out this share of the incidents at each side: a name found on the wrong continent.
STRAY = 0.1
NORTHMOST = 85.05
LARGEST = 20  # places of a heap that are named


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with its incidents, and the dead of those that give a number: the ends of their spreads added up."""

    site: int
    incidents: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Heap:
    """Places too near each other to be told apart: their middle, the box they lie in, how many, and the largest."""

    lat: float
    lon: float
    box: Box
    together: int
    places: tuple[Mark, ...]
    incidents: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What one view of the map shows, and how many incidents have a place on the map, or none."""

    heaps: tuple[Heap, ...]
    places: tuple[Mark, ...]
    areas: tuple[Mark, ...]
    placed: int
    unplaced: int


class Atlas:
    """Where the sites of some columns lie, as the map puts them. `points` are latitude and longitude, rounded."""

    def __init__(self, sites: Sequence[Place], points: Iterable[tuple[float, float] | None]) -> None:
        told = [point or (np.nan, np.nan) for point in points]
        self.lat = np.array([lat for lat, _ in told], np.float64)
        self.lon = np.array([lon for _, lon in told], np.float64)
        self.known = ~np.isnan(self.lat)
        self.vague = np.array([site.precision in VAGUE for site in sites], np.bool_)
        self.x = (self.lon + 180) / 360
        self.y = np.array(
            [
                0.5 - asinh(tan(radians(_drawn(lat)))) / (2 * pi) if known else np.nan
                for lat, known in zip(self.lat, self.known, strict=True)
            ]
        )


def by_site(columns: Columns, mask: Mask) -> tuple[Ints, Ints, Ints]:
    """How many incidents each site has, and the lows and the highs of their dead added up."""
    size = len(columns.sites)
    sites = columns.places[mask] + 1
    low = np.maximum(columns.low[mask], 0)
    high = np.maximum(columns.high[mask], low)
    counts = np.bincount(sites, minlength=size + 1)[1:]
    lows, highs = (np.bincount(sites, weights=of, minlength=size + 1)[1:].astype(np.int64) for of in (low, high))
    return counts, lows, highs


def marks(columns: Columns, atlas: Atlas, mask: Mask, zoom: int, view: Box | None) -> Marks:
    """What a view of the map shows at a zoom level (a whole number, the web's); without a view, of the world."""
    counts, low, high = by_site(columns, mask)
    known = atlas.known & (counts > 0)
    placed = int(counts[known].sum())
    seen = known & _seen(atlas, view)

    def mark(site: int) -> Mark:
        return Mark(site, int(counts[site]), int(low[site]), int(high[site]))

    heaps: list[Heap] = []
    single: list[Mark] = []
    points = np.flatnonzero(seen & ~atlas.vague)
    pixels = WORLD * 2**zoom / CELL
    cells = np.floor(atlas.x[points] * pixels).astype(np.int64) * (1 << 32) + np.floor(atlas.y[points] * pixels).astype(
        np.int64
    )
    order = np.argsort(cells, kind="stable")
    for group in np.split(points[order], np.flatnonzero(np.diff(cells[order])) + 1):
        if len(group) == 1:
            single.append(mark(int(group[0])))
        elif len(group):
            largest = group[np.argsort(-counts[group], kind="stable")][:LARGEST]
            sums = int(counts[group].sum()), int(low[group].sum()), int(high[group].sum())
            heaps.append(_heap(atlas, group, counts[group], tuple(mark(int(site)) for site in largest), sums))
    areas = np.flatnonzero(seen & atlas.vague)
    largest = areas[np.argsort(-counts[areas], kind="stable")][:MOST_AREAS]
    return Marks(
        tuple(sorted(heaps, key=lambda heap: -heap.incidents)),
        tuple(sorted(single, key=lambda each: -each.incidents)),
        tuple(mark(int(site)) for site in largest),
        placed,
        int(np.count_nonzero(mask)) - placed,
    )


def extent(columns: Columns, atlas: Atlas, mask: Mask) -> Box | None:
    """The box that most of the incidents lie in; None where none has a place on the map."""
    counts, _, _ = by_site(columns, mask)
    known = np.flatnonzero(atlas.known & (counts > 0) & ~atlas.vague)
    if not len(known):
        known = np.flatnonzero(atlas.known & (counts > 0))
    if not len(known):
        return None
    west, east = _middle(atlas.lon[known], counts[known])
    south, north = _middle(atlas.lat[known], counts[known])
    lon, lat = atlas.lon[known], atlas.lat[known]
    # What strays north alone must not stretch the box to the east: only what lies within both spans sets it.
    within = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if not within.any():
        return west, south, east, north
    lon, lat = lon[within], lat[within]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _middle(degrees: np.typing.NDArray[np.float64], counts: Ints) -> tuple[float, float]:
    order = np.argsort(degrees, kind="stable")
    upto = np.cumsum(counts[order])
    cut = STRAY * upto[-1]
    first, last = np.searchsorted(upto, cut, "right"), np.searchsorted(upto, upto[-1] - cut)
    return float(degrees[order[min(first, last)]]), float(degrees[order[max(first, last)]])


def _seen(atlas: Atlas, view: Box | None) -> Mask:
    if view is None:
        return np.ones(len(atlas.known), np.bool_)
    west, south, east, north = view
    across = (atlas.lon >= west) & (atlas.lon <= east) if west <= east else (atlas.lon >= west) | (atlas.lon <= east)
    return across & (atlas.lat >= south) & (atlas.lat <= north)


def _heap(atlas: Atlas, group: Ints, weight: Ints, largest: tuple[Mark, ...], sums: tuple[int, int, int]) -> Heap:
    lat, lon = atlas.lat[group], atlas.lon[group]
    return Heap(
        round(float(np.average(lat, weights=weight)), 3),
        round(float(np.average(lon, weights=weight)), 3),
        (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())),
        len(group),
        largest,
        *sums,
    )


def _drawn(lat: float) -> float:
    return min(NORTHMOST, max(-NORTHMOST, lat))
