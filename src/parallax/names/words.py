"""The words around names: titles, given names, street words, place words (`packs/words.json`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Words:
    """Sets of words, each written as the text writes it (titles and given names with a capital)."""

    titles: frozenset[str]
    given: frozenset[str]
    media: frozenset[str]
    teams: frozenset[str]
    organisations: frozenset[str]
    facilities: frozenset[str]
    streets: frozenset[str]
    roads: frozenset[str]
    before: frozenset[str]
    strong: frozenset[str]
    types: frozenset[str]
    said: frozenset[str]
    regions: frozenset[str]
    waters: frozenset[str]
    never: frozenset[str]


@cache
def words() -> Words:
    """The sets, read once per process."""
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "words.json").read_text("utf-8"))
    return Words(**{name: frozenset(pack[name]) for name in Words.__slots__})
