"""The settings of a ledger: four eyes, sources at risk, and what its readings rest on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from parallax import config, signing
from parallax.accounts.policies import POLICIES
from parallax.errors import LedgerError, SettingsError
from parallax.ledger import people, risk
from parallax.ledger.ledger import Ledger
from parallax.names import own, own_actors
from parallax.workbench.acting import Role, acting
from parallax.workbench.pages import missing, render, settings_of, whole_ledger_of

router = APIRouter()
LONGEST = 2000
KINDS = {"voice": "voice", "outlet": "outlet", "report": "report"}

Words = Annotated[str, Form(max_length=LONGEST)]


@router.get("/settings", response_class=HTMLResponse)
def page(request: Request) -> HTMLResponse:
    """What is set for this ledger, and what its readings rest on."""
    ledger, settings = whole_ledger_of(request), settings_of(request)
    return render(
        request,
        "settings.html",
        four_eyes=signing.four_eyes(ledger),
        risks=[(one, named(ledger, one)) for one in ledger.risks()],
        policies=list(POLICIES.values()),
        policy=settings.policy,
        packs=_kept(own_actors.packs, config.actors()),
        packs_folder=config.actors(),
        gazetteers=_kept(own.listings, config.gazetteers()),
        gazetteers_folder=config.gazetteers(),
        hosts=settings.hosts,
        name=ledger.name,
        counts=ledger.counts(),
    )


@router.post("/settings/four-eyes")
def four_eyes(request: Request, value: Words = "") -> Response:
    """Ask for four eyes, or no longer."""
    person = acting(request, Role.ADMIN)
    with whole_ledger_of(request).write(person.name) as writer:
        people.set_option(writer, signing.FOUR_EYES, signing.ON if value == signing.ON else signing.OFF)
    return RedirectResponse("/settings#four-eyes", 303)


@router.get("/settings/risks", response_class=HTMLResponse)
def consider(request: Request, kind: str = "", key: str = "") -> HTMLResponse:
    """What marking a source at risk would take out of readers' pages and exports, before it is done."""
    return _consider(request, kind, key)


@router.post("/settings/risks", response_class=HTMLResponse)
def mark(request: Request, kind: Words = "", key: Words = "", reason: Words = "") -> Response:
    """Mark a source at risk."""
    person = acting(request, Role.CODER)
    try:
        with whole_ledger_of(request).write(person.name) as writer:
            risk.mark(writer, kind, key, reason, person.name)
    except LedgerError as error:
        return _consider(request, kind, key, str(error), reason, 422)
    return RedirectResponse("/settings#risks", 303)


@router.post("/settings/risks/{number}/remove")
def unmark(request: Request, number: int, reason: Words = "") -> Response:
    """Take a mark away."""
    person = acting(request, Role.REVIEWER)
    with whole_ledger_of(request).write(person.name) as writer:
        risk.unmark(writer, number, reason, person.name)
    return RedirectResponse("/settings#risks", 303)


def named(ledger: Ledger, one: risk.Risk) -> str:
    """A source at risk as those who may see it call it."""
    if one.kind == "voice":
        found = ledger.voice_row(one.key)
        return found.voice.name if found else one.key
    if one.kind == "report":
        report = ledger.report(one.key)
        return (report.title or report.id) if report else one.key
    return one.key


def _consider(
    request: Request, kind: str, key: str, fault: str | None = None, reason: str = "", status: int = 200
) -> HTMLResponse:
    ledger = whole_ledger_of(request)
    with ledger.reading_connection() as connection:
        if not risk.known(connection, kind, key):
            raise missing("Mark a source from its own page: a voice, or a report and its outlet.")
    asked = risk.Risk(0, kind, key, "", "", datetime.now(UTC))
    before, after = ledger.at_risk(), ledger.at_risk(asked)
    return render(
        request,
        "risk.html",
        status=status,
        asked=asked,
        called=named(ledger, asked),
        marked=any((one.kind, one.key) == (kind, key) for one in ledger.risks()),
        names=sorted(after.names - before.names),
        reports=len(after.reports - before.reports),
        claims=len(after.claims - before.claims),
        incidents=len(after.incidents - before.incidents),
        fault=fault,
        reason=reason,
    )


def _kept(listing: Any, folder: Any) -> Any:
    """What a folder of one's own holds, or the words that say why it cannot be read."""
    try:
        return listing(folder)
    except SettingsError as error:
        return str(error)
