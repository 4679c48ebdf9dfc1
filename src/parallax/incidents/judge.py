"""What people decided about which claims are of one happening.

MERGE: the tellings that hold the named claims are of one happening. SPLIT: no two of the
tellings that hold the named claims are; a split of a single claim takes its telling out
of every incident that it was linked to. Where two judgements disagree, the later one
wins. The other verbs say nothing of linking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from parallax.model import Judgement, Telling, Verb


@dataclass(frozen=True, slots=True)
class Rulings:
    """Pairs of telling keys that must be together, or must not, and tellings that take no links."""

    together: frozenset[tuple[str, str]]
    asunder: frozenset[tuple[str, str]]
    alone: frozenset[str]


def rulings(tellings: Iterable[Telling], judgements: Sequence[Judgement]) -> Rulings:
    """What the judgements rule for these tellings; claims that none of them holds are passed over.

    Read from the latest to the earliest: an earlier ruling that contradicts a later one,
    be it through a third telling, is dropped.
    """
    holder = {claim: telling.key for telling in tellings for claim in telling.claims}
    home: dict[str, str] = {}
    together: set[tuple[str, str]] = set()
    asunder: set[tuple[str, str]] = set()
    alone: set[str] = set()
    merged: set[str] = set()

    def root(key: str) -> str:
        while home.setdefault(key, key) != key:
            key = home[key]
        return key

    def parted(a: str, b: str) -> bool:
        return any({root(x), root(y)} == {a, b} for x, y in asunder)

    order = [j for j in judgements if j.verb in (Verb.MERGE, Verb.SPLIT)]
    for judgement in sorted(order, key=lambda j: (j.at, j.verb, j.claims, j.who), reverse=True):
        held = sorted({holder[claim] for claim in judgement.claims if claim in holder})
        if judgement.verb is Verb.SPLIT and len(judgement.claims) == 1:
            alone.update(key for key in held if key not in merged)
        for a, b in combinations(held, 2):
            if judgement.verb is Verb.SPLIT:
                if root(a) != root(b):
                    asunder.add((a, b))
            elif not {a, b} & alone and not parted(root(a), root(b)):
                home[max(root(a), root(b))] = min(root(a), root(b))
                together.add((a, b))
                merged |= {a, b}
    return Rulings(frozenset(together), frozenset(asunder), frozenset(alone))
