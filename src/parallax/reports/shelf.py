"""Many texts to compare, a million as well as ten: what they are looked up by in arrays, their words in a file."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice
from typing import BinaryIO, Protocol, TypeVar

import numpy as np

from parallax.model import Report
from parallax.reports import wording
from parallax.reports.groups import Pair, groups
from parallax.reports.likeness import Shares, compare, share
from parallax.reports.meetings import pairs
from parallax.reports.wording import Marks, Words
from parallax.reports.zones import without_clutter

# The day of what bears none: later than any.
UNDATED = 9_999_999
# So many pairs are compared by one call of a worker.
PORTION = 1_000

Item = TypeVar("Item")
Result = TypeVar("Result")


class Apply(Protocol):
    """A way to run a function over items, the results in their order: `map`, or an engine's."""

    def __call__(self, function: Callable[[Item], Result], items: Iterable[Item], /) -> Iterable[Result]:
        """The results."""


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A report as it is compared; `day` is a proleptic ordinal, or `UNDATED`."""

    id: str
    key: str
    day: int
    words: Words
    marks: Marks

    @classmethod
    def of(cls, report: Report) -> Text:
        """The report's words and marks, its clutter and its readers' comments left out."""
        words = wording.words(without_clutter(report.text, report.zones))
        day = report.published.day.toordinal() if report.published else UNDATED
        return cls(report.id, report.key, day, words, wording.marks(words))


class Shelf:
    """Texts by number, in the order they are added. Takes about 600 bytes of memory a text, and 1,500 of the file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._ids: list[str] = []
        self._keys: list[str] = []
        self._days = array("l")
        self._ends = array("q", [0])
        self._marks = array("I")
        self._marked = array("l")
        self._digests: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, text: Text) -> None:
        """Put a text on the shelf."""
        told = text.words.tobytes()
        self._file.seek(4 * self._ends[-1])
        self._file.write(told)
        self._ids.append(text.id)
        self._keys.append(text.key)
        self._days.append(text.day)
        self._ends.append(self._ends[-1] + len(text.words))
        self._marks.frombytes(text.marks.tobytes())
        self._marked.append(len(text.marks))
        self._digests.append(blake2b(told, digest_size=16).digest())

    def id(self, number: int) -> str:
        """The id of a text."""
        return self._ids[number]

    def words(self, number: int) -> Words:
        """The words of a text."""
        self._file.seek(4 * self._ends[number])
        return np.frombuffer(self._file.read(4 * (self._ends[number + 1] - self._ends[number])), np.uint32)

    def firsts(self, apply: Apply = map) -> list[tuple[int, float]]:
        """For each text, the number of the first text that it is a copy of, and how much of it stands there.

        A text that copies nothing has itself, with 1.0. The first is the earliest published,
        undated texts last, then the smallest id. The result does not depend on the order in
        which the texts were added.
        """
        alike = self._alike()
        found = [(number, 1.0) for number in range(len(self))]
        shares = dict(self._copies(alike, apply))
        unknown: list[tuple[int, int]] = []
        grouped = groups([self._days[members[0]] for members in alike], shares)
        alone = set(range(len(alike))).difference(*grouped)
        for group in (*grouped, *([one] for one in alone if len(alike[one]) > 1)):
            first = alike[group[0]][0]
            for one in group:
                known = 1.0 if one == group[0] else shares.get((group[0], one), (0.0, None))[1]
                for number in alike[one]:
                    if known is None:
                        unknown.append((number, first))
                    else:
                        found[number] = first, known
        portions = ([(self.words(a), self.words(b)) for a, b in some] for some in _portions(unknown))
        for (number, first), part in zip(unknown, chain.from_iterable(apply(_shares, portions)), strict=True):
            found[number] = first, part
        return found

    def _age(self, number: int) -> tuple[int, str, str]:
        return self._days[number], self._ids[number], self._keys[number]

    def _alike(self) -> list[list[int]]:
        """The texts by age, those of the very same words together; those without words are left out."""
        found: defaultdict[bytes, list[int]] = defaultdict(list)
        for number in sorted(range(len(self)), key=self._age):
            if self._marked[number]:
                found[self._digests[number]].append(number)
        return list(found.values())

    def _copies(self, alike: list[list[int]], apply: Apply) -> Iterator[tuple[Pair, Shares]]:
        """The pairs of which one is a copy, by their places in `alike`, with the share of each in the other."""
        ends = np.concatenate(([0], np.cumsum(self._marked)))
        every = np.frombuffer(self._marks, np.uint32) if self._marks else np.empty(0, np.uint32)
        marks = [every[ends[members[0]] : ends[members[0] + 1]] for members in alike]
        for met in pairs(marks):
            # In order, so that the pairs of one text come together and it is made ready once.
            numbers = sorted(met.tolist())
            portions = (
                [(self.words(alike[a][0]), self.words(alike[b][0])) for a, b in some] for some in _portions(numbers)
            )
            for (a, b), shares in zip(numbers, chain.from_iterable(apply(_compared, portions)), strict=True):
                if shares:
                    yield (a, b), shares


def _portions(items: list[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, PORTION)):
        yield some


def _compared(texts: list[tuple[Words, Words]]) -> list[Shares | None]:
    return [compare(a, b) for a, b in texts]


def _shares(texts: list[tuple[Words, Words]]) -> list[float]:
    return [share(a, b) for a, b in texts]
