"""Asking for a signature: a coder asks, reviewers find what is asked for, and either takes it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from parallax import signing
from parallax.errors import JudgementError, LedgerError
from parallax.ledger import awaiting
from parallax.workbench.acting import Role, acting
from parallax.workbench.look import own_address
from parallax.workbench.pages import missing, render, whole_ledger_of

router = APIRouter()


@router.get("/sign-off", response_class=HTMLResponse)
def page(request: Request) -> HTMLResponse:
    """The incidents that someone asked to have signed off, the first asked first."""
    ledger = whole_ledger_of(request)
    waiting = [(incident, one, signing.how_signed(ledger, incident)) for incident, one in signing.asked(ledger)]
    return render(request, "sign_off.html", waiting=waiting, four_eyes=signing.four_eyes(ledger))


@router.post("/incidents/{id}/sign-off")
def ask(request: Request, id: str, why: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "") -> Response:
    """Ask for an incident to be signed off. What is asked for already is asked once."""
    person, ledger = acting(request, Role.CODER), whole_ledger_of(request)
    incident = ledger.incident(id, links=False)
    if incident is None:
        raise missing(f"No incident {id} is in this ledger.")
    if signing.asked_of(ledger, incident) is None:
        try:
            with ledger.write(person.name) as writer:
                awaiting.ask(writer, incident, why)
        except LedgerError as error:
            raise JudgementError(str(error)) from error
    return RedirectResponse(own_address(back or f"/incidents/{incident.id}"), 303)


@router.post("/sign-off/{number}/leave")
def leave(request: Request, number: int, back: Annotated[str, Form()] = "/sign-off") -> Response:
    """Ask no longer: who asked may, and a reviewer."""
    person, ledger = acting(request, Role.CODER), whole_ledger_of(request)
    with ledger.reading_connection() as connection:
        asked = next((one for one in awaiting.every(connection) if one.number == number), None)
    if asked is None:
        raise missing(f"Nothing is asked for under the number {number} any more.")
    if person.name != asked.who:
        acting(request, Role.REVIEWER)
    with ledger.write(person.name) as writer:
        awaiting.leave(writer, number)
    return RedirectResponse(own_address(back), 303)
