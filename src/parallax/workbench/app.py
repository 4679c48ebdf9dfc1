"""The workbench as a web application: pages that read the ledger and render it, no logic."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import resources
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from parallax.config import Settings
from parallax.errors import ParallaxError
from parallax.ledger.ledger import Ledger
from parallax.workbench import incident, incidents, map, records, reports, voices
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
    app = FastAPI(title="Parallax", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.ledger = ledger
    app.state.settings = settings
    static = resources.files("parallax.workbench") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    for room in (incidents, incident, reports, voices, map, records):
        app.include_router(room.router)

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        return _sealed(_refusal(request) or await call_next(request))

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        return render(request, "missing.html", status=error.status_code, why=error.detail)

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
    # No key or word in a ledger holds a NUL, and not every database can be asked for one.
    if "\x00" in request.url.path or "%00" in request.url.query:
        return Response("No address here holds a NUL.", 400, media_type="text/plain")
    return None


def _host(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None


def _sealed(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
