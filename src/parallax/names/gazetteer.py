"""What places there are, by name: those that come with Parallax, and those a person has added."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

from parallax.names.bundled import bundled, capitals
from parallax.names.entry import Entry, around
from parallax.names.folding import fold, skeleton
from parallax.names.likeness import SHORTEST, Spelling, nearest, varies
from parallax.names.own import Own

# Degrees within which two entries of one name and country are one place.
SAME = 0.15


class Gazetteer:
    """Places by name. Lookups give entries in no order of preference; choosing is for the caller."""

    def __init__(
        self,
        entries: list[Entry],
        names: dict[str, int | tuple[int, ...]],
        capitals: dict[str, str] | None = None,
        own: Own | None = None,
    ) -> None:
        self.entries = entries
        self._names = names
        self._capitals = capitals or {}
        self._own = own or None
        self._skeletons: dict[str, tuple[int, ...]] | None = None
        self._spellings: dict[str, list[tuple[Spelling, Entry]]] = {}
        self._inside: dict[Entry, list[tuple[Spelling, Entry]]] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def named(self, name: str) -> tuple[Entry, ...]:
        """The places that bear this name, in any case, accents or hyphens."""
        return self.folded(fold(name))

    def folded(self, folded: str) -> tuple[Entry, ...]:
        """The places that bear this name, given as `folding.fold` gives it."""
        found = self._bundled(folded)
        return self._with_own(found, self._own.named(folded)) if self._own and folded else found

    def _bundled(self, folded: str) -> tuple[Entry, ...]:
        found = self._names.get(folded)
        if found is None:
            return ()
        if isinstance(found, int):
            return (self.entries[found],)
        return tuple([self.entries[number] for number in found])

    def _with_own(self, found: tuple[Entry, ...], own: Sequence[Entry]) -> tuple[Entry, ...]:
        """These places and a person's own; where both are one place, the person's word for where it lies stands.

        A row with a GeoNames id is the same row as ours, so ours stands, whatever it is called there.
        """
        joined = dict.fromkeys(found)
        for entry in own:
            twin = next((one for one in (*found, *self._bundled(fold(entry.name))) if _one_place(one, entry)), None)
            if twin is None:
                joined[entry] = None
            elif entry.geonameid and entry.geonameid == twin.geonameid:
                joined[twin] = None
            else:
                joined.pop(twin, None)
                joined[entry._replace(weight=max(entry.weight, twin.weight), preferred=True)] = None
        return tuple(joined)

    def spellings(self, ids: Collection[int]) -> dict[int, list[str]]:
        """Every folded name of the places of these GeoNames ids, by id; a person's own gazetteers take no part."""
        wanted = {number: entry.geonameid for number, entry in enumerate(self.entries) if entry.geonameid in ids}
        called: dict[int, list[str]] = {}
        for folded, found in self._names.items():
            for number in (found,) if isinstance(found, int) else found:
                geonameid = wanted.get(number)
                if geonameid is not None:
                    called.setdefault(geonameid, []).append(folded)
        return called

    def capital(self, country: str) -> Entry | None:
        """The capital of a country, by its two-letter code."""
        found = [entry for entry in self.named(self._capitals.get(country, "")) if entry.country == country]
        towns = [entry for entry in found if not entry.region]
        return max(towns, key=lambda entry: entry.weight, default=None)

    def like(self, name: str) -> tuple[Entry, ...]:
        """The places a transliterator may have meant by this name; empty for short or loose likenesses."""
        bare = skeleton(name)
        if len(bare) < SHORTEST:
            return ()
        if self._skeletons is None:
            self._skeletons = self._gather_skeletons()
        found = tuple([self.entries[number] for number in self._skeletons.get(bare, ())])
        return self._with_own(found, self._own.like(bare)) if self._own else found

    def alike(self, name: str, regions: Iterable[Entry], most: int = 3) -> tuple[Entry, ...]:
        """The places in or around these that the name is the nearest spelling of, by `most` slips; see `likeness`."""
        found: dict[Entry, None] = {}
        for region in regions:
            if varies(region.country):
                found |= dict.fromkeys(nearest(name, self._within(region), most))
        return tuple(found)

    def _within(self, region: Entry) -> list[tuple[Spelling, Entry]]:
        if region not in self._inside:
            known = self._of_country(region.country or "")
            self._inside[region] = [(spelling, entry) for spelling, entry in known if around(entry, region)]
        return self._inside[region]

    def _of_country(self, country: str) -> list[tuple[Spelling, Entry]]:
        """Every spelling of the names of a country's places, divisions left out; gathered at the first need."""
        if country not in self._spellings:
            names = [
                (folded, self.entries[number])
                for folded, found in self._names.items()
                if folded.isascii()
                for number in ((found,) if isinstance(found, int) else found)
                if self.entries[number].country == country
            ]
            for folded, entry in self._own.of_country(country) if self._own else ():
                names += [(folded, one) for one in self._with_own((), [entry])]
            settled = dict.fromkeys((Spelling.of(folded), entry) for folded, entry in names if not entry.region)
            self._spellings[country] = sorted(settled, key=lambda pair: (pair[1].name, pair[0].own))
        return self._spellings[country]

    def _gather_skeletons(self) -> dict[str, tuple[int, ...]]:
        gathered: dict[str, tuple[int, ...]] = {}
        for folded, found in self._names.items():
            numbers = (found,) if isinstance(found, int) else found
            wanted = tuple([n for n in numbers if varies(self.entries[n].country)])
            if wanted and folded.isascii():
                bare = skeleton(folded)
                if len(bare) >= SHORTEST:
                    gathered[bare] = tuple(dict.fromkeys(gathered.get(bare, ()) + wanted))
        return gathered


def _one_place(one: Entry, other: Entry) -> bool:
    """Whether two entries of one name are one place: by their id, or by their country and nearness."""
    if one.geonameid and other.geonameid:
        return one.geonameid == other.geonameid
    if one.region or other.region or one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    if other.country is not None and one.country != other.country:
        return False
    return abs(one.lat - other.lat) < SAME and abs(one.lon - other.lon) < SAME


@cache
def load(own: Path | None = None, *, theatre: bool = True) -> Gazetteer:
    """The gazetteer, read once per process: about 3 s and 300 MB.

    `own` is the folder of a person's own gazetteers (`own.keep`); without `theatre` the packs of
    Syria and Iraq are left out. Raises `SettingsError` where one of the folder's cannot be read.
    """
    entries: list[Entry] = []
    names: dict[str, int | tuple[int, ...]] = {}
    numbers: dict[int, int] = {}

    def same(entry: Entry, called: Iterable[str]) -> int:
        """The number of the entry for this very place: by its id, or by a name, the country and nearness."""
        if entry.geonameid and entry.geonameid in numbers:
            return numbers[entry.geonameid]
        if entry.region:
            return -1
        # In the order of the names: a set's order changes from process to process.
        for folded in dict.fromkeys(fold(name) for name in (entry.name, *called)):
            found = names.get(folded, ())
            for number in (found,) if isinstance(found, int) else found:
                if _one_place(entries[number], entry):
                    return number
        return -1

    def add(entry: Entry, called: Iterable[str]) -> None:
        # GeoNames' own rows are told apart by their ids alone; two suburbs may well share a name.
        number = same(entry, called) if entry.preferred or not entry.geonameid else -1
        if number < 0:
            number = len(entries)
            entries.append(entry)
            if entry.geonameid:
                numbers[entry.geonameid] = number
        else:
            standing = entries[number]
            if entry.weight > standing.weight:
                standing = standing._replace(weight=entry.weight, precision=entry.precision)
            entries[number] = standing._replace(name=entry.name, preferred=True) if entry.preferred else standing
        for folded in dict.fromkeys(fold(name) for name in (entry.name, *called)):
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

    # Nearly a million objects that all stay: the cycle collector would only walk them again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for entry, called in bundled(theatre):
            add(entry, called)
    finally:
        if collecting:
            gc.enable()
    return Gazetteer(entries, names, capitals(), Own(own) if own is not None else None)
