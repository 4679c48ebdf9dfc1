"""One incident whole: its accounts side by side, its ranges with their reasons, its toll, its map and its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.accounts.policies import POLICIES
from parallax.exports.spreads import by_harm
from parallax.ledger.ledger import Ledger
from parallax.model import ContrastType, DifferenceType, Incident, Judgement, Link, Report, Tally
from parallax.workbench.acting import Role, may, person_of
from parallax.workbench.incident.copies import sets
from parallax.workbench.incident.history import steps
from parallax.workbench.incident.matrix import matrix
from parallax.workbench.incident.media import Pointer, pointers
from parallax.workbench.incident.policies import side_by_side
from parallax.workbench.incident.toll import tolls
from parallax.workbench.pages import ledger_of, missing, render, settings_of, signed_of, unweighed

router = APIRouter()

DIFFERENCES = {
    DifferenceType.DISPUTE: "numbers or classes that cannot both be right",
    DifferenceType.DENIAL: "one voice denies what another said",
    DifferenceType.REVISION: "a voice took back or changed its own number",
    DifferenceType.GROWTH: "a voice raised its own number",
    DifferenceType.SCOPE: "numbers of different people or times, which do not contradict each other",
    DifferenceType.COPY: "one text, or one voice, told again",
}
CONTRASTS = {
    ContrastType.CONCEDED: "What a party concedes, against what others put down to it",
    ContrastType.LOSSES: "A side’s losses by its own count, against its enemy’s count of them",
}


# An incident of a hundred reports has some thousand links.
MOST_LINKS = 100


@router.get("/incidents/{id}", response_class=HTMLResponse)
def incident(request: Request, id: str, policy: str = "", decide: str = "", links: str = "") -> HTMLResponse:
    """One incident; `policy` names the one whose ranges are shown in full, `decide` the account to decide on.

    With `links=all` every link is shown, not only the strongest of each report.
    """
    ledger, settings = ledger_of(request), settings_of(request)
    found = ledger.incident(id)
    if found is None:
        raise missing(f"No incident {id} is in this ledger.")
    chosen = policy if policy in POLICIES else settings.policy
    tallies = _tallies(ledger, found)
    if chosen not in tallies:
        raise unweighed(id, chosen)
    tally = tallies[chosen]
    statements = {statement.claim.key: statement for statement in ledger.statements(claims=found.claims)}
    kept = ledger.reports_by_key(found.reports)
    reports = {key: kept[key] for key in found.reports if key in kept}
    origins = ledger.origins(reports)
    told = steps(tally, statements)
    return render(
        request,
        "incident.html",
        incident=found,
        tally=tally,
        policies=list(POLICIES),
        chosen=chosen,
        label=POLICIES[chosen].label,
        harms=by_harm(tally),
        sides=side_by_side(tallies, chosen),
        weighed=list(tallies),
        matrix=matrix(tally, statements, origins),
        tolls=tolls(tally, told, POLICIES[chosen].label),
        statements=statements,
        reports=reports,
        sets=sets(reports, origins),
        origins=origins,
        pointed=_pointed(reports),
        held=ledger.reliabilities(),
        differences=_differences(tally),
        contrasts=[(words, [c for c in tally.contrasts if c.type is type]) for type, words in CONTRASTS.items()],
        judgements=_judgements(ledger, found),
        tellings={telling.key: reports.get(telling.report) for telling in found.tellings},
        links=_strongest(found.links, None if links == "all" else MOST_LINKS),
        log=ledger.log(subject=found.id, limit=50),
        asked=id,
        deciding=decide if decide and may(request, "/decide", "POST") else "",
        may_sign=_may_sign(request),
        signed=signed_of(request, found, ledger),
        back=f"/incidents/{found.id}?policy={chosen}",
        seen=ledger.head()[0],
    )


def _strongest(links: Sequence[Link], most: int | None) -> list[Link]:
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


def _may_sign(request: Request) -> bool:
    person = person_of(request)
    return person is not None and person.role.covers(Role.REVIEWER)


def _tallies(ledger: Ledger, incident: Incident) -> dict[str, Tally]:
    """What the incident's accounts add up to under every policy that it is weighed under."""
    found = {name: ledger.tally(incident.id, policy.label) for name, policy in POLICIES.items()}
    return {name: tally for name, tally in found.items() if tally is not None}


def _differences(tally: Tally) -> list[tuple[DifferenceType, str, list[tuple[str, tuple[str, ...]]]]]:
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


def _pointed(reports: Mapping[str, Report]) -> dict[str, tuple[Pointer, ...]]:
    found = {key: pointers(report) for key, report in reports.items()}
    return {key: some for key, some in found.items() if some}


def _judgements(ledger: Ledger, incident: Incident) -> tuple[Judgement, ...]:
    """What people decided about its claims, the first made first."""
    found = {judgement for made in ledger.judgements_for(incident.claims).values() for judgement in made}
    return tuple(sorted(found, key=lambda judgement: (judgement.at, judgement.verb, judgement.claims)))
