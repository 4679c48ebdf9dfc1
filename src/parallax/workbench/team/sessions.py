"""Who is logged in: the cookie of a session, its beginning and its end.

A cookie holds 256 random bits; the ledger keeps their SHA-256. A session is made anew at
every login and never taken over from what a browser brought (no session fixation). Whoever is
not logged in has a visit, a cookie that stands for nothing but the token of the login form.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass

from fastapi import Request, Response

from parallax.errors import LedgerError
from parallax.ledger import people
from parallax.ledger.ledger import Ledger
from parallax.workbench.acting import Person, Role


@dataclass(frozen=True, slots=True)
class Team:
    """How a team is served: under which names, and whether behind a proxy that speaks TLS."""

    hosts: tuple[str, ...] = ()
    secure: bool = False

    @property
    def session_cookie(self) -> str:
        """The name of the session's cookie; `__Host-` keeps other hosts of the domain from setting it."""
        return "__Host-parallax-session" if self.secure else "parallax-session"

    @property
    def visit_cookie(self) -> str:
        """The name of the visit's cookie."""
        return "__Host-parallax-visit" if self.secure else "parallax-visit"


def recognise(request: Request, ledger: Ledger, team: Team) -> None:
    """Put who asks, and the secret that their forms' token is made of, into the request's state."""
    state = request.state
    state.person, state.session, state.new_visit = None, None, None
    # What cannot be looked up is told on a page too, whose forms stand for nobody.
    state.secret = secrets.token_bytes(32)
    given = request.cookies.get(team.session_cookie, "")
    if given:
        key = people.secret_key(given)
        with ledger.reading_connection() as connection:
            found = people.session(connection, key)
        if found is not None and found[0].role in list(Role):
            user, stale = found
            state.person, state.session, state.secret = Person(user.name, Role(user.role)), key, given.encode()
            # Whoever reads while somebody else writes is let in: the next page writes it down.
            if stale:
                with suppress(LedgerError), ledger.passing() as connection:
                    people.touch_session(connection, key)
            return
    visit = request.cookies.get(team.visit_cookie, "")
    if not 20 <= len(visit) <= 100:
        visit = state.new_visit = secrets.token_urlsafe(32)
    state.secret = visit.encode("utf-8", "replace")


def keep_visit(request: Request, response: Response, team: Team) -> None:
    """Send the cookie of a visit that has just begun."""
    visit = getattr(request.state, "new_visit", None)
    if visit:
        _set(response, team, team.visit_cookie, visit)


def begin(response: Response, ledger: Ledger, team: Team, name: str) -> None:
    """Let someone in with a session of its own; the visit before it is over."""
    secret = secrets.token_urlsafe(32)
    with ledger.passing() as connection:
        people.begin_session(connection, name, people.secret_key(secret))
    _set(response, team, team.session_cookie, secret, people.SESSION_SECONDS)
    _drop(response, team, team.visit_cookie)


def end(request: Request, response: Response, ledger: Ledger, team: Team) -> None:
    """Let the session of this request end."""
    if request.state.session:
        with ledger.passing() as connection:
            people.end_session(connection, request.state.session)
    _drop(response, team, team.session_cookie)


def _set(response: Response, team: Team, name: str, value: str, seconds: int | None = None) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", secure=team.secure, httponly=True, samesite="lax")


def _drop(response: Response, team: Team, name: str) -> None:
    response.delete_cookie(name, path="/", secure=team.secure, httponly=True, samesite="lax")
