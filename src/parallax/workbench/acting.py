"""Who acts: the person behind a request, what their role lets them do, and the token of their forms.

A role may do all that the roles before it may. A request that changes something must carry
the token of its own session, as a field of the form or as a header, so that a page of
another site cannot send one in a person's name (synchroniser tokens bound to the session
by HMAC, as OWASP's CSRF prevention cheat sheet has it).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum

from fastapi import HTTPException, Request
from markupsafe import Markup

TOKEN_FIELD = "token"
TOKEN_HEADER = "X-Parallax-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Role(StrEnum):
    """What a person may do, the least first."""

    READER = "reader"
    CODER = "coder"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


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
