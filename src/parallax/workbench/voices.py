"""Pages of voices: who says how much, and what one voice said over time."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.workbench.charts import killed_over_time
from parallax.workbench.pages import ledger_of, missing, page_number, render

router = APIRouter()
PER_PAGE = 100


@router.get("/voices", response_class=HTMLResponse)
def index(request: Request) -> HTMLResponse:
    """Every voice, those that say most first."""
    return render(request, "voices.html", voices=ledger_of(request).voices())


@router.get("/voices/{key:path}", response_class=HTMLResponse)
def voice(request: Request, key: str, page: str = "1") -> HTMLResponse:
    """One voice's claims in the order of the days they tell of."""
    found = ledger_of(request).voice(key)
    if found is None:
        raise missing(f"No voice {key} is in this ledger.")
    speaker, statements = found
    number = page_number(page)
    return render(
        request,
        "voice.html",
        voice=speaker,
        statements=statements[(number - 1) * PER_PAGE : number * PER_PAGE],
        total=len(statements),
        chart=killed_over_time(statements),
        page=number,
        pages=max(1, -(-len(statements) // PER_PAGE)),
    )
