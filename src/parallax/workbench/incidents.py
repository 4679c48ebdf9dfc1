"""The list of incidents with its filters."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.accounts.policies import POLICIES
from parallax.ledger.views import Order
from parallax.model import Grade
from parallax.workbench.pages import Sheet, ledger_of, render, settings_of
from parallax.workbench.wanted import Wanted
from parallax.workbench.words import actor_choices

router = APIRouter()
PER_PAGE = 40

ORDERS: dict[Order, str] = {
    "when": "newest first",
    "oldest": "oldest first",
    "killed": "most killed first",
    "reports": "most reports first",
}


@router.get("/", response_class=HTMLResponse)
def index(request: Request, page: str = "1") -> HTMLResponse:
    """The incidents that an address asks for, a page at a time."""
    ledger, settings = ledger_of(request), settings_of(request)
    wanted = Wanted.of(request.query_params)
    sheet = Sheet.of(page, PER_PAGE)
    found = ledger.incidents(wanted.query(POLICIES[settings.policy].label, sheet.offset, PER_PAGE))
    return render(
        request,
        "incidents.html",
        found=found,
        wanted=wanted,
        sheet=sheet.holding(found.total),
        policy=settings.policy,
        grades=list(Grade),
        orders=ORDERS,
        actors=actor_choices(ledger.actors()),
        counts=ledger.counts(),
    )
