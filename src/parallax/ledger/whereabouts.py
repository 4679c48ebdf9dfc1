"""The places where incidents lie, each once, with what is worked out of them once for all questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parallax.ledger.rows import fold
from parallax.ledger.views import Box
from parallax.model import Place, digest

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Whereabouts:
    """The places by their number. `keys` are what addresses call them, `names` the folded names they have here.

    A key stays the same in every ledger; several places that differ in their spelling alone may share one.
    """

    places: tuple[Place, ...] = ()
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.places)

    def with_more(self, places: Iterable[Place]) -> Whereabouts:
        """The same with further places at the end; the very same where there are none."""
        more = tuple(places)
        if not more:
            return self
        names = (fold(place.name) for place in more)
        return Whereabouts((*self.places, *more), (*self.keys, *map(site_key, more)), (*self.names, *names))

    @cached_property
    def of_key(self) -> dict[str, Place]:
        """A place of each key."""
        return dict(zip(self.keys, self.places, strict=True))

    @cached_property
    def by_key(self) -> tuple[tuple[str, ...], Ints]:
        """Every key once, sorted, and of each place the number of its key."""
        every = tuple(sorted(set(self.keys)))
        numbers = {key: number for number, key in enumerate(every)}
        return every, np.array([numbers[key] for key in self.keys], np.int64)

    @cached_property
    def areas(self) -> tuple[tuple[str, ...], Ints, Ints]:
        """The countries and their divisions ("SY", "SY-09"), and of each place the numbers of both there, or -1."""
        named = [division(place) for place in self.places]
        keys = tuple(sorted({key for place in self.places for key in (place.country, division(place)) if key}))
        numbers = {key: number for number, key in enumerate(keys)}
        countries = np.array([numbers.get(place.country or "", -1) for place in self.places], np.int64)
        return keys, countries, np.array([numbers.get(key or "", -1) for key in named], np.int64)

    @cached_property
    def area_numbers(self) -> dict[str, int]:
        """The number of each country and division."""
        return {key: number for number, key in enumerate(self.areas[0])}

    @cached_property
    def first_in(self) -> dict[int, int]:
        """The first place of each division that has one, both by their numbers."""
        found, first = np.unique(self.areas[2], return_index=True)
        return dict(zip(found.tolist(), first.tolist(), strict=True))

    @cached_property
    def ranks(self) -> Ints:
        """Where each place stands by its name."""
        names = np.array([place.name.casefold() for place in self.places] or [""])
        ranks = np.empty(len(names), np.int64)
        ranks[np.argsort(names, kind="stable")] = np.arange(len(names))
        return ranks[: len(self)]

    @cached_property
    def points(self) -> tuple[Floats, Floats]:
        """Latitude and longitude in degrees, as they are known; not a number where they are not."""
        told = [(np.nan, np.nan) if p.lat is None or p.lon is None else (p.lat, p.lon) for p in self.places]
        lat, lon = np.array(told, np.float64).reshape(-1, 2).T
        return lat, lon

    @cached_property
    def _within(self) -> dict[str, list[int]]:
        """The places by the folded names of what they lie in."""
        found: dict[str, list[int]] = {}
        for number, place in enumerate(self.places):
            for name in place.admin:
                found.setdefault(name, []).append(number)
        folded: dict[str, list[int]] = {}
        for name, numbers in found.items():
            folded.setdefault(fold(name), []).extend(numbers)
        return folded

    def holding(self, words: str) -> set[int]:
        """The places of which the name has these words within it, or that lie in what these words name."""
        folded = fold(words.strip())
        if not folded:
            return set()
        return {number for number, name in enumerate(self.names) if folded in name} | set(self._within.get(folded, ()))

    def in_area(self, key: str) -> Ints:
        """The places of a country or of a division of one ("SY", "SY-09")."""
        number = self.area_numbers.get(key, -2)
        _, countries, divisions = self.areas
        return np.flatnonzero((countries == number) | (divisions == number))

    def of(self, key: str) -> Ints:
        """The places of a key."""
        every, numbers = self.by_key
        at = int(np.searchsorted(np.array(every), key)) if every else 0
        return np.flatnonzero(numbers == at) if at < len(every) and every[at] == key else np.zeros(0, np.int64)

    def inside(self, box: Box) -> Ints:
        """The places of which the point, or the middle of the area, lies in a box; one over the date line runs west."""
        west, south, east, north = box
        lat, lon = self.points
        across = (west <= lon) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        return np.flatnonzero((south <= lat) & (lat <= north) & across)


def site_key(place: Place) -> str:
    """What an address calls a place: its GeoNames number, or a digest of what is known of it."""
    if place.geonameid:
        return f"g{place.geonameid}"
    return "p" + digest(place.name, place.country, place.lat, place.lon)[:8]


def division(place: Place) -> str | None:
    """The country's division that a place lies in, as "SY-09"."""
    return f"{place.country}-{place.admin[0]}" if place.country and place.admin else None
