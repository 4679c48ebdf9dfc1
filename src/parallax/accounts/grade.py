"""How well an incident is supported, who is held to have struck, and on whose word (Airwars' grades)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from parallax.accounts.contrasts import speaks_for_itself
from parallax.accounts.happening import HURT, STRIKES, doers, is_denied, tells_of_an_act
from parallax.accounts.losses import Losses
from parallax.accounts.origins import Said
from parallax.accounts.policy import listed
from parallax.accounts.several import names_several
from parallax.model import (
    ACTS,
    HARMS,
    Actor,
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

# "Media reports", "initial accounts": nobody's word, which adds nothing to anybody's.
HEARSAY = re.compile(r"unnamed:[\w-]*?(?:reports?|media|accounts?|footage|videos?|pictures?|rumou?rs?)@")


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
    """The origins that say of their own knowledge that something happened, without doubt.

    `sayings` are those of the happening. A report's own words make an origin only where it quotes
    nobody for a claim of that kind (strikes of all kinds are one here). All who speak for one
    party are one origin, and hearsay ("media reports") is one only where there is no other. Of
    the nameless, beside people killed or hurt, those alone who tell of them. To a single origin one more
    is added (`_another`).
    """
    asserted = [s for s in sayings if s.statement.claim.stance is Stance.ASSERTED]
    quoting = {_told(s) for s in asserted if s.statement.claim.voice is not None}
    hurt = {s.origin for s in asserted if s.statement.claim.kind in HURT}
    asserted = [s for s in asserted if not hurt or s.origin in hurt or not _is_nameless(s)]
    knowing = [s for s in asserted if _knows_itself(s, quoting)]
    origins = {_speaks_for(s) for s in knowing if not _is_hearsay(s)} or {_speaks_for(s) for s in knowing}
    another = _another(knowing, sayings, origins) if len(origins) == 1 else None
    return tuple(sorted(origins if another is None else {*origins, another}))


def _another(knowing: Sequence[Said], sayings: Sequence[Said], origins: Collection[str]) -> str | None:
    """A second origin beside a single one; None if there is none.

    One whose own words name several is two. A named voice that a report passes on with doubt ("the
    Gazette alleged forty") tells that it happened, as the doubt is mostly of the number.
    """
    if any(_speaks_for(s) in origins and names_several(s.statement.claim.voice) for s in knowing):
        return f"{min(origins)} and another"
    doubted = {_speaks_for(s) for s in sayings if _is_told_with_doubt(s)}
    return min(doubted - set(origins), default=None)


def _is_told_with_doubt(said: Said) -> bool:
    """Whether a report passes a named voice on with doubt."""
    claim = said.statement.claim
    return claim.stance is Stance.DOUBTED and claim.voice is not None and not _is_nameless(said)


def _is_hearsay(said: Said) -> bool:
    """Whether it is nobody's word; "several reports" are more than hearsay."""
    return HEARSAY.match(said.origin) is not None and not names_several(said.statement.claim.voice)


def _is_nameless(said: Said) -> bool:
    return said.statement.voice.key.startswith("unnamed:")


def _speaks_for(said: Said) -> str:
    """The party that the origin speaks for, as its bodies and its media are one source; else the origin."""
    party = said.statement.voice.party
    return f"party:{party}" if party is not None else said.origin


def _told(said: Said) -> tuple[str, str]:
    claim = said.statement.claim
    return claim.report, "strike" if claim.kind in STRIKES else claim.kind


def _knows_itself(said: Said, quoting: Collection[tuple[str, str]]) -> bool:
    """Whether it is more than a report's own words for what the voices it quotes say."""
    return said.statement.claim.voice is not None or not (said.reckons or _told(said) in quoting)


def attributed(sayings: Sequence[Said], known: Mapping[str, Actor]) -> tuple[Attribution, ...]:
    """Who is said to have done it, each with the voices whose own words say so; `sayings` are the happening's."""
    blames = [(said, actor) for said in sayings for actor in doers(said.statement, known)]
    passed_on = {(s.statement.claim.report, actor.name) for s, actor in blames if s.statement.claim.voice is not None}
    by: dict[str, set[str]] = {}
    for said, actor in blames:
        # Beside a voice that it quotes for the blame, a report's own words only pass that on.
        if said.statement.claim.voice is not None or (said.statement.claim.report, actor.name) not in passed_on:
            by.setdefault(actor.name, set()).add(said.statement.voice.name)
    return tuple(Attribution(actor, tuple(sorted(voices))) for actor, voices in sorted(by.items()))


def grade(sayings: Sequence[Said], known: Mapping[str, Actor]) -> tuple[Grade, str]:
    """The grade, with the words that say why, and who denies it. `sayings` are those of the happening."""
    found, words = _graded(sayings, known)
    denying = [name for name in _deniers(sayings) if name not in words]
    return found, f"{words}; denied by {listed(denying)}" if denying else words


def _graded(sayings: Sequence[Said], known: Mapping[str, Actor]) -> tuple[Grade, str]:
    origins = independent(sayings)
    accepting = sorted(
        {s.statement.voice.name for s in sayings if _accepts(s.statement, HARMS[:2]) and _harms_civilians(s)}
    )
    if accepting:
        return Grade.CONFIRMED, f"responsibility for civilians harmed is accepted by {listed(accepting)}"
    harmed = [s for s in sayings if s.statement.claim.kind in HARMS[:2] and s.statement.claim.stance is Stance.ASSERTED]
    if harmed and all(s.statement.claim.whom_class is VictimClass.COMBATANT for s in harmed):
        return Grade.DISCOUNTED, "all those said to be killed or hurt are fighters"
    if contest := _contest(sayings, known):
        return Grade.CONTESTED, f"contested: {contest}"
    if len(origins) >= 2:
        return Grade.FAIR, f"{len(origins)} independent origins report it"
    return Grade.WEAK, "a single origin reports it" if origins else "no origin asserts it without doubt"


def strike_status(sayings: Sequence[Said], known: Mapping[str, Actor]) -> tuple[StrikeStatus | None, str]:
    """Who is held to have struck, with the words that say why; None where no act by anyone is told.

    `sayings` are those of the happening. Airwars' strike status: *declared* a belligerent says that
    it struck, *contested* actors of different sides are held responsible, or one who is denies it,
    *likely* two independent origins or more tell of the act, *single-source claim* one does.
    """
    acts = [s for s in sayings if tells_of_an_act(s.statement) and not is_denied(s)]
    if not acts:
        return None, "no act by anyone is told"
    declaring = sorted({s.statement.voice.name for s in acts if _accepts(s.statement, (*ACTS, *HARMS))})
    if declaring:
        return StrikeStatus.DECLARED, f"{listed(declaring)} says so of its own side"
    if contest := _contest(sayings, known):
        return StrikeStatus.CONTESTED, contest
    origins = independent(acts)
    if len(origins) >= 2:
        return StrikeStatus.LIKELY, f"{len(origins)} independent origins tell of it"
    return StrikeStatus.SINGLE_SOURCE, "one origin tells of it" if origins else "no origin tells of it without doubt"


def _contest(sayings: Sequence[Said], known: Mapping[str, Actor]) -> str | None:
    """In words, between whom it is contested who did it: rivals, or one held responsible who denies it; None if not."""
    if rivals := competing(sayings, known):
        return f"{listed(rivals)} are each held responsible"
    blamed = [actor for said in sayings for actor in doers(said.statement, known)]
    denying = sorted(
        {
            said.statement.voice.name
            for said in sayings
            if is_denied(said) and said.statement.claim.kind in (*ACTS, *HARMS) and _denies_for(said.statement, blamed)
        }
    )
    return f"{listed(denying)} denies what the same side is held responsible for" if denying else None


def _denies_for(denial: Statement, blamed: Sequence[Actor]) -> bool:
    """Whether who denies it speaks for one of those blamed."""
    party = denial.voice.party
    return party is not None and any(party in (*actor.key.split("|"), actor.side) for actor in blamed)


def competing(sayings: Sequence[Said], known: Mapping[str, Actor]) -> tuple[str, ...]:
    """The actors of different sides whom different origins hold responsible for the same kind of act or harm.

    A clash has two sides that both strike, so only strikes, and harm to people not said to
    be fighters, can be claimed against each other; an origin that names both names a joint
    act. Actors of no known side ("gunmen") may be anyone's, so they are nobody's rivals.
    """
    found: set[str] = set()
    for kind in (*STRIKES, Kind.KILLED, Kind.INJURED):
        blamed: dict[str, dict[str, str]] = {}
        for said in sayings:
            claim = said.statement.claim
            if claim.kind is not kind or (kind in HARMS and claim.whom_class is VictimClass.COMBATANT):
                continue
            for actor in doers(said.statement, known):
                if actor.side is not None:
                    blamed.setdefault(actor.side, {})[said.origin] = actor.name
        joint = set.intersection(*(set(by) for by in blamed.values())) if blamed else set()
        if len(blamed) > 1 and not joint:
            found |= {name for by in blamed.values() for name in by.values()}
    return tuple(sorted(found))


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
