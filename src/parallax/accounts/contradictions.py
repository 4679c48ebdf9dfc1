"""Why two claims about one incident differ: a revision, growth, scope, a dispute, a denial or a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from parallax.accounts.figures import is_narrower, names_some
from parallax.accounts.history import in_words, is_same_question
from parallax.accounts.origins import Said, are_apart, sort_key
from parallax.model import HARMS, Actor, Claim, Difference, DifferenceType, Scope, Stance, Statement, VictimClass

TOLD = {VictimClass.CIVILIAN, VictimClass.COMBATANT}


def differences(sayings: Sequence[Said], gone: Mapping[str, Said]) -> tuple[Difference, ...]:
    """The typed differences between claims, sorted; of several alike by one origin, one stands for them."""
    by_key = {said.key: said for said in sayings}
    found: list[Difference] = []
    for said in sayings:
        if said.copied is not None and said.copied.of in by_key:
            found.append(Difference(DifferenceType.COPY, said.copied.of, said.key, said.copied.reason))
        elif said.key in gone:
            found.append(_revised(said, gone[said.key]))
    current = [said for said in sayings if said.copied is None and said.key not in gone]
    for a, b in combinations(_representatives(current), 2):
        difference = _differ(a, b)
        if difference is not None:
            found.append(difference)
    return tuple(sorted(set(found), key=lambda d: (d.type.value, d.a, d.b)))


def _representatives(current: Sequence[Said]) -> list[Said]:
    """The first saying of each thing said, whoever says it, so that the pairs stay few; a denial stands for itself."""
    first: dict[tuple[object, ...], Said] = {}
    for said in sorted(current, key=sort_key):
        claim, whom = said.statement.claim, said.counted
        denying = claim.stance is Stance.DENIED
        if (claim.count is None and not denying and claim.kind in HARMS) or said.statement.dead == 0:
            continue
        thing = (
            said.origin if denying else None,
            claim.kind,
            claim.whom_class,
            claim.stance,
            claim.scope,
            (claim.count.low, claim.count.high) if claim.count else None,
            whom.key if whom else None,
            said.statement.who.key if said.statement.who else None,
            names_some(claim),
        )
        first.setdefault(thing, said)
    return list(first.values())


def _revised(earlier: Said, later: Said) -> Difference:
    one, other = earlier.statement.claim, later.statement.claim
    name, day = later.statement.voice.name, in_words(later.day) if later.day else "a later day"
    if other.stance is Stance.DENIED:
        words = f"{name} withdrew {_said(one)} on {day}"
        return Difference(DifferenceType.REVISION, earlier.key, later.key, words)
    grew = _least(one) is not None and _least(other) is not None and (_least(other) or 0) > (_least(one) or 0)
    kind = DifferenceType.GROWTH if grew else DifferenceType.REVISION
    verb = "raised" if grew else "changed"
    return Difference(kind, earlier.key, later.key, f"{name} {verb} {_said(one)} to {_said(other)} on {day}")


def _differ(a: Said, b: Said) -> Difference | None:
    one, other = a.statement.claim, b.statement.claim
    if one.kind in HARMS and other.kind in HARMS and one.kind is not other.kind:
        return _joint_count(a, b)
    if one.kind is not other.kind or Stance.EXPECTED in (one.stance, other.stance):
        return None
    if Stance.DENIED in (one.stance, other.stance):
        return _denial(a, b)
    if one.kind not in HARMS or one.count is None or other.count is None:
        return None
    if one.scope is not other.scope:
        total, event = (a, b) if one.scope is Scope.TOTAL else (b, a)
        if a.origin != b.origin and not _is_one_side(a.counted, b.counted):
            return None
        words = f"{_whose(total.statement)} is a running total, {_whose(event.statement)} is of this incident"
        return Difference(DifferenceType.SCOPE, total.key, event.key, words)
    if a.counted and b.counted and a.counted.key != b.counted.key:
        if a.origin != b.origin:
            return None
        words = f"{_whose(a.statement)} and {_said(other)} count different people: {a.counted.name}, {b.counted.name}"
        return Difference(DifferenceType.SCOPE, a.key, b.key, words)
    if {one.whom_class, other.whom_class} == TOLD:
        return _dispute(a, b) if _may_be_one(one, other) else None
    if not are_apart(one, other):
        return None
    if part := _part(a, b):
        whole = b if part is a else a
        if a.origin != b.origin and one.report != other.report:
            return None
        words = f"{_whose(part.statement)} counts a part of those in {_whose(whole.statement)}"
        return Difference(DifferenceType.SCOPE, whole.key, part.key, words)
    if names_some(one) or names_some(other) or (a.origin == b.origin and not is_same_question(a, b)):
        return None
    return _dispute(a, b)


def _dispute(a: Said, b: Said) -> Difference:
    first, second = sorted((a, b), key=sort_key)
    words = f"{_whose(first.statement)} against {_whose(second.statement)}"
    if {first.statement.claim.whom_class, second.statement.claim.whom_class} == TOLD:
        words += ": civilians to the one, fighters to the other"
    return Difference(DifferenceType.DISPUTE, first.key, second.key, words)


def _denial(a: Said, b: Said) -> Difference | None:
    denial, claim = (a, b) if a.statement.claim.stance is Stance.DENIED else (b, a)
    if claim.statement.claim.stance is Stance.DENIED or claim.origin == denial.origin:
        return None
    if not _is_about(denial, claim):
        return None
    words = f"{denial.statement.voice.name} denies what {claim.statement.voice.name} said"
    return Difference(DifferenceType.DENIAL, claim.key, denial.key, words)


def _is_about(denial: Said, claim: Said) -> bool:
    """Whether a denial is of this claim: told by then, nothing that speaks against it, and one thing that ties them.

    Tied by the people counted, the doer, a number that both name, or, for an act, its place.
    """
    one, other = denial.statement, claim.statement
    if denial.day is not None and claim.day is not None and claim.day > denial.day:
        return False
    if one.claim.when is not None and other.claim.when is not None and not one.claim.when.meets(other.claim.when):
        return False
    if {one.claim.whom_class, other.claim.whom_class} == TOLD:
        return False
    ties = [_is_one_side(denial.counted, claim.counted), _is_one_side(one.who, other.who)]
    if one.claim.kind not in HARMS and one.place is not None and other.place is not None:
        ties.append(one.place.name == other.place.name)
    if _most(one.claim):
        ties.append(other.claim.count is not None and not are_apart(one.claim, other.claim))
    return False not in ties and True in ties


def _is_one_side(a: Actor | None, b: Actor | None) -> bool | None:
    """Whether two actors are one or fight together; None where either is not named."""
    if a is None or b is None:
        return None
    return a.key == b.key or (a.side is not None and a.side == b.side)


def _joint_count(a: Said, b: Said) -> Difference | None:
    """One number for killed and wounded together beside a number of killed alone."""
    one, other = a.statement.claim, b.statement.claim
    if one.report == other.report and one.count and one.count == other.count and one.count.low is None:
        words = f"{_said(one)} counts killed and hurt together"
        return Difference(DifferenceType.SCOPE, min(a.key, b.key), max(a.key, b.key), words)
    return None


def _part(a: Said, b: Said) -> Said | None:
    """Which of two counts is a part of the other, None if neither."""
    small, large = sorted((a, b), key=lambda s: (_most(s.statement.claim), s.key))
    inner, outer = small.statement.claim, large.statement.claim
    if (names_some(inner) and not names_some(outer)) or is_narrower(inner.whom_class, outer.whom_class):
        return small
    return None


def _may_be_one(a: Claim, b: Claim) -> bool:
    """Whether two counts with a least number each can be of the same people."""
    return _least_known(a) and _least_known(b) and not are_apart(a, b)


def _least_known(claim: Claim) -> bool:
    return claim.count is not None and claim.count.low is not None


def _least(claim: Claim) -> int | None:
    return None if claim.count is None else claim.count.low if claim.count.low is not None else claim.count.high


def _most(claim: Claim) -> int:
    return max(claim.count.low or 0, claim.count.high or 0) if claim.count else 0


def _said(claim: Claim) -> str:
    if claim.count is None:
        return "no number"
    return f'"{claim.count.text}"' if claim.count.text else str(_least(claim))


def _whose(statement: Statement) -> str:
    return f"{statement.voice.name}'s {_said(statement.claim)}"
