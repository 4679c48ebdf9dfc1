"""Builds statements, incidents and tallies out of a few words, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from parallax.accounts.policies import named
from parallax.accounts.weigh import weigh
from parallax.model import (
    Actor,
    Bound,
    Claim,
    Count,
    Incident,
    Judgement,
    Kind,
    Mention,
    Origin,
    Range,
    Scope,
    Stance,
    Statement,
    Tally,
    Telling,
    VictimClass,
    Voice,
    VoiceType,
)

BRITAIN = Actor("britain", "Britain", "allies")
FRANCE = Actor("france", "France", "allies")
RUSSIA = Actor("russia", "Russia", "russia")
VOICES = {
    "post": Voice("post", "The Morning Post", VoiceType.OUTLET),
    "gazette": Voice("gazette", "Gazette", VoiceType.OUTLET),
    "monitor": Voice("monitor", "the Monitor", VoiceType.MONITOR),
    "ministry": Voice("ministry", "the Ministry of Health", VoiceType.OFFICIAL),
    "doctor": Voice("doctor", "a doctor", VoiceType.PERSON),
    "raglan": Voice("raglan", "Lord Raglan", VoiceType.PARTY, party="britain"),
    "canrobert": Voice("canrobert", "General Canrobert", VoiceType.PARTY, party="france"),
    "menshikov": Voice("menshikov", "Prince Menshikov", VoiceType.PARTY, party="russia"),
}


def day(number: int) -> date:
    """A day of October 1854."""
    return date(1854, 10, number)


def said(
    voice: str,
    low: int | None = None,
    high: int | None = -1,
    text: str | None = None,
    *,
    kind: Kind = Kind.KILLED,
    whom: str | None = "people",
    whom_class: VictimClass = VictimClass.CIVILIAN,
    report: str | None = None,
    on: int | None = 2,
    own_words: bool = False,
    start: int = 0,
    stance: Stance = Stance.ASSERTED,
    scope: Scope = Scope.EVENT,
    actor: Actor | None = None,
    who: Actor | None = None,
    who_: Mention | None = None,
    **slots: Any,
) -> Statement:
    """One statement. `high` -1 stands for the same as `low`; no low and no high is no count; `who_` are words."""
    high = low if high == -1 else high
    count = None
    if low is not None or high is not None:
        count = Count(low, high, text if text is not None else str(low if low is not None else high))
    claim = Claim.of(
        report or f"report-{voice}-{on}",
        start,
        start + 40,
        kind,
        count=count,
        whom=Mention(start, start + len(whom), whom) if whom else None,
        whom_class=whom_class,
        voice=None if own_words else Mention(start, start + 5, VOICES[voice].name),
        stance=stance,
        scope=scope,
        who=who_,
        **slots,
    )
    outlet = VOICES[voice].name if own_words else "Daily News"
    return Statement(claim, VOICES[voice], None, who, actor, outlet, day(on) if on else None)


def incident(statements: Sequence[Statement]) -> Incident:
    """All the statements as one incident."""
    reports = sorted({s.claim.report for s in statements})
    tellings = tuple(
        Telling(f"telling-{report}", report, tuple(s.claim.key for s in statements if s.claim.report == report))
        for report in reports
    )
    kinds = tuple(sorted({s.claim.kind for s in statements}))
    return Incident("incident-1", tellings, (), kinds, None, None)


def tally(
    *statements: Statement,
    policy: str = "airwars",
    origins: Mapping[str, Origin] | None = None,
    judgements: Sequence[Judgement] = (),
) -> Tally:
    """The tally of one incident made of these statements."""
    by_key = {s.claim.key: s for s in statements}
    alone = {s.claim.report: Origin(s.claim.report, 1.0) for s in statements}
    return weigh(incident(statements), by_key, alone | dict(origins or {}), named(policy), judgements)


def spread(found: Tally, whom: str = "civilian", kind: Kind = Kind.KILLED) -> Range:
    """The one range of this class and harm."""
    (one,) = [r for r in found.ranges if r.kind is kind and r.whom == whom]
    return one


def ends(found: Tally, whom: str = "civilian", kind: Kind = Kind.KILLED) -> tuple[int | None, int | None]:
    """The two ends of a range."""
    one = spread(found, whom, kind)
    return one.low.value, one.high.value


def reason(bound: Bound, statement: Statement) -> str | None:
    """Why the bound leaves a statement out, None if it does not."""
    return next((left.reason for left in bound.left_out if left.claim == statement.claim.key), None)
