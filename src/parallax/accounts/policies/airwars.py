"""The policy `airwars`: a low end of broad agreement, a high end of all that can be put to the incident.

Source: Airwars' casualty recording method and its published cases. People of whom no more
is said count as civilians; a party's word that it killed militants is context; what is
uncorroborated or doubted counts toward the high end only.
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
    agreed,
    claims_of,
    highest,
    left,
    listed,
)
from parallax.accounts.quantify import AIRWARS_WORDS
from parallax.model import Bound, VictimClass


def admit(said: Said) -> str | None:
    """A party's count of the fighters that it says it killed is context, not a finding."""
    if said.losses is Losses.ENEMY:
        return f"a belligerent's count of its enemy's losses ({said.statement.voice.name}): context, not a finding"
    return None


def why_not_low(say: Say, has_total: bool, has_dead: bool) -> str | None:
    """Why a saying cannot set the low end, None if it can."""
    if say.doubted:
        return "reported with doubt: counts toward the high end only"
    if say.low is None:
        return f"names a highest number only ({say.words})"
    if say.is_all_disputed:
        return ALL_DISPUTED
    if say.quoted_under is not None:
        return f"the one report that quotes it reckons with {say.quoted_under}"
    if say.high == 0 and has_dead:
        return "tells of nobody, where another origin counts some by name or number"
    if has_total and say.vague:
        return "names no figure"
    if has_total and say.some_only:
        return "counts some of them only and gives no total"
    return None


def low_end(says: Sequence[Say]) -> Bound:
    """The number of broad agreement among the independent origins."""
    if not says:
        return Bound(None, NOTHING)
    has_dead = any(not say.vague and not say.doubted and say.sure for say in says)
    has_total = any(
        not say.some_only
        and not say.vague
        and not say.doubted
        and say.sure is not None
        and (say.high > 0 or not has_dead)
        for say in says
    )
    reasons = {say.origin: why_not_low(say, has_total, has_dead) for say in says}
    usable = [say for say in says if reasons[say.origin] is None]
    value = agreed(usable) if has_total else max((say.sure for say in usable if say.sure is not None), default=None)
    if value is None:
        disputed = any(reason == ALL_DISPUTED for reason in reasons.values())
        words = NONE_UNDISPUTED if disputed else "unknown: no origin gives a least number without doubt"
        return Bound(None, words, (), left(says, lambda s: reasons[s.origin]))
    setters = [say for say in usable if say.sure is not None and say.sure >= value]
    if not has_total:
        words = f"{value}: no origin gives a total; the most that one counts, {listed([say.naming for say in setters])}"
    elif len(usable) == 1:
        words = f"{value}: by the one origin that gives a least number, {setters[0].naming}"
    else:
        words = (
            f"{value}: reached by {len(setters)} of {len(usable)} independent origins, "
            f"{listed([say.naming for say in setters])}"
        )

    def reason(say: Say) -> str | None:
        if reasons[say.origin] is not None or say in setters:
            return reasons[say.origin]
        return f"fewer than the {value} that most origins reach"

    return Bound(value, words, claims_of(setters), left(says, reason))


def spread(says: Sequence[Say]) -> Ends:
    """Low: broad agreement. High: the highest number put to this incident, corroborated or not."""
    return Ends(low_end(says), highest(says))


AIRWARS = Policy("airwars", "4", AIRWARS_WORDS, VictimClass.CIVILIAN, admit, spread)
