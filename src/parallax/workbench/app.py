"""The workbench as a web application: pages that read the ledger and render it, no logic."""

from __future__ import annotations

import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from importlib import resources
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.routing import Route

from parallax.config import Settings
from parallax.errors import JudgementError, ParallaxError, WithheldError
from parallax.ledger.ledger import Ledger
from parallax.workbench import look, records
from parallax.workbench import settings as settings_pages
from parallax.workbench.acting import SAFE, Person, Role, is_open, person_of, require_role, require_token
from parallax.workbench.choosing import incidents, map, saving
from parallax.workbench.deciding import adding, asking, decide, queue
from parallax.workbench.incident import dossier, incident, parts
from parallax.workbench.intake import importing
from parallax.workbench.intake.intake import Intake, lifespan
from parallax.workbench.pages import render
from parallax.workbench.report import reports
from parallax.workbench.shown import require_shown
from parallax.workbench.tally import tallies
from parallax.workbench.team import doors, members, pace, sessions
from parallax.workbench.voice import voices

# Nothing from a report is trusted, and nothing is fetched from anywhere else: no inline
# script or style runs, no frame, no foreign image.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# What the map's library asks for tiles by.
MAP_ASKS = ("img-src", "connect-src")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HOSTS = ("127.0.0.1", "localhost", "::1")
# A request gives the interpreter up at each of its questions to the database, and gets it back when the thread that
# reads ahead or gathers has had its turn: of Python's own turns of 5 ms, a decision waited for some hundreds.
TURN_SECONDS = 0.0005


def policy(tiles: str = "") -> str:
    """The policy of every page's content; the server of the map's tiles is the one other host that it can name."""
    if not tiles:
        return POLICY
    parts = urlsplit(tiles)
    host = f"{parts.scheme}://{parts.netloc}"
    named = (part.replace("'self'", f"'self' {host}") for part in POLICY.split("; ") if part.startswith(MAP_ASKS))
    return "; ".join([part for part in POLICY.split("; ") if not part.startswith(MAP_ASKS)] + list(named))


@asynccontextmanager
async def life(app: FastAPI) -> AsyncIterator[None]:
    """While the pages are served: what threads work on beside them takes short turns, so that nobody waits for it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        async with lifespan(app):
            yield
    finally:
        sys.setswitchinterval(before)


def create(ledger: Ledger, settings: Settings, team: sessions.Team | None = None) -> FastAPI:
    """The application over one open ledger; `settings.policy` is the policy that lists use.

    Without a `team` it is for the one person of this machine, who may do everything.
    """
    headers = HEADERS | {"Content-Security-Policy": policy(settings.tiles)}

    def sealed(response: Response) -> Response:
        response.headers.update(headers)
        return response

    guarded = [Depends(require_role), Depends(require_token), Depends(require_shown)]
    app = FastAPI(
        title="Parallax", docs_url=None, redoc_url=None, openapi_url=None, dependencies=guarded, lifespan=life
    )
    alone, secret = Person(settings.who, Role.ADMIN), secrets.token_bytes(32)
    app.state.ledger = ledger
    app.state.settings = settings
    app.state.team = team
    app.state.intake = Intake(ledger, settings)
    static = resources.files("parallax.workbench") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    rooms = (
        queue,
        decide,
        asking,
        incidents,
        incident,
        parts,
        reports,
        voices,
        tallies,
        map,
        saving,
        records,
        look,
        settings_pages,
        adding,
        importing,
        dossier,
    )
    for room in rooms:
        app.include_router(room.router)
    if team is not None:
        app.include_router(doors.router)
        app.include_router(members.router)
    # The menu names a page once there is one.
    app.state.paths = frozenset(
        route.path for room in rooms for route in room.router.routes if isinstance(route, Route)
    )

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if refused := _refusal(request, HOSTS if team is None else (*HOSTS, *team.hosts)):
            return sealed(refused)
        if refused := _too_long(request, importing.most(request.url.path, settings)):
            return sealed(refused)
        if team is None:
            request.state.person, request.state.secret = alone, secret
            return sealed(await call_next(request))
        if request.url.path.startswith("/static/"):
            return sealed(await call_next(request))
        try:
            response = await run_in_threadpool(_met, request, ledger, team) or await call_next(request)
        except ParallaxError as error:
            # Who asks could not be looked up; what a page itself meets is answered further in.
            response = render(request, "trouble.html", status=503, why=str(error))
        sessions.keep_visit(request, response, team)
        response.headers["Cache-Control"] = "no-store"
        if team.secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return sealed(response)

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        template = "denied.html" if error.status_code == 403 else "missing.html"
        return render(request, template, status=error.status_code, why=error.detail)

    @app.exception_handler(JudgementError)
    async def refused(request: Request, error: JudgementError) -> Response:
        return decide.refused(request, error)

    @app.exception_handler(WithheldError)
    async def withheld(request: Request, error: WithheldError) -> Response:
        return render(request, "withheld.html", status=403, why=str(error))

    @app.exception_handler(ParallaxError)
    async def troubled(request: Request, error: ParallaxError) -> Response:
        return render(request, "trouble.html", status=503, why=str(error))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        # This answer is made outside the guard, so it is sealed here.
        why = f"This page broke Parallax ({type(error).__name__}). Nothing in the ledger was changed."
        return sealed(render(request, "trouble.html", status=500, why=why))

    return app


def _met(request: Request, ledger: Ledger, team: sessions.Team) -> Response | None:
    """Learn who asks; the answer to someone who must log in first, or writes too fast, or None."""
    sessions.recognise(request, ledger, team)
    person = person_of(request)
    if person is not None:
        seconds = 0.0 if request.method in SAFE else pace.write(ledger, person.name)
        if seconds:
            words = "Too many changes in a short time; nothing of this one was kept. Wait some seconds, then go on."
            return Response(words, 429, {"Retry-After": str(int(seconds) + 1)}, media_type="text/plain")
        return None
    if is_open(request.url.path):
        return None
    if request.method not in SAFE:
        return Response("Your session has ended; log in again. Nothing was changed.", 401, media_type="text/plain")
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    door = "/login" + (f"?{urlencode({'back': asked})}" if asked != "/" else "")
    if request.headers.get("hx-request"):
        return Response("", 401, {"HX-Redirect": door})
    return RedirectResponse(door, 303)


def _refusal(request: Request, hosts: Collection[str]) -> Response | None:
    """The answer to what no page of ours asks, or None."""
    # A page of another site must not reach this one under a name of its own (DNS rebinding).
    if _host(request.headers.get("host", "")) not in hosts:
        named = "localhost only" if hosts == HOSTS else "the names it was told of, in PARALLAX_HOSTS"
        return Response(f"This workbench answers to {named}.", 421, media_type="text/plain")
    if request.method not in SAFE and not _ours(request):
        return Response("This was sent from a page of another site; nothing was changed.", 403, media_type="text/plain")
    # No key or word in a ledger holds a NUL, and not every database can be asked for one.
    if "\x00" in request.url.path or "%00" in request.url.query:
        return Response("No address here holds a NUL.", 400, media_type="text/plain")
    return None


def _ours(request: Request) -> bool:
    """Whether a page of ours sent this, as far as the browser says; the token of the form decides."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    # Under the policy that names no referrer, a browser calls the origin of a form "null".
    origin = request.headers.get("origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.headers.get("host", "")


def _too_long(request: Request, most: int) -> Response | None:
    """The answer to more bytes than an address takes, or to an unknown number of them, before any is read."""
    if request.method in SAFE:
        return None
    length = request.headers.get("content-length", "" if "transfer-encoding" in request.headers else "0")
    if not (length.isascii() and length.isdigit()):
        return Response("Say how long what you send is.", 411, media_type="text/plain")
    if len(length) > 15 or int(length) > most:
        words = f"This is too large: at most {most // 1_000_000} MB are taken here at once. Nothing was changed."
        return Response(words, 413, media_type="text/plain")
    return None


def _host(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None
