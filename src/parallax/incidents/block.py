"""Block keys: two tellings are compared only where they share one.

Two tellings of one happening nearly always share a key; two tellings far apart never do.
A key joins the sort of happening to a stretch of days and to where, or names a person:

- `fight|d4521|c140:160`  four days and a cell of half a degree: tellings with a point
- `fight|d4521|asy:12`     four days and a province or county: for places known less well
- `fight|d4521|nhjn`      four days and the consonants of a place name, found in a gazetteer or not
- `fight|d4521|k597`      four days and a number of victims, 10 or more: for tellings that name no place
- `fight|d4521|wcathcart` four days and a capitalised word of a name
- `fight|d4521|y12`       four days and an age
- `fight|d4521|l`         four days alone: only tellings that name no place
- `fight|p4522|...`       the same for cells, place names and words, by the day of publication,
                          because days are told wrongly, or not at all
- `person|fadi khallawi`  a named victim or doer, whenever (a trial a year later)

What is of no happening or of many (a running total, the strength of a force) has none.
A telling has at most `MOST` keys: at most 4 stretches of days, times at most 12 cells,
3 areas, 4 place names, 3 numbers, 6 words of names and 3 ages; 2 stretches of publication
times the cells, place names and words; and 8 persons. Most tellings have 10 to 20.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from math import floor

from parallax.incidents import days, words
from parallax.incidents.profile import STANDING, Profile, profile
from parallax.model import HARMS, Days, PlacePrecision, Statement, Telling

STRETCH = 4  # days in one bucket
REACH = 1  # days added at each end, so that tellings two days apart still meet in a bucket
CELL = 0.5  # degrees
SLACK = 0.12  # degrees around a point: two points up to some 20 km apart share a cell
MOST_STRETCHES = 4
MOST_NAMES = 4
MOST_AREAS = 3
MOST_NUMBERS = 3
LEAST_NUMBER = 10  # smaller numbers are shared by chance
MOST_TOKENS = 6
MOST_AGES = 3
MOST_PERSONS = 8
MOST_POINTS = 3
MOST_LOOSE = 4 * MOST_POINTS + MOST_NAMES + MOST_TOKENS
MOST = MOST_STRETCHES * (MOST_LOOSE + MOST_AREAS + MOST_NUMBERS + MOST_AGES) + 2 * MOST_LOOSE + MOST_PERSONS
PRINTED_WITHIN = 3  # days between the publication of two reports that may tell of one happening
PROVINCES = (PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)  # too wide for a cell
DISTRICTS = (PlacePrecision.SUBDISTRICT, PlacePrecision.DISTRICT)


def keys(
    telling: Telling, statements: Mapping[str, Statement], known: dict[Telling, Profile] | None = None
) -> frozenset[str]:
    """The block keys of the telling; `statements` by claim key. At most `MOST`. `known` as in `link`."""
    return of_profile(profile(telling, statements, known))


def of_profile(seen: Profile) -> frozenset[str]:
    """The block keys of a telling already looked at."""
    if seen.family in STANDING:
        return frozenset()
    loose = {*_cells(seen), *_names(seen)}
    where = (loose | set(_areas(seen))) or {"l"}
    tokens = sorted(seen.tokens, key=lambda token: (-len(token), token))[:MOST_TOKENS]
    loose |= {f"w{token}" for token in tokens}
    where |= loose | set(_numbers(seen)) | {f"y{age}" for age in sorted(seen.ages)[:MOST_AGES]}
    found = {f"{seen.family}|d{n}|{at}" for n in _stretches(seen.span) for at in where}
    if seen.published is not None:
        printed = Days(seen.published - timedelta(PRINTED_WITHIN), seen.published)
        found |= {f"{seen.family}|p{n}|{at}" for n in _buckets(printed) for at in loose}
    return frozenset(found | {f"person|{name}" for name in sorted(seen.persons)[:MOST_PERSONS]})


def _names(seen: Profile) -> set[str]:
    """The place names, the same for most spellings: "Chorgun" and "Chorgoun", "Inkerman" and "Inkermann"."""
    return {f"n{words.skeleton(name)}" for name in sorted(seen.names)[:MOST_NAMES]}


def _stretches(span: Days | None) -> list[str]:
    """The buckets of days the span touches; a long one keeps its last, where most reports of it are."""
    if span is None:
        return [""]
    return _buckets(days.widened(span, REACH))[-MOST_STRETCHES:]


def _buckets(span: Days) -> list[str]:
    return [str(n) for n in range(span.first.toordinal() // STRETCH, span.last.toordinal() // STRETCH + 1)]


def _cells(seen: Profile) -> Iterable[str]:
    for place in [place for place in seen.places if place.precision not in PROVINCES][:MOST_POINTS]:
        for north in (-SLACK, SLACK):
            for east in (-SLACK, SLACK):
                # Longitude wraps, so that points on both sides of 180 degrees share a cell.
                lon = ((place.lon or 0.0) + east + 180) % 360
                yield f"c{floor(((place.lat or 0.0) + north + 90) / CELL)}:{floor(lon / CELL)}"


def _areas(seen: Profile) -> list[str]:
    """The province or county around the place, its country where it is known no better."""
    found: list[str] = []
    for place in seen.places:
        land = words.fold(place.country or "")
        if place.precision is PlacePrecision.COUNTRY:
            found.append(f"a{land or words.fold(place.name)}")
        elif place.precision in (*DISTRICTS, PlacePrecision.GOVERNORATE):
            found.append(f"a{land}:{words.fold(place.name)}")
        found += [f"a{land}:{words.fold(area)}" for area in place.admin]
    return list(dict.fromkeys(found))[:MOST_AREAS]


def _numbers(seen: Profile) -> list[str]:
    """The largest numbers of victims that are told exactly or from below."""
    lows = {n.count.low for n in seen.numbers if n.kind in HARMS and n.count.low is not None}
    return [f"k{low}" for low in sorted(lows, reverse=True) if low >= LEAST_NUMBER][:MOST_NUMBERS]
