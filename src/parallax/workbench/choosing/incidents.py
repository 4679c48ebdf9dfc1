"""The list of incidents: searched, divided by facets, drawn as a timeline and on a map."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.accounts.policies import POLICIES
from parallax.ledger.views import Order
from parallax.workbench.choosing.choice import choice, shown
from parallax.workbench.pages import Sheet, ledger_of, render

router = APIRouter()
PER_PAGE = 50

ORDERS: dict[Order, str] = {
    "when": "newest first",
    "oldest": "oldest first",
    "killed": "most killed first",
    "reports": "most reports first",
    "place": "by place",
}


@router.get("/", response_class=HTMLResponse)
def index(request: Request, page: str = "1") -> HTMLResponse:
    """The incidents that an address asks for, a page at a time."""
    made = choice(request)
    sheet = Sheet.of(page, PER_PAGE).holding(made.selection.total)
    return render(
        request,
        "incidents.html",
        rows=ledger_of(request).listed(made.selection, sheet.offset, PER_PAGE),
        sheet=sheet,
        policies=list(POLICIES),
        orders=ORDERS,
        **shown(request, made),
    )
