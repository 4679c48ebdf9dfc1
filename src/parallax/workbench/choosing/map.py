"""The map and the timeline of a choice of incidents, and the places behind them."""

from __future__ import annotations

from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from parallax.exports import internal
from parallax.exports.amounts import ends_words
from parallax.exports.coarsen import point, radius_km
from parallax.exports.geojson import feature
from parallax.ledger.marks import Heap, Mark, by_site, marks
from parallax.ledger.views import IncidentRow
from parallax.model import Days, Kind, Place
from parallax.workbench.choosing.choice import Choice, atlas_of, choice, shown
from parallax.workbench.choosing.incidents import ORDERS
from parallax.workbench.choosing.wanted import box_or_none
from parallax.workbench.pages import Sheet, ledger_of, missing, reach_of, render, signed_of, whole_ledger_of
from parallax.workbench.words import days_words, kind_words

router = APIRouter()
PER_PAGE = 100
LISTED = 50
NAMED = 3
CLOSEST = 14


@router.get("/map", response_class=HTMLResponse)
def page(request: Request, page: str = "1") -> HTMLResponse:
    """The map and timeline of the incidents that an address asks for, with the same as a table of places."""
    made = choice(request)
    columns = made.selection.columns
    counts, low, high = by_site(columns, made.selection.mask)
    order = np.lexsort((np.arange(len(counts)), -counts))
    ranked = order[: np.count_nonzero(counts)]
    sheet = Sheet.of(page, PER_PAGE).holding(len(ranked))
    rows = [
        (columns.sites[n], columns.where.keys[n], int(counts[n]), int(low[n]), int(high[n]))
        for n in ranked[sheet.offset : sheet.offset + PER_PAGE]
    ]
    unplaced = made.selection.total - int(counts[atlas_of(made).known].sum())
    return render(
        request,
        "map.html",
        rows=rows,
        sheet=sheet,
        unplaced=unplaced,
        unnamed=made.selection.total - int(counts.sum()),
        radius=radius_km,
        orders=ORDERS,
        **shown(request, made),
    )


@router.get("/map.json")
def places(request: Request, z: str = "", view: str = "") -> JSONResponse:
    """What a view (degrees west, south, east, north) of the map shows at zoom `z`: places, heaps of them, areas."""
    made = choice(request)
    zoom = min(int(z), CLOSEST) if z.isascii() and z.isdigit() and len(z) < 4 else 0
    columns, mask = made.selection.columns, made.selection.without("box")
    told = marks(columns, atlas_of(made), mask, zoom, box_or_none(view))
    low = np.maximum(columns.low[mask], 0)
    return _answer(
        "parallax-map",
        {
            "total": int(np.count_nonzero(mask)),
            "placed": told.placed,
            "unplaced": told.unplaced,
            "killed": _killed(int(low.sum()), int(np.maximum(columns.high[mask], low).sum())),
            "heaps": [_heap(made, heap) for heap in told.heaps],
            "places": [_mark(made, mark) for mark in told.places],
            "areas": [_mark(made, mark) for mark in told.areas],
        },
    )


@router.get("/map/incidents.json")
def here(request: Request) -> JSONResponse:
    """The incidents of a choice, some of them, as the map lists those of one place."""
    made = choice(request)
    rows = ledger_of(request).listed(made.selection, 0, LISTED)
    told = {"total": made.selection.total, "incidents": [_row(row) for row in rows]}
    return _answer("parallax-incidents", told)


@router.get("/incidents/{id}/map.json")
def place(request: Request, id: str) -> JSONResponse:
    """One incident's place as GeoJSON for its map."""
    ledger = ledger_of(request)
    incident = ledger.incident(id, links=False)
    if incident is None:
        raise missing(f"No incident {id} is in this ledger.")
    one = _feature(incident.id, incident.where, incident.when, incident.kinds)
    told = {"type": "FeatureCollection", "features": [one]}
    # As it stands for those who decide it may be finer than it may leave.
    whole = ledger is whole_ledger_of(request) and incident.id in reach_of(request).incidents
    public = signed_of(request, incident, ledger).is_public and not whole
    return _answer(f"parallax-{incident.id}", told, public=public)


def _mark(made: Choice, mark: Mark) -> dict[str, Any]:
    site = made.selection.columns.sites[mark.site]
    at = point(site) or (0.0, 0.0)
    return {
        "key": made.selection.columns.where.keys[mark.site],
        "name": site.name,
        "precision": str(site.precision),
        "lat": at[0],
        "lon": at[1],
        "km": radius_km(site),
        "n": mark.incidents,
        "killed": _killed(mark.low, mark.high),
    }


def _heap(made: Choice, heap: Heap) -> dict[str, Any]:
    sites = made.selection.columns.sites
    return {
        "lat": heap.lat,
        "lon": heap.lon,
        "box": heap.box,
        "n": heap.incidents,
        "killed": _killed(heap.low, heap.high),
        "places": heap.together,
        "names": [sites[mark.site].name for mark in heap.places[:NAMED]],
        "keys": [[made.selection.columns.where.keys[m.site], sites[m.site].name, m.incidents] for m in heap.places],
    }


def _killed(low: int, high: int) -> str:
    return ends_words(low, high) if high else ""


def _row(row: IncidentRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "when": days_words(row.when),
        "kinds": ", ".join(map(kind_words, row.kinds)),
        "killed": ends_words(row.low, row.high) if Kind.KILLED in row.kinds and (row.low or row.high) else "",
    }


def _feature(id: str, where: Place | None, when: Days | None, kinds: tuple[Kind, ...]) -> dict[str, Any]:
    return feature(id, where, {"when": days_words(when), "kinds": ", ".join(map(kind_words, kinds))})


def _answer(stem: str, told: dict[str, Any], *, public: bool = False) -> JSONResponse:
    """Data for a map, which says of itself where it is internal, for whoever keeps it as a file."""
    mark = {} if public else {"internal": True, "mark": internal.MARK}
    return JSONResponse(told | mark, headers=internal.disposition(stem, "json", public=public, shown=True))
