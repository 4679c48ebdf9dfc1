"""The facets of a list of incidents: how many there would be with each further choice, and its address."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from parallax.accounts.signing import Signature
from parallax.ledger.selection import Selection
from parallax.model import Grade
from parallax.names.areas import countries, divisions
from parallax.workbench.choosing.wanted import MANY, Value, Wanted
from parallax.workbench.words import actor_words, kind_words

# So many choices of a facet stand open, so many more behind a fold.
OPEN, FOLDED = 8, 30


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many incidents there are with it, and the address's query once it is (un)chosen."""

    words: str
    number: int
    chosen: bool
    query: str
    within: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its choices, the first of them open and the others folded."""

    name: str
    words: str
    open: tuple[Choice, ...]
    folded: tuple[Choice, ...]
    left_out: int


def facets(chosen: Selection, wanted: Wanted) -> tuple[Facet, ...]:
    """The facets of a selection, in the order of the page."""
    areas, further = _areas(chosen, chosen.facet("division"), wanted)
    kinds, given, months = chosen.facet("kind"), chosen.facet("grade"), chosen.facet("month")
    grades = [str(grade) for grade in Grade if grade in given]
    return (
        _facet("kind", "Kind", [_choice("kind", k, kind_words(k), n, wanted) for k, n in _ranked(kinds)]),
        _facet("grade", "Grade", [_choice("grade", grade, grade, given[grade], wanted) for grade in grades]),
        _facet("division", "Country and division", areas, many=FOLDED, further=further),
        _facet("at", "Place", _places(chosen, wanted)),
        _facet("actor", "Actor", _actors(chosen.facet("actor"), wanted)),
        _facet("days", "Year and month" if months else "Year", _times(chosen.facet("year"), months, wanted)),
        _facet("signature", "Signature", _signatures(chosen.facet("signature"), wanted)),
    )


def place_words(chosen: Selection, key: str) -> str:
    """The name of a place by its key."""
    site = chosen.columns.where.of_key.get(key)
    return site.name if site else key


def area_words(key: str) -> str:
    """The name of a country or of a division of one by its key."""
    country, _, code = key.partition("-")
    named = countries().get(country, country)
    return f"{divisions().get(key, f'division {code}')}, {named}" if code else named


def _facet(name: str, words: str, choices: Iterable[Choice], many: int = OPEN, further: int = 0) -> Facet:
    every = list(choices)
    first = every[:many] + [choice for choice in every[many:] if choice.chosen]
    rest = [choice for choice in every[many:] if not choice.chosen]
    return Facet(name, words, tuple(first), tuple(rest[:FOLDED]), max(0, len(rest) - FOLDED) + further)


def _choice(name: str, value: str, words: str, number: int, wanted: Wanted, *, within: bool = False) -> Choice:
    held = value in wanted.many(name)
    if name in MANY:
        others = tuple(other for other in wanted.many(name) if other != value)
        query = wanted.address({name: others if held else (*others, value)})
    else:
        query = wanted.address({name: "" if held else value})
    return Choice(words, number, held, query, within)


def _ranked(told: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))


def _areas(chosen: Selection, told: Mapping[str, int], wanted: Wanted) -> tuple[list[Choice], int]:
    """Countries by their number; the divisions stand under the country that is chosen, or under the only one.

    With how many divisions of it are left out, of which there can be thousands.
    """
    ranked = _ranked(told)
    lands = [(key, number) for key, number in ranked if "-" not in key]
    asked = wanted.one("division").partition("-")[0]
    opened = asked or (lands[0][0] if len(lands) == 1 else "")
    known = divisions()
    made, further = [], 0
    for key, number in lands[:OPEN] + [pair for pair in lands[OPEN:] if pair[0] == opened]:
        made.append(_choice("division", key, area_words(key), number, wanted))
        if key == opened:
            inside = [pair for pair in ranked if pair[0].startswith(f"{key}-")]
            shown = inside[: 2 * FOLDED] + [pair for pair in inside[2 * FOLDED :] if pair[0] == wanted.one("division")]
            further += len(inside) - len(shown)
            for inner, count in shown:
                words = known.get(inner) or f"division {inner.partition('-')[2]}{_with(chosen, inner)}"
                made.append(_choice("division", inner, words, count, wanted, within=True))
    return made, further


def _with(chosen: Selection, area: str) -> str:
    """For a division without a name: a place that lies in it."""
    where = chosen.columns.where
    first = where.first_in.get(where.area_numbers[area])
    return f" (with {where.places[first].name})" if first is not None else ""


def _places(chosen: Selection, wanted: Wanted) -> list[Choice]:
    """There may be tens of thousands, of which few are shown."""
    held = wanted.one("at")
    first = chosen.most_placed(OPEN + FOLDED)
    if held and held not in (key for key, _ in first) and (number := chosen.at_key(held)):
        first.append((held, number))
    sites = chosen.columns.where.of_key
    return [_choice("at", key, sites[key].name, number, wanted) for key, number in first]


def _signatures(told: Mapping[str, int], wanted: Wanted) -> list[Choice]:
    return [_choice("signature", each, each, told[each], wanted) for each in Signature if each in told]


def _actors(told: Mapping[str, int], wanted: Wanted) -> list[Choice]:
    """Each actor once by name: a ledger may hold one under its key and, put down by someone, under its name."""
    held = wanted.many("actor")
    best: dict[str, tuple[str, int]] = {}
    for key, number in told.items():
        name = actor_words(key)
        other = best.get(name)
        if other is None or key in held or (number > other[1] and other[0] not in held):
            best[name] = key, number
    ranked = sorted(best.items(), key=lambda pair: (pair[1][0] not in held, -pair[1][1], pair[0]))
    return [_choice("actor", key, name, number, wanted) for name, (key, number) in ranked[: OPEN + FOLDED]]


def _times(years: Mapping[str, int], months: Mapping[str, int], wanted: Wanted) -> list[Choice]:
    first, last = wanted.days
    made = []
    for year, number in sorted(years.items(), reverse=True):
        held = (first, last) == (date(int(year), 1, 1), date(int(year), 12, 31))
        made.append(_days(year, number, date(int(year), 1, 1), date(int(year), 12, 31), held, wanted))
        if months and next(iter(months)).startswith(f"{year}-"):
            for month, count in sorted(months.items()):
                begin = date.fromisoformat(f"{month}-01")
                end = begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
                words = f"{begin:%B} {begin.year}"
                made.append(_days(words, count, begin, end, (first, last) == (begin, end), wanted, within=True))
    return made


def _days(
    words: str, number: int, begin: date, end: date, held: bool, wanted: Wanted, *, within: bool = False
) -> Choice:
    days: dict[str, Value] = {"from": "" if held else begin.isoformat(), "to": "" if held else end.isoformat()}
    return Choice(words, number, held, wanted.address(days), within)
