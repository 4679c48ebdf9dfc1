"""A choice among incidents: which there are, how they divide, and one page of them in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol, TypeVar, get_args

import numpy as np
from sqlalchemy import Connection

from parallax.accounts.signing import Signature
from parallax.ledger.columns import GRADES, KINDS, NO_FIRST, SIGNATURES, Columns, Ints, Mask
from parallax.ledger.rows import fold
from parallax.ledger.search import hits, phrases
from parallax.ledger.timeline import Step, day_of, meeting, numbered
from parallax.ledger.views import IncidentQuery
from parallax.model import Kind, Place

Made = TypeVar("Made")
Facet = Literal["kind", "grade", "signature", "division", "place", "actor", "year", "month"]
FACETS: tuple[Facet, ...] = get_args(Facet)

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
        self,
        connection: Connection,
        columns: Columns,
        query: IncidentQuery,
        called: Called | None = None,
        signed: Mapping[str, Signature] | None = None,
    ) -> None:
        self.columns = columns
        self.query = query
        self._own = called
        self._signatures = columns.signatures(signed or {})
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
        """Which incidents would be asked for without these fields, by name (`days`, `box`, `grade`, `at`, ...)."""
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
        return {name: self.facet(name) for name in FACETS}

    def facet(self, name: Facet) -> Mapping[str, int]:
        """One facet alone, as `facets` has it."""
        made: Mapping[str, int] = self.kept(("facet", name), getattr(self, f"_of_{name}"))
        return made

    def _of_kind(self) -> dict[str, int]:
        number = np.bincount(self.columns.kinds[self.mask], minlength=1)
        told = np.arange(len(number))
        counts = {kind.value: int(number[(told >> bit & 1) == 1].sum()) for bit, kind in enumerate(KINDS)}
        return {kind: count for kind, count in sorted(counts.items()) if count}

    def _of_grade(self) -> dict[str, int]:
        counts = _numbers(self.columns.grades, self.without("grade"), len(GRADES))
        return {name: int(count) for name, count in zip(("", *map(str, GRADES)), counts, strict=True) if count}

    def _of_signature(self) -> dict[str, int]:
        counts = _numbers(self._signatures, self.without("signature"), len(SIGNATURES) - 1)
        return {name.value: int(count) for name, count in zip(SIGNATURES, counts, strict=True) if count}

    def _of_division(self) -> dict[str, int]:
        keys, *numbers = self.columns.where.areas
        counts = np.zeros(len(keys), np.int64)
        for of in numbers:
            counts += np.bincount(of + 1, weights=self._by_place, minlength=len(keys) + 1)[1:].astype(np.int64)
        return {keys[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    @cached_property
    def _by_place(self) -> Ints:
        """How many incidents would lie at each place were divisions not asked for."""
        return _numbers(self.columns.places, self.without("division"), len(self.columns.where))[1:]

    def _of_place(self) -> dict[str, int]:
        counts, keys = self._by_key, ("", *self.columns.where.by_key[0])
        return {keys[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    @cached_property
    def _by_key(self) -> Ints:
        """How many incidents there would be of each key of a place, the first without any."""
        places = _numbers(self.columns.places, self.without("at"), len(self.columns.where))
        keys, numbers = self.columns.where.by_key
        counts = np.bincount(numbers, weights=places[1:], minlength=len(keys)).astype(np.int64)
        return np.concatenate([places[:1], counts])

    def most_placed(self, most: int) -> list[tuple[str, int]]:
        """The keys of so many places with how many incidents there would be of each, those of the most first."""
        counts, keys = self._by_key[1:], self.columns.where.by_key[0]
        order = np.argsort(-counts, kind="stable")[:most]
        return [(keys[number], int(counts[number])) for number in order if counts[number]]

    def at_key(self, key: str) -> int:
        """How many incidents there would be at the place of a key."""
        keys = self.columns.where.by_key[0]
        number = bisect_left(keys, key)
        return int(self._by_key[number + 1]) if number < len(keys) and keys[number] == key else 0

    def _of_actor(self) -> dict[str, int]:
        counts = np.bincount(self.columns.actors[self.mask[self.columns.owners]], minlength=len(self.columns.parties))
        return {self.columns.parties[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    def _of_year(self) -> dict[str, int]:
        first, last = self._dated
        if not len(first):
            return {}
        years = meeting(first, last, Step.YEAR, day_of(first.min()), day_of(last.max()))
        return {day[:4]: count for day, count in years.items()}

    def _of_month(self) -> dict[str, int]:
        """Of the one year that was chosen."""
        begin, end = self.query.from_day, self.query.to_day
        if begin is None or end is None or begin.year != end.year or not len(self._dated[0]):
            return {}
        return meeting(*self._dated, Step.MONTH, date(begin.year, 1, 1), date(begin.year, 12, 31))

    @cached_property
    def _dated(self) -> tuple[Ints, Ints]:
        """The first and last days of the incidents that have some, whatever days are asked for."""
        mask = self.without("days") & (self.columns.first != NO_FIRST)
        return self.columns.first[mask], self.columns.last[mask]

    def _masks(self, connection: Connection) -> dict[str, Mask]:
        columns, query = self.columns, self.query
        masks: dict[str, Mask] = {}
        if query.text and query.text.strip():
            masks["text"] = self._text(connection, query.text)
        for kind in _several(query.kind):
            bit = KINDS.index(Kind(kind)) if kind in list(Kind) else len(KINDS)
            masks[f"kind {kind}"] = (columns.kinds >> bit & 1).astype(np.bool_)
        for actor in _several(query.actor):
            masks[f"actor {actor}"] = self._with_actor(actor)
        if query.place and query.place.strip():
            masks["place"] = self._of_sites(self._named(query.place))
        if query.at:
            masks["at"] = self._of_sites(columns.where.of(query.at))
        if query.division:
            masks["division"] = self._of_sites(columns.where.in_area(query.division))
        if query.grade is not None and query.grade != "":
            grades = [grade.value for grade in GRADES]
            masks["grade"] = columns.grades == (grades.index(query.grade) if query.grade in grades else len(grades))
        if query.signature:
            names = [signature.value for signature in SIGNATURES]
            asked = names.index(query.signature) - 1 if query.signature in names else len(names)
            masks["signature"] = self._signatures == asked
        if query.from_day or query.to_day:
            masks["days"] = (columns.last >= numbered(query.from_day or date.min)) & (
                columns.first <= numbered(query.to_day or date.max)
            )
        if query.box:
            masks["box"] = self._of_sites(columns.where.inside(query.box))
        return masks

    def _named(self, words: str) -> set[int]:
        where = self.columns.where
        found = where.holding(words) | set(self._called.called(words)) | set(where.in_area(words.strip()).tolist())
        return found or set(self._called.alike(words))

    def _of_sites(self, numbers: Collection[int] | Ints) -> Mask:
        chosen = np.zeros(len(self.columns.where) + 1, np.bool_)
        chosen[numbers if isinstance(numbers, np.ndarray) else list(numbers)] = True
        chosen[-1] = False
        return chosen[self.columns.places]

    def _with_actor(self, actor: str) -> Mask:
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


def _numbers(codes: Ints, mask: Mask, of: int) -> Ints:
    """How often each code from -1 occurs."""
    return np.bincount(codes[mask] + 1, minlength=of + 1)


def choose(
    connection: Connection,
    columns: Columns,
    query: IncidentQuery,
    called: Called | None,
    signed: Mapping[str, Signature] | None = None,
) -> Selection:
    """The selection of a question; of one asked a moment ago, the very same with all that was counted of it.

    `signed` tells how the incidents that bear a signature stand to it.
    """
    held: dict[Any, Selection] = columns.chosen
    # The names of places may become known between two questions, and are then another object.
    key = (query, called if query.text or query.place else None, frozenset((signed or {}).items()))
    made = held.get(key)
    if made is None:
        while len(held) >= HELD:
            held.pop(next(iter(held)), None)
        made = held[key] = Selection(connection, columns, query, called, signed)
    return made
