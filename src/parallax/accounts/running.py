"""The running totals of one voice's own statements, with double counting guarded.

What a voice says of each incident as it stands now is added up by the days of the incidents:
numbers that it replaced, copies, parts of a whole, forecasts, denials and totals that it gave
itself are not added. A number for several days ("30 in the week") that holds numbers for days
within it at the same place stands for them if it is larger, else they stand for it. Its own
losses, its enemy's and other people are never added to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parallax.accounts.evidence import Evidence, sort_out
from parallax.accounts.fighters import told_apart
from parallax.accounts.figures import Figure
from parallax.accounts.history import in_words, replaced
from parallax.accounts.judgements import corrected, discounts
from parallax.accounts.losses import Losses
from parallax.accounts.origins import Said, attribute
from parallax.accounts.policy import Policy
from parallax.accounts.says import ALL, sayings
from parallax.model import (
    HARMS,
    Addend,
    Days,
    Incident,
    Judgement,
    Kind,
    LeftOut,
    Origin,
    Place,
    RunningTotal,
    Scope,
    Statement,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One number of the voice for one incident, with where and when it is of."""

    incident: str
    where: Place | None
    when: Days | None
    low: int
    high: int
    claims: tuple[str, ...]


def running_totals(
    voice: str,
    incidents: Sequence[Incident],
    statements: Mapping[str, Statement],
    origins: Mapping[str, Origin],
    policy: Policy,
    judgements: Sequence[Judgement] = (),
) -> tuple[RunningTotal, ...]:
    """The voice's totals over these incidents, by harm and by whose people it counts.

    `voice` is the key of a voice; `statements` are by claim key, all those of the incidents,
    `origins` by report key. The result depends on no order. Raises KeyError where a claim of an
    incident has no statement.
    """
    entries: dict[tuple[Kind, str], list[_Entry]] = {}
    left: dict[tuple[Kind, str], list[LeftOut]] = {}
    stated: dict[tuple[Kind, str], list[str]] = {}
    # What a party says of its enemy's losses is context for an incident, but it is what it says.
    open_policy = replace(policy, admit=lambda _: None)
    for incident in sorted(incidents, key=lambda incident: incident.id):
        own, notes = corrected([statements[key] for key in incident.claims], judgements)
        told = attribute(own, origins)
        gone, discounted = replaced(told), discounts(judgements)
        classed, classes = told_apart(told, notes)
        by_key = {said.key: said for said in classed if said.origin == voice}
        for kind in HARMS:
            if not any(said.statement.claim.kind is kind for said in by_key.values()):
                continue
            evidence = sort_out(kind, classed, gone, discounted, notes | classes, open_policy)
            for whose, figures in _by_people(evidence, voice).items():
                if (entry := _entry(incident, figures, evidence, policy)) is not None:
                    entries.setdefault((kind, whose), []).append(entry)
            for out in evidence.left_out:
                if (said := by_key.get(out.claim)) is not None:
                    total = said.statement.claim.scope is Scope.TOTAL and out.claim not in discounted
                    thing = kind, _whose(said)
                    if total:
                        stated.setdefault(thing, []).append(out.claim)
                    else:
                        left.setdefault(thing, []).append(out)
    things = sorted({*entries, *left, *stated}, key=lambda thing: (HARMS.index(thing[0]), thing[1]))
    return tuple(
        _added(
            voice,
            kind,
            whose,
            entries.get((kind, whose), []),
            left.get((kind, whose), []),
            stated.get((kind, whose), []),
        )
        for kind, whose in things
    )


def _by_people(evidence: Evidence, voice: str) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in evidence.figures:
        if figure.origin == voice:
            found.setdefault(_whose(figure), []).append(figure)
    return found


def _whose(said: Said | Figure) -> str:
    """Whose people are counted, in words: "its own losses: Britain", "others"."""
    if said.losses is Losses.OTHER:
        return str(said.losses)
    return f"{said.losses}: {said.counted.name}" if said.counted is not None else str(said.losses)


def _entry(incident: Incident, figures: Sequence[Figure], evidence: Evidence, policy: Policy) -> _Entry | None:
    """The voice's number for the incident: parts are never added to their whole, different people are."""
    says = sayings(figures, policy.unsaid, evidence.reckonings, evidence.floors)[ALL]
    if not says:
        return None
    (say,) = says
    days = [figure.claim.when for figure in figures if figure.claim.when is not None]
    when = Days(min(d.first for d in days), max(d.last for d in days)) if days else incident.when
    low = 0 if say.doubted or say.low is None else say.low
    return _Entry(incident.id, incident.where, when, low, say.high, say.claims)


def _added(
    voice: str, kind: Kind, whose: str, entries: Sequence[_Entry], left: Sequence[LeftOut], stated: Sequence[str]
) -> RunningTotal:
    kept, out = _guarded(entries)
    low = high = 0
    addends = []
    for entry in sorted(kept, key=_in_time):
        low, high = low + entry.low, high + entry.high
        addends.append(Addend(entry.incident, entry.when, entry.low, entry.high, low, high, entry.claims))
    left_out = sorted({(each.claim, each.reason) for each in (*left, *out)})
    return RunningTotal(
        voice, kind, whose, tuple(addends), tuple(LeftOut(*each) for each in left_out), tuple(sorted(set(stated)))
    )


def _in_time(entry: _Entry) -> tuple[date, date, str]:
    """By day, what has none last."""
    when = entry.when
    return (when.first, when.last, entry.incident) if when else (date.max, date.max, entry.incident)


def _guarded(entries: Sequence[_Entry]) -> tuple[list[_Entry], list[LeftOut]]:
    """The entries of which none holds another, and the claims of those left out, from the shortest days up."""
    kept: list[_Entry] = []
    out: list[LeftOut] = []
    for wide in sorted(entries, key=lambda e: (e.when.length if e.when else 0, e.incident)):
        within = [entry for entry in kept if _holds(wide, entry)]
        total = sum(entry.high for entry in within)
        if within and wide.high <= total:
            reason = f"its days and place hold numbers of the same voice that come to {total}"
            out += [LeftOut(claim, reason) for claim in wide.claims]
            continue
        for entry in within:
            assert wide.when is not None
            days = f"{in_words(wide.when.first)} to {in_words(wide.when.last)}"
            out += [LeftOut(claim, f"within the {wide.high} of the same voice for {days}") for claim in entry.claims]
        kept = [*(entry for entry in kept if entry not in within), wide]
    return kept, out


def _holds(wide: _Entry, entry: _Entry) -> bool:
    """Whether a number for several days is of days and a place that hold another's."""
    if wide.when is None or entry.when is None or wide.when.length <= entry.when.length:
        return False
    if not (wide.when.first <= entry.when.first and entry.when.last <= wide.when.last):
        return False
    if wide.where is None or entry.where is None:
        return True
    return wide.where.name == entry.where.name or wide.where.name in entry.where.admin
