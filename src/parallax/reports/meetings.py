"""Which texts share marks: the pairs that are worth comparing, out of all pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from parallax.reports.wording import Marks

# Texts that share so many marks are compared.
MEET = 2
# And so much of the marks of the one that has fewer: a copy that is edited in one word of five keeps a quarter.
PART = 0.1
# A mark of more texts than this is a turn of phrase, and brings none of them together.
CROWD = 256
# So many pairs are counted at once: 8 bytes each, and as much again to sort them.
AT_ONCE = 40_000_000

Pairs = NDArray[np.uint32]


def meets(a: Marks, b: Marks) -> bool:
    """Whether two texts are worth comparing, as far as their own marks tell."""
    return len(np.intersect1d(a, b, assume_unique=True)) >= max(MEET, PART * min(len(a), len(b)))


def pairs(marks: Sequence[Marks]) -> Iterator[Pairs]:
    """The pairs of texts that meet, by their numbers: arrays of two columns, the smaller number first, sorted.

    The work grows with the marks, and with the pairs that meet; a million texts of 70 marks take
    under 2 GB.
    """
    sizes = np.array([len(one) for one in marks], np.int64)
    entries = np.empty(int(sizes.sum()), np.uint64)
    at = 0
    for number, one in enumerate(marks):
        entries[at : at + len(one)] = (one.astype(np.uint64) << np.uint64(32)) | np.uint64(number)
        at += len(one)
    entries.sort()
    entries, ends = _shelves(entries)
    holders = (entries & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    del entries
    for first, last in _portions(holders, ends, len(marks)):
        met, times = np.unique(_all_pairs(holders, ends, first, last), return_counts=True)
        a, b = (met >> np.uint64(32)).astype(np.uint32), (met & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        close = times >= np.maximum(MEET, PART * np.minimum(sizes[a], sizes[b]))
        yield np.stack([a[close], b[close]], axis=1)


def _shelves(entries: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The entries whose mark stands in several texts but not in a crowd, and for each where its mark's entries end."""
    values = (entries >> np.uint64(32)).astype(np.uint32)
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.empty(0, int)
    lengths = np.diff(np.concatenate((starts, [len(values)])))
    shared = (lengths > 1) & (lengths <= CROWD)
    kept = entries[np.repeat(shared, lengths)]
    lengths = lengths[shared]
    return kept, np.repeat(np.cumsum(lengths), lengths)


def _portions(holders: NDArray[np.uint32], ends: NDArray[np.int64], count: int) -> Iterator[tuple[int, int]]:
    """Ranges of texts that are the first of about `AT_ONCE` pairs each."""
    per_text = np.bincount(holders, weights=ends - np.arange(len(ends)) - 1, minlength=count)
    reached = np.cumsum(per_text)
    first = 0
    while first < count:
        before = reached[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(reached, before + AT_ONCE, "right")))
        yield first, last
        first = last


def _all_pairs(holders: NDArray[np.uint32], ends: NDArray[np.int64], first: int, last: int) -> NDArray[np.uint64]:
    """Each pair of texts as often as they share a mark, where the smaller number is in the range."""
    at = np.flatnonzero((holders >= first) & (holders < last))
    found: list[NDArray[np.uint64]] = []
    step = 1
    while len(at := at[at + step < ends[at]]):
        found.append((holders[at].astype(np.uint64) << np.uint64(32)) | holders[at + step])
        step += 1
    return np.concatenate(found) if found else np.empty(0, np.uint64)
