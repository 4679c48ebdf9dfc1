"""The queue: what waits for a person, one thing at a time, the most useful first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from parallax import pipeline
from parallax.accounts.policies import POLICIES
from parallax.errors import ConflictError
from parallax.exports.spreads import by_harm
from parallax.ledger.ledger import Ledger
from parallax.ledger.queueing import QueueQuery, Waiting
from parallax.model import Grade, Incident, Judgement, Kind, Reason, Tally
from parallax.pipeline import Decided
from parallax.workbench.acting import Role, acting
from parallax.workbench.deciding.cards import Card, cards
from parallax.workbench.deciding.decide import LONGEST, Asked, asked, conflict, is_part, leads, names
from parallax.workbench.pages import ledger_of, render, settings_of

router = APIRouter()
FOLLOWING = 8

REASONS: dict[Reason, str] = {
    Reason.DISPUTE: "reports dispute it",
    Reason.CONTESTED: "who did it is contested",
    Reason.DOUBTFUL: "doubtful reading",
    Reason.RESTS: "an end rests on it",
    Reason.THIN: "thin link",
    Reason.NEW: "not looked at yet",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What part of the queue an address asks for."""

    reason: str = ""
    kind: str = ""
    grade: str = ""
    place: str = ""

    @classmethod
    def of(cls, reason: str, kind: str, grade: str, place: str) -> Chosen:
        """What makes sense of it; the rest is left out."""
        return cls(
            reason if reason in set(Reason) else "",
            kind if kind in set(Kind) else "",
            grade if grade in set(Grade) else "",
            " ".join(place.split())[:100],
        )

    @property
    def query(self) -> QueueQuery:
        """The question for the ledger."""
        return QueueQuery(self.reason or None, self.kind or None, self.grade or None, self.place or None)

    @property
    def fields(self) -> dict[str, str]:
        """What is chosen, by the name of its field."""
        every = {"reason": self.reason, "kind": self.kind, "grade": self.grade, "place": self.place}
        return {name: value for name, value in every.items() if value}

    def address(self, at: str = "") -> str:
        """The address of an item in this part of the queue, or of its head."""
        said = urlencode(self.fields | ({"at": at} if at else {}))
        return f"/queue?{said}" if said else "/queue"


def chosen(
    q_reason: Annotated[str, Form()] = "",
    q_kind: Annotated[str, Form()] = "",
    q_grade: Annotated[str, Form()] = "",
    q_place: Annotated[str, Form()] = "",
) -> Chosen:
    """The part of the queue that a form was sent from."""
    return Chosen.of(q_reason, q_kind, q_grade, q_place)


@router.get("/queue", response_class=HTMLResponse)
def queue(
    request: Request, reason: str = "", kind: str = "", grade: str = "", place: str = "", at: str = ""
) -> Response:
    """The item that waits first, or the one of the address, with what follows it."""
    return _page(request, Chosen.of(reason, kind, grade, place), at)


@router.post("/queue/decide")
def decide(
    request: Request,
    form: Annotated[Asked, Depends(asked)],
    part: Annotated[Chosen, Depends(chosen)],
    at: Annotated[str, Form()] = "",
) -> Response:
    """Write down what a person decided, and go on to the next item."""
    ledger = ledger_of(request)
    following = _after(ledger, part, at)
    try:
        done = pipeline.decide(ledger, form.judgement, pipeline.policy(form.policy), seen=form.seen)
    except ConflictError:
        return conflict(request, form)
    return _go_on(request, part, _first_open(ledger, following), form.judgement, done)


@router.post("/queue/undo/{key}")
def undo(
    request: Request,
    key: str,
    part: Annotated[Chosen, Depends(chosen)],
    why: Annotated[str, Form()] = "",
) -> Response:
    """Withdraw a decision, and come back to the item that it was about."""
    ledger, person = ledger_of(request), acting(request, Role.CODER)
    reason = " ".join(why.split())[:LONGEST] or "undone in the queue"
    done = pipeline.withdraw(ledger, key, person.name, reason, pipeline.policy(settings_of(request).policy))
    made = ledger.judgement(done.judgement or "")
    back = ledger.waiting_about(made.claims) if made else None
    return _go_on(request, part, back.item.key if back else "", made, done)


def _go_on(request: Request, part: Chosen, at: str, judgement: Judgement | None, done: Decided) -> Response:
    if not is_part(request):
        return RedirectResponse(part.address(at), 303)
    answer = _page(request, part, at, judgement, done)
    answer.headers["HX-Push-Url"] = part.address(at)
    return answer


def _after(ledger: Ledger, part: Chosen, at: str) -> list[str]:
    """The keys of the items that follow, before a decision moves any."""
    here = ledger.queue_item(at) if at else None
    place = (here.item.priority, here.item.key) if here else None
    return [one.item.key for one in ledger.queue(part.query, after=place, limit=FOLLOWING)]


def _first_open(ledger: Ledger, keys: list[str]) -> str:
    """The first of these that still waits; "" for the head of the queue."""
    for key in keys:
        found = ledger.queue_item(key)
        if found is not None and found.item.decided is None:
            return key
    return ""


def _page(
    request: Request, part: Chosen, at: str, judgement: Judgement | None = None, done: Decided | None = None
) -> Response:
    ledger, person = ledger_of(request), acting(request, Role.CODER)
    here = ledger.queue_item(at) if at else None
    gone = bool(at) and here is None
    if here is None:
        here = next(iter(ledger.queue(part.query, limit=1)), None)
    place = (here.item.priority, here.item.key) if here else None
    following = ledger.queue(part.query, after=place, limit=FOLLOWING) if here else ()
    before = ledger.queue(part.query, before=place, limit=1) if place else ()
    last = judgement or ledger.last_decision(person.name)
    numbers = ledger.queue_numbers()
    values: dict[str, Any] = {
        "waiting": here,
        "shown": _shown(ledger, here, POLICIES[settings_of(request).policy].label) if here else None,
        "following": following,
        "before": before[0] if before else None,
        "gone": gone,
        "part": part,
        "reasons": REASONS,
        "numbers": _facets(numbers),
        "waits": sum(number for *_, number in numbers),
        "looked": ledger.decided_on(datetime.now(UTC)),
        "last": last,
        "done": done,
        "names": names(done) if done else {},
        "seen": ledger.head()[0],
        "grades": list(Grade),
        "leads": leads,
    }
    values["unqueued"] = bool(not values["waits"] and not here and ledger.unqueued())
    return render(request, "_queue.html" if is_part(request) else "queue.html", **values)


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it is shown: its incident with its ranges now, and the cards of its claims."""

    incident: Incident
    tally: Tally | None
    harms: tuple[Any, ...]
    cards: tuple[Card, ...]


def _shown(ledger: Ledger, here: Waiting, policy: str) -> Shown | None:
    incident = ledger.incident(here.item.incident)
    if incident is None:
        return None
    tally = ledger.tally(incident.id, policy)
    return Shown(incident, tally, by_harm(tally) if tally else (), cards(ledger, here.item.claims))


def _facets(numbers: tuple[tuple[str, str, str, int], ...]) -> dict[str, dict[str, int]]:
    """How many wait by reason, by kind and by grade."""
    found: dict[str, Counter[str]] = {"reason": Counter(), "kind": Counter(), "grade": Counter()}
    for reason, kind, grade, number in numbers:
        found["reason"][reason] += number
        found["kind"][kind] += number
        found["grade"][grade] += number
    return {name: dict(counted) for name, counted in found.items()}
