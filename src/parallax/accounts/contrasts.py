"""A party's own numbers against those of others: what it concedes against what it is said to have done, and
whose dead its own side counts against those that its enemy counts.

Airwars sets harm that a belligerent concedes beside harm that others allege; a belligerent's
numbers for its own losses and for its enemy's are never mixed with others unmarked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parallax.accounts.losses import Losses, actors
from parallax.accounts.origins import Said
from parallax.accounts.policy import listed
from parallax.model import ACTS, HARMS, Actor, Contrast, ContrastType, Kind, Scope, Stance, Statement, VictimClass


def contrasts(sayings: Sequence[Said], gone: Mapping[str, Said]) -> tuple[Contrast, ...]:
    """The contrasts of the sayings that stand now, by type, harm and actor."""
    told = [s for s in sayings if s.key not in gone and s.copied is None and _is_told(s.statement)]
    known = actors(said.statement for said in sayings)
    found = [*_conceded(told, known), *_losses(told)]
    return tuple(sorted(found, key=lambda c: (c.type.value, list(Kind).index(c.kind), c.actor)))


def speaks_for_itself(statement: Statement) -> bool:
    """Whether a party says of something that it did it itself."""
    party, who = statement.voice.party, statement.who
    return party is not None and who is not None and party in (who.key, who.side)


def _is_told(statement: Statement) -> bool:
    return statement.claim.scope is Scope.EVENT and statement.claim.stance is not Stance.EXPECTED


def _conceded(told: Sequence[Said], known: Mapping[str, Actor]) -> Iterable[Contrast]:
    for kind in HARMS:
        own: dict[str, list[Said]] = {}
        for said in told:
            party = said.statement.voice.party
            if party is not None and _is_harm(said, kind) and speaks_for_itself(said.statement):
                own.setdefault(party, []).append(said)
        for party, conceding in own.items():
            ours = {party, known[party].side if party in known else None} - {None}
            alleged = [said for said in told if _is_harm(said, kind) and _alleges(said, ours, told)]
            name = known[party].name if party in known else party
            words = f"{name} concedes {_numbers(conceding)}"
            words += (
                f"; {_voices(alleged)} put {_numbers(alleged)} down to it" if alleged else "; nobody else counts it"
            )
            yield Contrast(ContrastType.CONCEDED, kind, name, _keys(conceding), _keys(alleged), words)


def _is_harm(said: Said, kind: Kind) -> bool:
    """Whether it says how many were harmed, others than fighters: a party's count of those concedes nothing."""
    claim = said.statement.claim
    if claim.kind is not kind or claim.count is None or claim.stance is Stance.DENIED:
        return False
    return said.losses is Losses.OTHER and claim.whom_class is not VictimClass.COMBATANT


def _alleges(said: Said, ours: set[str | None], told: Sequence[Said]) -> bool:
    """Whether another voice puts this harm down to the party: by its own words, or by those on the act beside it."""
    statement = said.statement
    if statement.voice.party in ours:
        return False
    if statement.who is not None:
        return bool({statement.who.key, statement.who.side} & ours)
    return any(
        other.statement.claim.kind in ACTS
        and other.origin == said.origin
        and other.statement.claim.report == statement.claim.report
        and other.statement.who is not None
        and {other.statement.who.key, other.statement.who.side} & ours
        for other in told
    )


def _losses(told: Sequence[Said]) -> Iterable[Contrast]:
    for kind in HARMS[:2]:
        by: dict[str, dict[Losses, list[Said]]] = {}
        names: dict[str, str] = {}
        for said in told:
            claim = said.statement.claim
            if claim.kind is not kind or claim.count is None or claim.stance is Stance.DENIED:
                continue
            if said.counted is None or said.losses is Losses.OTHER:
                continue
            names[said.counted.key] = said.counted.name
            by.setdefault(said.counted.key, {}).setdefault(said.losses, []).append(said)
        for key, counts in by.items():
            own, enemy = counts.get(Losses.OWN, []), counts.get(Losses.ENEMY, [])
            name = names[key]
            words = (
                f"{name}: {_numbers(own)} by its own side's count" if own else f"{name}: its own side gives no count"
            )
            words += f"; {_numbers(enemy)} by its enemy's" if enemy else "; its enemy gives none"
            yield Contrast(ContrastType.LOSSES, kind, name, _keys(own), _keys(enemy), words)


def _keys(sayings: Sequence[Said]) -> tuple[str, ...]:
    return tuple(sorted(said.key for said in sayings))


def _numbers(sayings: Sequence[Said]) -> str:
    counts = [s.statement.claim.count for s in sorted(sayings, key=lambda s: (s.day is None, s.day, s.key))]
    return listed([f'"{count.text}"' if count.text else str(count.low or count.high) for count in counts if count])


def _voices(sayings: Sequence[Said]) -> str:
    return listed(sorted({said.statement.voice.name for said in sayings}))
