"""The policy `acled`: one conservative number, the same for low, high and best.

Source: the ACLED codebook: the most conservative estimate of the reports; tens are 10,
dozens 12, hundreds 100.
"""

from __future__ import annotations

from collections.abc import Sequence

from parallax.accounts.origins import Said
from parallax.accounts.policy import ALL_DISPUTED, NONE_UNDISPUTED, NOTHING, Ends, Policy, Say, claims_of, left, listed
from parallax.accounts.quantify import ACLED_WORDS
from parallax.model import Bound, VictimClass


def admit(said: Said) -> str | None:
    """Every statement may bear on the number; how far is for `spread`."""
    return None


def rank(say: Say) -> int:
    """How little a number can carry: the doubted last, before them enemy counts, parts and vague words."""
    return 2 if say.doubted else 1 if say.enemy or say.some_only or say.vague else 0


def spread(says: Sequence[Say]) -> Ends:
    """The lowest number that the best-placed origins give."""
    if not says:
        unknown = Bound(None, NOTHING)
        return Ends(unknown, unknown, unknown)
    counting = [say for say in says if not say.is_all_disputed]
    if not counting:
        unknown = Bound(None, NONE_UNDISPUTED, (), left(says, lambda _: ALL_DISPUTED))
        return Ends(unknown, unknown, unknown)
    first = min(rank(say) for say in counting)
    used = [say for say in counting if rank(say) == first]
    lowest = min(say.high if say.sure is None else say.sure for say in used)
    setters = [say for say in used if (say.high if say.sure is None else say.sure) == lowest]

    def reason(say: Say) -> str | None:
        if say in setters:
            return None
        if say in used:
            return f"a higher number than the conservative {lowest}"
        if say.is_all_disputed:
            return ALL_DISPUTED
        if say.doubted:
            return "reported with doubt"
        if say.enemy:
            return "a belligerent's count of its enemy's losses"
        return "names no figure" if say.vague else "counts some of them only and gives no total"

    words = f"{lowest}: the most conservative number, by {listed([say.naming for say in setters])}"
    bound = Bound(lowest, words, claims_of(setters), left(says, reason))
    return Ends(bound, bound, bound)


ACLED = Policy("acled", "4", ACLED_WORDS, VictimClass.UNKNOWN, admit, spread, one_number=True)
