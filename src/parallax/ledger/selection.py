"""A choice among incidents: which there are, how they divide, and one page of them in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
from sqlalchemy import Connection

from parallax.ledger.columns import GRADES, KINDS, NO_FIRST, Columns, Ints, Mask
from parallax.ledger.rows import fold
from parallax.ledger.search import hits, phrases
from parallax.ledger.timeline import Step, day_of, numbered, starts
from parallax.ledger.views import Box, IncidentQuery
from parallax.model import Kind, Place

Made = TypeVar("Made")

# A name of a place or an actor has so many words at most.
LONGEST = 4
# From so many letters the last word of a question may be the beginning of a longer one.
BEGINNING = 3
# Words of a question that are looked for; the rest are left out.
MOST_WORDS = 24
REMEMBERED = 64
# So many selections are held with all that was counted of them.
HELD = 12


class Called(Protocol):
    """Finds places by what they are called (`names.spellings.Spellings`)."""

    def called(self, words: str) -> Collection[int]:
        """The places that these words name, by their number in the list."""
        ...

    def beginning(self, words: str) -> Collection[int]:
        """The places of which a name begins with these words."""
        ...

    def alike(self, words: str) -> Collection[int]:
        """The places of which a name may be another spelling of these words."""
        ...


class PlainlyCalled:
    """Finds places by the names they have in the ledger alone."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._names = [fold(place.name) for place in places]

    def called(self, words: str) -> Collection[int]:
        folded = fold(words)
        return {number for number, name in enumerate(self._names) if name == folded} if folded else ()

    def beginning(self, words: str) -> Collection[int]:
        folded = fold(words)
        return {number for number, name in enumerate(self._names) if name.startswith(folded)} if folded else ()

    def alike(self, words: str) -> Collection[int]:
        return ()


class Selection:
    """The incidents that a question asks for. The fields of the question are kept apart: any can be left out."""

    def __init__(
        self, connection: Connection, columns: Columns, query: IncidentQuery, called: Called | None = None
    ) -> None:
        self.columns = columns
        self.query = query
        self._own = called
        self._kept: dict[Hashable, Any] = {}
        self._fields = self._masks(connection)

    @cached_property
    def _called(self) -> Called:
        return self._own or PlainlyCalled(self.columns.sites)

    @cached_property
    def mask(self) -> Mask:
        """Which incidents are asked for."""
        return self.without()

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is worked out of this selection once, such as its timeline."""
        if key not in self._kept:
            self._kept[key] = make()
        made: Made = self._kept[key]
        return made

    @cached_property
    def total(self) -> int:
        """How many incidents are asked for."""
        return int(np.count_nonzero(self.mask))

    def without(self, *fields: str) -> Mask:
        """Which incidents would be asked for without these fields: `days`, `box`, `grade`, `division`, `at`."""
        mask = np.ones(len(self.columns), np.bool_)
        for name, own in self._fields.items():
            if name not in fields:
                mask &= own
        return mask

    def page(self, offset: int, limit: int) -> tuple[str, ...]:
        """Ids of one page of the incidents, in the order asked for."""
        ranked = self.columns.ranked[self.query.order]
        rows = ranked[self.mask[ranked]][offset : offset + limit]
        return tuple(key.decode() for key in self.columns.ids[rows])

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """How many incidents there would be with each value of a facet chosen, by facet; none is left out.

        A second kind or actor narrows the choice further; of the other facets, one value takes another's place.
        """
        columns = self.columns
        made = {
            "kind": self._kinds(),
            "grade": _counted(columns.grades, self.without("grade"), ("", *map(str, GRADES)), 1),
            "division": self._divisions(),
            "place": _counted(columns.places, self.without("at"), ("", *columns.site_keys), 1),
            "actor": self._actors(),
        }
        return made | self._times()

    def _kinds(self) -> dict[str, int]:
        number = np.bincount(self.columns.kinds[self.mask], minlength=1)
        told = np.arange(len(number))
        counts = {kind.value: int(number[(told >> bit & 1) == 1].sum()) for bit, kind in enumerate(KINDS)}
        return {kind: count for kind, count in sorted(counts.items()) if count}

    def _divisions(self) -> dict[str, int]:
        keys, *numbers = self.columns.areas
        sites = _number(self.columns.places, self.without("division"), len(self.columns.sites))
        counts = sum(np.bincount(of + 1, weights=sites, minlength=len(keys) + 1)[1:] for of in numbers)
        return {key: int(count) for key, count in zip(keys, np.broadcast_to(counts, len(keys)), strict=True) if count}

    def _actors(self) -> dict[str, int]:
        counts = np.bincount(self.columns.actors[self.mask[self.columns.owners]], minlength=len(self.columns.parties))
        return {self.columns.parties[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    def _times(self) -> dict[str, dict[str, int]]:
        """By year, and by month of the one year that was chosen."""
        mask = self.without("days")
        first, last = self.columns.first[mask], self.columns.last[mask]
        first, last = first[first != NO_FIRST], last[first != NO_FIRST]
        if not len(first):
            return {"year": {}, "month": {}}
        years = _meeting(first, last, Step.YEAR, day_of(first.min()), day_of(last.max()))
        begin, end = self.query.from_day, self.query.to_day
        months: dict[str, int] = {}
        if begin is not None and end is not None and begin.year == end.year:
            months = _meeting(first, last, Step.MONTH, date(begin.year, 1, 1), date(begin.year, 12, 31))
        return {"year": {day[:4]: count for day, count in years.items()}, "month": months}

    def _masks(self, connection: Connection) -> dict[str, Mask]:
        columns, query = self.columns, self.query
        masks: dict[str, Mask] = {}
        if query.text and query.text.strip():
            masks["text"] = self._text(connection, query.text)
        for kind in _several(query.kind):
            bit = KINDS.index(Kind(kind)) if kind in list(Kind) else len(KINDS)
            masks[f"kind {kind}"] = (columns.kinds >> bit & 1).astype(np.bool_)
        for actor in _several(query.actor):
            masks[f"actor {actor}"] = self._of_actor(actor)
        if query.place and query.place.strip():
            masks["place"] = self._of_sites(self._named(query.place))
        if query.at:
            masks["at"] = self._of_sites([n for n, key in enumerate(columns.site_keys) if key == query.at])
        if query.division:
            masks["division"] = self._of_sites(self._in_division(query.division))
        if query.grade is not None and query.grade != "":
            grades = [grade.value for grade in GRADES]
            masks["grade"] = columns.grades == (grades.index(query.grade) if query.grade in grades else len(grades))
        if query.from_day or query.to_day:
            masks["days"] = (columns.last >= numbered(query.from_day or date.min)) & (
                columns.first <= numbered(query.to_day or date.max)
            )
        if query.box:
            masks["box"] = self._of_sites(_inside(columns.sites, query.box))
        return masks

    def _named(self, words: str) -> set[int]:
        folded = fold(words.strip())
        parts = {
            number
            for number, site in enumerate(self.columns.sites)
            if folded and (folded in fold(site.name) or folded in map(fold, site.admin))
        }
        found = parts | set(self._called.called(words)) | set(self._in_division(words.strip()))
        return found or set(self._called.alike(words))

    def _in_division(self, key: str) -> list[int]:
        country, _, code = key.partition("-")
        return [
            number
            for number, site in enumerate(self.columns.sites)
            if site.country == country and (not code or (site.admin and site.admin[0] == code))
        ]

    def _of_sites(self, numbers: Collection[int]) -> Mask:
        chosen = np.zeros(len(self.columns.sites) + 1, np.bool_)
        chosen[list(numbers)] = True
        chosen[-1] = False
        return chosen[self.columns.places]

    def _of_actor(self, actor: str) -> Mask:
        mask = np.zeros(len(self.columns), np.bool_)
        if actor in self.columns.parties:
            mask[self.columns.owners[self.columns.actors == self.columns.parties.index(actor)]] = True
        return mask

    def _text(self, connection: Connection, words: str) -> Mask:
        """Incidents that hold every phrase, as words of their sentences or as a name of their place."""
        asked = phrases(words)[:MOST_WORDS]
        if not asked:
            return np.zeros(len(self.columns), np.bool_)
        mask = np.ones(len(self.columns), np.bool_)
        at = 0
        while at < len(asked):
            length, places = self._span(asked, at, self._called.called)
            ending = at + length == len(asked) and not words.rstrip().endswith(('"', "“", "”"))
            told = np.ones(len(self.columns), np.bool_)
            for number, phrase in enumerate(asked[at : at + length], at + 1):
                told &= self._told(connection, phrase, beginning=ending and number == len(asked))
            if not places and not told.any():
                length, places = self._span(asked, at, self._called.alike)
            if ending:
                places |= set(self._called.beginning(" ".join(asked[at:])))
            mask &= told | self._of_sites(places) if places else told
            at += length
        return mask

    def _span(self, asked: Sequence[str], at: int, find: Callable[[str], Collection[int]]) -> tuple[int, set[int]]:
        """The longest run of words from here that names places, and these; else one word."""
        for length in range(min(LONGEST, len(asked) - at), 0, -1):
            places = set(find(" ".join(asked[at : at + length])))
            if places:
                return length, places
        return 1, set()

    def _told(self, connection: Connection, phrase: str, *, beginning: bool) -> Mask:
        beginning = beginning and len(phrase) >= BEGINNING
        key = phrase + "*" * beginning
        found = self.columns.found
        if key not in found:
            rows = self.columns.rows
            numbers = hits(connection, phrase, beginning=beginning)
            mask = np.zeros(len(self.columns), np.bool_)
            if len(numbers) and len(self.columns):
                at = rows[numbers[numbers < len(rows)]]
                mask[at[at >= 0]] = True
            while len(found) >= REMEMBERED:
                found.pop(next(iter(found)), None)
            found[key] = mask
        return found[key]


def _several(asked: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if asked is None or isinstance(asked, str):
        return (asked,) if asked else ()
    return asked


def _number(codes: Ints, mask: Mask, of: int) -> Ints:
    """How often each code from 0 occurs; -1 is left out."""
    return np.bincount(codes[mask] + 1, minlength=of + 1)[1:]


def _counted(codes: Ints, mask: Mask, names: Sequence[str], shift: int) -> dict[str, int]:
    """How many incidents have each name, by name; a code plus `shift` is the name's number."""
    counts = np.bincount(codes[mask] + shift, minlength=len(names))
    made: dict[str, int] = {}
    for number, count in enumerate(counts.tolist()):
        if count:
            made[names[number]] = made.get(names[number], 0) + count
    return made


def _meeting(first: Ints, last: Ints, step: Step, begin: date, end: date) -> dict[str, int]:
    """How many intervals of days meet each year or month of a time, by "2017-04"."""
    made = {}
    for day in starts(step, begin, end):
        count = int(np.count_nonzero((last >= numbered(day)) & (first <= numbered(step.last(day)))))
        if count:
            made[day.isoformat()[:7]] = count
    return made


def _inside(sites: Sequence[Place], box: Box) -> list[int]:
    """The places of which the point, or the middle of the area, lies in a box; one over the date line runs west."""
    west, south, east, north = box
    return [
        number
        for number, site in enumerate(sites)
        if site.lat is not None
        and site.lon is not None
        and south <= site.lat <= north
        and (west <= site.lon <= east if west <= east else site.lon >= west or site.lon <= east)
    ]


def choose(connection: Connection, columns: Columns, query: IncidentQuery, called: Called | None) -> Selection:
    """The selection of a question; of one asked a moment ago, the very same with all that was counted of it."""
    held: dict[Any, Selection] = columns.chosen
    # The names of places may become known between two questions, and are then another object.
    key = (query, called) if query.text or query.place else query
    made = held.get(key)
    if made is None:
        while len(held) >= HELD:
            held.pop(next(iter(held)), None)
        made = held[key] = Selection(connection, columns, query, called)
    return made
