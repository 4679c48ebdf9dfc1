"""The accounts of a team, for its admins: adding, roles, locking, new passwords."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from parallax.errors import LedgerError
from parallax.ledger import people
from parallax.ledger.writer import Writer
from parallax.workbench.acting import Person, Role, acting
from parallax.workbench.pages import render, whole_ledger_of

router = APIRouter()
PAGE = "/settings/users"
LONGEST = 400

Words = Annotated[str, Form(max_length=LONGEST)]


@router.get(PAGE, response_class=HTMLResponse)
def page(request: Request) -> HTMLResponse:
    """Every account."""
    return _page(request)


@router.post(PAGE, response_class=HTMLResponse)
def add(request: Request, name: Words = "", role: Words = "") -> Response:
    """Make an account, and show the one-time link for it."""
    person, ledger = acting(request, Role.ADMIN), whole_ledger_of(request)
    if role not in list(Role):
        return _page(request, "Choose a role.", 422, name=name)
    try:
        with ledger.write(person.name) as writer:
            user = people.add_user(writer, name, role)
    except LedgerError as error:
        return _page(request, f"{str(error)[:1].upper()}{str(error)[1:]}.", 422, name=name)
    return _page(request, link=_invite(request, user.name), invited=user.name)


@router.post(f"{PAGE}/role", response_class=HTMLResponse)
def change_role(request: Request, name: Words = "", role: Words = "") -> Response:
    """Give an account another role."""
    if role not in list(Role):
        return _page(request, "Choose a role.", 422)
    return _change(request, lambda writer, _: people.set_role(writer, name, role))


@router.post(f"{PAGE}/lock", response_class=HTMLResponse)
def lock(request: Request, name: Words = "") -> Response:
    """Lock an account."""
    return _change(request, lambda writer, _: people.set_active(writer, name, False))


@router.post(f"{PAGE}/unlock", response_class=HTMLResponse)
def unlock(request: Request, name: Words = "") -> Response:
    """Open an account again."""
    return _change(request, lambda writer, _: people.set_active(writer, name, True))


@router.post(f"{PAGE}/reset", response_class=HTMLResponse)
def reset(request: Request, name: Words = "") -> Response:
    """Take a password away, and show the one-time link for another. Nobody resets their own: the account page does."""
    person = acting(request, Role.ADMIN)
    if people.folded(name) == people.folded(person.name):
        return _page(request, "Change your own password on the page of your account.", 422)
    answer = _change(request, lambda writer, _: people.set_password(writer, name, "", "password reset"))
    if answer.status_code != 303:
        return answer
    return _page(request, link=_invite(request, name), invited=name)


def _change(request: Request, change: Callable[[Writer, Person], None]) -> Response:
    person = acting(request, Role.ADMIN)
    try:
        with whole_ledger_of(request).write(person.name) as writer:
            change(writer, person)
    except LedgerError as error:
        return _page(request, f"{str(error)[:1].upper()}{str(error)[1:]}.", 422)
    return RedirectResponse(PAGE, 303)


def _invite(request: Request, name: str) -> str:
    """The whole address of a new one-time link."""
    secret = secrets.token_urlsafe(32)
    with whole_ledger_of(request).passing() as connection:
        user = people.user(connection, name)
        if user is not None:
            people.invite(connection, user.name, people.secret_key(secret))
    return str(request.base_url.replace(path=f"/welcome/{secret}"))


def _page(
    request: Request,
    fault: str | None = None,
    status: int = 200,
    *,
    name: str = "",
    link: str | None = None,
    invited: str | None = None,
) -> HTMLResponse:
    return render(
        request,
        "users.html",
        status=status,
        users=whole_ledger_of(request).users(),
        roles=list(Role),
        fault=fault,
        name=name,
        link=link,
        invited=invited,
    )
