"""Every page that the workbench has, found from its routes, so that a page added tomorrow is tested like the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from fastapi.routing import APIRoute

from parallax.accounts.policies import POLICIES
from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.workbench.app import create

# Pages whose address takes more than a path to show all that they can.
FULL = (
    "/?kind=killed&order=killed&q=the",
    "/reports?q=the",
    "/reports?q=no-such-word-anywhere",
    "/tallies?by=actor",
    "/log?page=2",
    "/log?of=decisions",
    "/settings/risks?kind=outlet&key=The%20Times",
    "/nowhere",
)
# What is no page for people: data for maps and charts, files, parts of pages.
DATA = re.compile(
    r"\.(json|csv|\{format\})$|/capture$|^/decide/suggest$|^/import/progress$|/claims/\{claim\}$|^/tallies/incidents$"
)


def routes(some: Iterable[object]) -> Iterator[APIRoute]:
    """The routes of an application, those of the routers within it too."""
    for route in some:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from routes(getattr(getattr(route, "original_router", None), "routes", []))


def every_page(path: Path) -> tuple[str, ...]:
    """The address of every page over a ledger: its largest incident, its fullest report, its busiest voice."""
    with Ledger.open(path) as ledger:
        app = create(ledger, Settings())
        given = samples(ledger)
        found = []
        for route in sorted(routes(app.routes), key=lambda route: route.path):
            if "GET" not in (route.methods or ()) or DATA.search(route.path):
                continue
            if "{" in route.path:
                assert route.path in given, f"say in tests/workbench/everything.py what fills {route.path}"
                found += given[route.path]
            else:
                found.append(route.path)
    return (*found, *FULL)


def samples(ledger: Ledger) -> dict[str, list[str]]:
    """Addresses for the routes that name a thing."""
    incident = ledger.incidents(IncidentQuery(order="reports", limit=1)).items[0].id
    fullest = max(ledger.reports(limit=500).items, key=lambda row: row.claims).report.key
    claim = ledger.statements(reports=[fullest])[0].claim.key
    voice = quote(ledger.voices()[0].voice.key)
    judged = [judgement.key for judgement in ledger.judgements()][:2]
    return {
        "/incidents/{id}": [f"/incidents/{incident}", f"/incidents/{incident}?policy=ucdp"],
        "/incidents/{id}/dossier": [f"/incidents/{incident}/dossier"],
        **parts(ledger, incident),
        "/decide/merge/{id}": [f"/decide/merge/{incident}"],
        "/reports/{key}": [
            f"/reports/{fullest}",
            f"/reports/{fullest}?claim={claim}",
            f"/reports/{fullest}?add=1",
            f"/reports/{fullest}?order=doubtful",
        ],
        "/reports/{key}/changes": [f"/reports/{fullest}/changes"],
        "/voices/{key:path}": [f"/voices/{voice}"],
        "/judgements/{key}": [f"/judgements/{key}" for key in judged],
    }


def parts(ledger: Ledger, incident: str) -> dict[str, list[str]]:
    """Addresses of the parts of an incident's page, those of what it differs in and leaves out among them."""
    tally = ledger.tally(incident, POLICIES[Settings().policy].label)
    assert tally is not None
    path = f"/incidents/{incident}/parts"
    types = list(dict.fromkeys(one.type.value for one in tally.differences))
    left = [f"kind={one.kind}&whom={one.whom}&end=high" for one in tally.ranges if one.high.left_out]
    assert types, f"{incident} has no difference"
    assert left, f"{incident} leaves nothing out"
    return {
        "/incidents/{id}/parts/accounts": [f"{path}/accounts", f"{path}/accounts?page=all"],
        "/incidents/{id}/parts/differences": [f"{path}/differences?type={type}" for type in types],
        "/incidents/{id}/parts/reports": [f"{path}/reports"],
        "/incidents/{id}/parts/links": [f"{path}/links", f"{path}/links?all=yes"],
        "/incidents/{id}/parts/left-out": [f"{path}/left-out?{asked}" for asked in left[:2]],
    }
