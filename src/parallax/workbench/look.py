"""How the pages look: light or dark by a person's choice, which menu entries stand, which help belongs to a page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

router = APIRouter()
COOKIE = "parallax-look"
LOOKS = (("system", "System"), ("light", "Light"), ("dark", "Dark"))
YEAR = 365 * 24 * 3600
MENU = (
    ("/queue", "Queue"),
    ("/", "Incidents"),
    ("/reports", "Reports"),
    ("/voices", "Voices"),
    ("/tallies", "Tallies"),
    ("/map", "Map"),
    ("/log", "Log"),
    ("/settings", "Settings"),
    ("/help", "Help"),
)
# The sections of the help that pages lead to.
SECTIONS = tuple(path.strip("/") or "incidents" for path, _ in MENU)
# The entry of the menu that a page belongs to, by the first part of its address.
BELONGS = {
    "": "incidents",
    "unread": "reports",
    "import": "reports",
    "judgements": "log",
    "decide": "queue",
    "sign-off": "queue",
    "undo": "log",
    "views": "incidents",
    "reliability": "voices",
    "login": "settings",
    "welcome": "settings",
    "account": "settings",
}


@router.post("/look")
def choose(look: Annotated[str, Form()] = "system", back: Annotated[str, Form()] = "/") -> Response:
    """Keep the choice of colours in a cookie, and go back to the page it was made on."""
    answer = RedirectResponse(own_address(back), 303)
    if look in ("light", "dark"):
        answer.set_cookie(COOKIE, look, max_age=YEAR, samesite="lax", httponly=False)
    else:
        answer.delete_cookie(COOKIE, samesite="lax")
    return answer


def frame(request: Request) -> dict[str, Any]:
    """What base.html is given: the menu of the routes that stand, the colours, the section of the help."""
    room = room_of(request.url.path)
    paths: frozenset[str] = request.app.state.paths
    chosen = request.cookies.get(COOKIE, "")
    query = request.url.query
    return {
        "menu": [(path, name, room_of(path) == room) for path, name in MENU if path in paths],
        "help": section_of(request.url.path),
        "look": chosen if chosen in ("light", "dark") else "system",
        "looks": LOOKS,
        "address": request.url.path + (f"?{query}" if query else ""),
    }


def room_of(path: str) -> str:
    """The entry of the menu that a page belongs to, as the first part of its address."""
    first = path.split("/")[1] if path.startswith("/") else path
    return BELONGS.get(first, first)


def section_of(path: str) -> str:
    """The section of the help that is about a page."""
    deep = {"incidents": "incident", "reports": "report"}
    room = room_of(path)
    return deep[room] if room in deep and path.startswith(f"/{room}/") else room if room in SECTIONS else "start"


def own_address(back: str) -> str:
    """The address if it is one of these pages, else the first page: nobody is sent to another host."""
    plain = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if plain else "/"
