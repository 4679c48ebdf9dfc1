"""Pages of record: everything that was done, what could not be read, and how to read the pages."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax import pipeline
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import LogEntry
from parallax.model import Verb
from parallax.workbench.pages import Sheet, ledger_of, render

router = APIRouter()
PER_PAGE = 100
DECISIONS = "decisions"


@router.get("/log", response_class=HTMLResponse)
def log(request: Request, page: str = "1", of: str = "") -> HTMLResponse:
    """The log, newest entries first; of decisions alone with `of=decisions`."""
    ledger = ledger_of(request)
    if of == DECISIONS:
        sheet = Sheet.of(page, PER_PAGE)
        number, made = ledger.last_judgements(sheet.offset, PER_PAGE)
        count = pipeline.counting(ledger, made)
        return render(request, "log.html", of=of, made=made, counting=count, sheet=sheet.holding(number))
    sheet = Sheet.of(page, PER_PAGE).holding(ledger.counts().entries)
    entries = ledger.log(offset=sheet.offset, limit=PER_PAGE)
    return render(request, "log.html", of="", log=entries, sheet=sheet, decided=_decided(ledger, entries))


def _decided(ledger: Ledger, entries: Sequence[LogEntry]) -> dict[str, tuple[str, bool]]:
    """Of the entries about decisions, by subject: the decision's key, and whether it counts and can be undone."""
    keys = ledger.judgement_keys(int(entry.subject) for entry in entries if entry.action == "judgement")
    made = {str(number): one for number, key in keys.items() if (one := ledger.judgement(key)) is not None}
    count = pipeline.counting(ledger, made.values())
    return {number: (one.key, one.key in count and one.verb is not Verb.WITHDRAW) for number, one in made.items()}


@router.get("/unread", response_class=HTMLResponse)
def unread(request: Request) -> HTMLResponse:
    """What could not be read, and what was kept without a reading."""
    ledger = ledger_of(request)
    return render(request, "unread.html", faults=ledger.faults(), counts=ledger.counts())


@router.get("/help", response_class=HTMLResponse)
def help_page(request: Request) -> HTMLResponse:
    """How to read these pages."""
    return render(request, "help.html", counts=ledger_of(request).counts())
