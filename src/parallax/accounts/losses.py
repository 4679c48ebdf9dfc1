"""Whose people a party to the fighting counts: its own, or those of its enemy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from parallax.accounts.lexicon import lexicon
from parallax.model import Actor, Statement, VictimClass

ENEMY_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(lexicon('enemy-words')))})\b", re.IGNORECASE)

OWN_WORDS = re.compile(
    r"\b(?:ours?|(?:his|her|its|their|my) (?:own|men|troops|soldiers|sailors|seamen|forces|army|fleet|loss(?:es)?))\b",
    re.IGNORECASE,
)
# "The army lost 459", said by a commander: his own, unless the name shows another.
OWN_FORCE = re.compile(
    r"\W*the (?:army|fleet|garrison|squadron|regiment|brigade|division|forces?|troops)\b", re.IGNORECASE
)
# Below this certainty a name ("the army") may be any party's, so it shows no side.
SURE_ENOUGH = 0.6


class Losses(StrEnum):
    """How the voice stands to the people it counts."""

    OWN = "its own losses"
    ENEMY = "its enemy's losses"
    OTHER = "others"


def actors(statements: Iterable[Statement]) -> dict[str, Actor]:
    """The actors that any of the statements names, by key; of several readings of one, the first by side."""
    named = [actor for s in statements for actor in (s.who, s.whom) if actor is not None]
    found: dict[str, Actor] = {}
    for actor in sorted(named, key=lambda a: (a.key, a.side is None, a.side or "", a.name)):
        found.setdefault(actor.key, actor)
    return found


def whose(statement: Statement, known: Mapping[str, Actor]) -> Losses:
    """Whose losses a statement counts, as far as its words and names show.

    Only a voice that speaks for a party counts its own or its enemy's. Where the people
    counted belong to no known side, they are the enemy's if the party says that it struck
    them, or calls them by a word that no party uses of its own ("terrorists").
    """
    party, whom, claim = statement.voice.party, _sure(statement.whom), statement.claim
    if party is None:
        return Losses.OTHER
    ours = {party}
    if party in known and known[party].side is not None:
        ours.add(known[party].side or party)
    if whom is not None and (whom.key in ours or whom.side in ours):
        return Losses.OWN
    if whom is None and claim.whom is not None:
        words = claim.whom.text
        if not ENEMY_WORDS.search(words) and (OWN_WORDS.search(words) or OWN_FORCE.match(words)):
            return Losses.OWN
    if claim.whom_class is VictimClass.CIVILIAN:
        return Losses.OTHER
    if whom is not None and whom.side is not None:
        return Losses.ENEMY
    if claim.whom_class is VictimClass.COMBATANT and _is_of(statement.who, ours):
        return Losses.ENEMY
    if claim.whom is not None and ENEMY_WORDS.search(claim.whom.text):
        return Losses.ENEMY
    return Losses.OTHER


def counted(statement: Statement, losses: Losses, known: Mapping[str, Actor]) -> Actor | None:
    """Whose people are counted: those the claim names, or a party's own where it says "our" and names none."""
    party = statement.voice.party
    whom = _sure(statement.whom)
    if whom is None and losses is Losses.OWN and party is not None:
        return known.get(party, Actor(party, party))
    return whom


def _sure(actor: Actor | None) -> Actor | None:
    return actor if actor is not None and actor.certainty >= SURE_ENOUGH else None


def _is_of(actor: Actor | None, ours: set[str]) -> bool:
    return actor is not None and (actor.key in ours or actor.side in ours)
