"""The map of incidents, and the places behind it as GeoJSON."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from parallax.accounts.policies import POLICIES
from parallax.exports.geojson import feature
from parallax.model import Days, Grade, Place
from parallax.workbench.incidents import ORDERS
from parallax.workbench.pages import days_words, ledger_of, missing, render, settings_of
from parallax.workbench.wanted import Wanted

router = APIRouter()
MOST = 5000


@router.get("/map", response_class=HTMLResponse)
def page(request: Request) -> HTMLResponse:
    """The map of the incidents that an address asks for, with the same as a table below it."""
    ledger, settings = ledger_of(request), settings_of(request)
    wanted = Wanted.of(request.query_params)
    found = ledger.incidents(wanted.query(POLICIES[settings.policy].label, 0, MOST))
    placed = [row for row in found.items if row.where is not None and row.where.lat is not None]
    return render(
        request,
        "map.html",
        found=found,
        placed=placed,
        most=MOST,
        wanted=wanted,
        grades=list(Grade),
        orders=ORDERS,
        actors=ledger.actors(),
        policy=settings.policy,
    )


@router.get("/map.json")
def places(request: Request) -> JSONResponse:
    """The incidents that an address asks for, as GeoJSON for the map."""
    ledger, settings = ledger_of(request), settings_of(request)
    found = ledger.incidents(Wanted.of(request.query_params).query(POLICIES[settings.policy].label, 0, MOST))
    return _collection([feature(row.id, row.where, {"label": _label(row.where, row.when)}) for row in found.items])


@router.get("/incidents/{id}/map.json")
def place(request: Request, id: str) -> JSONResponse:
    """One incident's place as GeoJSON for its map."""
    incident = ledger_of(request).incident(id)
    if incident is None:
        raise missing(f"No incident {id} is in this ledger.")
    return _collection([feature(incident.id, incident.where, {"label": _label(incident.where, incident.when)})])


def _label(where: Place | None, when: Days | None) -> str:
    return f"{where.name if where else 'place not known'}, {days_words(when)}"


def _collection(features: list[dict[str, Any]]) -> JSONResponse:
    return JSONResponse({"type": "FeatureCollection", "features": features})
