"""Signing off over a ledger: what is signed, whether it may be, and which incidents are public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from parallax.accounts import signing
from parallax.accounts.policies import POLICIES
from parallax.accounts.signing import Signed
from parallax.errors import JudgementError
from parallax.ledger.ledger import Ledger
from parallax.model import Incident, Judgement, Tally, Verb

FOUR_EYES = "four eyes"
ON, OFF = "on", "off"


def four_eyes(ledger: Ledger) -> bool:
    """Whether this ledger asks that nobody signs off what they decided themselves."""
    return ledger.option(FOUR_EYES) == ON


def how_signed(ledger: Ledger, incident: Incident) -> Signed:
    """How an incident stands to its signatures."""
    made = _judgements(ledger, incident)
    if not any(one.verb is Verb.SIGN_OFF for one in made):
        return Signed(signing.Signature.NONE)
    return signing.signed(_state(ledger, incident, made), made, four_eyes=four_eyes(ledger))


def prepared(ledger: Ledger, judgement: Judgement) -> Judgement:
    """A signature with the digest of what it signs, for the whole of one incident; any other judgement as it is.

    Raises JudgementError where its claims are not of one incident, or where four eyes are asked for
    and the person decided about it.
    """
    if judgement.verb is not Verb.SIGN_OFF:
        return judgement
    now = {key for found in ledger.successors(judgement.claims).values() for key in found}
    ids = {id for claim in now for id in ledger.incidents_of(claim=claim)}
    incident = ledger.incident(next(iter(ids))) if len(ids) == 1 else None
    if incident is None:
        raise JudgementError("sign one incident off at a time: name claims of one that stands now")
    made = _judgements(ledger, incident)
    if four_eyes(ledger) and judgement.who.casefold() in map(str.casefold, signing.deciders(made)):
        raise JudgementError(
            f"four eyes are asked for here, and {judgement.who} decided about this incident: another must sign it off"
        )
    return replace(judgement, claims=incident.claims, value=_state(ledger, incident, made))


def every_signed(ledger: Ledger) -> Callable[[Incident], Signed]:
    """How each incident stands to its signatures, with every judgement read once: for walks over a whole ledger."""
    judgements = ledger.judgements()
    if not any(one.verb is Verb.SIGN_OFF for one in judgements):
        return lambda incident: Signed(signing.Signature.NONE)
    now = ledger.successors({claim for one in judgements for claim in one.claims})
    by_claim: dict[str, list[Judgement]] = defaultdict(list)
    for one in judgements:
        for key in {key for claim in one.claims for key in now.get(claim, ())}:
            by_claim[key].append(one)
    asked = four_eyes(ledger)

    def how(incident: Incident) -> Signed:
        made = frozenset(one for claim in incident.claims for one in by_claim.get(claim, ()))
        if not any(one.verb is Verb.SIGN_OFF for one in made):
            return Signed(signing.Signature.NONE)
        return signing.signed(_state(ledger, incident, made), made, four_eyes=asked)

    return how


def _judgements(ledger: Ledger, incident: Incident) -> frozenset[Judgement]:
    return frozenset(one for made in ledger.judgements_for(incident.claims).values() for one in made)


def _state(ledger: Ledger, incident: Incident, made: Iterable[Judgement]) -> str:
    tallies: list[Tally] = [
        tally for policy in POLICIES.values() if (tally := ledger.tally(incident.id, policy.label)) is not None
    ]
    return signing.state(incident, tallies, made)
