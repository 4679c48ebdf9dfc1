"""Signing off over a ledger: what is signed, whether it may be, and which incidents are public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from parallax.accounts import signing
from parallax.accounts.policies import POLICIES
from parallax.accounts.signing import Signature, Signed
from parallax.errors import JudgementError
from parallax.ledger import awaiting
from parallax.ledger.awaiting import Asked
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
        return Signed(Signature.NONE)
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


def is_of_signature(ledger: Ledger, key: str) -> bool:
    """Whether a judgement is a signature, or takes one back, or brings one back."""
    judgement = ledger.judgement(key)
    while judgement is not None and judgement.verb is Verb.WITHDRAW and judgement.value:
        judgement = ledger.judgement(judgement.value)
    return judgement is not None and judgement.verb is Verb.SIGN_OFF


def every_signed(ledger: Ledger) -> dict[str, tuple[Incident, Signed]]:
    """The incidents that bear a signature, by id, with how they stand to it: few, where a ledger is large."""
    signatures = [one for one in ledger.judgements() if one.verb is Verb.SIGN_OFF]
    now = ledger.successors({claim for one in signatures for claim in one.claims})
    claims = {key for found in now.values() for key in found}
    ids = {id for claim in claims for id in ledger.incidents_of(claim=claim)}
    held = [incident for id in sorted(ids) if (incident := ledger.incident(id)) is not None]
    stand = {incident.id: (incident, how_signed(ledger, incident)) for incident in held}
    return {id: (incident, how) for id, (incident, how) in stand.items() if how.signature is not Signature.NONE}


def asked(ledger: Ledger) -> tuple[tuple[Incident, Asked], ...]:
    """The incidents that someone asked to have signed off and nobody signed since, the first asked first."""
    with ledger.reading_connection() as connection:
        made = awaiting.every(connection)
    now = ledger.successors({claim for one in made for claim in one.claims})
    found: dict[str, tuple[Incident, Asked]] = {}
    for one in made:
        ids = {id for claim in one.claims for key in now.get(claim, ()) for id in ledger.incidents_of(claim=key)}
        for id in sorted(ids - found.keys()):
            incident = ledger.incident(id, links=False)
            if incident is not None and not _answered(ledger, incident, one):
                found[id] = incident, one
    return tuple(sorted(found.values(), key=lambda pair: (pair[1].number, pair[0].id)))


def asked_of(ledger: Ledger, incident: Incident) -> Asked | None:
    """Who last asked to have this incident signed off, if nobody signed it since."""
    with ledger.reading_connection() as connection:
        made = awaiting.every(connection)
    now = ledger.successors({claim for one in made for claim in one.claims})
    held = set(incident.claims)
    last = next((one for one in made if any(held & set(now.get(claim, ())) for claim in one.claims)), None)
    return last if last is not None and not _answered(ledger, incident, last) else None


def _answered(ledger: Ledger, incident: Incident, one: Asked) -> bool:
    return any(made.verb is Verb.SIGN_OFF and made.at > one.at for made in _judgements(ledger, incident))


def _judgements(ledger: Ledger, incident: Incident) -> frozenset[Judgement]:
    return frozenset(one for made in ledger.judgements_for(incident.claims).values() for one in made)


def _state(ledger: Ledger, incident: Incident, made: Iterable[Judgement]) -> str:
    tallies: list[Tally] = [
        tally for policy in POLICIES.values() if (tally := ledger.tally(incident.id, policy.label)) is not None
    ]
    return signing.state(incident, tallies, made)
