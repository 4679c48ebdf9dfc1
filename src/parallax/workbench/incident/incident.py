"""One incident whole: its accounts side by side, its ranges with their reasons, its toll, its map and its log."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax import signing
from parallax.accounts.policies import POLICIES
from parallax.exports.spreads import by_harm
from parallax.ledger.ledger import Ledger
from parallax.model import ContrastType, Incident, Judgement, Tally
from parallax.workbench.acting import Role, person_of
from parallax.workbench.incident.history import steps
from parallax.workbench.incident.matrix import matrix
from parallax.workbench.incident.parts import (
    MOST_LINKS,
    Held,
    accounts_of,
    common,
    differences_of,
    held,
    links_of,
    reports_of,
)
from parallax.workbench.incident.policies import side_by_side
from parallax.workbench.incident.toll import tolls
from parallax.workbench.pages import ledger_of, render, signed_of, whole_ledger_of

router = APIRouter()

CONTRASTS = {
    ContrastType.CONCEDED: "What a party concedes, against what others put down to it",
    ContrastType.LOSSES: "A side’s losses by its own count, against its enemy’s count of them",
}


@router.get("/incidents/{id}", response_class=HTMLResponse)
def incident(request: Request, id: str, policy: str = "", decide: str = "", accounts: str = "") -> HTMLResponse:
    """One incident; `policy` names the one whose ranges are shown in full, `decide` the account to decide on.

    Of accounts, differences, reports and links that are many it shows some, and says how many there are: see
    `parts`. `accounts` is the page of the accounts.
    """
    ledger = ledger_of(request)
    told = held(request, id, policy)
    found, tally, chosen = told.incident, told.tally, told.chosen
    tallies = _tallies(ledger, found, told)
    made = matrix(tally, told.statements, told.origins)
    linked = ledger.link_number(found)
    return render(
        request,
        "incident.html",
        **common(told),
        **accounts_of(request, told, accounts, decide, made),
        **reports_of(told),
        **(links_of(ledger, told, MOST_LINKS) if linked <= MOST_LINKS else {"linked": linked, "links": ()}),
        tally=tally,
        policies=list(POLICIES),
        label=POLICIES[chosen].label,
        harms=by_harm(tally),
        sides=side_by_side(tallies, chosen),
        weighed=list(tallies),
        tolls=tolls(tally, steps(tally, told.statements), POLICIES[chosen].label),
        differences=differences_of(tally),
        contrasts=[(words, [c for c in tally.contrasts if c.type is type]) for type, words in CONTRASTS.items()],
        judgements=_judgements(ledger, found),
        log=ledger.log(subject=found.id, limit=50),
        asked=id,
        may_sign=_may_sign(request),
        four_eyes=signing.four_eyes(whole_ledger_of(request)),
        awaited=signing.asked_of(ledger, found) if _may_code(request) else None,
        signed=signed_of(request, found, ledger),
    )


def _may_code(request: Request) -> bool:
    person = person_of(request)
    return person is not None and person.role.covers(Role.CODER)


def _may_sign(request: Request) -> bool:
    person = person_of(request)
    return person is not None and person.role.covers(Role.REVIEWER)


def _tallies(ledger: Ledger, incident: Incident, told: Held) -> dict[str, Tally]:
    """What the incident's accounts add up to under every policy that it is weighed under."""
    others = {name: policy.label for name, policy in POLICIES.items() if name != told.chosen}
    found = {name: ledger.tally(incident.id, label) for name, label in others.items()} | {told.chosen: told.tally}
    return {name: tally for name in POLICIES if (tally := found[name]) is not None}


def _judgements(ledger: Ledger, incident: Incident) -> tuple[Judgement, ...]:
    """What people decided about its claims, the first made first."""
    found = {judgement for made in ledger.judgements_for(incident.claims).values() for judgement in made}
    return tuple(sorted(found, key=lambda judgement: (judgement.at, judgement.verb, judgement.claims)))
