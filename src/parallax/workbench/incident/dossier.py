"""The dossier of one incident: all that is held of it and what it rests on, on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from parallax.accounts.policies import POLICIES
from parallax.exports.spreads import by_harm
from parallax.ledger.ledger import Ledger
from parallax.model import Account, Incident, Judgement, Report, Statement, Tally
from parallax.workbench.pages import missing, outgoing_ledger_of, render, settings_of, signed_of, unweighed

router = APIRouter()
LOG = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as the dossier lists it: its number there, its sentence, its report, and how it stands."""

    number: int
    statement: Statement
    sentence: str
    report: Report | None
    stands: str


@router.get("/incidents/{id}/dossier", response_class=HTMLResponse)
def dossier(request: Request, id: str, policy: str = "") -> HTMLResponse:
    """One incident for print and PDF, with sources at risk taken out, for paper travels."""
    ledger = outgoing_ledger_of(request)
    found = ledger.incident(id, links=False)
    if found is None:
        raise missing(f"No incident {id} is in this ledger.")
    chosen = policy if policy in POLICIES else settings_of(request).policy
    tallies = {name: ledger.tally(found.id, one.label) for name, one in POLICIES.items()}
    tally = tallies[chosen]
    if tally is None:
        raise unweighed(id, chosen)
    reports = {key: report for key in found.reports if (report := ledger.report(key)) is not None}
    judgements = _judgements(ledger, found)
    entries = _entries(ledger.statements(claims=found.claims), reports, tally, judgements)
    return render(
        request,
        "dossier.html",
        incident=found,
        tally=tally,
        label=POLICIES[chosen].label,
        chosen=chosen,
        policies=list(POLICIES),
        tallies={name: each for name, each in tallies.items() if each is not None},
        harms=by_harm(tally),
        accounts=_accounts(tally, entries),
        entries=entries,
        numbers={entry.statement.claim.key: entry.number for entry in entries},
        reports=sorted(reports.values(), key=_published),
        origins=ledger.origins(reports),
        judgements=judgements,
        signed=signed_of(request, found, ledger),
        log=ledger.log(subject=found.id, limit=LOG),
        head=ledger.head(),
        made=datetime.now(UTC),
        program=version("parallax"),
        address=f"{request.base_url}incidents/{found.id}",
    )


def _entries(
    statements: Sequence[Statement], reports: Mapping[str, Report], tally: Tally, judgements: Sequence[Judgement]
) -> tuple[Entry, ...]:
    """The claims by day of publication, report and place in the text, numbered from 1."""
    superseded = {key for account in tally.accounts for key in account.superseded}
    bounds = [bound for one in tally.ranges for bound in (one.low, one.high, one.best) if bound]
    setting = {key for bound in bounds for key in bound.claims}
    discounted = {key for one in judgements if one.verb == "discount" for key in one.claims}
    ordered = sorted(statements, key=lambda s: (s.published or date.max, s.claim.report, s.claim.start, s.claim.key))
    made = []
    for number, statement in enumerate(ordered, 1):
        claim, report = statement.claim, reports.get(statement.claim.report)
        stands = (
            "discounted by a person"
            if claim.key in discounted
            else "sets an end of a range"
            if claim.key in setting
            else "said before, changed since"
            if claim.key in superseded
            else ""
        )
        sentence = " ".join(report.text[claim.start : claim.end].split()) if report else ""
        made.append(Entry(number, statement, sentence, report, stands))
    return tuple(made)


def _accounts(tally: Tally, entries: Sequence[Entry]) -> list[tuple[Account, list[Entry]]]:
    """The accounts with their claims as they stand now, the first published first."""
    by_key = {entry.statement.claim.key: entry for entry in entries}
    rows = [(account, [by_key[key] for key in account.current if key in by_key]) for account in tally.accounts]
    for _, own in rows:
        own.sort(key=lambda entry: entry.number)
    return sorted(rows, key=lambda row: (row[1][0].number if row[1] else len(entries) + 1, row[0].origin))


def _judgements(ledger: Ledger, incident: Incident) -> tuple[Judgement, ...]:
    found = {judgement for made in ledger.judgements_for(incident.claims).values() for judgement in made}
    return tuple(sorted(found, key=lambda judgement: (judgement.at, judgement.verb, judgement.claims)))


def _published(report: Report) -> tuple[date, str]:
    return report.published.day if report.published else date.max, report.key
