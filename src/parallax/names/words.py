"""The words around names: titles, given names, street words, place words (`packs/words.json`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Words:
    """Sets of words, each written as a text writes it: titles and given names with a capital.

    `within` stand before a place and before little else ("in"), `about` before places and
    persons alike ("to"), `local` after a place that says whose something is ("Paris man"),
    `civic` after a place that an institution is named for ("Paris Police"). `never` names
    no place, `openers` only begin one ("Tal", "Fort"), `common` (in lower case) is an
    English word that some town is called as well.
    """

    titles: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    media: frozenset[str]
    teams: frozenset[str]
    organisations: frozenset[str]
    facilities: frozenset[str]
    civic: frozenset[str]
    local: frozenset[str]
    streets: frozenset[str]
    doubtful_streets: frozenset[str]
    roads: frozenset[str]
    within: frozenset[str]
    about: frozenset[str]
    types: frozenset[str]
    said: frozenset[str]
    regions: frozenset[str]
    divisions: frozenset[str]
    waters: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]
    parties: frozenset[str]
    never: frozenset[str]
    openers: frozenset[str]
    common: frozenset[str]
    abbreviations: frozenset[str]


@cache
def words() -> Words:
    """The sets, read once per process."""
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "words.json").read_text("utf-8"))
    return Words(**{name: frozenset(pack[name]) for name in Words.__slots__})


@cache
def hints() -> dict[str, tuple[str, ...]]:
    """Words that a country's newspapers use and others seldom do, each with those countries."""
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "words.json").read_text("utf-8"))
    hinted: dict[str, tuple[str, ...]] = {}
    for country, said in pack["hints"].items():
        for word in said:
            hinted[word] = (*hinted.get(word, ()), country)
    return hinted
