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
from datetime import date, timedelta

from parallax.accounts.evidence import Evidence, Told, sort_out
from parallax.accounts.fighters import told_apart
from parallax.accounts.figures import Figure
from parallax.accounts.history import in_words, replaced
from parallax.accounts.judgements import corrected, discounts
from parallax.accounts.losses import Losses
from parallax.accounts.origins import Said, attribute
from parallax.accounts.policy import Policy
from parallax.accounts.says import ALL, sayings
from parallax.accounts.stated import counting_the_dead
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
class Part:
    """What one voice says of one harm to the same people in one incident.

    `low` and `high` are None where none of its claims is added. `left_out`: claims that are not
    added, and why; `stated`: running totals that the voice gave itself.
    """

    voice: str
    kind: Kind
    whose: str
    incident: str
    where: Place | None
    when: Days | None
    low: int | None
    high: int | None
    claims: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    stated: tuple[str, ...]


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
    found = [part for each in incidents for part in parts(each, statements, origins, policy, judgements)]
    return added_up([part for part in found if part.voice == voice])


def parts(
    incident: Incident,
    statements: Mapping[str, Statement],
    origins: Mapping[str, Origin],
    policy: Policy,
    judgements: Sequence[Judgement] = (),
) -> tuple[Part, ...]:
    """What each voice adds to its running totals with this incident, by voice, harm and people.

    Raises KeyError where a claim of the incident has no statement.
    """
    # What a party says of its enemy's losses is context for an incident, but it is what it says.
    open_policy = replace(policy, admit=lambda _: None)
    own, notes = corrected([statements[key] for key in incident.claims], judgements)
    own, counted = counting_the_dead(own)
    notes = {**counted, **notes}
    told = attribute(own, origins)
    gone, discounted = replaced(told), discounts(judgements)
    classed, classes = told_apart(told, notes)
    found: list[Part] = []
    for kind in HARMS:
        by_key = {said.key: said for said in classed if said.statement.claim.kind is kind}
        if by_key:
            evidence = sort_out(Told.of(kind, classed), gone, discounted, notes | classes, open_policy)
            found += _parts(incident, kind, by_key, evidence, policy, discounted)
    return tuple(sorted(found, key=lambda part: (part.voice, HARMS.index(part.kind), part.whose)))


def _parts(
    incident: Incident,
    kind: Kind,
    by_key: Mapping[str, Said],
    evidence: Evidence,
    policy: Policy,
    discounted: Mapping[str, str],
) -> list[Part]:
    figures: dict[tuple[str, str], list[Figure]] = {}
    left: dict[tuple[str, str], list[LeftOut]] = {}
    stated: dict[tuple[str, str], list[str]] = {}
    for figure in evidence.figures:
        figures.setdefault((figure.origin, _whose(figure)), []).append(figure)
    for out in evidence.left_out:
        said = by_key[out.claim]
        thing = said.origin, _whose(said)
        if said.statement.claim.scope is Scope.TOTAL and out.claim not in discounted:
            stated.setdefault(thing, []).append(out.claim)
        else:
            left.setdefault(thing, []).append(out)
    found = []
    for voice, whose in {*figures, *left, *stated}:
        entry = _entry(incident, figures.get((voice, whose), []), evidence, policy)
        found.append(
            Part(
                voice,
                kind,
                whose,
                incident.id,
                incident.where,
                entry.when if entry else incident.when,
                entry.low if entry else None,
                entry.high if entry else None,
                entry.claims if entry else (),
                tuple(left.get((voice, whose), ())),
                tuple(sorted(stated.get((voice, whose), ()))),
            )
        )
    return found


def added_up(found: Sequence[Part]) -> tuple[RunningTotal, ...]:
    """The running totals of one voice from its parts, nothing counted twice, by harm and people."""
    by: dict[tuple[Kind, str], list[Part]] = {}
    for part in sorted(found, key=lambda part: part.incident):
        by.setdefault((part.kind, part.whose), []).append(part)
    return tuple(
        _added(
            some[0].voice,
            kind,
            whose,
            [
                _Entry(part.incident, part.where, part.when, part.low, part.high, part.claims)
                for part in some
                if part.low is not None and part.high is not None
            ],
            [out for part in some for out in part.left_out],
            [claim for part in some for claim in part.stated],
        )
        for (kind, whose), some in sorted(by.items(), key=lambda item: (HARMS.index(item[0][0]), item[0][1]))
    )


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
    kept = _Kept()
    out: list[LeftOut] = []
    for wide in sorted(entries, key=lambda e: (e.when.length if e.when else 0, e.incident)):
        within = [entry for entry in kept.near(wide) if _holds(wide, entry)]
        total = sum(entry.high for entry in within)
        if within and wide.high <= total:
            reason = f"its days and place hold numbers of the same voice that come to {total}"
            out += [LeftOut(claim, reason) for claim in wide.claims]
            continue
        for entry in within:
            assert wide.when is not None
            days = f"{in_words(wide.when.first)} to {in_words(wide.when.last)}"
            out += [LeftOut(claim, f"within the {wide.high} of the same voice for {days}") for claim in entry.claims]
            kept.remove(entry)
        kept.add(wide)
    return kept.entries(), out


class _Kept:
    """Entries by incident, and their incidents by first day and every name that they lie in ("" for any)."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._at: dict[date, dict[str, set[str]]] = {}

    def entries(self) -> list[_Entry]:
        return list(self._entries.values())

    def add(self, entry: _Entry) -> None:
        self._entries[entry.incident] = entry
        if entry.when is not None:
            named = self._at.setdefault(entry.when.first, {})
            for name in _names(entry):
                named.setdefault(name, set()).add(entry.incident)

    def remove(self, entry: _Entry) -> None:
        del self._entries[entry.incident]
        if entry.when is not None:
            for name in _names(entry):
                self._at[entry.when.first][name].discard(entry.incident)

    def near(self, wide: _Entry) -> list[_Entry]:
        """The entries that can lie within these days and this place, by incident; none within a single day."""
        if wide.when is None or wide.when.length == 1:
            return []
        first, last = wide.when.first, wide.when.last
        if wide.when.length > len(self._at):
            days = [day for day in self._at if first <= day <= last]
        else:
            every = (first + timedelta(days=number) for number in range(wide.when.length))
            days = [day for day in every if day in self._at]
        wanted = ("",) if wide.where is None else (wide.where.name, _NOWHERE)
        found = {incident for day in days for name in wanted for incident in self._at[day].get(name, ())}
        return [self._entries[incident] for incident in sorted(found)]


# Where an entry without a place is looked for.
_NOWHERE = "\x00"


def _names(entry: _Entry) -> set[str]:
    where = entry.where
    return {"", _NOWHERE} if where is None else {"", where.name, *where.admin}


def _holds(wide: _Entry, entry: _Entry) -> bool:
    """Whether a number for several days is of days and a place that hold another's."""
    if wide.when is None or entry.when is None or wide.when.length <= entry.when.length:
        return False
    if not (wide.when.first <= entry.when.first and entry.when.last <= wide.when.last):
        return False
    if wide.where is None or entry.where is None:
        return True
    return wide.where.name == entry.where.name or wide.where.name in entry.where.admin
