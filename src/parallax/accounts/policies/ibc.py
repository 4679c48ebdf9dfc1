"""The policy `ibc`: civilians, on two independent sources; on one, the numbers are provisional.

Source: Iraq Body Count's method (minimum and maximum over the sources). Fighters are not
counted. A party's count of its enemy's losses bears on neither end.
"""

from __future__ import annotations

from collections.abc import Sequence

from parallax.accounts.losses import Losses
from parallax.accounts.origins import Said
from parallax.accounts.policy import (
    ALL_DISPUTED,
    NONE_UNDISPUTED,
    NOTHING,
    Ends,
    Policy,
    Say,
    claims_of,
    far_above,
    left,
    listed,
)
from parallax.accounts.quantify import ROUND_WORDS
from parallax.model import Bound, VictimClass


def admit(said: Said) -> str | None:
    """Fighters are not counted under this policy."""
    if said.losses is Losses.ENEMY:
        return f"a belligerent's count of its enemy's losses ({said.statement.voice.name})"
    if said.statement.claim.whom_class is VictimClass.COMBATANT:
        return "fighters: this policy counts civilians only"
    return None


def spread(says: Sequence[Say]) -> Ends:
    """Low and high: the lowest and highest number of the sources; provisional unless two are independent."""
    if not says:
        return Ends(Bound(None, NOTHING), Bound(None, NOTHING))
    totals = [say for say in says if not say.some_only and not say.vague] or list(says)
    firm = [say for say in totals if not say.doubted and say.sure is not None]
    sources = len({say.origin for say in totals if not say.doubted and not say.reckoning})
    mark = "" if sources >= 2 else "provisional (fewer than two independent origins): "
    top = max(say.high for say in totals)
    at_top = [say for say in totals if say.high == top]
    lowest = min((say.sure for say in firm if say.sure is not None), default=None)
    at_low = [say for say in firm if say.sure == lowest]

    def why_not(say: Say, setters: Sequence[Say], other: str) -> str | None:
        if say not in totals:
            return "names no figure" if say.vague else "gives no total"
        return None if say in setters else other

    def why_not_low(say: Say) -> str | None:
        if say in totals and say.doubted:
            return "reported with doubt: counts toward the high end only"
        if say in totals and say.is_all_disputed:
            return ALL_DISPUTED
        if say in totals and say.sure is None:
            return f"names a highest number only ({say.words})"
        return why_not(say, at_low, f"a higher number than {lowest}")

    aloof = far_above(top, (say.high for say in totals if say is not at_top[0]))
    names = listed([say.naming for say in at_top])
    out = left(says, lambda say: why_not(say, at_top, f"a lower number than {top}"))
    high = Bound(top, f"{mark}{top}: the highest number of the sources, {names}{aloof}", claims_of(at_top), out)
    if lowest is None:
        disputed = any(say.is_all_disputed for say in totals)
        words = NONE_UNDISPUTED if disputed else "unknown: no origin gives a least number without doubt"
        return Ends(Bound(None, words, (), left(says, why_not_low)), high)
    words = f"{mark}{lowest}: the lowest number of the sources, {listed([say.naming for say in at_low])}"
    return Ends(Bound(lowest, words, claims_of(at_low), left(says, why_not_low)), high)


IBC = Policy("ibc", "4", ROUND_WORDS, VictimClass.UNKNOWN, admit, spread)
