"""The claims that belong to no incident: how many for each reason, and each with its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from parallax.exports.explain import Line, Part, cut, safe
from parallax.incidents.apart import Reason, why
from parallax.ledger.ledger import Ledger
from parallax.model import Incident, Report, Statement


def outside(statements: Iterable[Statement], incidents: Iterable[Incident]) -> list[Statement]:
    """The statements whose claims are in none of the incidents, in the order given."""
    held = {claim for incident in incidents for claim in incident.claims}
    return [statement for statement in statements if statement.claim.key not in held]


def in_one_line(apart: Collection[Statement], claims: int) -> str:
    """How many of so many claims belong to no incident, and why."""
    counts = Counter(why(statement) for statement in apart)
    reasons = "; ".join(f"{counts[reason]} {reason}" for reason in Reason if counts[reason])
    return f"{len(apart)} of {claims} claims belong to no incident: {reasons or 'none'}"


def explain_apart(ledger: Ledger) -> Iterator[Line]:
    """The lines for a ledger: the count for each reason first, then report by report; the last line is empty."""
    claims = 0
    apart: list[Statement] = []
    for report in ledger.every_report():
        own = ledger.statements(reports=[report.key])
        claims += len(own)
        apart += _of_report(ledger, report, own)
    yield (Part("Claims that belong to no incident", "title"),)
    yield (Part(in_one_line(apart, claims), "quiet"),)
    yield ()
    last = None
    for statement in apart:
        found = ledger.report(statement.claim.report)
        if found is not None and found.key != last:
            last = found.key
            yield (Part(f"{cut(safe(found.title or found.id))}; report {cut(safe(found.id))}", "quiet"),)
        text = found.text[statement.claim.start : statement.claim.end] if found else "its report is not in this ledger"
        yield (Part(f"  {statement.claim.kind}", "kind"), Part(f' "{cut(safe(text))}": {why(statement)}'))
    yield ()


def _of_report(ledger: Ledger, report: Report, statements: Iterable[Statement]) -> list[Statement]:
    incidents = (ledger.incident(name) for name in ledger.incidents_of(report=report.key))
    return outside(statements, [incident for incident in incidents if incident is not None])
