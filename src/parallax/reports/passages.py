"""What two texts have in common, passage by passage.

A passage is a stretch of one text that stands in the other too, in the same order, a few
words changed: it grows from runs of `SEED` words that both have, over gaps of at most `GAP`
words in either text. Passages may stand anywhere, in any order, so moved paragraphs are
found as well as a trim. A passage that tells less than `LEAST` bits in its common words is a
turn of phrase, and counts for nothing.

This is local alignment by seed and chain, as in the comparison of long sequences (Altschul
and others, 1990), over words.
A text is made ready once and kept a while, for it is mostly compared with many others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from parallax.reports.wording import Words, are_figures, bits, runs

SEED = 3
GAP = 4
LEAST = 50
# So many places of one run in the other text are looked at.
PLACES = 8
# So many texts are kept ready.
READY = 2048

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Covered:
    """Which words of a text of `length` words lie in shared passages: stretches, in order, that do not meet."""

    spans: tuple[Span, ...]
    length: int

    def number(self, first: int = 0, last: int | None = None) -> int:
        """How many of the words from `first` on, up to `last`, are covered."""
        end = self.length if last is None else last
        found = 0
        for start, stop in self.spans:
            if start < end and stop > first:
                found += (stop if stop < end else end) - (start if start > first else first)
        return found

    @property
    def share(self) -> float:
        """The part of the text that is covered, 0 to 1; 0 of a text without words."""
        return self.number() / self.length if self.length else 0.0


@dataclass(frozen=True, slots=True)
class Common:
    """What of each of two texts lies in passages that they share.

    `kept` of the figures inside the passages are the same in both, `changed` are not.
    """

    a: Covered
    b: Covered
    kept: int
    changed: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A text as it is compared.

    `runs` are the numbers of its runs of `SEED` words, `first` where each run stands first, `places`
    where those stand that come again, at most `PLACES` of them; `told[n]` are the bits that its first
    `n` words tell; `figures` and `figures_at` are its figures and where they stand.
    """

    length: int
    runs: tuple[int, ...]
    first: dict[int, int]
    places: dict[int, list[int]]
    told: tuple[int, ...]
    figures: tuple[int, ...]
    figures_at: tuple[int, ...]

    def figures_in(self, start: int, end: int) -> tuple[int, ...]:
        """The figures in a stretch."""
        return self.figures[bisect_left(self.figures_at, start) : bisect_left(self.figures_at, end)]


@lru_cache(maxsize=READY)
def ready(told: bytes) -> Ready:
    """A text, given as the bytes of its words, made ready to be compared."""
    words: Words = np.frombuffer(told, np.uint32)
    own = tuple(runs(words, SEED).tolist())
    # The last of equal keys stands in a dictionary, so that it is filled from the end.
    first = dict(zip(reversed(own), range(len(own) - 1, -1, -1), strict=True))
    places: dict[int, list[int]] = {}
    if len(first) < len(own):
        for at, run in enumerate(own):
            if first[run] != at:
                held = places.setdefault(run, [first[run]])
                if len(held) < PLACES:
                    held.append(at)
    figures = np.flatnonzero(are_figures(words))
    return Ready(
        length=len(words),
        runs=own,
        first=first,
        places=places,
        told=(0, *np.cumsum(bits(words), dtype=np.int64).tolist()),
        figures=tuple(words[figures].tolist()),
        figures_at=tuple(figures.tolist()),
    )


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
    return shared(ready(a.tobytes()), ready(b.tobytes()))


def shared(one: Ready, other: Ready) -> Common:
    """The same of two texts that are ready."""
    chains, seen = _chains(one, other)
    mine: list[Span] = []
    theirs: list[Span] = []
    kept = changed = 0
    for chain in chains:
        if _told(one.told, seen, chain) < LEAST:
            continue
        mine.append((chain.a_start, chain.a_end))
        theirs.append((chain.b_start, chain.b_end))
        ours = one.figures_in(chain.a_start, chain.a_end)
        others = other.figures_in(chain.b_start, chain.b_end)
        alike = len(ours) if ours == others else (Counter(ours) & Counter(others)).total()
        kept += alike
        changed += max(len(ours), len(others)) - alike
    return Common(
        Covered(tuple(_joined(mine)), one.length), Covered(tuple(_joined(theirs)), other.length), kept, changed
    )


def _told(told: Sequence[int], seen: Sequence[Span], chain: _Chain) -> int:
    """The bits of a passage's words that stand in runs of both texts."""
    first, last = chain.a_start, chain.a_end
    found = 0
    for start, end in seen:
        if start < last and end > first:
            found += told[end if end < last else last] - told[start if start > first else first]
    return found


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """The stretches in order, those that meet or overlap as one."""
    if len(spans) < 2:
        yield from spans
        return
    begun: Span | None = None
    for start, end in sorted(spans):
        if begun is None or start > begun[1]:
            if begun is not None:
                yield begun
            begun = start, end
        else:
            begun = begun[0], max(begun[1], end)
    if begun is not None:
        yield begun


def _chains(a: Ready, b: Ready) -> tuple[list[_Chain], list[Span]]:
    """The passages, in the order of `a`, and the stretches of `a` that stand in runs that `b` has too."""
    blocks, seen = _blocks(a, b)
    chains: list[_Chain] = []
    for block in blocks:
        last = chains[-1] if chains else None
        if last and last.takes(block):
            last.a_end, last.b_end = block.a_end, max(last.b_end, block.b_end)
        elif last is None or block.a_start >= last.a_end:
            chains.append(block)
        elif block.a_end > last.a_end:
            overlap = last.a_end - block.a_start
            chains.append(_Chain(last.a_end, block.a_end, block.b_start + overlap, block.b_end))
    return chains, seen


def _blocks(a: Ready, b: Ready) -> tuple[list[_Chain], list[Span]]:
    """Runs of seeds at one distance from each other in both texts, over gaps of words changed in place.

    In the order of `a`, of those that begin together the longest first; with the stretches of `a` that have seeds.
    """
    going: dict[int, list[int]] = {}
    found: list[list[int]] = []  # first seed, last seed, distance
    seen: list[list[int]] = []
    first, places = b.first, b.places
    for i, run in enumerate(a.runs):
        at = first.get(run)
        if at is None:
            continue
        held = places.get(run, (at,))
        if seen and i <= seen[-1][1]:
            seen[-1][1] = i + SEED
        else:
            seen.append([i, i + SEED])
        for j in held:
            block = going.get(j - i)
            if block is not None and i - block[1] <= SEED + GAP:
                block[1] = i
            else:
                going[j - i] = block = [i, i, j - i]
                found.append(block)
    found.sort(key=lambda block: (block[0], -block[1], block[2]))
    chains = [_Chain(i, last + SEED, i + away, last + SEED + away) for i, last, away in found]
    return chains, [(start, end) for start, end in seen]
