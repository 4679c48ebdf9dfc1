"""What a number measures when it counts nothing that a claim counts: distances, ages, years, labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parallax.claims import nouns
from parallax.claims.lexicons import load
from parallax.claims.nouns import Unit
from parallax.claims.number_words import Amount
from parallax.claims.tokens import Shape, Token

_LISTS: Mapping[str, Any] = load("amounts")["units"]
_MEASURES = {
    word: Unit(name)
    for name in ("time", "distance", "weight", "calibre", "money", "percent")
    for word in _LISTS[name]
}  # fmt: skip
_LABELS = frozenset(_LISTS["label_before"])
_YEARS = frozenset(_LISTS["year_before"])
_MONTHS = frozenset(_LISTS["months"])
_CURRENCY = frozenset("$€£¥₽")


def is_year(read: Amount) -> bool:
    """Whether the number could be a year of our calendar."""
    return read.form == "figure" and not read.scaled and read.low is not None and 1700 <= read.low <= 2100


def before(tokens: Sequence[Token], norms: Sequence[str], at: int, read: Amount) -> Unit | None:
    """The unit that the words before the number give, if any."""
    if at == 0:
        return None
    prior = norms[at - 1]
    if prior in _CURRENCY or (prior in ("us", "usd", "eur") and at > 1 and norms[at - 2] in _CURRENCY):
        return Unit.MONEY
    if read.form == "vague":
        return None
    if prior in ("aged", "age", "ages") or (prior == "of" and at > 1 and norms[at - 2] in ("age", "ages")):
        return Unit.AGE
    if prior in ("/", "#", ":") and tokens[at - 1].end == tokens[at].start:
        return Unit.LABEL
    if read.form == "figure" and not read.scaled:
        if prior.isdigit() and at > 1 and norms[at - 2] in _LABELS:
            return Unit.LABEL
        if tokens[at].text[0] == "0" and len(tokens[at].text) > 1:
            return Unit.LABEL
        if prior in _MONTHS and (read.low or 0) <= 31 and (prior != "may" or tokens[at - 1].text[0].isupper()):
            return Unit.DATE
        if prior == "." and at > 1 and norms[at - 2] in ("no", "nos"):
            return Unit.LABEL
        if prior == "." and at > 1 and norms[at - 2] in _MONTHS and (read.low or 0) <= 31:
            return Unit.DATE
        if prior in _LABELS and prior not in ("number", "no", "order", "building", "group", "act", "form"):
            return Unit.LABEL
    return None


def after(tokens: Sequence[Token], norms: Sequence[str], at: int, end: int, read: Amount, begin: int) -> Unit | None:
    """The unit that the words after the number, or its place in the sentence, give, if any."""
    measure = _measure(tokens, norms, end, read)
    if measure is not None:
        return measure
    if read.form != "figure" or read.scaled:
        return None
    plain = tokens[at].text.isdigit()
    following = norms[end] if end < len(norms) else ""
    if plain and following in _MONTHS and (following != "may" or tokens[end].text[0].isupper()):
        return Unit.DATE
    if plain and is_year(read) and len(tokens[at].text) == 4 and begin == at and _is_year_here(tokens, norms, at, end):
        return Unit.YEAR
    if plain and _is_age_here(tokens, norms, at, end, read):
        return Unit.AGE
    if plain and following in "-–" and following and end + 1 < len(norms) and norms[end + 1].isdigit():
        adjoin = tokens[end].start == tokens[end - 1].end and tokens[end + 1].start == tokens[end].end
        if adjoin:
            return Unit.SCORE
    if following == "/" and end + 1 < len(norms) and tokens[end + 1].shape is Shape.FIGURE:
        return Unit.LABEL
    return None


def _measure(tokens: Sequence[Token], norms: Sequence[str], end: int, read: Amount) -> Unit | None:
    if end >= len(norms):
        return None
    index = end
    while index < len(norms) and (norms[index] in "-–" or norms[index] in ("more", "full", "consecutive", "straight")):
        index += 1
    if norms[index : index + 2] == ["per", "cent"]:
        return Unit.PERCENT
    word = norms[index] if index < len(norms) else ""
    if word == "of" and read.form == "vague" and index + 1 < len(norms):
        word = norms[index + 1]
        index += 1
    unit = _MEASURES.get(word)
    if unit is None and word in ("times", "occasions"):
        return Unit.TIMES
    if unit is None or (word == "square" and index > end and tokens[index].text[0].isupper()):
        return None
    if unit is Unit.TIME:
        rest = norms[index + 1 : index + 3]
        if rest[:1] == ["old"] or rest in (["-", "old"], ["of", "age"]):
            return Unit.AGE
        if tokens[index].text[:1].isupper() and word.endswith("day"):
            return None
    return unit


def _is_year_here(tokens: Sequence[Token], norms: Sequence[str], at: int, end: int) -> bool:
    prior = norms[at - 1] if at else ""
    noun = nouns.after(tokens, norms, end) if end < len(norms) and tokens[end].shape is Shape.WORD else None
    counted = noun is not None and noun.plural and noun.unit is not None and noun.head == noun.first
    if prior in _MONTHS or (at > 1 and norms[at - 2] in _MONTHS) or (at > 2 and norms[at - 3] in _MONTHS):
        return True
    if prior in _YEARS:
        return not counted
    credit = (
        at and tokens[at - 1].text.isupper() and len(prior) > 1 and end < len(norms) and tokens[end].text[0].isupper()
    )
    return not counted and (
        bool(credit) or end >= len(norms) or tokens[end].shape is Shape.MARK or norms[end] in ("and", "when", "the")
    )


def _is_age_here(tokens: Sequence[Token], norms: Sequence[str], at: int, end: int, read: Amount) -> bool:
    """Whether a figure set off by commas or brackets after a name is an age: "Omar Said, 34, fled"."""
    if (read.low or 0) > 110 or at < 2 or norms[at - 1] not in (",", "("):
        return False
    if not tokens[at - 2].text[0].isupper():
        return norms[at - 2].isalpha() and norms[end : end + 1] == [","]
    return end >= len(norms) or norms[end] in (",", ")", ".", ";") or norms[end] == "and"
