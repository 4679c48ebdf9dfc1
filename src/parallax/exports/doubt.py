"""How doubtful a reading is: the least sure of the whole claim and of its slots."""

from __future__ import annotations

from collections.abc import Iterable

from parallax.model import Claim

# Below this a calibrated certainty says that the reading is more often wrong than right.
DOUBTFUL = 0.5


def least(claim: Claim) -> float:
    """The lowest of the claim's certainty and those of its slots, 0 to 1."""
    return min(claim.certainty, *(value for _, value in claim.certainties), 1.0)


def is_doubtful(certainty: float) -> bool:
    """Whether a person should look at what the reader is only so sure of."""
    return certainty < DOUBTFUL


def doubtful_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, the most doubtful first; those alike by place in the text."""
    return tuple(sorted(claims, key=lambda claim: (least(claim), claim.start, claim.kind, claim.key)))
