"""Pages of voices: who says how much, what one voice adds up to, how it stands to others, what people hold of it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from parallax.ledger.ledger import Ledger
from parallax.ledger.reliability import GRADES
from parallax.ledger.voices import VOICE_ORDERS, VoiceOrder, VoiceQuery
from parallax.model import Voice, VoiceType
from parallax.workbench.acting import Role, acting
from parallax.workbench.choosing.wanted import LONGEST
from parallax.workbench.pages import Sheet, ledger_of, missing, render
from parallax.workbench.voice.totals import Added, added

router = APIRouter()
PER_PAGE = 50
ORDERS: dict[VoiceOrder, str] = {
    "claims": "most claims first",
    "reports": "most reports first",
    "name": "by name",
    "last": "latest day first",
    "first": "earliest day first",
}
# What a list of a voice's incidents can be narrowed to, and the number of its claims that it is of.
SHOWN = {
    "": "all",
    "grew": "where it raised a number",
    "revised": "where it changed or took back a number",
    "denies": "where it denies something",
    "denied": "where others deny what it says",
    "agreed": "where another origin’s number meets its own",
    "apart": "where numbers of others do not meet its own",
}
# Parts of a page that are long are shown by so many at a time.
MOST_TOTALS = 12
# So many voices' totals are kept in memory, and so many numbers are added up without being asked for.
MOST_KEPT, AT_ONCE = 64, 3000


@router.get("/voices", response_class=HTMLResponse)
def index(request: Request) -> HTMLResponse:
    """The voices that an address asks for, a page at a time."""
    asked = {
        name: request.query_params.get(name, "").strip()[:LONGEST] for name in ("q", "type", "party", "held", "order")
    }
    asked["type"] = asked["type"] if asked["type"] in list(VoiceType) else ""
    asked["held"] = asked["held"] if asked["held"] in ("-", *GRADES) else ""
    order: VoiceOrder = next((order for order in VOICE_ORDERS if order == asked["order"]), "claims")
    sheet = Sheet.of(request.query_params.get("page"), PER_PAGE)
    found = ledger_of(request).find_voices(
        VoiceQuery(
            text=asked["q"] or None,
            type=asked["type"] or None,
            party=asked["party"] or None,
            reliability=asked["held"] or None,
            order=order,
            offset=sheet.offset,
            limit=PER_PAGE,
        )
    )
    return render(
        request,
        "voices.html",
        found=found,
        wanted=asked,
        orders=ORDERS,
        types=list(VoiceType),
        grades=GRADES,
        sheet=sheet.holding(found.total),
    )


@router.get("/voices/{key:path}", response_class=HTMLResponse)
def voice(request: Request, key: str, page: str = "1", show: str = "", at: str = "1") -> HTMLResponse:
    """One voice: its running totals, its standing, its reliability, its incidents (page `at`) and claims (`page`)."""
    ledger = ledger_of(request)
    row = ledger.voice_row(key)
    if row is None:
        raise missing(f"No voice {key} is in this ledger.")
    show = show if show in SHOWN else ""
    record = ledger.voice_record(key)
    sheet, place = Sheet.of(page, PER_PAGE).holding(row.claims), Sheet.of(at, PER_PAGE)
    incidents = ledger.voice_incidents(key, show or None, place.offset, PER_PAGE + 1)
    numbers = ledger.voice_numbers(key)
    totals = _totals(request, ledger, row.voice, numbers)
    return render(
        request,
        "voice.html",
        row=row,
        voice=row.voice,
        record=record,
        totals=(totals or ())[:MOST_TOTALS],
        more_totals=len((totals or ())[MOST_TOTALS:]),
        unadded=numbers if totals is None else 0,
        incidents=incidents[:PER_PAGE],
        more=len(incidents) > PER_PAGE,
        place=place,
        show=show,
        shown=SHOWN,
        statements=ledger.voice_claims(key, sheet.offset, PER_PAGE),
        sheet=sheet,
        held=ledger.reliability(key),
        grades=GRADES,
        wanted={"show": show, "at": place.number if place.number > 1 else ""},
    )


def _totals(request: Request, ledger: Ledger, voice: Voice, numbers: int) -> tuple[Added, ...] | None:
    """A voice's running totals; None for one of very many numbers that nobody asked to add up.

    Those of the last voices asked for are kept until the ledger changes, apart for those from whom sources are hidden.
    """
    kept: dict[tuple[str, str], tuple[tuple[int, str], tuple[Added, ...]]]
    kept = request.app.state.__dict__.setdefault("totals", {})
    head, name = ledger.head(), (type(ledger).__name__, voice.key)
    found = kept.pop(name, None)
    if found is None or found[0] != head:
        if numbers > AT_ONCE and not request.query_params.get("totals"):
            return None
        found = head, added(ledger.voice_totals(voice.key), voice.name)
    kept[name] = found
    while len(kept) > MOST_KEPT:
        kept.pop(next(iter(kept)), None)
    return found[1]


@router.post("/reliability")
def hold(
    request: Request,
    voice: Annotated[str, Form()],
    grade: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Keep what a person holds of a voice, with the reason; an empty grade takes back what stands."""
    person = acting(request, Role.CODER)
    reason = why.strip()[:2000]
    if not reason:
        raise HTTPException(400, "Give the reason: a reliability without one helps nobody.")
    with ledger_of(request).write(person.name) as writer:
        writer.hold(voice, grade, reason, person.name)
    return RedirectResponse(f"/voices/{quote(voice)}#reliability", 303)
