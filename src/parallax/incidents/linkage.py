"""Average linkage under constraints: which of many seeds are one, by the sums of the links between them.

The two clusters with the best offer are joined, then the next, while any offer stands (Sokal
and Michener, 1958; the constraints as in Wagstaff and others, 2001). An offer between two clusters
that both are firm comes before one where one is, and this before one where none is. Among the
first and the last kind the higher average counts, in between the higher sum, and the smaller
numbers settle ties, so that nothing depends on the order of the links.

Sums are whole numbers, so they come to the same in whatever order they are added. The work
grows with the square of the number of seeds, and so does what is held: 20 bytes for each pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NONE = -np.inf


@dataclass(frozen=True, slots=True)
class Bar:
    """What an offer must reach: an average above `average`, or between a firm and another the share of pairs linked."""

    average: float
    share: float


def clusters(
    sizes: Sequence[int],
    firm: Sequence[bool],
    links: Iterable[tuple[int, int, int]],
    bar: Bar,
    may_join: Callable[[Sequence[int], Sequence[int]], bool],
) -> list[list[int]]:
    """The seeds, by number, in clusters; the clusters by their smallest numbers.

    `sizes` are how many members each seed has, and `links` two seeds with the score of a pair of
    their members, each pair once; a pair without a link counts 0. `may_join` says of two clusters whether
    nothing keeps them apart; what keeps two apart keeps every cluster apart that holds them.
    """
    count = len(sizes)
    total, linked = np.zeros((count, count), np.int64), np.zeros((count, count), np.int32)
    made = np.array(list(links), np.int64).reshape(-1, 3)
    for one, other in ((0, 1), (1, 0)):
        np.add.at(total, (made[:, one], made[:, other]), made[:, 2])
        np.add.at(linked, (made[:, one], made[:, other]), 1)
    state = _State(total, linked, np.array(sizes, np.int64), np.array(firm, np.bool_), bar)
    members = [[number] for number in range(count)]
    while (offer := state.best()) is not None:
        one, other = offer
        if may_join(members[one], members[other]):
            state.join(one, other)
            members[one], members[other] = sorted(members[one] + members[other]), []
        else:
            state.refuse(one, other)
    return [some for some in members if some]


class _State:
    """The clusters so far, each under its smallest seed's number, and what every pair of them offers."""

    def __init__(
        self,
        total: NDArray[np.int64],
        linked: NDArray[np.int32],
        size: NDArray[np.int64],
        firm: NDArray[np.bool_],
        bar: Bar,
    ) -> None:
        self._total, self._linked, self._size, self._firm, self._bar = total, linked, size, firm, bar
        self._offer = np.full(total.shape, _NONE)
        # For each cluster the best that it is offered, by how many of the two are not firm.
        self._best = np.full((len(size), 3), _NONE)
        for number in range(len(size)):
            self._offer[number] = self._offers(number)
        self._look_again(np.arange(len(size)))

    def best(self) -> tuple[int, int] | None:
        """The two clusters to join next, the smaller number first; None if nothing is offered."""
        for stage in range(3):
            row = int(self._best[:, stage].argmax()) if len(self._best) else 0
            if len(self._best) and (top := self._best[row, stage]) > _NONE:
                fits = (self._offer[row] == top) & (2 - int(self._firm[row]) - self._firm == stage)
                return row, int(fits.argmax())
        return None

    def join(self, one: int, other: int) -> None:
        """Let the second be part of the first."""
        stale = self._leans_on(one) | self._leans_on(other)
        for sums in (self._total, self._linked):
            sums[one] += sums[other]
            sums[one, [one, other]] = sums[other] = 0
            sums[:, one], sums[:, other] = sums[one], 0
        self._size[one] += self._size[other]
        self._firm[one] |= self._firm[other]
        self._offer[other] = self._offer[:, other] = _NONE
        self._offer[one] = self._offer[:, one] = self._offers(one)
        self._best[other] = _NONE
        offered = self._offer[one]
        stage = 2 - int(self._firm[one]) - self._firm
        rows = np.arange(len(offered))
        self._best[rows, stage] = np.maximum(self._best[rows, stage], offered)
        stale[one], stale[other] = True, False
        self._look_again(np.flatnonzero(stale))

    def refuse(self, one: int, other: int) -> None:
        """Take the offer of these two away, until one of them grows."""
        self._offer[one, other] = self._offer[other, one] = _NONE
        self._look_again(np.array([one, other]))

    def _offers(self, number: int) -> NDArray[np.float64]:
        """What each other cluster offers this one."""
        linked, pairs = self._linked[number], self._size[number] * self._size
        average = self._total[number] / pairs
        mixed = self._firm != self._firm[number]
        stands = (linked > 0) & ((average > self._bar.average) | (mixed & (linked / pairs >= self._bar.share)))
        return np.where(stands, np.where(mixed, self._total[number], average), _NONE)

    def _leans_on(self, number: int) -> NDArray[np.bool_]:
        """The clusters whose best offers may be those of this one."""
        offered = self._offer[number]
        leans: NDArray[np.bool_] = (offered > _NONE) & (self._best == offered[:, None]).any(axis=1)
        return leans

    def _look_again(self, rows: NDArray[np.int64]) -> None:
        offered, firm = self._offer[rows], self._firm[rows]
        to_firm = np.where(self._firm, offered, _NONE).max(axis=1, initial=_NONE)
        to_others = np.where(self._firm, _NONE, offered).max(axis=1, initial=_NONE)
        self._best[rows, 0] = np.where(firm, to_firm, _NONE)
        self._best[rows, 1] = np.where(firm, to_others, to_firm)
        self._best[rows, 2] = np.where(firm, _NONE, to_others)
