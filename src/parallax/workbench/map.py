"""The map of incidents, and the places behind it as GeoJSON."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from parallax.accounts.policies import POLICIES
from parallax.exports.geojson import feature
from parallax.model import Days, Grade, Kind, Place
from parallax.workbench.incidents import ORDERS
from parallax.workbench.pages import Sheet, ledger_of, missing, render, settings_of
from parallax.workbench.wanted import Wanted
from parallax.workbench.words import actor_choices, days_words, kind_words

router = APIRouter()
MOST = 5000
PER_PAGE = 100


@router.get("/map", response_class=HTMLResponse)
def page(request: Request, page: str = "1") -> HTMLResponse:
    """The map of the incidents that an address asks for, with the same as a table below it."""
    ledger, settings = ledger_of(request), settings_of(request)
    wanted = Wanted.of(request.query_params)
    found = ledger.incidents(wanted.query(POLICIES[settings.policy].label, 0, MOST))
    named = [(row.where, row) for row in found.items if row.where is not None and row.where.lat is not None]
    placed = [row for _, row in sorted(named, key=lambda pair: pair[0].name.casefold())]
    sheet = Sheet.of(page, PER_PAGE).holding(len(placed))
    return render(
        request,
        "map.html",
        found=found,
        rows=placed[sheet.offset : sheet.offset + PER_PAGE],
        sheet=sheet,
        most=MOST,
        wanted=wanted,
        grades=list(Grade),
        orders=ORDERS,
        actors=actor_choices(ledger.actors()),
    )


@router.get("/map.json")
def places(request: Request) -> JSONResponse:
    """The incidents that an address asks for, as GeoJSON for the map."""
    ledger, settings = ledger_of(request), settings_of(request)
    found = ledger.incidents(Wanted.of(request.query_params).query(POLICIES[settings.policy].label, 0, MOST))
    return _collection([_feature(row.id, row.where, row.when, row.kinds) for row in found.items])


@router.get("/incidents/{id}/map.json")
def place(request: Request, id: str) -> JSONResponse:
    """One incident's place as GeoJSON for its map."""
    incident = ledger_of(request).incident(id)
    if incident is None:
        raise missing(f"No incident {id} is in this ledger.")
    return _collection([_feature(incident.id, incident.where, incident.when, incident.kinds)])


def _feature(id: str, where: Place | None, when: Days | None, kinds: tuple[Kind, ...]) -> dict[str, Any]:
    return feature(id, where, {"when": days_words(when), "kinds": ", ".join(map(kind_words, kinds))})


def _collection(features: list[dict[str, Any]]) -> JSONResponse:
    return JSONResponse({"type": "FeatureCollection", "features": features})
