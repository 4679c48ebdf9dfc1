"""Pages of reports: the list, and one report with its claims marked in the text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from parallax.workbench.marks import stretches
from parallax.workbench.pages import ledger_of, missing, page_number, render

router = APIRouter()
PER_PAGE = 50


@router.get("/reports", response_class=HTMLResponse)
def index(request: Request, q: Annotated[str, Query(max_length=400)] = "", page: str = "1") -> HTMLResponse:
    """The reports, or those whose text holds the words asked for."""
    number = page_number(page)
    found = ledger_of(request).reports(text=q.strip() or None, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    return render(
        request,
        "reports.html",
        found=found,
        wanted={"q": q.strip()},
        page=number,
        pages=max(1, -(-found.total // PER_PAGE)),
    )


@router.get("/reports/{key}", response_class=HTMLResponse)
def report(request: Request, key: str) -> HTMLResponse:
    """One report: its text with its claims, where it came from, and the other versions of its page."""
    ledger = ledger_of(request)
    found = ledger.report(key)
    if found is None:
        raise missing(f"No report {key} is in this ledger.")
    statements = sorted(ledger.statements(reports=[key]), key=lambda s: (s.claim.start, s.claim.kind, s.claim.key))
    incidents = {statement.claim.key: ledger.incidents_of(claim=statement.claim.key) for statement in statements}
    origin = ledger.origins([key]).get(key)
    return render(
        request,
        "report.html",
        report=found,
        stretches=stretches(found, [statement.claim for statement in statements]),
        statements=statements,
        incidents=incidents,
        origin=origin if origin and origin.report != key else None,
        first=ledger.report(origin.report) if origin and origin.report != key else None,
        versions=[version for version in ledger.versions(found.id) if version.key != key],
        readings=ledger.readings(key),
        log=ledger.log(subject=key, limit=50),
    )
