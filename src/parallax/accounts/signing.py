"""Signing off: what a signature is of, whose counts, and when it does so no longer.

A reviewer signs an incident off as it stands: its claims, its place and days, its ranges under every
policy, who is held responsible, and what people decided about it. The signature holds a digest
of all that. When any of it changes the incident needs signing anew; when it comes back
to what was signed, the signature counts again. Where four eyes are asked for, nobody signs
what they decided themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from parallax.accounts.judgements import standing
from parallax.model import Incident, Judgement, Tally, Verb, digest

# What a person decided that leaves an incident as it was.
_NEUTRAL = (Verb.SIGN_OFF, Verb.ACCEPT, Verb.WITHDRAW)


class Signature(StrEnum):
    """How an incident stands to its signatures."""

    NONE = "not signed off"
    CHANGED = "changed since it was signed off"
    OWN = "signed off only by people who decided about it themselves"
    SIGNED = "signed off"


@dataclass(frozen=True, slots=True)
class Signed:
    """How an incident stands to its signatures, and the last one that says so: who, when and why."""

    signature: Signature
    who: str | None = None
    at: datetime | None = None
    why: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether it may leave the ledger as something to publish."""
        return self.signature is Signature.SIGNED


def state(incident: Incident, tallies: Iterable[Tally], judgements: Iterable[Judgement]) -> str:
    """The digest of what a signature is of: an incident, its tallies and what people decided that still counts.

    `judgements` are those on its claims.
    """
    where = incident.where
    spreads = [
        [
            tally.policy,
            [[one.kind, one.whom, one.low.value, one.high.value, one.best and one.best.value] for one in tally.ranges],
            [tally.grade, tally.strike_status],
            [[one.actor, one.by] for one in tally.attributed],
        ]
        for tally in sorted(tallies, key=lambda tally: tally.policy)
    ]
    return digest(
        incident.claims,
        [str(incident.when.first), str(incident.when.last)] if incident.when else None,
        [where.name, where.lat, where.lon, where.precision] if where else None,
        sorted(incident.kinds),
        spreads,
        sorted(one.key for one in _deciding(judgements)),
    )


def deciders(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Who decided something that still counts, accepting what was read left aside."""
    return frozenset(one.who for one in _deciding(judgements))


def signed(state: str, judgements: Iterable[Judgement], *, four_eyes: bool) -> Signed:
    """How an incident of this state stands to its signatures; `judgements` are those on its claims."""
    made = set(judgements)
    given = [one for one in standing(made) if one.verb is Verb.SIGN_OFF]
    if not given:
        return Signed(Signature.NONE)
    # Names differ in nothing but their case for one and the same person.
    own = {name.casefold() for name in deciders(made)} if four_eyes else set()
    now = [one for one in given if one.value == state]
    by_others = [one for one in now if one.who.casefold() not in own]
    last = (by_others or now or given)[-1]
    how = Signature.SIGNED if by_others else Signature.OWN if now else Signature.CHANGED
    return Signed(how, last.who, last.at, last.why)


def _deciding(judgements: Iterable[Judgement]) -> list[Judgement]:
    return [one for one in standing(judgements) if one.verb not in _NEUTRAL]
