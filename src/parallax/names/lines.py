"""Rivers and borders as broken lines, for places that are described by them (`packs/lines.json`)."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from parallax.names.folding import fold

Point = tuple[float, float]
# Kilometres of a degree of latitude, on a sphere of 6,371 km.
DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class Line:
    """A river or a border: its name, the country it is filed under, and its points (degrees, WGS 84)."""

    name: str
    country: str
    points: tuple[Point, ...]

    @property
    def middle(self) -> Point:
        """The point halfway along its points."""
        return self.points[len(self.points) // 2]

    def nearest(self, point: Point) -> Point:
        """The point of the line that lies nearest; right to a kilometre or two over a few hundred."""
        found = [_foot(point, one, other) for one, other in zip(self.points, self.points[1:], strict=False)]
        return min(found, key=lambda foot: apart(point, foot))


def river(name: str) -> Line | None:
    """The river of this name, in any case or accents, if its course is known."""
    return _pack()[0].get(fold(name))


def border(one: str, other: str) -> Line | None:
    """The border between two countries, by their two-letter codes, if its course is known."""
    return _pack()[1].get(frozenset((one, other)))


def country_of(people: str) -> str | None:
    """The country of a people's adjective ("Turkish"), where borders of it are known."""
    return _pack()[2].get(people)


def borders_of(country: str) -> Sequence[Line]:
    """Every border of a country that is known."""
    return [line for pair, line in _pack()[1].items() if country in pair]


def peoples() -> Sequence[str]:
    """The adjectives that `country_of` knows."""
    return list(_pack()[2])


def apart(one: Point, other: Point) -> float:
    """Kilometres between two points (equirectangular: to a percent over a few hundred kilometres)."""
    across = math.cos(math.radians((one[0] + other[0]) / 2))
    return DEGREE * math.hypot(one[0] - other[0], (one[1] - other[1]) * across)


def shifted(point: Point, kilometres: float, bearing: float) -> Point:
    """The point so many kilometres away, in degrees clockwise from north; it stays on the globe."""
    lat = point[0] + kilometres / DEGREE * math.cos(math.radians(bearing))
    lat = max(-90.0, min(90.0, lat))
    across = max(0.01, math.cos(math.radians(lat)))
    lon = point[1] + kilometres / DEGREE * math.sin(math.radians(bearing)) / across
    return round(lat, 4), round((lon + 180.0) % 360.0 - 180.0, 4)


def _foot(point: Point, one: Point, other: Point) -> Point:
    across = math.cos(math.radians(point[0]))
    run, rise = (other[1] - one[1]) * across, other[0] - one[0]
    length = run * run + rise * rise
    if length == 0.0:
        return one
    share = ((point[1] - one[1]) * across * run + (point[0] - one[0]) * rise) / length
    share = min(1.0, max(0.0, share))
    return one[0] + share * rise, one[1] + share * (other[1] - one[1])


@cache
def _pack() -> tuple[dict[str, Line], dict[frozenset[str], Line], dict[str, str]]:
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "lines.json").read_text("utf-8"))

    def points(row: dict[str, list[list[float]]]) -> tuple[Point, ...]:
        return tuple((lat, lon) for lat, lon in row["points"])

    rivers = {fold(row["name"]): Line(row["name"], row["country"], points(row)) for row in pack["rivers"]}
    borders = {
        frozenset(row["between"]): Line("-".join(row["between"]), row["between"][0], points(row))
        for row in pack["borders"]
    }
    return rivers, borders, pack["peoples"]
