"""What two texts have in common, passage by passage.

A passage is a stretch of one text that stands in the other too, in the same order, a few
words changed: it grows from runs of `SEED` words that both have, over gaps of at most `GAP`
words in either text. Passages may stand anywhere, in any order, so moved paragraphs are
found as well as a trim. A passage that tells less than `LEAST` bits in its common words is a
turn of phrase, and counts for nothing.

This is local alignment by seed and chain, as in the comparison of long sequences (Altschul
and others, 1990), over words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallax.reports.wording import Words, are_figures, bits, runs

SEED = 3
GAP = 4
LEAST = 50
# So many places of one run in the other text are looked at.
PLACES = 8


@dataclass(frozen=True, slots=True)
class Common:
    """Which words of each of two texts lie in passages that they share.

    `kept` of the figures inside the passages are the same in both, `changed` are not.
    """

    a_covered: NDArray[np.bool_]
    b_covered: NDArray[np.bool_]
    kept: int
    changed: int


@dataclass(slots=True)
class _Chain:
    """A passage, in `a` and in `b`: where it begins and ends."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int

    def takes(self, block: _Chain) -> bool:
        """Whether the block goes on with this passage, after some words put in or left out."""
        return (
            self.a_end - SEED < block.a_start <= self.a_end + GAP
            and self.b_end - SEED < block.b_start <= self.b_end + GAP
            and block.a_end > self.a_end
        )


def common(a: Words, b: Words) -> Common:
    """What `a` and `b` have in common."""
    a_covered, b_covered = np.zeros(len(a), np.bool_), np.zeros(len(b), np.bool_)
    chains, seen = _chains(a, b)
    told = np.concatenate(([0], np.cumsum(bits(a) * seen, dtype=np.int64)))
    a_figures, b_figures = a * are_figures(a), b * are_figures(b)
    kept = changed = 0
    for chain in chains:
        if told[chain.a_end] - told[chain.a_start] < LEAST:
            continue
        a_covered[chain.a_start : chain.a_end] = True
        b_covered[chain.b_start : chain.b_end] = True
        mine = a_figures[chain.a_start : chain.a_end]
        theirs = b_figures[chain.b_start : chain.b_end]
        mine, theirs = mine[mine > 0], theirs[theirs > 0]
        alike = len(mine) if np.array_equal(mine, theirs) else _in_both(mine, theirs)
        kept += alike
        changed += max(len(mine), len(theirs)) - alike
    return Common(a_covered, b_covered, kept, changed)


def _in_both(mine: Words, theirs: Words) -> int:
    return (Counter(mine.tolist()) & Counter(theirs.tolist())).total()


def _chains(a: Words, b: Words) -> tuple[list[_Chain], NDArray[np.bool_]]:
    """The passages, in the order of `a`, and which words of `a` stand in a run that `b` has too."""
    seen = np.zeros(len(a), np.bool_)
    a_runs, b_runs = runs(a, SEED), runs(b, SEED)
    order = np.argsort(b_runs, kind="stable")
    ordered = b_runs[order]
    low = np.searchsorted(ordered, a_runs, "left")
    times = np.minimum(np.searchsorted(ordered, a_runs, "right") - low, PLACES)
    for at in range(SEED):
        seen[at : at + len(times)] |= times > 0
    i = np.repeat(np.arange(len(times)), times)
    nth = np.arange(len(i)) - np.repeat(np.cumsum(times) - times, times)
    j = order[np.repeat(low, times) + nth]
    chains: list[_Chain] = []
    for block in _blocks(i, j):
        last = chains[-1] if chains else None
        if last and last.takes(block):
            last.a_end, last.b_end = block.a_end, max(last.b_end, block.b_end)
        elif last is None or block.a_start >= last.a_end:
            chains.append(block)
        elif block.a_end > last.a_end:
            overlap = last.a_end - block.a_start
            chains.append(_Chain(last.a_end, block.a_end, block.b_start + overlap, block.b_end))
    return chains, seen


def _blocks(i: NDArray[np.int64], j: NDArray[np.int64]) -> list[_Chain]:
    """Runs of seeds at one distance from each other in both texts, over gaps of words changed in place."""
    if not len(i):
        return []
    away = j - i
    order = np.lexsort((i, away))
    i, away = i[order], away[order]
    new = np.concatenate(([True], (away[1:] != away[:-1]) | (np.diff(i) > SEED + GAP)))
    starts = np.flatnonzero(new)
    ends = np.concatenate((starts[1:], [len(i)])) - 1
    first, last, away = i[starts], i[ends] + SEED, away[starts]
    order = np.lexsort((away, -last, first))
    rows = zip(first[order].tolist(), last[order].tolist(), away[order].tolist(), strict=True)
    return [_Chain(start, end, start + off, end + off) for start, end, off in rows]
