"""Pages of voices: who says how much, and what one voice said over time."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.workbench.charts import killed_over_time
from parallax.workbench.pages import Sheet, ledger_of, missing, render

router = APIRouter()
PER_PAGE = 100


@router.get("/voices", response_class=HTMLResponse)
def index(request: Request, q: str = "", page: str = "1") -> HTMLResponse:
    """The voices whose name holds the words asked for, those that say most first."""
    every = ledger_of(request).voices()
    named = [row for row in every if q.strip().casefold() in row.voice.name.casefold()]
    sheet = Sheet.of(page, PER_PAGE).holding(len(named))
    return render(
        request,
        "voices.html",
        voices=named[sheet.offset : sheet.offset + PER_PAGE],
        wanted={"q": q.strip()[:400]},
        sheet=sheet,
        every=len(every),
    )


@router.get("/voices/{key:path}", response_class=HTMLResponse)
def voice(request: Request, key: str, page: str = "1") -> HTMLResponse:
    """One voice's claims in the order of the days they tell of."""
    found = ledger_of(request).voice(key)
    if found is None:
        raise missing(f"No voice {key} is in this ledger.")
    speaker, statements = found
    sheet = Sheet.of(page, PER_PAGE).holding(len(statements))
    return render(
        request,
        "voice.html",
        voice=speaker,
        statements=statements[sheet.offset : sheet.offset + PER_PAGE],
        chart=killed_over_time(statements),
        sheet=sheet,
    )
