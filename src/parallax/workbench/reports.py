"""Pages of reports: the list, and one report with its claims marked in the text."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from parallax.exports.doubt import least
from parallax.ledger.ledger import Ledger
from parallax.model import Incident
from parallax.workbench.marks import stretches
from parallax.workbench.pages import Sheet, ledger_of, missing, render
from parallax.workbench.wanted import LONGEST

router = APIRouter()
PER_PAGE = 50


@router.get("/reports", response_class=HTMLResponse)
def index(request: Request, q: str = "", page: str = "1") -> HTMLResponse:
    """The reports, or those whose text holds the words asked for."""
    ledger, words, sheet = ledger_of(request), q.strip()[:LONGEST], Sheet.of(page, PER_PAGE)
    found = ledger.reports(text=words or None, offset=sheet.offset, limit=PER_PAGE)
    return render(
        request,
        "reports.html",
        found=found,
        wanted={"q": words},
        sheet=sheet.holding(found.total),
        counts=ledger.counts(),
    )


@router.get("/reports/{key}/capture")
def capture(request: Request, key: str) -> Response:
    """The bytes that a report was read from, as a file to keep: a browser never shows them."""
    ledger = ledger_of(request)
    found = ledger.report(key)
    kept = ledger.capture(found.capture) if found and found.capture else None
    if kept is None:
        raise missing(f"No capture of {key} is in this ledger.")
    disposition = f'attachment; filename="{kept.sha256}"'
    return Response(kept.data, media_type="application/octet-stream", headers={"Content-Disposition": disposition})


@router.get("/reports/{key}", response_class=HTMLResponse)
def report(request: Request, key: str, order: str = "") -> HTMLResponse:
    """One report: its text with its claims, where it came from, its copies and the other versions of its page.

    The claims stand by place in the text, or with `order=doubtful` the most doubtful first; their numbers stay.
    """
    ledger = ledger_of(request)
    found = ledger.report(key)
    if found is None:
        raise missing(f"No report {key} is in this ledger.")
    statements = sorted(ledger.statements(reports=[key]), key=lambda s: (s.claim.start, s.claim.kind, s.claim.key))
    claims = [statement.claim for statement in statements]
    by_doubt = order == "doubtful"
    listed = sorted(statements, key=lambda s: least(s.claim)) if by_doubt else statements
    origin = ledger.origins([key]).get(key)
    copied = origin if origin and origin.report != key else None
    return render(
        request,
        "report.html",
        report=found,
        stretches=stretches(found, claims),
        zones=sorted({zone.kind for zone in found.zones}),
        statements=listed,
        by_doubt=by_doubt,
        numbers={claim.key: number for number, claim in enumerate(claims, 1)},
        incidents=_incidents(ledger, key),
        origin=copied,
        first=ledger.report(copied.report) if copied else None,
        copies=[copy for other in sorted(ledger.copies_of([key])) if (copy := ledger.report(other)) and other != key],
        versions=[version for version in ledger.versions(found.id) if version.key != key],
        readings=ledger.readings(key),
        log=ledger.log(subject=key, limit=50),
    )


def _incidents(ledger: Ledger, report: str) -> dict[str, Incident]:
    """The incidents that this report's claims are about, by claim."""
    ids = ledger.incidents_of(report=report)
    incidents = [incident for id in ids if (incident := ledger.incident(id)) is not None]
    return {claim: incident for incident in incidents for claim in incident.claims}
