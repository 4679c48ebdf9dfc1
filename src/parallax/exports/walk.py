"""The one walk over a ledger that every format takes: incidents in the order of their ids, as they may leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from parallax import signing
from parallax.accounts.signing import Signature, Signed
from parallax.errors import ExportError
from parallax.exports.shield import Redaction
from parallax.ledger.ledger import Ledger
from parallax.model import Incident, Report, Statement, Tally

UNSIGNED = Signed(Signature.NONE)


@dataclass(frozen=True, slots=True)
class Row:
    """One incident with what its numbers rest on: statements by claim key, reports by key."""

    incident: Incident
    tally: Tally
    statements: Mapping[str, Statement]
    reports: Mapping[str, Report]
    signed: Signed = UNSIGNED

    @property
    def sign_off(self) -> str:
        """How it stands to its signatures, for a reader of the file."""
        if self.signed.is_public:
            return f"signed off {self.signed.at:%Y-%m-%d}"
        return f"internal: {self.signed.signature}"


class Leaving:
    """What leaves a ledger: the incidents signed off, or all of them for one's own use (`internal`).

    Sources at risk are taken out of both.
    """

    def __init__(self, ledger: Ledger, *, internal: bool = False) -> None:
        self.ledger = ledger
        self.internal = internal
        self.redaction = Redaction(ledger.at_risk())
        self.signatures = signing.every_signed(ledger)

    @cached_property
    def public(self) -> tuple[Incident, ...]:
        """The incidents that are signed off as they stand, by id."""
        held = self.signatures.values()
        return tuple(sorted((one for one, how in held if how.is_public), key=lambda one: one.id))

    @property
    def changed(self) -> int:
        """How many incidents bear a signature that counts no longer, or not under four eyes."""
        return len(self.signatures) - len(self.public)

    def rows(self, policy: str) -> Iterator[Row]:
        """The incidents under a policy, a few at a time, so that memory does not grow with the ledger."""
        if self.internal:
            for incident, tally, statements in self.ledger.walk(policy):
                yield self._row(incident, tally, statements, policy)
        else:
            for incident in self.public:
                tally = self.ledger.tally(incident.id, policy)
                yield self._row(incident, tally, self.ledger.statements(claims=incident.claims), policy)

    def reports(self) -> Iterator[tuple[Report, tuple[Statement, ...]]]:
        """The reports with their claims, by key: all of them, or the claims of what is signed off."""
        if self.internal:
            for report in self.ledger.every_report():
                yield self._told(report, self.ledger.statements(reports=[report.key]))
        else:
            public = {claim for incident in self.public for claim in incident.claims}
            for key in sorted({key for incident in self.public for key in incident.reports}):
                found = self.ledger.report(key)
                if found is not None:
                    said = self.ledger.statements(reports=[key])
                    yield self._told(found, tuple(one for one in said if one.claim.key in public))

    def _told(self, report: Report, said: tuple[Statement, ...]) -> tuple[Report, tuple[Statement, ...]]:
        return self.redaction.value(report), self.redaction.value(said)

    def _row(self, incident: Incident, tally: Tally | None, statements: Iterable[Statement], policy: str) -> Row:
        row = _row(self.ledger, incident, tally, statements, policy)
        _, signed = self.signatures.get(incident.id, (None, UNSIGNED))
        hide = self.redaction.value
        return Row(hide(row.incident), hide(row.tally), hide(row.statements), hide(row.reports), signed)


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
