"""The workbench as a web application: pages that read the ledger and render it, no logic."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import resources

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.workbench import incidents, map, records, reports, voices
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


def create(ledger: Ledger, settings: Settings) -> FastAPI:
    """The application over one open ledger; `settings.policy` is the policy that lists use."""
    app = FastAPI(title="Parallax", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.ledger = ledger
    app.state.settings = settings
    static = resources.files("parallax.workbench") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    for room in (incidents, reports, voices, map, records):
        app.include_router(room.router)

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        # A page of another site must not reach this one under a name of its own (DNS rebinding).
        host = request.headers.get("host", "").rsplit(":", 1)[0]
        if host not in ("127.0.0.1", "localhost", "[::1]", "testserver"):
            return Response("This workbench answers to localhost only.", 421, media_type="text/plain")
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> HTMLResponse:
        return render(request, "missing.html", status=error.status_code, why=error.detail)

    return app
