"""The ways in and out: logging in, a one-time link, one's own account, logging out."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from parallax.errors import LedgerError
from parallax.ledger import people
from parallax.ledger.ledger import Ledger
from parallax.workbench.acting import Role, acting, person_of
from parallax.workbench.look import own_address
from parallax.workbench.pages import missing, render, whole_ledger_of
from parallax.workbench.team import pace, passwords, sessions

router = APIRouter()
LONGEST = 2000
WRONG = "The name or the password is not right, or the account is locked."
SPENT = "This link was used, or is older than three days. An admin can give you a new one."

Words = Annotated[str, Form(max_length=LONGEST)]


@router.get("/login", response_class=HTMLResponse)
def door(request: Request, back: str = "/") -> Response:
    """The form to log in with; whoever is logged in already goes on."""
    if person_of(request) is not None:
        return RedirectResponse(own_address(back), 303)
    return _login(request, back)


@router.post("/login", response_class=HTMLResponse)
def log_in(request: Request, name: Words = "", password: Words = "", back: Words = "/") -> Response:
    """Let someone in who knows the password of an account that is open."""
    ledger, team = whole_ledger_of(request), _team(request)
    if seconds := pace.login(ledger, name, address_of(request)):
        return _late(request, back, name, seconds)
    with ledger.reading_connection() as connection:
        user, kept = people.user(connection, name), people.password(connection, name)
    if not passwords.matches(password, kept) or user is None or not user.active:
        return _login(request, back, name, WRONG, 401)
    pace.logged_in(ledger, name)
    response = RedirectResponse(own_address(back), 303)
    if request.state.session:
        sessions.end(request, response, ledger, team)
    sessions.begin(response, ledger, team, user.name)
    note(ledger, "login", user.name, user.name)
    return response


@router.post("/logout")
def log_out(request: Request) -> Response:
    """Let this session end."""
    response = RedirectResponse("/login", 303)
    sessions.end(request, response, whole_ledger_of(request), _team(request))
    return response


@router.post("/logout/everywhere")
def log_out_everywhere(request: Request) -> Response:
    """Let every session of one's own end."""
    person, ledger = acting(request, Role.READER), whole_ledger_of(request)
    with ledger.passing() as connection:
        people.end_sessions(connection, person.name)
    note(ledger, "logged out everywhere", person.name, person.name)
    response = RedirectResponse("/login", 303)
    sessions.end(request, response, ledger, _team(request))
    return response


@router.get("/account", response_class=HTMLResponse)
def account(request: Request) -> HTMLResponse:
    """One's own account."""
    acting(request, Role.READER)
    return render(request, "account.html", fault=None, least=passwords.LEAST)


@router.post("/account/password", response_class=HTMLResponse)
def change(request: Request, password: Words = "", new: Words = "", again: Words = "") -> Response:
    """Change one's own password; every session ends but the one that begins now."""
    person, ledger, team = acting(request, Role.READER), whole_ledger_of(request), _team(request)
    if seconds := pace.login(ledger, person.name, address_of(request)):
        return _account(request, _wait_words(seconds), 429)
    with ledger.reading_connection() as connection:
        kept = people.password(connection, person.name)
    if not passwords.matches(password, kept):
        return _account(request, "That is not your present password.", 422)
    if fault := _fault(new, again, person.name):
        return _account(request, fault, 422)
    hashed = passwords.hashed(new)
    with ledger.write(person.name) as writer:
        people.set_password(writer, person.name, hashed)
    pace.logged_in(ledger, person.name)
    response = RedirectResponse("/account?changed=1", 303)
    sessions.begin(response, ledger, team, person.name)
    return response


@router.get("/welcome/{secret}", response_class=HTMLResponse)
def welcome(request: Request, secret: str) -> HTMLResponse:
    """The form by which someone who was sent a one-time link sets a password."""
    user = _invited(request, secret)
    return render(request, "welcome.html", user=user, secret=secret, fault=None, least=passwords.LEAST)


@router.post("/welcome/{secret}", response_class=HTMLResponse)
def settle_in(request: Request, secret: str, new: Words = "", again: Words = "") -> Response:
    """Set the password that a one-time link asks for; the link is spent, and its person logged in."""
    ledger, team, user = whole_ledger_of(request), _team(request), _invited(request, secret)
    if fault := _fault(new, again, user.name):
        return render(request, "welcome.html", status=422, user=user, secret=secret, fault=fault, least=passwords.LEAST)
    hashed = passwords.hashed(new)
    with ledger.write(user.name) as writer:
        # Asked again inside the one write: of two who hold the link, one sets the password.
        with ledger.reading_connection() as connection:
            if people.invited(connection, people.secret_key(secret)) is None:
                raise missing(SPENT)
        people.set_password(writer, user.name, hashed, "password set")
    response = RedirectResponse("/", 303)
    sessions.begin(response, ledger, team, user.name)
    return response


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else "unknown"


def note(ledger: Ledger, action: str, subject: str, who: str) -> None:
    """Write to the log, if it can be: nobody stays outside because reports are being read in."""
    try:
        with ledger.write(who) as writer:
            writer.note(action, subject, {})
    except LedgerError as error:
        logging.getLogger("parallax").warning("%s of %s is not in the log: %s", action, subject, error)


def _team(request: Request) -> sessions.Team:
    team: sessions.Team = request.app.state.team
    return team


def _invited(request: Request, secret: str) -> people.User:
    with whole_ledger_of(request).reading_connection() as connection:
        user = people.invited(connection, people.secret_key(secret))
    if user is None:
        raise missing(SPENT)
    return user


def _fault(new: str, again: str, name: str) -> str | None:
    return passwords.fault(new, name) or ("The two passwords are not the same." if new != again else None)


def _login(request: Request, back: str, name: str = "", fault: str | None = None, status: int = 200) -> HTMLResponse:
    return render(request, "login.html", status=status, back=own_address(back), name=name, fault=fault)


def _late(request: Request, back: str, name: str, seconds: float) -> HTMLResponse:
    response = _login(request, back, name, _wait_words(seconds), 429)
    response.headers["Retry-After"] = str(int(seconds) + 1)
    return response


def _wait_words(seconds: float) -> str:
    minutes = int(seconds // 60) + 1
    return f"Too many tries. Wait {minutes} minute{'' if minutes == 1 else 's'}, then try again."


def _account(request: Request, fault: str, status: int) -> HTMLResponse:
    return render(request, "account.html", status=status, fault=fault, least=passwords.LEAST)
