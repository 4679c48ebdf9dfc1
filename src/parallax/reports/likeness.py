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
from hashlib import blake2b

from parallax.reports.passages import Common, Ready, common, ready, shared
from parallax.reports.wording import Words

HEADLINE = 16
TOP = 50
# A wording that differs in fewer figures may have corrected them.
FIGURES = 3
# What so many pairs came to is remembered: whoever adds reports one by one meets the same pairs each time.
PAIRS = 1 << 16
BIAS, OWN, OTHER, FIRST, TELLING = -14.74, 11.16, 7.09, 2.48, 5.77


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a copy, each from 0 to 1."""

    own: float
    other: float
    top: float
    telling: float


Shares = tuple[float, float]
_remembered: dict[tuple[bytes, bytes], Shares | None] = {}


def compare(a: Words, b: Words) -> Shares | None:
    """How much of `a` stands in `b` and of `b` in `a`, if one is a copy of the other; None if not."""
    one, other = a.tobytes(), b.tobytes()
    if one == other:
        return (1.0, 1.0) if one else None
    pair = _name(one), _name(other)
    try:
        return _remembered[pair]
    except KeyError:
        found = _compared(one, other)
    if len(_remembered) >= PAIRS:
        _remembered.clear()
    _remembered[pair] = found
    return found


def _name(told: bytes) -> bytes:
    return blake2b(told, digest_size=16).digest()


def _compared(one: bytes, other: bytes) -> Shares | None:
    turned = (len(other), other) < (len(one), one)
    short, long = (ready(other), ready(one)) if turned else (ready(one), ready(other))
    both = shared(short, long)
    if not both.a.spans or both.changed >= max(FIGURES, both.kept + 1) or weigh(evidence(short, both)) < 0:
        return None
    return (both.b.share, both.a.share) if turned else (both.a.share, both.b.share)


def evidence(shorter: Ready, found: Common) -> Evidence:
    """What speaks for a copy in what the shorter text shares with a longer one, which is something."""
    covered, other, told = found.a, found.b, shorter.told
    begins = min(HEADLINE, covered.spans[0][0])
    top = min(TOP, other.length)
    return Evidence(
        own=covered.number(begins) / (covered.length - begins),
        other=other.share,
        top=other.number(0, top) / top,
        telling=sum(told[end] - told[start] for start, end in covered.spans) / (told[-1] - told[begins]),
    )


def weigh(seen: Evidence) -> float:
    """The logarithm of the odds that it is a copy."""
    return BIAS + OWN * seen.own + OTHER * seen.other + FIRST * seen.top + TELLING * seen.telling


def share(words: Words, other: Words) -> float:
    """How much of the first text stands in the other, 0 to 1."""
    one, two = words.tobytes(), other.tobytes()
    if one == two:
        return 1.0 if one else 0.0
    if not one or not two:
        return 0.0
    if (len(two), two) < (len(one), one):
        return common(other, words).b.share
    return common(words, other).a.share
