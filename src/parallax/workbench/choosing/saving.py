"""Saved views: a name for what an address asks of the list or the map, kept in the ledger with who gave it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from parallax.ledger.saved import LONGEST_NAME, LONGEST_QUERY
from parallax.workbench.acting import Role, acting
from parallax.workbench.pages import ledger_of, missing

router = APIRouter()
PAGES = ("/", "/map")


@router.post("/views")
def save(
    request: Request,
    name: Annotated[str, Form()] = "",
    page: Annotated[str, Form()] = "/",
    query: Annotated[str, Form()] = "",
) -> Response:
    """Keep a view, and go back to it."""
    person = acting(request, Role.CODER)
    name, query = " ".join(name.split()), query.removeprefix("?")
    if page not in PAGES or not name or len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise HTTPException(400, f"A view needs a name of 1 to {LONGEST_NAME} letters. Go back and give it one.")
    with ledger_of(request).write(person.name) as writer:
        writer.save_view(name, page, query)
    return RedirectResponse(f"{page}?{query}" if query else page, 303)


@router.post("/views/{number}/remove")
def remove(request: Request, number: int) -> Response:
    """Take a view away: who made it may, and a reviewer."""
    ledger = ledger_of(request)
    view = next((view for view in ledger.saved_views() if view.number == number), None)
    if view is None:
        raise missing(f"No saved view {number} is in this ledger.")
    person = acting(request, Role.CODER)
    if person.name != view.who:
        acting(request, Role.REVIEWER)
    with ledger.write(person.name) as writer:
        writer.remove_view(number)
    return RedirectResponse(view.page, 303)
