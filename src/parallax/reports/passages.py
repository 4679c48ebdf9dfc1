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
    """What a text shares with another: words of each, by count and by what they tell.

    `kept` of the figures inside the passages are the same in both, `changed` are not.
    """

    a_covered: NDArray[np.bool_]
    b_covered: NDArray[np.bool_]
    same: int
    kept: int
    changed: int
    longest: int


@dataclass(slots=True)
class _Chain:
    a: list[tuple[int, int]]
    b: list[tuple[int, int]]

    def reaches(self, i: int, j: int) -> bool:
        """Whether a seed at i and j goes on with this passage."""
        i_end, j_end = self.a[-1][1], self.b[-1][1]
        i_on, j_on = i + SEED - i_end, j + SEED - j_end
        if i < i_end or j < j_end:
            return i_on == j_on and i_on > 0
        return i - i_end <= GAP and j - j_end <= GAP

    def add(self, i: int, j: int) -> None:
        if i <= self.a[-1][1] and i - self.a[-1][1] == j - self.b[-1][1]:
            self.a[-1], self.b[-1] = (self.a[-1][0], i + SEED), (self.b[-1][0], j + SEED)
        else:
            self.a.append((i, i + SEED))
            self.b.append((j, j + SEED))


def common(a: Words, b: Words) -> Common:
    """What `a` and `b` have in common."""
    a_covered, b_covered = np.zeros(len(a), np.bool_), np.zeros(len(b), np.bool_)
    a_told = np.concatenate(([0], np.cumsum(bits(a), dtype=np.int64)))
    a_figures, b_figures = are_figures(a), are_figures(b)
    same = kept = changed = longest = 0
    for chain in _chains(a, b):
        if sum(int(a_told[end] - a_told[start]) for start, end in chain.a) < LEAST:
            continue
        first, last = chain.a[0][0], chain.a[-1][1]
        b_first, b_last = chain.b[0][0], chain.b[-1][1]
        a_covered[first:last] = True
        b_covered[b_first:b_last] = True
        same += sum(end - start for start, end in chain.a)
        longest = max(longest, last - first)
        mine = Counter(a[first:last][a_figures[first:last]].tolist())
        theirs = Counter(b[b_first:b_last][b_figures[b_first:b_last]].tolist())
        alike = (mine & theirs).total()
        kept += alike
        changed += max(mine.total(), theirs.total()) - alike
    return Common(a_covered, b_covered, same, kept, changed, longest)


def _chains(a: Words, b: Words) -> list[_Chain]:
    a_runs, b_runs = runs(a, SEED), runs(b, SEED)
    order = np.argsort(b_runs, kind="stable")
    ordered = b_runs[order]
    low, high = np.searchsorted(ordered, a_runs, "left"), np.searchsorted(ordered, a_runs, "right")
    chains: list[_Chain] = []
    for i in np.flatnonzero(high > low).tolist():
        places = order[low[i] : min(high[i], low[i] + PLACES)].tolist()
        open_ = chains[-1] if chains else None
        onward = [j for j in places if open_ is not None and open_.reaches(i, j)]
        if open_ is not None and onward:
            open_.add(i, min(onward))
        elif open_ is None or i >= open_.a[-1][1]:
            chains.append(_Chain([(i, i + SEED)], [(places[0], places[0] + SEED)]))
    return chains
