"""One incident whole: its accounts side by side, its ranges with their reasons, its map and its log."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.accounts.policies import POLICIES
from parallax.exports.spreads import by_harm
from parallax.ledger.ledger import Ledger
from parallax.model import Incident, Judgement
from parallax.workbench.copies import sets
from parallax.workbench.history import steps
from parallax.workbench.matrix import matrix
from parallax.workbench.pages import ledger_of, missing, render, settings_of

router = APIRouter()


@router.get("/incidents/{id}", response_class=HTMLResponse)
def incident(request: Request, id: str, policy: str = "") -> HTMLResponse:
    """One incident: its accounts side by side, its ranges with their reasons, its map and its log."""
    ledger, settings = ledger_of(request), settings_of(request)
    found = ledger.incident(id)
    if found is None:
        raise missing(f"No incident {id} is in this ledger.")
    chosen = policy if policy in POLICIES else settings.policy
    tally = ledger.tally(found.id, POLICIES[chosen].label)
    if tally is None:
        raise missing(f"Incident {id} has not been weighed under {chosen}.")
    statements = {statement.claim.key: statement for statement in ledger.statements(claims=found.claims)}
    reports = {key: report for key in found.reports if (report := ledger.report(key)) is not None}
    origins = ledger.origins(reports)
    return render(
        request,
        "incident.html",
        incident=found,
        tally=tally,
        policies=list(POLICIES),
        chosen=chosen,
        harms=by_harm(tally),
        matrix=matrix(tally, statements, origins),
        steps=steps(tally, statements),
        statements=statements,
        reports=reports,
        sets=sets(reports, origins),
        origins=origins,
        judgements=_judgements(ledger, found),
        tellings={telling.key: reports.get(telling.report) for telling in found.tellings},
        log=ledger.log(subject=found.id, limit=50),
        asked=id,
    )


def _judgements(ledger: Ledger, incident: Incident) -> tuple[Judgement, ...]:
    """What people decided about its claims, the first made first."""
    found = {judgement for made in ledger.judgements_for(incident.claims).values() for judgement in made}
    return tuple(sorted(found, key=lambda judgement: (judgement.at, judgement.verb, judgement.claims)))
