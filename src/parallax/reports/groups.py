"""From pairs of copies to groups of one text: what is a trim, what grew, what is a round-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

# Two texts of which each stands so much in the other are two wordings of one.
WORDINGS = 0.6
# How much of a longer, later text a shorter one must make up for it to be the same text, grown.
GROWN = 0.3

Pair = tuple[int, int]


def groups(days: Sequence[int], pairs: Mapping[Pair, tuple[float, float]]) -> list[list[int]]:
    """The groups of two and more texts that are one, each sorted; texts are numbers, the older the smaller.

    `days` are the texts' days, undated ones later than any; `pairs` are those of which one
    is a copy of the other, with the share of each in the other.

    Two texts that are mostly in each other belong together. Where a short text is all in a
    long one, either the short one is a trim of the long one, or the long one took it in
    among other matter. It is a trim where the long one is older or as old: cutting is
    commoner than compiling. A trim belongs to one text, the one that has most of it, so
    that a cut that is all background does not make one of the stories that share it.
    Otherwise the long one counts as a copy only if the short one makes up at least `GROWN`
    of it, and it is left alone if it took in two texts that are no copies of each other:
    it is a round-up then.
    """
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while (above := parent.setdefault(number, number)) != number:
            parent[number] = parent[above]
            number = above
        return number

    def join(a: int, b: int) -> None:
        first, second = sorted((root(a), root(b)))
        parent[second] = first

    trims: defaultdict[int, list[tuple[float, float, int]]] = defaultdict(list)
    takes: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for (a, b), (a_in_b, b_in_a) in pairs.items():
        short, long = (a, b) if a_in_b > b_in_a else (b, a)
        whole, part = max(a_in_b, b_in_a), min(a_in_b, b_in_a)
        if part >= WORDINGS:
            join(a, b)
        elif days[long] <= days[short]:
            trims[short].append((-whole, -part, long))
        else:
            takes[long].append((short, part))
    for short, longs in trims.items():
        join(short, min(longs)[2])
    alike = {short: root(short) for shorts in takes.values() for short, _ in shorts}
    for long, shorts in takes.items():
        if len({alike[short] for short, _ in shorts}) == 1:
            for short, part in shorts:
                if part >= GROWN:
                    join(short, long)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(parent):
        found[root(number)].append(number)
    return [group for group in found.values() if len(group) > 1]
