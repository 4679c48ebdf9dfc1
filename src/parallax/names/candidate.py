"""A stretch of text that may name a place, and what those beside each other say of one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from parallax.names.entry import Entry, within

_COMMA_IN = re.compile(r",\s|\s?\(|,? in (?:the )?|,? in the (?:state|province|governorate) of ")
_ALIKE = re.compile(r", (?:and |or )?| and | or | & |/|-")


class Sign(IntEnum):
    """How plainly the words around say that a place is meant."""

    AGAINST = 0
    NONE = 1
    WEAK = 2
    STRONG = 3


@dataclass(slots=True)
class Candidate:
    """A stretch of text that may name a place, and the gazetteer's entries for it.

    `feature` is the word for its kind that stands with it ("county", "village");
    `container` the regions that the text says it lies in; `likeness` tells that the
    entries were found by `Gazetteer.like` and not by the name as written, `plain` that
    the words say it is a place even if none of the entries will do.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    sign: Sign = Sign.NONE
    feature: str | None = None
    street: bool = False
    container: tuple[Entry, ...] = ()
    likeness: bool = False
    plain: bool = True


def contain(text: str, found: Sequence[Candidate]) -> None:
    """Give each name the region after its comma: "Alexandria, Louisiana", "Springfield (Ill.)"."""
    for inner, outer in pairwise(found):
        gap = text[inner.end : outer.start]
        if len(gap) > 30 or not outer.entries or inner.street:
            continue
        regions = tuple([entry for entry in outer.entries if entry.region])
        if not regions or not _COMMA_IN.fullmatch(gap):
            continue
        inside = any(within(entry, region) for entry in inner.entries for region in regions)
        if inside:
            inner.container = regions
            inner.sign = outer.sign = Sign.STRONG


def share_signs(text: str, found: Sequence[Candidate]) -> None:
    """Names in one list are of one sort: "Litchfield, Winsted and Torrington"."""
    for _ in range(2):
        for one, other in pairwise(found):
            gap = text[one.end : other.start]
            if len(gap) < 7 and _ALIKE.fullmatch(gap) and not one.street and not other.street:
                signs = sorted((one.sign, other.sign))
                if signs[0] in (Sign.NONE, Sign.WEAK) and signs[1] is Sign.STRONG:
                    one.sign = max(one.sign, Sign.WEAK)
                    other.sign = max(other.sign, Sign.WEAK)
