"""Who the words for the harmed say they are: civilian, combatant, mixed or unknown."""

from __future__ import annotations

from parallax.claims.lexicons import words
from parallax.claims.sentences import Sentence
from parallax.model import VictimClass

_CLASSES = {VictimClass.CIVILIAN: "civilian", VictimClass.COMBATANT: "combatant"}
_RANKS = words("grammar", "victims_ranks")
ELSE = words("grammar", "victims_else")


def victim_class(sentence: Sentence, first: int, end: int) -> VictimClass | None:
    """The class that these words give; None where they leave it open ("others", a bare number)."""
    norms = sentence.norms[first:end]
    named = {name: _named(sentence, first, end, lexicon) for name, lexicon in _CLASSES.items()}
    civilian, combatant = named[VictimClass.CIVILIAN], named[VictimClass.COMBATANT]
    if civilian and combatant:
        return _both(norms, civilian, combatant)
    if civilian:
        return VictimClass.CIVILIAN
    if combatant:
        return VictimClass.COMBATANT
    return _by_modifiers(sentence, first, end)


def _named(sentence: Sentence, first: int, end: int, lexicon: str) -> list[int]:
    """Where nouns of the lexicon stand."""
    known = words("people", lexicon)
    return [
        index - first
        for index in range(first, end)
        if sentence.norms[index] in known and not (lexicon == "civilian" and sentence.norms[index] in _RANKS)
    ]


def _both(norms: list[str], civilian: list[int], combatant: list[int]) -> VictimClass:
    """Two kinds of noun: mixed where "and" joins them, else the one that heads the group."""
    between = norms[min(civilian[0], combatant[0]) : max(civilian[-1], combatant[-1])]
    if any(word in ("and", "or", ",", "&", "including") for word in between) and "of" not in between:
        return VictimClass.MIXED
    stop = norms.index("of") if "of" in norms else len(norms)
    heads = [place for place in (*civilian, *combatant) if place < stop] or [civilian[0]]
    return VictimClass.CIVILIAN if max(heads) in civilian else VictimClass.COMBATANT


def _by_modifiers(sentence: Sentence, first: int, end: int) -> VictimClass | None:
    norms = sentence.norms[first:end]
    if any(norm in words("people", "combatant_modifiers") for norm in norms):
        return VictimClass.COMBATANT
    if any(norm in words("people", "civilian_modifiers") for norm in norms):
        return VictimClass.CIVILIAN
    if all(sentence.tags[index] in "DQRCBP." or sentence.norms[index] in ELSE for index in range(first, end)):
        return None
    if any(norm in words("people", "neutral") for norm in norms):
        return VictimClass.UNKNOWN
    if sentence.is_capital(end - 1):
        return VictimClass.CIVILIAN
    return VictimClass.UNKNOWN
