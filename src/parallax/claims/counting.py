"""How many a noun group counts: its quantity, or one where it names a person."""

from __future__ import annotations

from dataclasses import dataclass

from parallax.claims import roles
from parallax.claims.drafts import Parsed
from parallax.claims.lexicons import words
from parallax.claims.nouns import Unit
from parallax.claims.quantities import Quantity, find
from parallax.claims.sentences import Sentence, parse
from parallax.model import Count

_NUMERIC = frozenset(("figure", "words", "vague"))
_DATED = frozenset((Unit.DATE, Unit.YEAR))
_ONE = words("grammar", "counting_one")
_COLLECTIVE = words("grammar", "collectives")
_PLURAL = words("grammar", "counting_plural")


@dataclass(frozen=True, slots=True)
class Counted:
    """The count of a group; `exact` where both ends are one number, `numeric` where a number word gives it."""

    count: Count | None
    exact: int | None
    people: bool
    numeric: bool
    rule: str


def read(text: str) -> Parsed:
    """The passage parsed with its quantities."""
    found = find(text)
    numbers = tuple((q.start, q.end) for q in found if q.form in _NUMERIC and not q.combined and q.unit not in _DATED)
    dates = tuple((q.start, q.end) for q in found if q.unit in _DATED)
    sentence = parse(text, numbers, dates)
    at = {start: index for index, start in enumerate(sentence.starts)}
    single = {
        at[quantity.start]: quantity
        for quantity in found
        if not quantity.combined and quantity.start in at and quantity.unit not in _DATED
    }
    return Parsed(sentence, single)


def count_of(parsed: Parsed, first: int, end: int) -> Counted:
    """The count of the words from one token to another."""
    inside = [q for index in range(first, end) if (q := parsed.quantities.get(index)) and _counts(q)]
    numeric = next((q for q in inside if q.form in _NUMERIC), None)
    chosen = numeric or next((q for q in inside if q.unit in (Unit.PEOPLE, Unit.HOUSEHOLDS)), None)
    if chosen is not None:
        count = chosen.count
        exact = count.low if count.low == count.high else None
        return Counted(count, exact, chosen.unit is Unit.PEOPLE, numeric is not None, chosen.form)
    if _is_one(parsed.sentence, first, end):
        return Counted(Count(1, 1, parsed.sentence.words(first, end)), 1, True, False, "named")
    return Counted(None, None, False, False, "uncounted")


def _counts(quantity: Quantity) -> bool:
    return quantity.countable and quantity.unit is not Unit.TIMES and quantity.form != "zero"


def _is_one(sentence: Sentence, first: int, end: int) -> bool:
    """Whether the group is one person: a pronoun, or a name."""
    norms = sentence.norms[first:end]
    if end - first == 1 and norms[0] in _ONE:
        return True
    if norms[-1] in _PLURAL or sentence.tags[first] == "R":
        return False
    if norms[0] in ("a", "an", "another") and any(norm in roles.people() and norm not in _PLURAL for norm in norms):
        return True
    if _is_bare(sentence, first, end):
        return True
    if sentence.caseless:
        return end - first > 1 and not any(_is_common(norm) for norm in norms) and not norms[-1].endswith("s")
    known = words("people", "combatant") | words("people", "neutral") | words("things", "places")
    capitals = [index for index in range(first, end) if sentence.is_capital(index)]
    if len(capitals) < max(1, (end - first + 1) // 2) or norms[-1] in known or not sentence.is_capital(end - 1):
        return False
    return norms[0] not in ("the", "some", "many", "most") and not norms[-1].endswith("s")


def _is_bare(sentence: Sentence, first: int, end: int) -> bool:
    """Whether the group is a singular noun for a person without an article, as headlines have it."""
    norm = sentence.norms[end - 1]
    if end - first > 3 or any(sentence.tags[i] in "DQ" for i in range(first, end)) or norm in _COLLECTIVE:
        return False
    known = words("people", "civilian") | words("people", "combatant")
    return norm in known and norm not in _PLURAL and not norm.endswith(("s", "men", "women", "children"))


def _is_common(norm: str) -> bool:
    """Whether the word is a noun of some lexicon, or an adjective, and so no part of a name."""
    things = words("things", "things") | words("things", "places") | words("things", "compass")
    people = words("people", "combatant") | words("people", "neutral") | words("actors", "words")
    return norm in things or norm in people or not norm.isalpha()


def nothing(parsed: Parsed, first: int, end: int) -> Count | None:
    """Zero where the group says so: "no casualties", "nobody"."""
    for index in range(first, end):
        quantity = parsed.quantities.get(index)
        if quantity is not None and quantity.form == "zero":
            return quantity.count
    return None
