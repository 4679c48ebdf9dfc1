"""Places that two writers gave without seeing each other, where the two agree.

`written/one.csv` and `written/two.csv` hold what a language model wrote down of the settlements of Syria
from memory, twice over, a part of the country at a time: nothing was looked up, no gazetteer and no set that
benchmarks measure on was read. What one memory makes up the other seldom makes up alike: a place
is kept where both have it under one name within `AGREE_KM`, in the middle of the two.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parallax.model import PlacePrecision, kilometres
from parallax.names.entry import Entry
from parallax.names.folding import fold
from parallax.names.likeness import Spelling

AGREE_KM = 5.0
ONE_KM = 5.0
# Prominence, of the order of people.
WEIGHT = {"town": 5_000, "village": 500, "neighbourhood": 500}


@dataclass(frozen=True, slots=True)
class Written:
    """One place as one writer has it."""

    part: str
    name: str
    lat: float
    lon: float
    kind: str
    arabic: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """Everything it is called, folded."""
        return frozenset(fold(name) for name in (self.name, self.arabic, *self.aliases) if name) - {""}

    @property
    def at(self) -> Entry:
        return Entry(self.name, self.lat, self.lon, "SY", None, WEIGHT[self.kind], None, PlacePrecision(self.kind))


def read(path: Path) -> list[Written]:
    """One writer's places, in the file's order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Written(
                row["part"],
                row["name"],
                float(row["lat"]),
                float(row["lon"]),
                row["kind"],
                row["arabic"],
                tuple(alias for alias in row["aliases"].split("|") if alias),
            )
            for row in csv.DictReader(lines)
        ]


def agreed(one: Sequence[Written], two: Sequence[Written]) -> Iterator[tuple[Entry, list[str]]]:
    """The places that both have, each with its other names; the nearest two of a name go together."""
    called: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, other in enumerate(two):
        for name in other.names:
            called[other.part, name].append(number)
    near = sorted(
        (kilometres(here.at, two[number].at), place, number)
        for place, here in enumerate(one)
        for number in {number for name in here.names for number in called[here.part, name]}
        if _is_called_so(here, two[number])
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for km, place, number in near:
        if km <= AGREE_KM and place not in taken[0] and number not in taken[1]:
            taken[0].add(place)
            taken[1].add(number)
            yield _middle(one[place], two[number])


class Spelled:
    """Places of another list, to be asked which of them a place is, though it be spelled otherwise."""

    def __init__(self, known: Iterable[tuple[Entry, list[str]]]) -> None:
        self._known: list[tuple[Entry, frozenset[str], Spelling]] = []
        for entry, called in known:
            self.add(entry, called)

    def add(self, entry: Entry, called: Iterable[str]) -> None:
        """Have one place more in the list."""
        self._known.append((entry, frozenset(map(fold, (entry.name, *called))), Spelling.of(entry.name)))

    def same(self, entry: Entry) -> Entry | None:
        """The place of the list that this one is: the nearest within `ONE_KM` that its name is a spelling of.

        Twins are told apart: "Upper" is not "Lower", nor the village that has neither word.
        """
        name, own = fold(entry.name), Spelling.of(entry.name)
        near = [
            (kilometres(entry, other), other.name, other)
            for other, names, spelling in self._known
            if abs((other.lat or 0) - (entry.lat or 0)) < 0.1
            and own.sides == spelling.sides
            and (name in names or own.slips(spelling) == 0)
        ]
        km, _, other = min(near, key=lambda found: found[:2], default=(ONE_KM + 1, "", entry))
        return other if km <= ONE_KM else None


def named_as(found: Iterable[tuple[Entry, list[str]]], listed: Spelled) -> Iterator[tuple[Entry, list[str]]]:
    """The places found; what another list has in another spelling goes by that list's name and point.

    Two entries for one village would each make the other doubtful.
    """
    for entry, called in found:
        other = listed.same(entry)
        if other is None:
            yield entry, called
            listed.add(entry, called)
        else:
            yield entry._replace(name=other.name, lat=other.lat, lon=other.lon), [entry.name, *called]


def _is_called_so(here: Written, there: Written) -> bool:
    """Whether the name by which one goes is one that the other has too."""
    return bool(
        {fold(here.name), fold(here.arabic)} & there.names or {fold(there.name), fold(there.arabic)} & here.names
    )


def _middle(here: Written, there: Written) -> tuple[Entry, list[str]]:
    kind = here.kind if here.kind == there.kind else min((here.kind, there.kind), key=WEIGHT.__getitem__)
    entry = Entry(
        here.name,
        round((here.lat + there.lat) / 2, 3),
        round((here.lon + there.lon) / 2, 3),
        "SY",
        None,
        WEIGHT[kind],
        None,
        PlacePrecision(kind),
    )
    own, both = Spelling.of(here.name), here.names & there.names
    others = [there.name, here.arabic, there.arabic, *here.aliases, *there.aliases]
    # A name that one of them alone gives is kept where it is a spelling of the place's own.
    return entry, [name for name in others if name and (fold(name) in both or own.slips(Spelling.of(name)) is not None)]
