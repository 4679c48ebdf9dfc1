"""What an origin says now, and what it said before.

By day of publication: a later number of the same voice for the same people replaces the
earlier one; numbers of one day that disagree all stand; undated ones replace nothing and
are replaced by nothing. Numbers for other days (a happening that goes on) replace nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from parallax.accounts.figures import names_some
from parallax.accounts.origins import Said, are_apart, is_same_count
from parallax.model import Account, Claim, Scope, Stance, VictimClass


def replaced(sayings: Sequence[Said]) -> dict[str, Said]:
    """Claims (by key) that the same origin later replaced, each with the first saying that did so."""
    by_origin: dict[str, list[Said]] = {}
    for said in sayings:
        if said.copied is None:
            by_origin.setdefault(said.origin, []).append(said)
    found: dict[str, Said] = {}
    for own in by_origin.values():
        sides = {(said.statement.claim.kind, said.counted.key) for said in own if said.counted is not None}
        kinds = [kind for kind, _ in sides]
        for earlier in own:
            # Of a voice that counts two sides, a number for nobody named may be for either.
            several = kinds.count(earlier.statement.claim.kind) > 1
            later = next((said for said in own if _replaces(said, earlier, several)), None)
            if later is not None:
                found[earlier.key] = later
    for said in sayings:
        if said.copied is not None and said.copied.of in found:
            found[said.key] = found[said.copied.of]
    return found


def _replaces(later: Said, earlier: Said, several_sides: bool) -> bool:
    if later.day is None or earlier.day is None or later.day <= earlier.day:
        return False
    a, b = later.statement, earlier.statement
    if not is_same_question(later, earlier) or (several_sides and (later.counted is None) != (earlier.counted is None)):
        return False
    if a.claim.stance is Stance.DENIED:
        # Who denies that forty died takes nothing back of the 200 that he told of.
        return (
            b.claim.stance is not Stance.DENIED and not are_apart(a.claim, b.claim) and later.losses is earlier.losses
        )
    if b.claim.stance is Stance.DENIED:
        return True
    return a.claim.count is not None and (b.claim.count is None or not is_same_count(a.claim, b.claim))


def is_same_question(a: Said, b: Said) -> bool:
    """Whether two sayings answer one question: the same harm to the same people on the same days."""
    one, other = a.statement.claim, b.statement.claim
    if one.kind is not other.kind or one.scope is not other.scope or one.scope is Scope.TOTAL:
        return False
    if Stance.EXPECTED in (one.stance, other.stance):
        return False
    told = {VictimClass.CIVILIAN, VictimClass.COMBATANT}
    if one.whom_class is not other.whom_class and {one.whom_class, other.whom_class} == told:
        return False
    if a.counted is not None and b.counted is not None and a.counted.key != b.counted.key:
        return False
    if one.when is not None and other.when is not None and not one.when.meets(other.when):
        return False
    if names_some(one) or names_some(other):
        return _words(one) == _words(other)
    return True


def _words(claim: Claim) -> str:
    return claim.whom.text.casefold() if claim.whom else ""


def accounts(incident: str, sayings: Sequence[Said], gone: Mapping[str, Said]) -> tuple[Account, ...]:
    """One account for each origin: its claims as they stand, and those it has replaced."""
    by_origin: dict[str, list[Said]] = {}
    for said in sayings:
        by_origin.setdefault(said.origin, []).append(said)
    found = []
    for origin, own in sorted(by_origin.items()):
        named = [s for s in own if s.statement.voice.key == origin] or own
        found.append(
            Account(
                incident=incident,
                origin=origin,
                voice=named[0].statement.voice,
                current=tuple(said.key for said in own if said.key not in gone),
                superseded=tuple(said.key for said in own if said.key in gone),
                reports=tuple(sorted({said.statement.claim.report for said in own})),
            )
        )
    return tuple(found)


def in_words(day: date) -> str:
    """A day as people write it: 3 October 1854."""
    return f"{day.day} {day:%B} {day.year}"
