"""Independence counted by origin, not by link: whose word each statement counts for.

An origin is one voice, however many reports carry it. An outlet that passes a voice on is
no origin for what that voice says, and a reprint speaks with the voice of the first report
of its text. Voices that are one (`speakers`) are one origin. Claims are folded, that is, left as a
mark of the claim that they repeat, where they are

- a claim of a reprint that the first report of the text makes too;
- a report's own words that give the number of a voice it quotes;
- a report's own sentence that an earlier report of another outlet prints nearly so.

A report's own number beside two or more voices that it quotes is its reckoning of them: it
stands for that report, but is no further independent origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from parallax.accounts.losses import Losses, actors, counted, whose
from parallax.accounts.speakers import one_voice, same_sentence
from parallax.model import Actor, Claim, Kind, Origin, Statement


@dataclass(frozen=True, slots=True)
class Copied:
    """A claim that only repeats another (by key), and why it is held to."""

    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, the origin it counts for, the day it was first published, and whose people it counts."""

    statement: Statement
    origin: str
    day: date | None
    losses: Losses = Losses.OTHER
    counted: Actor | None = None
    copied: Copied | None = None
    reckons: bool = False

    @property
    def key(self) -> str:
        return self.statement.claim.key


def sort_key(said: Said) -> tuple[date, str]:
    """By day (undated last), then claim key."""
    return (said.day or date.max, said.key)


def attribute(statements: Iterable[Statement], origins: Mapping[str, Origin]) -> tuple[Said, ...]:
    """Each statement with its origin, in order of publication; the result ignores the order given."""
    ordered = sorted(statements, key=lambda s: (s.published or date.max, s.claim.report, s.claim.key))
    first = _first_reports(ordered, origins)
    own_voice = {s.claim.report: s.voice.key for s in ordered if s.claim.voice is None}
    known = actors(ordered)
    one = one_voice(ordered)
    printed: dict[Kind, list[Statement]] = {}
    in_report: dict[str, list[Statement]] = {}
    for statement in ordered:
        in_report.setdefault(statement.claim.report, []).append(statement)
    found = []
    for statement in ordered:
        claim = statement.claim
        source = first[claim.report]
        origin = one.get(statement.voice.key, statement.voice.key)
        if claim.voice is None and source != claim.report:
            origin = own_voice.get(source, origin)
        copied, day = None, statement.published
        if source != claim.report:
            model = _same(claim, in_report[source], partial(_is_same_voice, claim))
            if model is not None:
                copied = Copied(model.claim.key, f"a copy of {_outlet(model)}'s report")
                day = model.published
                origin = one.get(model.voice.key, model.voice.key)
        if copied is None and claim.voice is None:
            model = _printed(statement, printed.get(claim.kind, ()))
            if model is not None:
                copied = Copied(model.claim.key, f"the same sentence as in {_outlet(model)}'s report")
                day, origin = model.published, model.voice.key
            else:
                printed.setdefault(claim.kind, []).append(statement)
        reckons = _reckons(claim, in_report[claim.report])
        if copied is None and claim.voice is None and not reckons:
            quoted = [s for s in in_report[claim.report] if s.claim.voice is not None and s.claim.kind is claim.kind]
            model = _same(claim, quoted, lambda _: True)
            if model is not None and claim.count is not None:
                copied = Copied(model.claim.key, f"the report's own words for the number of {model.voice.name}")
        losses = whose(statement, known)
        found.append(Said(statement, origin, day, losses, counted(statement, losses, known), copied, reckons))
    return tuple(sorted(found, key=sort_key))


def _printed(statement: Statement, earlier: Iterable[Statement]) -> Statement | None:
    """The first of these own words of other outlets' reports that are nearly the statement's own sentence."""
    claim = statement.claim
    return next(
        (
            other
            for other in earlier
            if other.claim.report != claim.report
            and other.voice.key != statement.voice.key
            and same_sentence(other.claim, claim)
        ),
        None,
    )


def _first_reports(ordered: Iterable[Statement], origins: Mapping[str, Origin]) -> dict[str, str]:
    """Each report's stand-in for the first of its text: the origin itself, or the earliest copy at hand."""
    reports = list(dict.fromkeys(s.claim.report for s in ordered))
    group = {report: origins[report].report if report in origins else report for report in reports}
    stand_in: dict[str, str] = {}
    for report in reports:
        stand_in.setdefault(group[report], report)
    stand_in.update({report: report for report in reports if group[report] == report})
    return {report: stand_in[group[report]] for report in reports}


def _same(claim: Claim, others: Iterable[Statement], agrees: Callable[[Statement], bool]) -> Statement | None:
    """The first of the others, by place in its report, that says the same thing with the same number."""
    alike = [s for s in others if s.claim.kind is claim.kind and is_same_count(s.claim, claim) and agrees(s)]
    alike = [s for s in alike if s.claim.stance is claim.stance and s.claim.scope is claim.scope]
    return min(
        alike, key=lambda s: (s.claim.whom_class is not claim.whom_class, s.claim.start, s.claim.key), default=None
    )


def _is_same_voice(a: Claim, statement: Statement) -> bool:
    b = statement.claim
    return (a.voice.text if a.voice else None) == (b.voice.text if b.voice else None) and a.whom_class is b.whom_class


def is_same_count(a: Claim, b: Claim) -> bool:
    """Whether two counts give one number, the one perhaps more loosely ("at least 10" beside "10")."""
    if a.count is None or b.count is None:
        return a.count is b.count and (a.whom.text if a.whom else None) == (b.whom.text if b.whom else None)
    return (a.count.low, a.count.high) == (b.count.low, b.count.high) or (
        a.count.low is not None and a.count.low == b.count.low and None in (a.count.high, b.count.high)
    )


def are_apart(a: Claim, b: Claim) -> bool:
    """Whether no number fits both counts; "at least 10" fits 12."""
    if a.count is None or b.count is None:
        return False
    low_a, low_b = a.count.low or 0, b.count.low or 0
    return (a.count.high is not None and a.count.high < low_b) or (b.count.high is not None and b.count.high < low_a)


def in_own_words(claim: Claim) -> bool:
    """Whether a report says it in its own words: as its own claim, or ahead of the voice it then quotes for it."""
    return claim.voice is None or place(claim) < claim.start


def place(claim: Claim) -> int:
    """Where a report first says it: the offset of its sentence, or of an earlier one that says the same."""
    return min((claim.start, *(span.start for span in claim.also)))


def _reckons(claim: Claim, report: Iterable[Statement]) -> bool:
    """Whether the claim is its report's own number beside two or more voices that it quotes on the same harm."""
    if not in_own_words(claim) or claim.count is None:
        return False
    return len({s.voice.key for s in report if s.claim.voice is not None and s.claim.kind is claim.kind}) >= 2


def _outlet(statement: Statement) -> str:
    return statement.outlet or "an earlier outlet"
