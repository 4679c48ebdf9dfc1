"""What people decided about which claims are of one happening.

MERGE: the tellings that hold the named claims are of one happening. SPLIT: no two of the
named claims are, so each pair of tellings that hold them is kept apart, and a telling
that holds two of them is cut: the claim named first keeps the rest, each other one
stands by itself. A SPLIT that names one claim takes its telling out of every incident
that it was linked to. Where two judgements disagree, the later one wins. The other
verbs say nothing of linking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from parallax.model import Judgement, Telling, Verb, digest


@dataclass(frozen=True, slots=True)
class Rulings:
    """Pairs of telling keys that must be together, or must not, and tellings that take no links."""

    together: frozenset[tuple[str, str]]
    asunder: frozenset[tuple[str, str]]
    alone: frozenset[str]


def _latest_first(judgements: Iterable[Judgement]) -> list[Judgement]:
    decided = [j for j in judgements if j.verb in (Verb.MERGE, Verb.SPLIT)]
    return sorted(decided, key=lambda j: (j.at, j.verb, j.claims, j.who), reverse=True)


def divide(telling: Telling, judgements: Sequence[Judgement]) -> tuple[Telling, ...]:
    """The telling, cut as the judgements say; the first piece keeps its key."""
    own = set(telling.claims)
    left: set[str] = set()
    kept_together: list[set[str]] = []
    for judgement in _latest_first(judgements):
        named = [claim for claim in judgement.claims if claim in own]
        if judgement.verb is Verb.MERGE:
            kept_together.append(set(named))
        elif named:
            for claim in named[1:]:
                if not any({named[0], claim} <= together for together in kept_together):
                    left.add(claim)
    rest = tuple(claim for claim in telling.claims if claim not in left)
    if not rest:
        rest, left = (min(left),), left - {min(left)}
    pieces = [replace(telling, key=digest(telling.key, claim), claims=(claim,)) for claim in sorted(left)]
    return (replace(telling, claims=rest), *pieces)


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

    for judgement in _latest_first(judgements):
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
