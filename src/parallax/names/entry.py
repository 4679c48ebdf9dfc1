"""One place as a gazetteer has it, and whether it lies in or around another."""

from __future__ import annotations

from typing import NamedTuple

from parallax.model import PlacePrecision, kilometres

CITY, TOWN = 100_000, 5_000
REGIONS = (
    PlacePrecision.COUNTRY,
    PlacePrecision.GOVERNORATE,
    PlacePrecision.DISTRICT,
    PlacePrecision.SUBDISTRICT,
)
# How far from a division's middle a place may lie that is in it, where its own division is not known.
REACH_KM = {PlacePrecision.GOVERNORATE: 90.0, PlacePrecision.DISTRICT: 45.0, PlacePrecision.SUBDISTRICT: 25.0}
# How far from a town its countryside reaches: "Qurayya, Afrin" names a village of Afrin.
AROUND_KM = 40.0


class Entry(NamedTuple):
    """One place of the gazetteer. `weight` is its people, or for other features a like prominence.

    `region` marks a division that other places lie in; `preferred` a name that reports
    use rather than the one GeoNames gives.
    """

    name: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    weight: int
    geonameid: int | None
    precision: PlacePrecision
    region: bool = False
    preferred: bool = False


def settlement(people: int) -> PlacePrecision:
    """The precision of a settlement of so many people."""
    if people >= CITY:
        return PlacePrecision.CITY
    return PlacePrecision.TOWN if people >= TOWN else PlacePrecision.VILLAGE


def within(entry: Entry, region: Entry) -> bool:
    """Whether a place lies in a region: by country and first-level division, or by nearness where that is not known."""
    if entry is region or entry.country != region.country:
        return False
    if region.admin1 is None or region.precision is PlacePrecision.COUNTRY:
        return True
    if entry.admin1 is None:
        return kilometres(entry, region) <= REACH_KM.get(region.precision, 0.0)
    return entry.admin1 == region.admin1


def around(entry: Entry, outer: Entry) -> bool:
    """Whether a place lies in a region, or in a town or the countryside around it."""
    if outer.region:
        return within(entry, outer)
    return entry is not outer and entry.country == outer.country and kilometres(entry, outer) <= AROUND_KM
