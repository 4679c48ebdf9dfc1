"""Under which names the places of a list can be found: in every script and spelling that is known of them.

A ledger names a place in one way; people ask for it in another: in Arabic, in the French
transliteration, with or without the article. Each place is looked for by what it is called in
the list, by every name that the gazetteers give it, and last by what all transliterations of
its names have in common (`folding.skeleton`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence

from parallax.model import Place, PlacePrecision
from parallax.names.entry import Entry
from parallax.names.folding import fold, skeleton
from parallax.names.gazetteer import Gazetteer
from parallax.names.likeness import SHORTEST

NONE: frozenset[int] = frozenset()


class Spellings:
    """The names of some places; an answer gives the places by their number in the list."""

    def __init__(self, places: Sequence[Place], gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer
        self._by_id: dict[int, set[int]] = defaultdict(set)
        self._by_country: dict[str, set[int]] = defaultdict(set)
        self._by_division: dict[tuple[str, str], set[int]] = defaultdict(set)
        named: dict[str, set[int]] = defaultdict(set)
        for number, place in enumerate(places):
            named[fold(place.name)].add(number)
            if place.geonameid:
                self._by_id[place.geonameid].add(number)
            if place.country:
                self._by_country[place.country].add(number)
                for code in place.admin[:1]:
                    self._by_division[place.country, code].add(number)
        for geonameid, called in (gazetteer.spellings(self._by_id) if gazetteer else {}).items():
            for name in called:
                named[name] |= self._by_id[geonameid]
        named.pop("", None)
        self._named = dict(named)
        self._sorted = sorted(self._named)
        skeletons: dict[str, set[int]] = defaultdict(set)
        for name, numbers in self._named.items():
            if name.isascii() and len(bare := skeleton(name)) >= SHORTEST:
                skeletons[bare] |= numbers
        self._skeletons = dict(skeletons)

    def called(self, words: str) -> Collection[int]:
        """The places that these words name: by a name, or by the region that they lie in."""
        folded = fold(words)
        if not folded:
            return NONE
        found = set(self._named.get(folded, NONE))
        entries = self._gazetteer.folded(folded) if self._gazetteer else ()
        for entry in entries:
            found |= self._by_id.get(entry.geonameid or 0, NONE)
        return found or self._within(entries)

    def beginning(self, words: str) -> Collection[int]:
        """The places of which a name begins with these words."""
        folded = fold(words)
        if not folded:
            return NONE
        found: set[int] = set()
        for name in self._sorted[bisect_left(self._sorted, folded) :]:
            if not name.startswith(folded):
                break
            found |= self._named[name]
        return found

    def alike(self, words: str) -> Collection[int]:
        """The places of which a name has the same skeleton as these words."""
        folded = fold(words)
        bare = skeleton(folded) if folded.isascii() else ""
        return self._skeletons.get(bare, NONE) if len(bare) >= SHORTEST else NONE

    def _within(self, entries: Sequence[Entry]) -> set[int]:
        found: set[int] = set()
        for entry in entries:
            if not entry.region or entry.country is None:
                continue
            if entry.precision is PlacePrecision.COUNTRY:
                found |= self._by_country.get(entry.country, NONE)
            elif entry.precision is PlacePrecision.GOVERNORATE and entry.admin1:
                found |= self._by_division.get((entry.country, entry.admin1), NONE)
        return found
