"""A claim as a person judges it: its sentence in its context, and its slots with how sure the reader is of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parallax.exports.amounts import count_words
from parallax.exports.doubt import is_doubtful
from parallax.ledger.ledger import Ledger
from parallax.model import Claim, Judgement, Mention, Place, Report, Scope, Span, Statement
from parallax.workbench.words import actor_words, days_words, kind_words

AROUND = 260
SLOTS = {
    "kind": "what",
    "count": "how many",
    "whom": "whom",
    "whom_class": "class of victim",
    "who": "by whom",
    "where": "where",
    "when": "when",
    "voice": "on whose word",
    "via": "passed on by",
    "stance": "stance",
    "scope": "scope",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: its name, what the claim says, what that is held to mean, how sure the reader is.

    `given` is its value as a person would write it in a correction.
    """

    slot: str
    name: str
    words: str
    means: str
    sure: float | None
    given: str

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it."""
        return self.sure is not None and is_doubtful(self.sure)


@dataclass(frozen=True, slots=True)
class Card:
    """A claim with its sentence in pieces (text, slot or None), the words around it, its slots and its decisions."""

    statement: Statement
    report: Report
    before: str
    pieces: tuple[tuple[str, str | None], ...]
    after: str
    slots: tuple[Slot, ...]
    judgements: tuple[Judgement, ...]

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.statement.claim

    @property
    def unsurest(self) -> str:
        """The slot that the reader is least sure of, to be corrected first."""
        rated = [slot for slot in self.slots if slot.sure is not None]
        return min(rated, key=lambda slot: slot.sure or 0.0).slot if rated else "count"


def cards(ledger: Ledger, claims: Sequence[str]) -> tuple[Card, ...]:
    """The cards of these claims, or of those that stand in their place now, in their order."""
    now = ledger.successors(claims)
    keys = list(dict.fromkeys(key for claim in claims for key in now.get(claim, ())))
    statements = {statement.claim.key: statement for statement in ledger.statements(claims=keys)}
    judgements = ledger.judgements_for(keys)
    found = []
    for key in keys:
        statement = statements[key]
        report = ledger.report(statement.claim.report)
        if report is not None:
            found.append(card(statement, report, judgements.get(key, ())))
    return tuple(found)


def card(statement: Statement, report: Report, judgements: Sequence[Judgement] = ()) -> Card:
    """The card of one claim."""
    claim, text = statement.claim, report.text
    before, after = text[max(0, claim.start - AROUND) : claim.start], text[claim.end : claim.end + AROUND]
    if claim.start > AROUND:
        before = "…" + before[before.find(" ") + 1 :]
    if claim.end + AROUND < len(text):
        after = after[: after.rfind(" ")] + "…" if " " in after else after + "…"
    return Card(statement, report, before, _pieces(text, claim), after, _slots(statement), tuple(judgements))


def _pieces(text: str, claim: Claim) -> tuple[tuple[str, str | None], ...]:
    """The claim's own stretch, cut where the words of a slot begin and end; of two that overlap the first stands."""
    marks = sorted(_marks(text, claim), key=lambda mark: (mark[0].start, -mark[0].end))
    found: list[tuple[str, str | None]] = []
    at = claim.start
    for span, slot in marks:
        if span.start < at or span.end > claim.end or span.start == span.end:
            continue
        found += [(text[at : span.start], None), (text[span.start : span.end], slot)]
        at = span.end
    return tuple((words, slot) for words, slot in (*found, (text[at : claim.end], None)) if words)


def _marks(text: str, claim: Claim) -> list[tuple[Span, str]]:
    mentions: Mapping[str, Mention | None] = {
        "whom": claim.whom,
        "who": claim.who,
        "where": claim.where,
        "voice": claim.voice,
        "via": claim.via,
    }
    found = [(mention.span, slot) for slot, mention in mentions.items() if mention is not None]
    if claim.count is not None and claim.count.text:
        at = text.find(claim.count.text, claim.start, claim.end)
        if at >= 0:
            found.append((Span(at, at + len(claim.count.text)), "count"))
    return found


def _slots(statement: Statement) -> tuple[Slot, ...]:
    claim, sure = statement.claim, dict(statement.claim.certainties)
    voice = statement.voice
    said: dict[str, tuple[str, str, str]] = {
        "kind": (kind_words(claim.kind), "", claim.kind.value),
        "count": (count_words(claim.count), f"“{claim.count.text}”" if claim.count else "", _count(claim)),
        "whom": _named(claim.whom, actor_words(statement.whom.key) if statement.whom else ""),
        "whom_class": (claim.whom_class.value, "", claim.whom_class.value),
        "who": _named(claim.who, actor_words(statement.who.key) if statement.who else ""),
        "where": _named(claim.where, _place(statement.place)),
        "when": (days_words(claim.when), "", _when(claim)),
        "voice": (claim.voice.text if claim.voice else "the report’s own", voice.name, _text(claim.voice)),
        "via": _named(claim.via, ""),
        "stance": (claim.stance.value, "", claim.stance.value),
        "scope": ("a running total" if claim.scope is Scope.TOTAL else "one happening", "", claim.scope.value),
    }
    return tuple(Slot(slot, SLOTS[slot], *said[slot][:2], sure.get(slot), said[slot][2]) for slot in SLOTS)


def _named(mention: Mention | None, means: str) -> tuple[str, str, str]:
    return (mention.text if mention else "", means, _text(mention))


def _text(mention: Mention | None) -> str:
    return mention.text if mention else ""


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    country = f", {place.country}" if place.country else ""
    return f"{place.name}{country} ({place.precision}{'' if place.lat is not None else ', not on the map'})"


def _count(claim: Claim) -> str:
    count = claim.count
    if count is None:
        return ""
    if count.low is None or count.high is None:
        return f"up to {count.high}" if count.low is None else f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low}-{count.high}"


def _when(claim: Claim) -> str:
    if claim.when is None:
        return ""
    first, last = claim.when.first.isoformat(), claim.when.last.isoformat()
    return first if first == last else f"{first}..{last}"
