"""The policy `ibc`: civilians, on two independent sources; on one, the numbers are provisional.

Source: Iraq Body Count's method (minimum and maximum over the sources). Fighters are not
counted. A party's count of its enemy's losses bears on neither end.
"""

from __future__ import annotations

from collections.abc import Sequence

from parallax.accounts.losses import Losses
from parallax.accounts.origins import Said
from parallax.accounts.policy import NOTHING, Ends, Policy, Say, claims_of, left, listed
from parallax.accounts.quantify import AIRWARS_WORDS
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
    totals = [say for say in says if not say.some_only] or list(says)
    firm = [say for say in totals if not say.doubted and say.sure is not None]
    sources = len({say.origin for say in totals if not say.doubted and not say.reckoning})
    mark = "" if sources >= 2 else "provisional (fewer than two independent origins): "
    top = max(say.high for say in totals)
    at_top = [say for say in totals if say.high == top]
    some = left([say for say in says if say not in totals], lambda say: "counts some of them only and gives no total")
    doubted = left(
        [say for say in totals if say.doubted], lambda say: "reported with doubt: counts toward the high end only"
    )
    high = Bound(
        top,
        f"{mark}{top}: the highest number of the sources, {listed([s.naming for s in at_top])}",
        claims_of(at_top),
        some,
    )
    if not firm:
        return Ends(Bound(None, "unknown: no origin gives a least number without doubt", (), some + doubted), high)
    lowest = min(say.sure for say in firm if say.sure is not None)
    at_low = [say for say in firm if say.sure == lowest]
    words = f"{mark}{lowest}: the lowest number of the sources, {listed([s.naming for s in at_low])}"
    return Ends(Bound(lowest, words, claims_of(at_low), some + doubted), high)


IBC = Policy("ibc", "1", AIRWARS_WORDS, VictimClass.UNKNOWN, admit, spread)
