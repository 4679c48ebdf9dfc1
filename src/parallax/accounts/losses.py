"""Whose people a party to the fighting counts: its own, or those of its enemy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from parallax.accounts.lexicon import lexicon
from parallax.model import Actor, Statement, VictimClass

ENEMY_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(lexicon('enemy-words')))})\b", re.IGNORECASE)


class Losses(StrEnum):
    """How the voice stands to the people it counts."""

    OWN = "its own losses"
    ENEMY = "its enemy's losses"
    OTHER = "others"


def sides(statements: Iterable[Statement]) -> dict[str, str]:
    """The side of each actor that any of the statements names, by the actor's key."""
    actors = [actor for s in statements for actor in (s.who, s.whom) if actor is not None]
    return {actor.key: actor.side for actor in sorted(actors, key=lambda a: (a.key, a.side or "")) if actor.side}


def whose(statement: Statement, side_of: Mapping[str, str]) -> Losses:
    """Whose losses a statement counts, as far as its words and names show.

    Only a voice that speaks for a party counts its own or its enemy's. Where the people
    counted belong to no known side, they are the enemy's if the party says that it struck
    them, or calls them by a word that no party uses of its own ("terrorists").
    """
    party, whom, claim = statement.voice.party, statement.whom, statement.claim
    if party is None:
        return Losses.OTHER
    ours = {party, side_of.get(party, party)}
    if whom is not None and (whom.key in ours or whom.side in ours):
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


def _is_of(actor: Actor | None, ours: set[str]) -> bool:
    return actor is not None and (actor.key in ours or actor.side in ours)
