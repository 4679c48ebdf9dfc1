"""Pages of reports: the list, one report with its claims, its versions, and what a claim is cited by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from parallax import signing
from parallax.accounts.versions import Revision, revisions
from parallax.errors import WithheldError
from parallax.exports import citation, internal
from parallax.exports.doubt import least
from parallax.ledger.ledger import Ledger
from parallax.model import HARMS, Claim, Incident, Judgement, Kind, Report, Scope, Stance, Statement, Verb, VictimClass
from parallax.reports.changes import changes
from parallax.workbench import shown
from parallax.workbench.acting import Role, person_of
from parallax.workbench.choosing.wanted import LONGEST
from parallax.workbench.intake.importing import limits, running
from parallax.workbench.pages import Sheet, ledger_of, missing, outgoing_ledger_of, render, whole_ledger_of
from parallax.workbench.report.marks import anchor, rows

router = APIRouter()
PER_PAGE = 50
CITED = {"txt": citation.plain, "ris": citation.ris, "bib": citation.bibtex}
CHOICES = {
    "kind": [(kind.value, kind.value.replace("_", " ")) for kind in Kind],
    "whom_class": [(value.value, value.value) for value in VictimClass],
    "stance": [(value.value, value.value) for value in Stance],
    "scope": [(Scope.EVENT.value, "one happening"), (Scope.TOTAL.value, "a running total")],
}


@router.get("/reports", response_class=HTMLResponse)
def index(request: Request, q: str = "", page: str = "1") -> HTMLResponse:
    """The reports, or those whose text holds the words asked for."""
    ledger, words, sheet = ledger_of(request), q.strip()[:LONGEST], Sheet.of(page, PER_PAGE)
    found = ledger.reports(text=words or None, offset=sheet.offset, limit=PER_PAGE)
    return render(
        request,
        "reports.html",
        found=found,
        wanted={"q": words},
        sheet=sheet.holding(found.total),
        counts=ledger.counts(),
        codes=_may_code(request),
        importing=running(request) is not None,
        **limits(request),
    )


@router.get("/reports/{key}/capture")
def capture(request: Request, key: str) -> Response:
    """The bytes that a report was read from, as a file to keep: a browser never shows them."""
    ledger = ledger_of(request)
    found = ledger.report(key)
    kept = ledger.capture(found.capture) if found and found.capture else None
    if kept is None:
        raise missing(f"No capture of {key} is in this ledger.")
    # Its bytes stay as they were captured, so that its name alone can say that it is internal.
    headers = internal.disposition(kept.sha256, "capture")
    return Response(kept.data, media_type="application/octet-stream", headers=headers)


@router.get("/reports/{key}", response_class=HTMLResponse)
def report(request: Request, key: str, order: str = "", claim: str = "", add: str = "") -> HTMLResponse:
    """One report: its text with its claims beside it, where it came from, its copies and its versions.

    The claims stand beside the text, or with `order=doubtful` in a list, the most doubtful first; their
    numbers stay. `claim` opens what can be decided of one claim, `add` the form that adds one.
    """
    ledger = ledger_of(request)
    found = _report(ledger, key)
    statements = _in_text(found, ledger.statements(reports=[key]))
    claims = [statement.claim for statement in statements]
    origin = ledger.origins([key]).get(key)
    copied = origin if origin and origin.report != key else None
    return render(
        request,
        "report.html",
        report=found,
        rows=rows(found, claims),
        zones={zone.kind for zone in found.zones},
        statements={statement.claim.key: statement for statement in statements},
        listed=[s.claim.key for s in sorted(statements, key=lambda s: least(s.claim))] if order == "doubtful" else [],
        numbers={each.key: number for number, each in enumerate(claims, 1)},
        incidents=_incidents(ledger, key),
        decided=_decided(ledger, claims),
        opened=claim,
        adding=bool(add),
        codes=_may_code(request),
        choices=CHOICES,
        seen=ledger.head()[0],
        cite=_Citer.of(request, key),
        origin=copied,
        first=ledger.report(copied.report) if copied else None,
        copies=[copy for other in sorted(ledger.copies_of([key])) if (copy := ledger.report(other)) and other != key],
        versions=ledger.versions(found.id),
        readings=ledger.readings(key),
        log=ledger.log(subject=key, limit=50),
    )


@router.get("/reports/{key}/claims/{claim}", response_class=HTMLResponse)
def one_claim(request: Request, key: str, claim: str) -> HTMLResponse:
    """What can be decided of one claim, as the part of the report's page that holds it."""
    ledger = ledger_of(request)
    statement = _statement(ledger, key, claim)
    return render(
        request,
        "_claim.html",
        s=statement,
        report=_report(ledger, key),
        seen=ledger.head()[0],
    )


@router.get("/reports/{key}/claims/{claim}/citation.{format}")
def cited(request: Request, key: str, claim: str, format: str) -> Response:
    """A citation of one claim: `txt`, `ris` or `bib`, as a file."""
    ledger = ledger_of(request)
    if format not in CITED:
        raise missing(f"No citation is made as {format}: take txt, ris or bib.")
    found = _statement(ledger, key, claim)
    cite = _Citer.of(request, key)
    words = cite(found.claim.key, format)
    if words is None:
        raise WithheldError("This source is at risk: no citation of it is given out.")
    headers = internal.disposition(f"claim-{found.claim.key}", format, public=cite.is_public(found.claim.key))
    return Response(words.encode("utf-8", "replace"), media_type=citation.FORMATS[format], headers=headers)


@router.get("/reports/{key}/changes", response_class=HTMLResponse)
def versions(request: Request, key: str, since: str = "") -> HTMLResponse:
    """What changed in a page from one version to another: in its claims, then in its words."""
    ledger = ledger_of(request)
    found = _report(ledger, key)
    kept = ledger.versions(found.id)
    place = next((at for at, version in enumerate(kept) if version.key == key), 0)
    earlier = next((version for version in kept if version.key == since and since != key), None)
    if earlier is None and len(kept) > 1:
        earlier = kept[place - 1] if place else kept[1]
    old = _in_text(earlier, ledger.statements(reports=[earlier.key])) if earlier else []
    new = _in_text(found, ledger.statements(reports=[key]))
    every = revisions(old, new, (earlier.text, found.text)) if earlier else ()
    changed = sorted((each for each in every if not each.same), key=lambda each: list(Kind).index(_kind_of(each)))
    return render(
        request,
        "changes.html",
        report=found,
        versions=kept,
        earlier=earlier,
        harms=[each for each in changed if _kind_of(each) in HARMS],
        others=[each for each in changed if _kind_of(each) not in HARMS],
        same=len(every) - len(changed),
        words=changes(earlier.text, found.text) if earlier else (),
    )


def _report(ledger: Ledger, key: str) -> Report:
    found = ledger.report(key)
    if found is None:
        raise missing(f"No report {key} is in this ledger.")
    return found


def _statement(ledger: Ledger, report: str, claim: str) -> Statement:
    found = next((s for s in ledger.statements(claims=[claim]) if s.claim.report == report), None)
    if found is None:
        raise missing(f"No claim {claim} stands in this report now.")
    return found


def _in_text(report: Report, statements: Sequence[Statement]) -> list[Statement]:
    """The statements in the order in which their numbers stand in the text."""
    return sorted(statements, key=lambda s: (anchor(report, s.claim), s.claim.kind, s.claim.key))


def _kind_of(revision: Revision) -> Kind:
    statement = revision.after or revision.before
    assert statement is not None
    return statement.claim.kind


def _may_code(request: Request) -> bool:
    person = person_of(request)
    return person is not None and person.role.covers(Role.CODER)


def _incidents(ledger: Ledger, report: str) -> dict[str, Incident]:
    """The incidents that this report's claims are about, by claim."""
    ids = ledger.incidents_of(report=report)
    incidents = [incident for id in ids if (incident := ledger.incident(id, links=False)) is not None]
    return {claim: incident for incident in incidents for claim in incident.claims}


def _decided(ledger: Ledger, claims: Sequence[Claim]) -> dict[str, tuple[Judgement, ...]]:
    """What people decided about each of these claims."""
    return dict(ledger.judgements_for(claim.key for claim in claims)) if claims else {}


@dataclass(frozen=True, slots=True)
class _Citer:
    """Citations of one report's claims, in words, as they may be sent on: none leads to a source at risk."""

    request: Request
    report: Report | None
    statements: Mapping[str, Statement]
    public: frozenset[str]

    @classmethod
    def of(cls, request: Request, key: str) -> _Citer:
        outgoing = outgoing_ledger_of(request)
        said = {statement.claim.key: statement for statement in outgoing.statements(reports=[key])}
        return cls(request, outgoing.report(key), said, _public(whole_ledger_of(request), said))

    def __call__(self, claim: str, format: str = "txt") -> str | None:
        """The citation of a claim, None where its source is at risk."""
        statement = self.statements.get(claim)
        if statement is None or self.report is None or self.report.id.startswith(shown.WITHHELD):
            return None
        address = _address(self.request, statement)
        return CITED[format](self.report, statement, address, public=self.is_public(claim))

    def is_public(self, claim: str) -> bool:
        """Whether the claim is of an incident that is signed off as it stands."""
        return claim in self.public


def _public(ledger: Ledger, claims: Iterable[str]) -> frozenset[str]:
    """Those of these claims whose incident is signed off as it stands; a signature names every claim of it."""
    made = ledger.judgements_for(claims)
    signed = [claim for claim, some in made.items() if any(one.verb is Verb.SIGN_OFF for one in some)]
    ids = {id for claim in signed for id in ledger.incidents_of(claim=claim)}
    held = [found for id in ids if (found := ledger.incident(id)) is not None]
    return frozenset(
        claim for incident in held if signing.how_signed(ledger, incident).is_public for claim in incident.claims
    )


def _address(request: Request, statement: Statement) -> str:
    """The claim's address in this ledger, as others can open it."""
    return f"{request.base_url}reports/{statement.claim.report}#c-{statement.claim.key}"
