"""Whether of two texts one is a copy of the other, and how much of each stands in the other.

Four things are looked at, each with a weight, added up (`weigh`):

- **own**: how much of the shorter text stands in the longer. What comes before its first
  shared passage, `HEADLINE` words at most, is held a new headline and left out of account.
- **other**: how much of the longer text stands in the shorter. Two wordings of one wire text
  lie in each other; a shared paragraph of background is little of a long story.
- **top**: how much of the longer text's first `TOP` words is shared. A story begins with its
  news and ends with its background, and it is the background that stories of one agency share.
- **telling**: `own` again, each word counted by what it tells, so that stock phrases count for less.

The weights are those of a logistic regression on pairs of the tuning half of
`benchmarks/copies` (`python -m benchmarks.copies --tune` prints them anew).

Texts whose passages differ in more figures than they agree in are no copies: so look two
days' reports by one formula.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parallax.reports.passages import Common, common
from parallax.reports.wording import Words, bits

HEADLINE = 16
TOP = 50
# A wording that differs in fewer figures may have corrected them.
FIGURES = 3
BIAS, OWN, OTHER, FIRST, TELLING = -14.74, 11.16, 7.09, 2.48, 5.77


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a copy, each from 0 to 1."""

    own: float
    other: float
    top: float
    telling: float


Shares = tuple[float, float]


def compare(a: Words, b: Words) -> Shares | None:
    """How much of `a` stands in `b` and of `b` in `a`, if one is a copy of the other; None if not."""
    if np.array_equal(a, b):
        return (1.0, 1.0) if len(a) else None
    if (len(b), b.tobytes()) < (len(a), a.tobytes()):
        found = compare(b, a)
        return (found[1], found[0]) if found else None
    shared = common(a, b)
    if not shared.a_covered.any() or shared.changed >= max(FIGURES, shared.kept + 1) or weigh(evidence(a, shared)) < 0:
        return None
    return float(shared.a_covered.mean()), float(shared.b_covered.mean())


def evidence(shorter: Words, shared: Common) -> Evidence:
    """What speaks for a copy in what the shorter text shares with a longer one."""
    covered = shared.a_covered
    begins = min(HEADLINE, int(covered.argmax()))
    told = bits(shorter).astype(np.float64)[begins:]
    return Evidence(
        own=float(covered[begins:].mean()),
        other=float(shared.b_covered.mean()),
        top=float(shared.b_covered[:TOP].mean()),
        telling=float(told @ covered[begins:] / told.sum()),
    )


def weigh(seen: Evidence) -> float:
    """The logarithm of the odds that it is a copy."""
    return BIAS + OWN * seen.own + OTHER * seen.other + FIRST * seen.top + TELLING * seen.telling


def share(words: Words, other: Words) -> float:
    """How much of the first text stands in the other, 0 to 1."""
    if np.array_equal(words, other):
        return 1.0 if len(words) else 0.0
    if not len(words) or not len(other):
        return 0.0
    if (len(other), other.tobytes()) < (len(words), words.tobytes()):
        return float(common(other, words).b_covered.mean())
    return float(common(words, other).a_covered.mean())
