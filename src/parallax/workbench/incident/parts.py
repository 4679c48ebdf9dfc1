"""The parts of an incident's page that may be long: accounts, differences, reports, links, what an end leaves out.

The page of the incident shows the beginning of each and says how much there is. A part is a page of its own, and
with HTMX a piece of the incident's page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.accounts.policies import POLICIES
from parallax.ledger.ledger import Ledger
from parallax.model import DifferenceType, Incident, Link, Origin, Report, Statement, Tally
from parallax.workbench.acting import may
from parallax.workbench.incident.copies import sets
from parallax.workbench.incident.matrix import Matrix, Row, matrix
from parallax.workbench.incident.media import Pointer, pointers
from parallax.workbench.pages import Sheet, ledger_of, missing, render, settings_of, unweighed

router = APIRouter()

ACCOUNTS = 20
MOST_LEFT_OUT = 12
MOST_DIFFERENCES = 12
MOST_REPORTS = 40
# An incident of a hundred reports has some thousand links.
MOST_LINKS = 100

DIFFERENCES = {
    DifferenceType.DISPUTE: "numbers or classes that cannot both be right",
    DifferenceType.DENIAL: "one voice denies what another said",
    DifferenceType.REVISION: "a voice took back or changed its own number",
    DifferenceType.GROWTH: "a voice raised its own number",
    DifferenceType.SCOPE: "numbers of different people or times, which do not contradict each other",
    DifferenceType.COPY: "one text, or one voice, told again",
}
Differing = tuple[DifferenceType, str, list[tuple[str, tuple[str, ...]]]]
End = Literal["low", "high", "best"]


@dataclass(frozen=True, slots=True)
class Held:
    """An incident, its links left out, with what its page is made of under the policy that is chosen."""

    incident: Incident
    chosen: str
    tally: Tally
    statements: Mapping[str, Statement]
    reports: Mapping[str, Report]
    origins: Mapping[str, Origin]


def held(request: Request, id: str, policy: str) -> Held:
    """What the ledger holds of an incident. Raises HTTPException where it has none, or none under the policy."""
    ledger = ledger_of(request)
    found = ledger.incident(id, links=False)
    if found is None:
        raise missing(f"No incident {id} is in this ledger.")
    chosen = policy if policy in POLICIES else settings_of(request).policy
    tally = ledger.tally(found.id, POLICIES[chosen].label)
    if tally is None:
        raise unweighed(id, chosen)
    statements = {statement.claim.key: statement for statement in ledger.statements(claims=found.claims)}
    kept = ledger.reports_by_key(found.reports)
    reports = {key: kept[key] for key in found.reports if key in kept}
    return Held(found, chosen, tally, statements, reports, ledger.origins(reports))


@router.get("/incidents/{id}/parts/accounts", response_class=HTMLResponse)
def accounts(request: Request, id: str, policy: str = "", page: str = "") -> HTMLResponse:
    """Some of the accounts of an incident side by side, or with `page=all` all of them."""
    told = held(request, id, policy)
    return _part(request, told, "accounts", "Accounts", **accounts_of(request, told, page, ""))


@router.get("/incidents/{id}/parts/differences", response_class=HTMLResponse)
def differences(request: Request, id: str, policy: str = "", type: str = "") -> HTMLResponse:
    """All differences of one type between the accounts of an incident."""
    told = held(request, id, policy)
    found = next((one for one in differences_of(told.tally) if one[0] == type), None)
    if found is None:
        raise missing("The accounts of this incident do not differ so.")
    values = {"type": found[0], "about": found[1], "some": found[2], "whole": True}
    return _part(request, told, "differences", f"Differences: {found[0]}", **values)


@router.get("/incidents/{id}/parts/reports", response_class=HTMLResponse)
def reports(request: Request, id: str, policy: str = "") -> HTMLResponse:
    """All reports of an incident, each with its copies."""
    told = held(request, id, policy)
    return _part(request, told, "reports", "Reports", whole=True, **reports_of(told))


@router.get("/incidents/{id}/parts/links", response_class=HTMLResponse)
def links(request: Request, id: str, policy: str = "", all: str = "") -> HTMLResponse:
    """Why the reports of an incident are held to tell of one happening: the strongest links, or all."""
    told = held(request, id, policy)
    return _part(request, told, "links", "Links", **links_of(ledger_of(request), told, None if all else MOST_LINKS))


@router.get("/incidents/{id}/parts/left-out", response_class=HTMLResponse)
def left_out(
    request: Request, id: str, policy: str = "", kind: str = "", whom: str = "", end: End = "low"
) -> HTMLResponse:
    """The claims that bear on no end of a range, each with its reason."""
    told = held(request, id, policy)
    spread = next((one for one in told.tally.ranges if (one.kind, one.whom) == (kind, whom)), None)
    bound = getattr(spread, end) if spread is not None else None
    if bound is None:
        raise missing("This incident has no such range.")
    place = {"section": "ranges", "left": bound.left_out, "spread": spread, "end": end}
    return _part(request, told, "left_out", "Left out", **place)


def accounts_of(request: Request, told: Held, page: str, deciding: str, whole: Matrix | None = None) -> dict[str, Any]:
    """What the template of the accounts is given; the page is the one of the account to decide on, if there is one."""
    made = whole or matrix(told.tally, told.statements, told.origins)
    deciding = deciding if may(request, "/decide", "POST") else ""
    size = max(1, len(made.rows)) if page == "all" else ACCOUNTS
    sheet = Sheet.of("1" if page == "all" else page, size).holding(len(made.rows))
    at = next((number for number, row in enumerate(made.rows) if row.anchor == deciding), None)
    if at is not None:
        sheet = Sheet(at // size + 1, size, len(made.rows))
    rows: Sequence[Row] = made.rows[sheet.offset : sheet.offset + size]
    here = "all" if page == "all" else sheet.number if sheet.number > 1 else ""
    back = f"/incidents/{told.incident.id}?policy={told.chosen}" + (f"&accounts={here}" if here else "")
    return {
        "matrix": made,
        "rows": rows,
        "sheet": sheet,
        "deciding": deciding,
        "held": ledger_of(request).reliabilities(),
        "back": back,
        "seen": ledger_of(request).head()[0],
    }


def differences_of(tally: Tally) -> list[Differing]:
    """The differences by type, the weightiest first: what is said once, with all the claims it is said of."""
    found = []
    for type, words in DIFFERENCES.items():
        said: dict[str, dict[str, None]] = {}
        for one in tally.differences:
            if one.type is type:
                said.setdefault(one.words, {}).update({one.a: None, one.b: None})
        if said:
            found.append((type, words, [(each, tuple(claims)) for each, claims in said.items()]))
    return found


def reports_of(told: Held) -> dict[str, Any]:
    """What the template of the reports is given."""
    return {"sets": sets(told.reports, told.origins), "pointed": _pointed(told.reports)}


def links_of(ledger: Ledger, told: Held, most: int | None) -> dict[str, Any]:
    """What the template of the links is given, read whole."""
    whole = ledger.incident(told.incident.id)
    every = whole.links if whole is not None else ()
    tellings = {telling.key: told.reports.get(telling.report) for telling in told.incident.tellings}
    return {"linked": len(every), "links": strongest(every, most), "tellings": tellings}


def strongest(links: Sequence[Link], most: int | None) -> list[Link]:
    """So many links, those first that are the strongest of one of their tellings, and each sort by strength."""
    by_strength = sorted(links, key=lambda link: (-link.score, link.a, link.b))
    if most is None:
        return by_strength
    met: set[str] = set()
    first: list[Link] = []
    rest: list[Link] = []
    for link in by_strength:
        (rest if {link.a, link.b} <= met else first).append(link)
        met |= {link.a, link.b}
    return (first + rest)[:most]


def common(told: Held) -> dict[str, Any]:
    """What every template of an incident's parts is given."""
    return {
        "incident": told.incident,
        "chosen": told.chosen,
        "statements": told.statements,
        "reports": told.reports,
        "origins": told.origins,
        "most_left_out": MOST_LEFT_OUT,
        "most_differences": MOST_DIFFERENCES,
        "most_reports": MOST_REPORTS,
    }


def _part(request: Request, told: Held, name: str, heading: str, **values: Any) -> HTMLResponse:
    fragment = f"_{name}.html"
    template = fragment if request.headers.get("hx-request") else "part.html"
    back = f"/incidents/{told.incident.id}?policy={told.chosen}"
    given = common(told) | {"back": back, "section": name} | values
    return render(request, template, fragment=fragment, heading=heading, **given)


def _pointed(reports: Mapping[str, Report]) -> dict[str, tuple[Pointer, ...]]:
    found = {key: pointers(report) for key, report in reports.items()}
    return {key: some for key, some in found.items() if some}
