"""What each voice does in one incident: what it adds to its running totals, and how it stands to the others.

Kept with the incident, so that a voice's page adds up some narrow rows instead of reading
every incident again that the voice speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parallax.accounts.history import replaced
from parallax.accounts.judgements import corrected, discounts
from parallax.accounts.origins import Said, are_apart, attribute
from parallax.accounts.policy import Policy
from parallax.accounts.running import Part, parts
from parallax.model import (
    HARMS,
    Difference,
    DifferenceType,
    Incident,
    Judgement,
    Origin,
    Scope,
    Stance,
    Statement,
    VictimClass,
)

_TOLD = {VictimClass.CIVILIAN, VictimClass.COMBATANT}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a voice stands to the others, in one incident or over several, as numbers of its claims.

    `claims` stand now; `grew` and `revised` it replaced by a higher number, or by another;
    `denies` are denials, `denied` are denied by others. `beside`: those that give a number of people
    harmed where another origin gives one for the same harm; `agreed`: of these, those whose number
    meets one of another origin.
    """

    claims: int
    grew: int
    revised: int
    denies: int
    denied: int
    beside: int
    agreed: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the voices of one incident do, by voice."""

    parts: tuple[Part, ...]
    standings: Mapping[str, Standing]


def spoken(
    incident: Incident,
    statements: Mapping[str, Statement],
    origins: Mapping[str, Origin],
    policy: Policy,
    differences: Sequence[Difference],
    judgements: Sequence[Judgement] = (),
) -> Spoken:
    """What the voices of an incident do; `differences` are those of its tally, under whichever policy.

    Raises KeyError where a claim of the incident has no statement.
    """
    own, _ = corrected([statements[key] for key in incident.claims], judgements)
    told = attribute(own, origins)
    out = discounts(judgements)
    kept = [said for said in told if said.key not in out]
    found = parts(incident, statements, origins, policy, judgements)
    return Spoken(found, standings(kept, replaced(told), differences))


def standings(
    sayings: Sequence[Said], gone: Mapping[str, Said], differences: Sequence[Difference]
) -> dict[str, Standing]:
    """How each origin of the sayings stands to the others, by its key; copies count for nobody."""
    by_origin: dict[str, list[Said]] = {}
    for said in sayings:
        if said.copied is None:
            by_origin.setdefault(said.origin, []).append(said)
    changed = {type: {d.a for d in differences if d.type is type} for type in DifferenceType}
    numbers = {
        origin: [said for said in own if said.key not in gone and _is_number(said)] for origin, own in by_origin.items()
    }
    found = {}
    for origin, own in sorted(by_origin.items()):
        keys = {said.key for said in own}
        others = [said for other, some in numbers.items() if other != origin for said in some]
        beside = [said for said in numbers[origin] if any(_is_of_one_thing(said, other) for other in others)]
        agreed = [said for said in beside if any(_agrees(said, other) for other in others)]
        found[origin] = Standing(
            claims=len(keys - gone.keys()),
            grew=len(keys & changed[DifferenceType.GROWTH]),
            revised=len(keys & changed[DifferenceType.REVISION]),
            denies=sum(said.statement.claim.stance is Stance.DENIED for said in own),
            denied=len(keys & changed[DifferenceType.DENIAL]),
            beside=len(beside),
            agreed=len(agreed),
        )
    return found


def _is_number(said: Said) -> bool:
    claim = said.statement.claim
    if claim.kind not in HARMS or claim.count is None or claim.scope is not Scope.EVENT:
        return False
    return claim.stance in (Stance.ASSERTED, Stance.DOUBTED)


def _is_of_one_thing(a: Said, b: Said) -> bool:
    """Whether two numbers are of one harm, to people not told to be of different classes or sides."""
    one, other = a.statement.claim, b.statement.claim
    if one.kind is not other.kind or {one.whom_class, other.whom_class} == _TOLD:
        return False
    return a.counted is None or b.counted is None or a.counted.key == b.counted.key


def _agrees(a: Said, b: Said) -> bool:
    return _is_of_one_thing(a, b) and not are_apart(a.statement.claim, b.statement.claim)
