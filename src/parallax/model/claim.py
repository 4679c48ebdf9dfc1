"""A claim: one thing of one kind that one voice says happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from parallax.model.slots import Count, Days, Mention, Span, _plain, digest


class Kind(StrEnum):
    """What is claimed (the annotation guide's kinds)."""

    KILLED = "killed"
    INJURED = "injured"
    DETAINED = "detained"
    MISSING = "missing"
    DISPLACED = "displaced"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    CHEMICAL_ATTACK = "chemical_attack"
    GROUND_ATTACK = "ground_attack"
    SEIZED = "seized"
    WITHDREW = "withdrew"
    TRUCE = "truce"
    AID = "aid"
    STRENGTH = "strength"
    DAMAGE = "damage"


HARMS = (Kind.KILLED, Kind.INJURED, Kind.DETAINED, Kind.MISSING, Kind.DISPLACED)
ACTS = (Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.CHEMICAL_ATTACK, Kind.GROUND_ATTACK)


class VictimClass(StrEnum):
    """Who was harmed, in the report's own words: a reading, not a finding."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """How the voice, or the report, stands to the claim."""

    ASSERTED = "asserted"
    DOUBTED = "doubted"
    DENIED = "denied"
    EXPECTED = "expected"


class Scope(StrEnum):
    """One happening (or one day's tally), or a running total over weeks or more."""

    EVENT = "event"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing of one kind that one voice says happened. Build it with `Claim.of`.

    `voice` is None where the report says it in its own voice. `certainty` (0 to 1) is how sure
    the reader is that the report makes this claim, not how likely the thing is; `certainties` are
    how sure it is of each slot, if the claim is made, by the slot's name.
    """

    key: str
    report: str
    start: int
    end: int
    kind: Kind
    count: Count | None = None
    whom: Mention | None = None
    whom_class: VictimClass = VictimClass.UNKNOWN
    who: Mention | None = None
    where: Mention | None = None
    when: Days | None = None
    voice: Mention | None = None
    via: Mention | None = None
    stance: Stance = Stance.ASSERTED
    scope: Scope = Scope.EVENT
    certainty: float = 0.5
    also: tuple[Span, ...] = ()
    certainties: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, report: str, start: int, end: int, kind: Kind, **slots: Any) -> Claim:
        """A claim whose key is the digest of all it says; its certainties are left out of the key."""
        unsaid = ("key", "certainty", "certainties")
        bare = cls("", report, start, end, kind, **{name: slots[name] for name in slots if name not in unsaid})
        said = {name: _plain(getattr(bare, name)) for name in cls.__slots__ if name not in unsaid}
        return cls(digest(said), report, start, end, kind, **slots)


@dataclass(frozen=True, slots=True)
class Reader:
    """What made a reading: the reader's name, its version and the digest of its settings."""

    name: str
    version: str
    settings: str = ""
