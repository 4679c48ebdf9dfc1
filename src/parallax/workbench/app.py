"""The workbench as a web application: pages that read the ledger and render it, no logic."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from importlib import resources
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.routing import Route

from parallax.config import Settings
from parallax.errors import JudgementError, ParallaxError
from parallax.ledger.ledger import Ledger
from parallax.workbench import decide, incident, incidents, look, map, records, reports, voices
from parallax.workbench.acting import SAFE, Person, Role, require_token
from parallax.workbench.pages import render

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
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HOSTS = ("127.0.0.1", "localhost", "::1")


def create(ledger: Ledger, settings: Settings) -> FastAPI:
    """The application over one open ledger; `settings.policy` is the policy that lists use."""
    guarded = [Depends(require_token)]
    app = FastAPI(title="Parallax", docs_url=None, redoc_url=None, openapi_url=None, dependencies=guarded)
    alone, secret = Person(settings.who, Role.ADMIN), secrets.token_bytes(32)
    app.state.ledger = ledger
    app.state.settings = settings
    static = resources.files("parallax.workbench") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    rooms = (decide, incidents, incident, reports, voices, map, records, look)
    for room in rooms:
        app.include_router(room.router)
    # The menu names a page once there is one.
    app.state.paths = frozenset(
        route.path for room in rooms for route in room.router.routes if isinstance(route, Route)
    )

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        request.state.person, request.state.secret = alone, secret
        return _sealed(_refusal(request) or await call_next(request))

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        return render(request, "missing.html", status=error.status_code, why=error.detail)

    @app.exception_handler(JudgementError)
    async def refused(request: Request, error: JudgementError) -> Response:
        return decide.refused(request, error)

    @app.exception_handler(ParallaxError)
    async def troubled(request: Request, error: ParallaxError) -> Response:
        return render(request, "trouble.html", status=503, why=str(error))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        # This answer is made outside the guard, so it is sealed here.
        why = f"This page broke Parallax ({type(error).__name__}). Nothing in the ledger was changed."
        return _sealed(render(request, "trouble.html", status=500, why=why))

    return app


def _refusal(request: Request) -> Response | None:
    """The answer to what no page of ours asks, or None."""
    # A page of another site must not reach this one under a name of its own (DNS rebinding).
    if _host(request.headers.get("host", "")) not in HOSTS:
        return Response("This workbench answers to localhost only.", 421, media_type="text/plain")
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


def _host(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None


def _sealed(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
