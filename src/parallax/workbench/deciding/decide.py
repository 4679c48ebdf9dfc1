"""The routes that take decisions: from the queue, from an incident's page and from a report's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from parallax import pipeline, signing
from parallax.errors import ConflictError, JudgementError
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Days, Incident, Judgement, Kind, Scope, Stance, Statement, Verb, VictimClass
from parallax.pipeline import Decided
from parallax.workbench.acting import Role, acting, person_of
from parallax.workbench.look import own_address
from parallax.workbench.pages import ledger_of, missing, render, settings_of

router = APIRouter()
LONGEST = 1000
CANDIDATES = 8
# Of the incidents that a search finds so many are looked at, and those nearest in days shown.
SEARCHED = 60
CHOICES: Mapping[str, tuple[str, ...]] = {
    "whom_class": tuple(VictimClass),
    "stance": tuple(Stance),
    "scope": tuple(Scope),
    "kind": tuple(Kind),
}
# What is written down where a person gives no reason of their own.
WHY = {
    Verb.ACCEPT: "checked against the sentence",
    Verb.SIGN_OFF: "checked and ready to be shown",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for: the judgement, where to go back to, what was seen, and the policy to show ranges by.

    `fields` are the fields that would ask for the same again, verb and why aside.
    """

    judgement: Judgement
    back: str
    seen: int | None
    policy: str
    fields: Mapping[str, str]


async def slots(request: Request) -> dict[str, str]:
    """What a form gives for each slot of a claim that a person adds; "" where it gives nothing."""
    form = await request.form()
    return {slot: value if isinstance(value := form.get(slot, ""), str) else "" for slot in pipeline.ADDED}


def asked(
    request: Request,
    slots: Annotated[dict[str, str], Depends(slots)],
    verb: Annotated[str, Form()],
    claims: Annotated[list[str] | None, Form()] = None,
    slot: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
    seen: Annotated[str, Form()] = "",
    policy: Annotated[str, Form()] = "",
    report: Annotated[str, Form()] = "",
    start: Annotated[str, Form()] = "",
    end: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
) -> Asked:
    """What a form asks for. `verb=add` takes report, start, end, kind and a field for each slot (`slots`).

    Raises JudgementError where it makes no sense.
    """
    person = acting(request, Role.REVIEWER if verb == Verb.SIGN_OFF else Role.CODER)
    if verb not in set(Verb) or verb == Verb.WITHDRAW:
        raise JudgementError(f"{verb!r} is nothing that can be decided")
    fields: dict[str, str] = {"policy": policy}
    reason = " ".join(why.split())[:LONGEST] or WHY.get(Verb(verb), "")
    if verb == Verb.ADD:
        if not (start.isdecimal() and end.isdecimal() and kind in set(Kind)):
            raise JudgementError("say where the claim stands in the text, and of which kind it is")
        fields |= {"report": report, "start": start, "end": end, "kind": kind} | slots
        added = pipeline.Added(report, int(start), int(end), Kind(kind), slots)
        made = pipeline.addition(ledger_of(request), added, person.name, reason)
    else:
        # Their order is kept: of a split, the claim named first keeps the rest of its telling.
        given = tuple(dict.fromkeys(key for some in claims or () for key in some.split()))
        corrects = verb == Verb.CORRECT
        fields |= {"claims": " ".join(given)} | ({"slot": slot, "value": value} if corrects else {})
        made = Judgement(
            Verb(verb),
            given,
            person.name,
            reason,
            datetime.now(UTC),
            slot.strip() if corrects else None,
            value.strip() if corrects else None,
        )
    number = int(seen) if seen.isdecimal() and len(seen) < 16 else None
    return Asked(made, own_address(back), number, policy or settings_of(request).policy, fields)


def refused(request: Request, error: JudgementError) -> HTMLResponse:
    """The answer to what cannot be applied."""
    template = "_refused.html" if is_part(request) else "refused.html"
    return _beside(request, render(request, template, status=422, why=str(error)))


@router.post("/decide")
def decide(request: Request, form: Annotated[Asked, Depends(asked)]) -> Response:
    """Write down what a person decided, and show what it changed in the ranges."""
    ledger = ledger_of(request)
    try:
        done = pipeline.decide(ledger, form.judgement, pipeline.policy(form.policy), seen=form.seen)
    except ConflictError:
        return conflict(request, form)
    return _answer(request, done, form.judgement, form.back)


@router.post("/decide/preview", response_class=HTMLResponse)
def preview(request: Request, form: Annotated[Asked, Depends(asked)]) -> Response:
    """What a decision would change in the ranges, with nothing written down."""
    done = pipeline.preview(ledger_of(request), form.judgement, pipeline.policy(form.policy))
    template = "_changes.html" if is_part(request) else "preview.html"
    return render(request, template, done=done, form=form, judgement=form.judgement, names=names(done))


@router.post("/undo/{key}")
def undo(
    request: Request,
    key: str,
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/log",
) -> Response:
    """Withdraw a judgement: it stands in the log and counts no longer."""
    ledger = ledger_of(request)
    signature = signing.is_of_signature(ledger, key)
    person = acting(request, Role.REVIEWER if signature else Role.CODER)
    reason = " ".join(why.split())[:LONGEST] or "undone"
    done = pipeline.withdraw(ledger, key, person.name, reason, pipeline.policy(settings_of(request).policy))
    made = ledger.judgement(done.judgement or "")
    if made is None:
        raise missing(f"No judgement {key} is in this ledger.")
    return _answer(request, done, made, own_address(back))


@router.get("/judgements/{key}", response_class=HTMLResponse)
def judgement(request: Request, key: str, back: str = "") -> Response:
    """One judgement: who, when, why, of which claims, whether it counts, and what it changes in the ranges now."""
    ledger = ledger_of(request)
    found = ledger.judgement(key)
    if found is None:
        raise missing(f"No judgement {key} is in this ledger.")
    counts = found.key in pipeline.counting(ledger, [found])
    # What it changes is worked out by undoing it in a rehearsal, which is for those who may undo it.
    person = person_of(request)
    told = counts and person is not None and person.role.covers(Role.CODER)
    done = pipeline.effect(ledger, found, pipeline.policy(settings_of(request).policy)) if told else None
    return render(
        request,
        "judgement.html",
        judgement=found,
        counts=counts,
        done=done,
        names=names(done) if done else {},
        statements=said(ledger, found.claims),
        withdrawn=ledger.judgement(found.value or "") if found.verb is Verb.WITHDRAW else None,
        back=own_address(back) if back else "",
    )


@router.get("/decide/merge/{id}", response_class=HTMLResponse)
def merge(request: Request, id: str, q: str = "", back: str = "") -> Response:
    """The incidents that this one may be told together with: linked ones, those near it, those that a search finds."""
    ledger, settings = ledger_of(request), settings_of(request)
    found = ledger.incident(id)
    if found is None:
        raise missing(f"No incident {id} is in this ledger.")
    template = "_merge.html" if is_part(request) else "merge.html"
    return render(
        request,
        template,
        incident=found,
        leads=leads,
        others=others(ledger, found, " ".join(q.split()), pipeline.policy(settings.policy).label),
        q=q,
        back=own_address(back or f"/incidents/{found.id}"),
        seen=ledger.head()[0],
    )


def others(ledger: Ledger, incident: Incident, q: str, policy: str) -> list[tuple[Incident, str]]:
    """Incidents that may be one with this one, the likeliest first, each with what speaks for it."""
    if q:
        page = ledger.incidents(IncidentQuery(text=q, policy=policy, limit=SEARCHED))
        near = [
            (row.id, "holds these words")
            for row in sorted(page.items, key=lambda row: _days_apart(row.when, incident.when))
        ]
    else:
        near = list(ledger.likely_others(incident.id))
    found = [(ledger.incident(id), words) for id, words in near if id != incident.id]
    return [(one, words) for one, words in found if one is not None][:CANDIDATES]


def leads(incident: Incident) -> list[str]:
    """A claim of each telling: what a merge of whole incidents names."""
    return [telling.claims[0] for telling in incident.tellings]


def _days_apart(one: Days | None, other: Days | None) -> int:
    """How many days lie between the two; where one is not known, more than ever do."""
    return abs((one.first - other.first).days) if one and other else 10**6


@router.get("/decide/suggest", response_class=HTMLResponse)
def suggest(request: Request, slot: str = "", value: str = "") -> Response:
    """What the words given for a slot may mean: places of the gazetteer, parties of the packs."""
    acting(request, Role.CODER)
    places, parties = pipeline.suggestions(slot, value[:200])
    return render(request, "_suggest.html", places=places, parties=parties, choices=CHOICES.get(slot, ()))


def is_part(request: Request) -> bool:
    """Whether a page asks for a part of itself, and not a person for a page."""
    return request.headers.get("hx-request") == "true"


def said(ledger: Ledger, claims: tuple[str, ...]) -> dict[str, Statement]:
    """The statements that stand now for these claims, by claim."""
    now = {key for found in ledger.successors(claims).values() for key in found}
    return {statement.claim.key: statement for statement in ledger.statements(claims=now)}


def names(done: Decided) -> dict[str, Incident]:
    """The incidents that a decision touched, before and after it, by id."""
    return {weighed.incident.id: weighed.incident for weighed in (*done.before, *done.after)}


def conflict(request: Request, form: Asked) -> Response:
    """The answer to a decision on an incident that somebody else decided about in the meantime: both ways to go on."""
    ledger = ledger_of(request)
    entries = pipeline.others_since(ledger, form.judgement, form.seen or 0)
    keys = ledger.judgement_keys(int(entry.subject) for entry in entries if entry.action == "judgement")
    made = {number: ledger.judgement(key) for number, key in keys.items()}
    # What somebody's decision did to the incident is told by the decision.
    deciders = {entry.who for entry in entries if entry.action == "judgement"}
    told = [entry for entry in entries if entry.action == "judgement" or entry.who not in deciders]
    answer = render(
        request,
        "_conflict.html" if is_part(request) else "conflict.html",
        status=409,
        form=form,
        judgement=form.judgement,
        entries=[(entry, made.get(int(entry.subject)) if entry.action == "judgement" else None) for entry in told],
        head=ledger.head()[0],
    )
    return _beside(request, answer)


def _beside(request: Request, answer: HTMLResponse) -> HTMLResponse:
    """The answer, put beside the item of the queue where it would else take the item's place."""
    if is_part(request) and request.url.path.startswith("/queue"):
        answer.headers["HX-Retarget"] = "#preview"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _answer(request: Request, done: Decided, judgement: Judgement, back: str) -> Response:
    if is_part(request):
        return render(request, "_decided.html", done=done, judgement=judgement, back=back, names=names(done))
    return RedirectResponse(f"/judgements/{done.judgement}?" + urlencode({"back": back}), 303)
