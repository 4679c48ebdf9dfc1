"""Whose dead are fighters although the words of the claim call them neither fighters nor civilians.

A claim's class is what its own words say. An army's return says "362 killed", a despatch
"15,000" or "the Russians": taken by themselves these are people of whom no more is said.
Beside the other statements of the incident they are fighters, where

- the words name a body of armed men, or a party's own men;
- they are told of by their nation alone, and either the fighters of two sides are counted
  (a battle), or another voice counts at least as many fighters who may be the same;
- nothing names them, in a battle in which no voice names civilians.

A party's count of its enemy's fighters is no evidence of any of this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from parallax.accounts.figures import EVERYONE, names_some
from parallax.accounts.lexicon import lexicon
from parallax.accounts.losses import OWN_WORDS, Losses
from parallax.accounts.origins import Said
from parallax.accounts.quantify import is_one_name
from parallax.model import HARMS, Claim, Kind, Scope, Stance, VictimClass

FORCES = frozenset(lexicon("forces"))
MEN = re.compile(r"\W*(?:(?:the|its|his|our|their|of)\s+)*m[ae]n\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counted:
    """Fighters that an origin counts: of which harm, of which side and actor (None: not told), how many at most."""

    origin: str
    kind: Kind
    side: str | None
    actor: str | None
    most: int


def told_apart(sayings: Sequence[Said], decided: Collection[str]) -> tuple[tuple[Said, ...], dict[str, str]]:
    """The sayings, those of fighters with that class, and for each of these the note that says why.

    `decided` are claims that a person has corrected: these stay as they are.
    """
    counted = [
        Counted(
            s.origin, s.statement.claim.kind, side_of(s), s.counted.key if s.counted else None, size(s.statement.claim)
        )
        for s in sayings
        if s.statement.claim.whom_class is VictimClass.COMBATANT and _is_evidence(s)
    ]
    battle = len({each.side for each in counted} - {None}) > 1
    peaceful = any(_names_civilians(s.statement.claim) for s in sayings if _is_evidence(s))
    notes = {
        said.key: why
        for said in sayings
        if said.key not in decided and (why := _why(said, counted, battle, peaceful)) is not None
    }
    return tuple(_as_fighters(said) if said.key in notes else said for said in sayings), notes


def _as_fighters(said: Said) -> Said:
    claim = replace(said.statement.claim, whom_class=VictimClass.COMBATANT)
    return replace(said, statement=replace(said.statement, claim=claim))


def side_of(said: Said) -> str | None:
    """The side whose people are counted, the actor itself where it has none."""
    return (said.counted.side or said.counted.key) if said.counted is not None else None


def size(claim: Claim) -> int:
    """The highest number that the claim's count gives, 0 without one."""
    return max(claim.count.low or 0, claim.count.high or 0) if claim.count else 0


def _is_evidence(said: Said) -> bool:
    claim = said.statement.claim
    return _is_told(claim) and size(claim) > 0 and said.losses is not Losses.ENEMY and said.copied is None


def _is_told(claim: Claim) -> bool:
    """Whether the claim says that people came to harm in this incident."""
    return claim.kind in HARMS and claim.scope is Scope.EVENT and claim.stance in (Stance.ASSERTED, Stance.DOUBTED)


def _why(said: Said, counted: Sequence[Counted], battle: bool, peaceful: bool) -> str | None:
    claim = said.statement.claim
    if not _is_told(claim) or claim.whom_class not in (VictimClass.CIVILIAN, VictimClass.UNKNOWN):
        return None
    if _names_civilians(claim) or (
        claim.whom_class is VictimClass.UNKNOWN and names_some(claim) and not _is_men(claim)
    ):
        return None
    words = claim.whom.text if claim.whom else ""
    if _is_force(words) or (said.losses is Losses.OWN and OWN_WORDS.search(words)):
        return "taken for fighters: the words name a force"
    if said.counted is not None:
        same = [c for c in counted if c.kind is claim.kind and c.actor in (None, said.counted.key)]
        if battle or any(each.most >= size(claim) > 0 and each.origin != said.origin for each in same):
            return "taken for fighters: a people whose fighters are counted here"
        return None
    if battle and not peaceful and (claim.whom is None or _is_men(claim) or _is_bare_name(words)):
        return "taken for fighters: told of in a battle in which no voice names civilians"
    return None


def _is_force(words: str) -> bool:
    """Whether the words' head names armed men: "the garrison", "the French army"."""
    head = re.split(r"\b(?:of|from|in|at|on|near|by|who|that)\b", words, maxsplit=1)[0]
    last = re.findall(r"[^\W\d_]+", head)[-1:]
    return bool(last) and last[0].casefold() in FORCES


def _is_men(claim: Claim) -> bool:
    return claim.whom is not None and MEN.match(claim.whom.text) is not None


def _is_bare_name(words: str) -> bool:
    """Whether the words are one person's name and no more; a single word in -s may be a people's."""
    found = re.findall(r"[^\W\d_]+", words)
    if not all(word[0].isupper() for word in found) or EVERYONE.search(words):
        return False
    return is_one_name(words) or (len(found) == 1 and not found[0].casefold().endswith("s"))


def _names_civilians(claim: Claim) -> bool:
    """Whether the claim's own words, and not only its reading, make them civilians."""
    if claim.whom_class is not VictimClass.CIVILIAN or claim.whom is None:
        return False
    return not (_is_men(claim) or _is_bare_name(claim.whom.text) or OWN_WORDS.search(claim.whom.text))
