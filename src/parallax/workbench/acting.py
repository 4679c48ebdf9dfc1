"""Who acts: the person behind a request, what their role lets them do, and the token of their forms.

A role may do all that the roles before it may; every route needs one, by its address, and a
route may ask for more with `acting`. A request that changes something must carry
the token of its own session, as a field of the form or as a header, so that a page of
another site cannot send one in a person's name (synchroniser tokens bound to the session
by HMAC, as OWASP's CSRF prevention cheat sheet has it).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

from fastapi import HTTPException, Request
from markupsafe import Markup

from parallax.workbench.roles import Role as Role  # noqa: PLC0414

TOKEN_FIELD = "token"
TOKEN_HEADER = "X-Parallax-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


# Pages that stand open to whoever knocks, and what those who read may send: all else that changes something
# needs a coder. A page takes the role of the longest start of its address that is named here.
OPEN = ("/login", "/welcome", "/look", "/static")
PAGES_NEED = {
    "/": Role.READER,
    "/queue": Role.CODER,
    "/decide": Role.CODER,
    "/import": Role.CODER,
    "/sign-off": Role.CODER,
    "/log": Role.CODER,
    "/unread": Role.CODER,
    "/settings": Role.CODER,
    "/settings/users": Role.ADMIN,
}
CHANGES_NEED = {
    "/": Role.CODER,
    "/look": Role.READER,
    "/logout": Role.READER,
    "/account": Role.READER,
    "/settings": Role.ADMIN,
    "/settings/risks": Role.CODER,
    "/settings/risks/{number}/remove": Role.REVIEWER,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: the name that signs what they decide, and their role."""

    name: str
    role: Role


def person_of(request: Request) -> Person | None:
    """Who asks; None where nobody has logged in."""
    person: Person | None = getattr(request.state, "person", None)
    return person


def acting(request: Request, role: Role) -> Person:
    """Who asks, if their role covers the one that is needed. Raises HTTPException 403 that says what is."""
    person = person_of(request)
    if person is None:
        raise HTTPException(403, f"This needs the role {role}, and nobody is logged in here.")
    if not person.role.covers(role):
        raise HTTPException(403, f"This needs the role {role}; {person.name} has the role {person.role}.")
    return person


def is_open(path: str) -> bool:
    """Whether an address is answered to whoever asks."""
    return any(path == start or path.startswith(f"{start}/") for start in OPEN)


def needed(method: str, path: str) -> Role:
    """The least role that a route needs, by its path as it is written in the routes."""
    by_start = PAGES_NEED if method in SAFE else CHANGES_NEED
    if path.endswith("/capture"):
        return Role.CODER
    starts = [start for start in by_start if path == start or path.startswith(start.rstrip("/") + "/")]
    return by_start[max(starts, key=len)]


def require_role(request: Request) -> None:
    """Let only requests through that the person's role covers. Raises HTTPException 403."""
    route = request.scope.get("route")
    path = getattr(route, "path", request.url.path)
    if not is_open(path):
        acting(request, needed(request.method, path))


def may(request: Request, path: str, method: str = "GET") -> bool:
    """Whether who asks may open a page, or send what `method` sends to it; for menus and buttons."""
    person = person_of(request)
    return is_open(path) if person is None else person.role.covers(needed(method, path))


def token_of(request: Request) -> str:
    """The token that forms of this session carry, 64 hexadecimal digits."""
    secret: bytes = request.state.secret
    return hmac.new(secret, b"parallax forms", hashlib.sha256).hexdigest()


def hidden_field(request: Request) -> Markup:
    """The token as a hidden field of a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, token_of(request))


def header(request: Request) -> str:
    """The token as the header that HTMX sends with every request, as JSON."""
    return json.dumps({TOKEN_HEADER: token_of(request)})


async def require_token(request: Request) -> None:
    """Let only requests through that change nothing or carry their session's token. Raises HTTPException 403."""
    if request.method in SAFE:
        return
    given = request.headers.get(TOKEN_HEADER)
    if given is None and request.headers.get("content-type", "").split(";")[0].strip().lower() in FORMS:
        field = (await request.form()).get(TOKEN_FIELD)
        given = field if isinstance(field, str) else None
    if given is None or not hmac.compare_digest(given.encode("utf-8", "replace"), token_of(request).encode()):
        raise HTTPException(
            403,
            "This form was not made by your present session, so nothing was changed. "
            "Load its page again and send it once more.",
        )
