"""Pages of record: everything that was done, what could not be read, and how to read the pages."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.workbench.pages import Sheet, ledger_of, render

router = APIRouter()
PER_PAGE = 100


@router.get("/log", response_class=HTMLResponse)
def log(request: Request, page: str = "1") -> HTMLResponse:
    """The log, newest entries first."""
    ledger = ledger_of(request)
    sheet = Sheet.of(page, PER_PAGE).holding(ledger.counts().entries)
    return render(request, "log.html", log=ledger.log(offset=sheet.offset, limit=PER_PAGE), sheet=sheet)


@router.get("/unread", response_class=HTMLResponse)
def unread(request: Request) -> HTMLResponse:
    """What could not be read, and what was kept without a reading."""
    ledger = ledger_of(request)
    return render(request, "unread.html", faults=ledger.faults(), counts=ledger.counts())


@router.get("/help", response_class=HTMLResponse)
def help_page(request: Request) -> HTMLResponse:
    """How to read these pages."""
    return render(request, "help.html", counts=ledger_of(request).counts())
