"""What is counted: the noun phrase beside a number, and the kind of thing it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from parallax.claims.lexicons import load
from parallax.claims.tokens import Shape, Token


class Unit(StrEnum):
    """What a number counts or measures."""

    PEOPLE = "people"
    HOUSEHOLDS = "households"
    ACTS = "acts"
    WEAPONS = "weapons"
    THINGS = "things"
    PLACES = "places"
    PERCENT = "percent"
    MONEY = "money"
    DISTANCE = "distance"
    CALIBRE = "calibre"
    WEIGHT = "weight"
    TIME = "time"
    AGE = "age"
    YEAR = "year"
    DATE = "date"
    ORDINAL = "ordinal"
    LABEL = "label"
    SCORE = "score"
    TIMES = "times"


COUNTED = frozenset((Unit.PEOPLE, Unit.HOUSEHOLDS, Unit.ACTS, Unit.WEAPONS, Unit.THINGS, Unit.PLACES, Unit.TIMES))


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase by token indices (`last` excluded), its head's index, what it names, and its number."""

    first: int
    last: int
    head: int
    unit: Unit | None
    plural: bool


@dataclass(frozen=True, slots=True)
class _Nouns:
    singular: Mapping[str, Unit]
    plural: Mapping[str, Unit]
    losses: frozenset[str]
    stops: frozenset[str]
    adjectives: frozenset[str]
    cardinals: frozenset[str]


@cache
def _nouns() -> _Nouns:
    lists = load("countables")
    singular: dict[str, Unit] = {}
    plural: dict[str, Unit] = {}
    for name in ("things", "places", "weapons", "acts", "households", "people"):
        for one, many in _pairs(lists[name]):
            if one not in lists["plural_only"]:
                singular[one] = Unit(name)
            plural[many] = Unit(name)
    plural.update({word: Unit.PEOPLE for word in lists["plural_only"] if word != "cattle"})
    losses = frozenset(form for pair in _pairs(lists["losses"]) for form in pair)
    amounts = load("amounts")
    return _Nouns(
        singular,
        plural,
        losses,
        frozenset(amounts["stops"]),
        frozenset(amounts["adjectives"]),
        frozenset(amounts["cardinals"]),
    )


def _pairs(entries: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Singular and plural of each entry; an irregular plural follows a slash."""
    for entry in entries:
        one, _, many = entry.partition("/")
        if not many:
            if one.endswith("y") and one[-2] not in "aeiou":
                many = one[:-1] + "ies"
            elif one.endswith(("s", "x", "z", "ch", "sh")):
                many = one + "es"
            else:
                many = one + "s"
        yield one, many


def is_loss(word: str) -> bool:
    """Whether the word names harm to people in general ("casualties", "losses")."""
    return word in _nouns().losses


def is_stop(word: str) -> bool:
    """Whether a noun phrase cannot run over this word."""
    return word in _nouns().stops


def singular_unit(word: str) -> Unit | None:
    """What the singular noun names, None if the lexicon has it not."""
    return _nouns().singular.get(word)


def plural_unit(word: str) -> Unit | None:
    """What the plural noun names, None if the lexicon has it not."""
    return _nouns().plural.get(word)


def after(tokens: Sequence[Token], norms: Sequence[str], at: int, *, one: bool = False, reach: int = 7) -> Noun | None:
    """The noun phrase that starts at token `at`, up to its head.

    The head is the last word known to the lexicon in the run of words up to the next
    preposition, verb or mark; without one, the first word that looks like a plural.
    With `one` the head must be singular.
    """
    nouns = _nouns()
    head: Noun | None = None
    guess: Noun | None = None
    index = at
    while index < min(len(norms), at + reach + 4):
        word = norms[index]
        joined = index > at and norms[index - 1] in "-–/"
        if tokens[index].shape is Shape.MARK:
            if word not in "-–/\"“”‘’'" or (word not in "-–/" and head is not None):
                break
            index += 1
            continue
        if tokens[index].shape is not Shape.WORD:
            if head is not None or not (tokens[index].shape in (Shape.CODE, Shape.ORDINAL) or _is_age(norms, index)):
                break
            index += 1
            continue
        if not joined and _ends_phrase(tokens, norms, index, nouns, opening=index == at):
            break
        found = nouns.singular.get(word)
        many = nouns.plural.get(word)
        if word.endswith("'s"):
            found = many = None
        hyphened = index + 1 < len(norms) and norms[index + 1] == "-" and tokens[index + 1].start == tokens[index].end
        if not hyphened and (found or many):
            if head is not None and head.plural and (index > head.last or not many):
                break
            head = Noun(at, index + 1, index, many or found, many is not None and not (one and found))
        elif head is not None and head.plural:
            break
        elif guess is None and not hyphened and index - at < 4 and _looks_plural(word):
            guess = Noun(at, index + 1, index, None, True)
        index += 1
        if index - at >= reach and head is None:
            break
    if one:
        return head if head is not None and not head.plural else None
    if head is not None and not head.plural and guess is not None:
        return guess if guess.head > head.head else head
    return head or guess


def _is_age(norms: Sequence[str], at: int) -> bool:
    """Whether a figure opens an adjective ("a 14-year-old girl", "a 6 year old boy", "a 500-pound bomb")."""
    return at + 1 < len(norms) and norms[at + 1] in ("-", "–", "year", "month", "day", "mm")


def _ends_phrase(tokens: Sequence[Token], norms: Sequence[str], at: int, nouns: _Nouns, *, opening: bool) -> bool:
    """Whether the word cannot stand in a noun phrase before its head."""
    word, token = norms[at], tokens[at]
    hyphened = at + 1 < len(norms) and norms[at + 1] == "-"
    if hyphened or (token.text.isupper() and len(word) > 1):
        return False
    if word in nouns.cardinals:
        return word != "one"
    if word not in nouns.stops:
        return False
    following = norms[at + 1] if at + 1 < len(norms) else ""
    return not (opening and word in nouns.adjectives and (following in nouns.plural or following in nouns.singular))


def _looks_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
