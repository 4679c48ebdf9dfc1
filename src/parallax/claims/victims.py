"""Who the words for the harmed say they are: civilian, combatant, mixed or unknown."""

from __future__ import annotations

from parallax.claims.drafts import Parsed, Words
from parallax.claims.lexicons import words
from parallax.claims.sentences import Sentence
from parallax.model import VictimClass

_CLASSES = {VictimClass.CIVILIAN: "civilian", VictimClass.COMBATANT: "combatant"}
_RANKS = words("grammar", "victims_ranks")
_ELSE = words("grammar", "victims_else")
_OPEN = words("grammar", "victims_open")
_AFTER_NUMBER = frozenset(("of", "the", "its", "his", "their", "our", "these", "those"))
_HARMED = words("grammar", "harmed")
_FAMILY = words("grammar", "victims_family")


def victim_class(sentence: Sentence, first: int, end: int) -> VictimClass | None:
    """The class that these words give; None where they leave it open ("others", a bare number)."""
    norms = sentence.norms[first:end]
    named = {name: _named(sentence, first, end, lexicon) for name, lexicon in _CLASSES.items()}
    civilian, combatant = named[VictimClass.CIVILIAN], named[VictimClass.COMBATANT]
    if civilian and combatant:
        return _both(norms, civilian, combatant)
    if civilian:
        return VictimClass.COMBATANT if _is_armed(norms, civilian) else VictimClass.CIVILIAN
    if combatant:
        return VictimClass.COMBATANT
    return _by_modifiers(sentence, first, end)


def harmed(parsed: Parsed, first: int, end: int) -> Words | None:
    """The words for the harmed without the number that counts them; None where no words are left.

    "Two civilians" gives "civilians", "dozens of people" "people", "15 wounded" nobody; a list
    of several numbers stays as it is.
    """
    sentence = parsed.sentence
    at = first
    while at < end:
        quantity = parsed.quantities.get(at)
        if quantity is not None and quantity.form in ("figure", "words", "vague"):
            while at < end and sentence.starts[at] < quantity.end:
                at += 1
            while at < end and sentence.norms[at] in _AFTER_NUMBER:
                at += 1
        elif quantity is not None and quantity.form == "zero" and sentence.norms[at] == "no" and at + 1 < end:
            if sentence.norms[at + 1] == "one":
                break
            at += 1
        elif sentence.tags[at] in "DQB" and any(
            index in parsed.quantities for index in range(at + 1, min(at + 4, end))
        ):
            at += 1
        else:
            break
    if at == first:
        return first, end
    if any(index in parsed.quantities and sentence.tags[index - 1] in "C." for index in range(at + 1, end)):
        return first, end
    rest = range(at, end)
    return (at, end) if any(sentence.norms[i] not in _HARMED and sentence.tags[i] not in "QCP." for i in rest) else None


def _is_armed(norms: list[str], civilian: list[int]) -> bool:
    """Whether nouns for a role stand with words for an armed body: "an al-Qaeda leader"."""
    roles = all(norms[place] in words("people", "role_nouns") for place in civilian)
    return roles and any(norm in words("people", "combatant_modifiers") for norm in norms)


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
    if all(sentence.tags[index] in "DQRCBP." or sentence.norms[index] in _ELSE for index in range(first, end)):
        return None
    if any(norm in words("people", "neutral") for norm in norms):
        return _by_setting(sentence, first, end)
    if sentence.is_capital(end - 1):
        return VictimClass.CIVILIAN
    return VictimClass.UNKNOWN


def _by_setting(sentence: Sentence, first: int, end: int) -> VictimClass:
    """ "people" harmed in a market, a house, a camp are civilians; elsewhere the word leaves it open."""
    parts = sentence.norms[end : end + 8]
    if "including" in parts[:2] and any(norm in _FAMILY for norm in parts):
        return VictimClass.CIVILIAN
    if any(norm in _OPEN for norm in sentence.norms[first:end]):
        around = sentence.norms[max(0, first - 12) : end + 12]
        if any(norm in words("people", "civilian_places") for norm in around):
            return VictimClass.CIVILIAN
    return VictimClass.UNKNOWN


def target_class(sentence: Sentence, first: int, end: int) -> VictimClass:
    """The class of an act's target: that of its head noun, unknown for places and things."""
    stop = next((index for index in range(first, end) if sentence.norms[index] == "of"), end)
    if sentence.norms[stop - 1] in words("things", "things") | words("things", "places"):
        return VictimClass.UNKNOWN
    named = {kind for kind, lexicon in _CLASSES.items() if _named(sentence, first, end, lexicon)}
    if len(named) > 1:
        return VictimClass.MIXED if "and" in sentence.norms[first:end] else VictimClass.UNKNOWN
    if named == {VictimClass.CIVILIAN} and _is_armed(
        sentence.norms[first:end], _named(sentence, first, end, "civilian")
    ):
        return VictimClass.COMBATANT
    return named.pop() if named else VictimClass.UNKNOWN
