"""Which of an incident's claims are of the happening itself, and which of them name who did it.

A report tells more than the happening: what went before, what goes on elsewhere, how the war
stands. A claim of that ("the same jets have bombed the province since April") may be linked
with the happening, but blames nobody for it and makes nobody a witness of it. Of the happening are

- harm on its days;
- where people were killed or hurt: acts of a kind that some report tells in one breath with that
  harm, on its days (bombs, shells and strikes from the air are one kind here, as sources differ);
- where nobody was: every act on its days; where nobody did anything, every claim.

A claim names who did it where the actor's name stands in the claim's own words. A reader may take
the doer from another sentence of the report, on another's word; the voice has then not named him.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from parallax.accounts.origins import Said
from parallax.model import ACTS, HARMS, Actor, Claim, Days, Kind, Mention, Span, Stance, Statement

HURT = (Kind.KILLED, Kind.INJURED)
STRIKES = frozenset([Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.CHEMICAL_ATTACK])
# A happening of more days than these is no single one, so that days tell nothing of what is background.
LONGEST = 7
# Reports date one night's happening by the day before and the day after.
SLACK = timedelta(1)
# A name that means one party no likelier than not is nobody's: "gunmen", "militants".
LIKELIER_THAN_NOT = 0.5


@dataclass(frozen=True, slots=True)
class Happening:
    """What is known of the happening: its days (None: unknown or many), whether anybody was hurt, its kinds of act.

    `by_report`: for each report that tells of an act in one breath with the harm, the kinds of it; what
    else that report tells of is not what did it. `over_days`: all that is told is told over days.
    """

    days: Days | None
    hurt: bool
    acts: frozenset[Kind]
    by_report: Mapping[str, frozenset[Kind]]
    over_days: bool = False

    def holds(self, said: Said) -> bool:
        """Whether a saying is of the happening itself."""
        claim = said.statement.claim
        if not self.hurt and not self.acts:
            return True
        if not self._on_its_days(claim) or (said.statement.over_days and not self.over_days):
            return False
        if claim.kind in HARMS:
            return self.hurt or claim.kind not in HURT
        return claim.kind in self.by_report.get(claim.report, self.acts)

    def _on_its_days(self, claim: Claim) -> bool:
        if self.days is None or claim.when is None:
            return True
        if claim.when.length > LONGEST:
            return False
        return claim.when.first - SLACK <= self.days.last and self.days.first - SLACK <= claim.when.last


def happening(sayings: Sequence[Said], days: Days | None) -> Happening:
    """What the standing sayings of an incident, and its days, tell of the happening."""
    known = days if days is not None and days.length <= LONGEST else None
    harms = [said for said in sayings if said.statement.claim.kind in HURT and not is_of_nobody(said.statement.claim)]
    acts = frozenset(said.statement.claim.kind for said in sayings if said.statement.claim.kind in ACTS)
    over_days = all(said.statement.over_days for said in sayings)
    bare = Happening(known, bool(harms), acts, {}, over_days)
    breaths = {_passage(said.statement.claim) for said in harms if bare.holds(said)}
    with_harm: dict[str, set[Kind]] = {}
    for said in sayings:
        claim = said.statement.claim
        if claim.kind in ACTS and _passage(claim) in breaths and bare.holds(said):
            with_harm.setdefault(claim.report, set()).add(claim.kind)
    if not with_harm:
        return bare
    every = frozenset().union(*with_harm.values())
    kinds = every | STRIKES if every & STRIKES else every
    return Happening(known, True, kinds, {report: frozenset(found) for report, found in with_harm.items()}, over_days)


def _passage(claim: Claim) -> tuple[str, int]:
    return claim.report, claim.start


def is_of_nobody(claim: Claim) -> bool:
    """Whether the claim says that nobody was harmed."""
    return claim.count is not None and claim.count.high == 0


def is_denied(said: Said) -> bool:
    """Whether the voice denies it."""
    return said.statement.claim.stance is Stance.DENIED


def tells_of_an_act(statement: Statement) -> bool:
    """Whether somebody is said to have done something: an act, or harm that somebody did, named in its words or not."""
    claim = statement.claim
    return claim.kind in ACTS or (claim.kind in HARMS and statement.who is not None and not is_of_nobody(claim))


def doers(statement: Statement, known: Mapping[str, Actor]) -> tuple[Actor, ...]:
    """The actors that a claim itself says did it, none where it blames nobody; `known` are those of the incident.

    Of nobody harmed, nobody is blamed; an indefinite word ("gunmen") names nobody; and a claim of
    harm to an actor's own people does not blame him. "French and British guns" names both, "French
    or British guns" one actor that may be either.
    """
    claim, who = statement.claim, statement.who
    if who is None or claim.kind not in (*ACTS, *HARMS) or is_of_nobody(claim):
        return ()
    if claim.stance not in (Stance.ASSERTED, Stance.DOUBTED) or not in_its_words(claim.who, claim):
        return ()
    named = joined(claim.who, who, known)
    return tuple(actor for actor in named if actor.certainty > LIKELIER_THAN_NOT and not _own(actor, statement))


def in_its_words(mention: Mention | None, claim: Claim) -> bool:
    """Whether the mention stands in the sentence in which the voice says it; of a report's own words, in any that does.

    A headline that says the same as a voice further down may add what that voice has not said.
    """
    if mention is None:
        return True
    spans = (Span(claim.start, claim.end), *claim.also)
    if claim.voice is None:
        return any(span.touches(mention.span) for span in spans)
    spoken = [span for span in spans if span.touches(claim.voice.span)]
    return any(span.touches(mention.span) for span in spoken or spans[:1])


def joined(mention: Mention | None, actor: Actor, known: Mapping[str, Actor]) -> tuple[Actor, ...]:
    """The actors that one mention names: two where it joins two known ones by "and"; one of two, where it says "or"."""
    words = f" {mention.text.casefold()} " if mention is not None else ""
    others = [known[key] for key in actor.alternatives if key in known]
    if " or " in words:
        return (_one_of(actor, others[:1]),)
    return (actor, *others[:1]) if any(joint in words for joint in (" and ", " & ")) else (actor,)


def _one_of(actor: Actor, others: Sequence[Actor]) -> Actor:
    """An actor for one of several, on their side where they share one; nobody where the others are unknown."""
    both = sorted((actor, *others), key=lambda each: each.name)
    sides = {each.side for each in both}
    name = " or ".join(dict.fromkeys(each.name for each in both))
    certainty = actor.certainty if others else 0.0
    return Actor("|".join(each.key for each in both), name, sides.pop() if len(sides) == 1 else None, certainty)


def _own(actor: Actor, statement: Statement) -> bool:
    """Whether those harmed are the actor's own people, by a sure name."""
    whom = statement.whom
    if whom is None or whom.certainty <= LIKELIER_THAN_NOT or statement.claim.kind not in HARMS:
        return False
    return whom.key == actor.key or (whom.side is not None and whom.side == actor.side)


def core(sayings: Iterable[Said], of: Happening) -> tuple[Said, ...]:
    """The sayings of the happening itself."""
    return tuple(said for said in sayings if of.holds(said))
