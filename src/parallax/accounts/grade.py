"""How well an incident is supported, who is held to have struck, and on whose word (Airwars' grades)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallax.accounts.contrasts import speaks_for_itself
from parallax.accounts.losses import Losses
from parallax.accounts.origins import Said
from parallax.accounts.policy import listed
from parallax.model import (
    ACTS,
    HARMS,
    Attribution,
    Grade,
    Kind,
    Scope,
    Stance,
    Statement,
    StrikeStatus,
    VictimClass,
    VoiceType,
)

STRIKES = (Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.CHEMICAL_ATTACK)


def standing(sayings: Sequence[Said], gone: Mapping[str, Said], discounted: Mapping[str, str]) -> tuple[Said, ...]:
    """The sayings that stand now: not replaced, not copied, not discounted, and of the happening itself."""
    return tuple(
        said
        for said in sayings
        if said.key not in gone
        and said.key not in discounted
        and said.copied is None
        and said.statement.claim.scope is Scope.EVENT
        and said.statement.claim.stance is not Stance.EXPECTED
    )


def independent(sayings: Sequence[Said]) -> tuple[str, ...]:
    """The origins that say of their own knowledge that something happened, without doubt."""
    return tuple(sorted({s.origin for s in sayings if s.statement.claim.stance is Stance.ASSERTED and not _sums_up(s)}))


def _sums_up(said: Said) -> bool:
    """Whether it is only a report's own number for what the voices it quotes say."""
    return said.reckons and said.statement.claim.voice is None


def attributed(sayings: Sequence[Said]) -> tuple[Attribution, ...]:
    """Who is said to have done it, each with the voices that say so."""
    by: dict[str, set[str]] = {}
    for said in sayings:
        statement = said.statement
        if _blames(statement) and statement.who is not None:
            by.setdefault(statement.who.name, set()).add(statement.voice.name)
    return tuple(Attribution(actor, tuple(sorted(voices))) for actor, voices in sorted(by.items()))


def grade(sayings: Sequence[Said]) -> tuple[Grade, str]:
    """The grade, with the words that say why, and who denies it. `sayings` are the standing ones."""
    found, words = _graded(sayings)
    denying = _deniers(sayings)
    return found, f"{words}; denied by {listed(denying)}" if denying else words


def _graded(sayings: Sequence[Said]) -> tuple[Grade, str]:
    origins = independent(sayings)
    accepting = sorted(
        {s.statement.voice.name for s in sayings if _accepts(s.statement, HARMS[:2]) and _harms_civilians(s)}
    )
    if accepting:
        return Grade.CONFIRMED, f"responsibility for civilians harmed is accepted by {listed(accepting)}"
    harmed = [s for s in sayings if s.statement.claim.kind in HARMS[:2] and s.statement.claim.stance is Stance.ASSERTED]
    if harmed and all(s.statement.claim.whom_class is VictimClass.COMBATANT for s in harmed):
        return Grade.DISCOUNTED, "all those said to be killed or hurt are fighters"
    rivals = competing(sayings)
    if rivals:
        return Grade.CONTESTED, f"competing attributions: {listed(rivals)} are each held responsible"
    if len(origins) >= 2:
        return Grade.FAIR, f"{len(origins)} independent origins report it"
    return Grade.WEAK, "a single origin reports it" if origins else "no origin asserts it without doubt"


def strike_status(sayings: Sequence[Said]) -> tuple[StrikeStatus | None, str]:
    """Who is held to have struck, with the words that say why; None where no act by anyone is told.

    Airwars' strike status: *declared* a belligerent says that it struck, *contested* actors of
    different sides are held responsible, *likely* two independent origins or more tell of the
    act, *single-source claim* one does.
    """
    acts = [s for s in sayings if s.statement.claim.kind in ACTS or _blames(s.statement)]
    acts = [s for s in acts if s.statement.claim.stance is not Stance.DENIED]
    if not acts:
        return None, "no act by anyone is told"
    declaring = sorted({s.statement.voice.name for s in acts if _accepts(s.statement, (*ACTS, *HARMS))})
    if declaring:
        return StrikeStatus.DECLARED, f"{listed(declaring)} says so of its own side"
    rivals = competing(sayings)
    if rivals:
        return StrikeStatus.CONTESTED, f"{listed(rivals)} are each held responsible"
    origins = independent(acts)
    if len(origins) >= 2:
        return StrikeStatus.LIKELY, f"{len(origins)} independent origins tell of it"
    return StrikeStatus.SINGLE_SOURCE, "one origin tells of it" if origins else "no origin tells of it without doubt"


def competing(sayings: Sequence[Said]) -> tuple[str, ...]:
    """The actors of different sides whom different origins hold responsible for the same kind of act or harm.

    A clash has two sides that both strike, so only strikes, and harm to people not said to
    be fighters, can be claimed against each other; an origin that names both names a joint
    act. Actors of no known side ("gunmen") may be anyone's, so they are nobody's rivals.
    """
    found: set[str] = set()
    for kind in (*STRIKES, Kind.KILLED, Kind.INJURED):
        blamed: dict[str, dict[str, str]] = {}
        for said in sayings:
            statement = said.statement
            if statement.claim.kind is kind and _blames(statement) and statement.who and statement.who.side:
                if kind in HARMS and statement.claim.whom_class is VictimClass.COMBATANT:
                    continue
                blamed.setdefault(statement.who.side, {})[said.origin] = statement.who.name
        joint = set.intersection(*(set(by) for by in blamed.values())) if blamed else set()
        if len(blamed) > 1 and not joint:
            found |= {name for by in blamed.values() for name in by.values()}
    return tuple(sorted(found))


def _blames(statement: Statement) -> bool:
    """Whether somebody is held to have done something: of nobody harmed, nobody is."""
    claim = statement.claim
    return (
        statement.who is not None
        and not (claim.count and claim.count.high == 0)
        and claim.kind in (*ACTS, *HARMS)
        and claim.stance in (Stance.ASSERTED, Stance.DOUBTED)
    )


def _accepts(statement: Statement, kinds: Sequence[Kind]) -> bool:
    """Whether a party says that it did the thing itself."""
    if statement.claim.kind not in kinds or statement.claim.stance is not Stance.ASSERTED:
        return False
    return statement.voice.type in (VoiceType.PARTY, VoiceType.OFFICIAL) and speaks_for_itself(statement)


def _harms_civilians(said: Said) -> bool:
    claim = said.statement.claim
    no_one = claim.count is not None and claim.count.high == 0
    return claim.whom_class is VictimClass.CIVILIAN and said.losses is not Losses.OWN and not no_one


def _deniers(sayings: Sequence[Said]) -> list[str]:
    denied = [s.statement for s in sayings if s.statement.claim.stance is Stance.DENIED]
    return sorted({s.voice.name for s in denied if s.claim.kind in (*ACTS, *HARMS)})
