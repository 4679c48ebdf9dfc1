"""The policy `ucdp`: best, lowest reliable and highest reliable number, with the deaths of each side.

Source: the UCDP GED codebook. A number that its report doubts, and a party's count of its
enemy's losses, are not held to be reliable: they are used only where nothing else is known,
and then for the high end alone. Some of the people, counted without a total, are then the low end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parallax.accounts.origins import Said
from parallax.accounts.policy import (
    ALL_DISPUTED,
    NONE_UNDISPUTED,
    NOTHING,
    Ends,
    Policy,
    Say,
    agreed,
    claims_of,
    far_above,
    left,
    listed,
)
from parallax.accounts.quantify import ROUND_WORDS
from parallax.model import Bound, VictimClass


def admit(said: Said) -> str | None:
    """Every statement may bear on an end; how far is for `spread`."""
    return None


def why_unreliable(say: Say) -> str | None:
    """Why a number is not held to be reliable, None if it is."""
    if say.doubted:
        return "reported with doubt: not held to be reliable"
    if say.enemy:
        return "a belligerent's count of its enemy's losses: not held to be reliable"
    if say.vague:
        return "names no figure"
    if say.some_only:
        return "counts some of them only and gives no total"
    return None


def best_number(says: Sequence[Say]) -> int | None:
    """The number most origins give; where none leads, that of broad agreement."""
    numbers = [say.sure for say in says if say.sure is not None]
    ranked = Counter(numbers).most_common(2)
    if ranked and ranked[0][1] > 1 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    return agreed(says)


def spread(says: Sequence[Say]) -> Ends:
    """Best: the number most origins give. Low and high: the lowest and highest reliable ones."""
    if not says:
        return Ends(Bound(None, NOTHING), Bound(None, NOTHING), Bound(None, NOTHING))
    reliable = [say for say in says if why_unreliable(say) is None]
    if not reliable:
        parts = [say for say in says if (say.some_only or say.vague) and not say.doubted and not say.enemy]
        if len(parts) < len(says):
            return _unreliable(says, parts)
        reliable = parts

    def bound(value: int | None, setters: Sequence[Say], what: str) -> Bound:
        def reason(say: Say) -> str | None:
            if say in setters:
                return None
            if value is None and say.is_all_disputed:
                return ALL_DISPUTED
            return why_unreliable(say) if say not in reliable else f"not {what}"

        if value is None:
            disputed = any(say.is_all_disputed for say in reliable)
            words = NONE_UNDISPUTED if disputed else "unknown: only highest numbers are given"
            return Bound(None, words, (), left(says, reason))
        words = f"{value}: {what}, by {listed([say.naming for say in setters])}"
        return Bound(value, words, claims_of(setters), left(says, reason))

    lowest = min((say.sure for say in reliable if say.sure is not None), default=None)
    top = max(say.high for say in reliable)
    at_top = [say for say in reliable if say.high == top]
    aloof = far_above(top, (say.high for say in reliable if say is not at_top[0]))
    best = best_number(reliable)
    lows = [say for say in reliable if say.sure is not None]
    return Ends(
        bound(lowest, [say for say in lows if say.sure == lowest], "the lowest reliable number"),
        bound(top, at_top, f"the highest reliable number{aloof}"),
        bound(best, [say for say in lows if say.sure == best], "the most likely number"),
    )


def _unreliable(says: Sequence[Say], parts: Sequence[Say]) -> Ends:
    """A high end, where no total is held to be reliable; the low end is the most that one reliable origin counts."""
    value = max(say.high for say in says)
    setters = [say for say in says if say.high == value]
    words = f"{value}: the highest number given, by {listed([s.naming for s in setters])}; none is held to be reliable"
    out = left(says, lambda say: None if say in setters else why_unreliable(say))
    unknown = Bound(None, "unknown: no number is held to be reliable", (), left(says, why_unreliable))
    low, most = unknown, max((say.sure for say in parts if say.sure is not None), default=None)
    if most is not None:
        counted = [say for say in parts if say.sure == most]
        words = f"{most}: no reliable total; the most that one counts, {listed([say.naming for say in counted])}"
        low = Bound(most, words, claims_of(counted), left(says, lambda s: None if s in counted else why_unreliable(s)))
    return Ends(low, Bound(value, words, claims_of(setters), out), unknown)


UCDP = Policy("ucdp", "4", ROUND_WORDS, VictimClass.UNKNOWN, admit, spread, by_side=True)
