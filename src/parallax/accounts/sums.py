"""Numbers of different people that one voice tells in one sentence, which make one number.

"The imam and three others were killed" are four; "ten members of the Novak family and nine of
the Petrov family" are nineteen. Neither is a part of the other, and neither is the voice's whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parallax.accounts.figures import BESIDES, Figure
from parallax.accounts.quantify import Spread
from parallax.model import Kind

# "Members of the Novak family": people told of by the name of a family or a house.
OF_A_FAMILY = re.compile(r"\b(?:family|families|clan|household)\b", re.IGNORECASE)
NAME = re.compile(r"(?<!\w)(?!(?:The|A|An|Our|Their|His|Its)\b)[^\W\d_a-z]\w*(?:[’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure with the number of others of its sentence added, and the keys of those."""

    figure: Figure
    added: tuple[str, ...]


def summed(figures: Sequence[Figure]) -> tuple[list[Figure], dict[str, str]]:
    """The figures with those of one breath added up, and why each of the added is no number of its own."""
    once = _listed_once(figures)
    figures = [figure for figure in figures if figure.key not in once]
    sentences: dict[tuple[str, str, int, str, bool], list[Figure]] = {}
    for figure in sorted(figures, key=lambda f: f.key):
        if not figure.spread.vague and figure.spread.top > 0:
            where = figure.claim.report, figure.origin, figure.claim.start, figure.whom_class.value, figure.is_doubted
            sentences.setdefault(where, []).append(figure)
    sums = [found for told in sentences.values() if len(told) > 1 and (found := _of(told)) is not None]
    replaced = {found.figure.key: found.figure for found in sums}
    out = {
        key: f"added to others of its sentence: {found.figure.spread.top} in all"
        for found in sums
        for key in found.added
    }
    return [replaced.get(figure.key, figure) for figure in figures if figure.key not in out], out | once


def _listed_once(figures: Sequence[Figure]) -> dict[str, str]:
    """Of figures that one sentence's words bring to one number of dead, all but the first, each with the reason."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str, int, int]] = set()
    for figure in sorted(figures, key=lambda f: (f.names_some, _place(f), f.key)):
        if figure.statement.dead:
            thing = figure.claim.report, figure.origin, figure.claim.start, figure.statement.dead
            if thing in seen:
                found[figure.key] = f"one of the {figure.statement.dead} whom its sentence tells of together"
            seen.add(thing)
    return found


def _of(told: Sequence[Figure]) -> Sum | None:
    """The sum of one sentence; None where its numbers are not of different people, or one of them is the sum."""
    parts = _besides(told) or _families(told)
    if len(parts) < 2:
        return None
    first = max(parts, key=lambda f: (not f.names_some, f.spread.top, f.key))
    top = sum(figure.spread.top for figure in parts)
    if any(figure.spread.top >= top for figure in told):
        return None
    lows = [figure.spread.low for figure in parts]
    low = None if None in lows else sum(low for low in lows if low is not None)
    others = [figure for figure in parts if figure is not first]
    words = " and ".join([first.spread.words, *(figure.spread.words for figure in others)])
    whole = replace(first, spread=Spread(low, top, f"{words}, {top} in all"))
    return Sum(whole, tuple(figure.key for figure in others))


def _besides(told: Sequence[Figure]) -> list[Figure]:
    """The largest number told in a sentence before that of the "others" killed besides, and that."""
    others = [figure for figure in told if figure.claim.kind is Kind.KILLED and _is_besides(figure)]
    if len(others) != 1:
        return []
    before = [figure for figure in told if figure is not others[0] and _place(figure) < _place(others[0])]
    return [max(before, key=lambda f: (f.spread.top, f.key)), *others] if before else []


def _place(figure: Figure) -> int:
    """Where the words for those counted begin; what has none stands at the end of all."""
    return figure.claim.whom.start if figure.claim.whom is not None else figure.claim.end


def _is_besides(figure: Figure) -> bool:
    words = [mention.text for mention in (figure.claim.whom, figure.claim.count) if mention is not None]
    return any(BESIDES.search(text) for text in words)


def _families(told: Sequence[Figure]) -> list[Figure]:
    """The numbers of a sentence that are of families of different names."""
    counted = [figure for figure in told if figure.claim.count is not None and figure.claim.whom is not None]
    named = {figure.key: _family(figure, counted) for figure in counted}
    found = [figure for figure in counted if named[figure.key]]
    apart = all(a is b or not named[a.key] & named[b.key] for a in found for b in found)
    return found if apart else []


def _family(figure: Figure, told: Sequence[Figure]) -> frozenset[str]:
    """The words of the name of the family that is counted; what another number of the sentence counts left out."""
    claim = figure.claim
    words = claim.whom.text if claim.whom else ""
    for other in told:
        if other is not figure and other.claim.count is not None:
            words = re.split(rf"\band {re.escape(other.claim.count.text)}\b", words, maxsplit=1)[0]
    if not OF_A_FAMILY.search(words) or (figure.names_people and figure.spread.top == 1):
        return frozenset()
    return frozenset(NAME.findall(words))
