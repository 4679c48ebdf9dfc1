"""Lists of quantities: "three women, two children and a man" is six in all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parallax.claims.nouns import Unit
from parallax.claims.quantity import Quantity
from parallax.model import Count

_INCLUDING = re.compile(
    r"\b(?:including|includes?|included|incl\.?|(?:among|of) (?:them|whom|which))[:,]?\s+$", re.IGNORECASE
)
_SUMMED = frozenset((Unit.PEOPLE, Unit.HOUSEHOLDS, Unit.THINGS, Unit.PLACES, Unit.WEAPONS))
_JOINT = re.compile(
    r"\s*(?:,|,?\s*(?:and|&|plus)|,?\s*as well as|,?\s*along with|,?\s*together with)\s*", re.IGNORECASE
)
_AND = re.compile(r"and|&|plus|with|as well", re.IGNORECASE)


def _joined(text: str, one: Quantity, other: Quantity) -> bool:
    return bool(
        one.unit in _SUMMED
        and other.unit is one.unit
        and one.noun is not None
        and other.noun is not None
        and "zero" not in (one.form, other.form)
        and _JOINT.fullmatch(text, one.span_end, other.start)
    )


def spread_partial(text: str, singles: list[Quantity]) -> list[Quantity]:
    """ "including two women and five children": what is true of the first part holds for the list."""
    spread: list[Quantity] = []
    inside = False
    for quantity in singles:
        inside = _INCLUDING.search(text, max(0, quantity.start - 16), quantity.start) is not None or (
            inside and _joined(text, spread[-1], quantity)
        )
        spread.append(replace(quantity, partial=True) if inside else quantity)
    return spread


def combined(text: str, singles: Sequence[Quantity]) -> Iterator[Quantity]:
    """The sums of coordinated lists: "three women, two children and a man" is 6."""
    chain: list[Quantity] = []
    for quantity in (*singles, None):
        if chain and quantity is not None and _joined(text, chain[-1], quantity):
            chain.append(quantity)
            continue
        if len(chain) > 1 and any(_AND.search(text, one.span_end, other.start) for one, other in pairwise(chain)):
            yield _sum(text, chain)
        chain = [quantity] if quantity is not None else []


def _sum(text: str, chain: Sequence[Quantity]) -> Quantity:
    lows = [q.count.low for q in chain]
    highs = [q.count.high for q in chain]
    low = sum(one or 0 for one in lows) if any(one is not None for one in lows) else None
    high = sum(one or 0 for one in highs) if all(one is not None for one in highs) else None
    start, end = chain[0].start, chain[-1].span_end
    count = Count(low, high, text[start:end])
    return Quantity(
        start, end, count, chain[0].form, chain[0].unit, text[start:end], start, end, chain[-1].head,
        chain[0].partial, True, chain[-1].mixed,
    )  # fmt: skip
