"""Pages of importing: files dropped or chosen are read in the background, and told of until they are in."""

from __future__ import annotations

from typing import BinaryIO

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from parallax.config import Settings
from parallax.workbench.acting import Role, acting
from parallax.workbench.intake.intake import Intake, Job
from parallax.workbench.pages import ledger_of, render, settings_of

router = APIRouter()
MOST_FILES = 2000
# So many of the largest single files together make the most that is taken at once.
LARGEST_TOGETHER = 10
EARLIER = 50
# What any other form may hold, in bytes.
FORM = 1_000_000


@router.get("/import", response_class=HTMLResponse)
def index(request: Request) -> HTMLResponse:
    """Where files are dropped, how the import that goes on is doing, and what the last ones did."""
    return _page(request)


@router.get("/import/progress", response_class=HTMLResponse)
def progress(request: Request) -> HTMLResponse:
    """The newest import as it stands, as the part of a page that asks again while it goes on."""
    return render(request, "_import.html", job=_newest(request))


@router.post("/import")
async def take(request: Request) -> Response:
    """Begin to read the files of a form. 409 while another import goes on."""
    person = acting(request, Role.CODER)
    if intake_of(request).running is not None:
        return _busy(request)
    async with request.form(max_files=MOST_FILES, max_fields=20) as form:
        files: list[tuple[str, BinaryIO]] = [
            (each.filename or "file", each.file)
            for each in form.getlist("files")
            if isinstance(each, UploadFile) and (each.filename or each.size)
        ]
        if not files:
            raise HTTPException(422, "No file came with this form: choose one, or drop it on the page of the reports.")
        job = await run_in_threadpool(intake_of(request).begin, files, person.name)
    return _busy(request) if job is None else RedirectResponse("/import", 303)


@router.post("/import/stop")
def stop(request: Request) -> Response:
    """Stop the import that goes on; what it has read stays."""
    acting(request, Role.CODER)
    job = intake_of(request).stop()
    if request.headers.get("hx-request") == "true":
        return render(request, "_import.html", job=job or _newest(request))
    return RedirectResponse("/import", 303)


def limits(request: Request) -> dict[str, int]:
    """How large one file and all files of one import may be, in bytes."""
    settings = settings_of(request)
    return {"one": settings.max_bytes, "together": most("/import", settings)}


def intake_of(request: Request) -> Intake:
    """The imports of the ledger that is served."""
    intake: Intake = request.app.state.intake
    return intake


def running(request: Request) -> Job | None:
    """The import that goes on, if one does."""
    return intake_of(request).running


def most(path: str, settings: Settings) -> int:
    """How many bytes may be sent to an address: files to be read may be many, a form is short."""
    return settings.max_bytes * LARGEST_TOGETHER if path == "/import" else FORM


def _busy(request: Request) -> Response:
    words = "Another import goes on; yours was not taken. Wait until it has ended, or stop it, then drop them again."
    return _page(request, 409, refused=words)


def _newest(request: Request) -> Job | None:
    """The last import since the program began."""
    return next(iter(intake_of(request).jobs), None)


def _page(request: Request, status: int = 200, **values: str) -> HTMLResponse:
    job, ledger = _newest(request), ledger_of(request)
    number = job.number if job else 0
    return render(
        request,
        "import.html",
        status=status,
        job=job,
        earlier=[one for one in ledger.imports(EARLIER) if one.number != number],
        untold=len(ledger.untold()) if intake_of(request).running is None else 0,
        **limits(request),
        **values,
    )
