"""The one walk over a ledger that every format takes: incidents in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parallax.errors import ExportError
from parallax.ledger.ledger import Ledger
from parallax.model import Incident, Report, Statement, Tally


@dataclass(frozen=True, slots=True)
class Row:
    """One incident with what its numbers rest on: statements by claim key, reports by key."""

    incident: Incident
    tally: Tally
    statements: Mapping[str, Statement]
    reports: Mapping[str, Report]


def walk(ledger: Ledger, policy: str) -> Iterator[Row]:
    """Every incident under a policy, a few at a time, so that memory does not grow with the ledger."""
    for incident, tally, statements in ledger.walk(policy):
        yield _row(ledger, incident, tally, statements, policy)


def one(ledger: Ledger, id: str, policy: str) -> Row | None:
    """The incident of an id, or the one that holds most of what it held; None if there is none."""
    incident = ledger.incident(id)
    if incident is None:
        return None
    statements = ledger.statements(claims=incident.claims)
    return _row(ledger, incident, ledger.tally(incident.id, policy), statements, policy)


def _row(ledger: Ledger, incident: Incident, tally: Tally | None, statements: Iterable[Statement], policy: str) -> Row:
    if tally is None:
        raise ExportError(f"incident {incident.id} is not weighed under {policy}; `parallax read` weighs it")
    reports = {key: report for key in incident.reports if (report := ledger.report(key)) is not None}
    return Row(incident, tally, {statement.claim.key: statement for statement in statements}, reports)
