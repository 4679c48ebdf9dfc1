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


_INNER = "-–/\"“”‘’'"


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
    months: frozenset[str]


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
        frozenset(amounts["units"]["months"]),
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
    """The noun phrase that starts at token `at`, up to its head, within `reach` words.

    The head is the last word known to the lexicon in the run of words up to the next
    preposition, verb or mark; without one, the first word that looks like a plural.
    With `one` the head must be singular.
    """
    nouns = _nouns()
    head: Noun | None = None
    guess: Noun | None = None
    read = 0
    for index in range(at, min(len(norms), at + 4 * reach)):
        word, shape = norms[index], tokens[index].shape
        if shape is Shape.MARK:
            short_month = word == "." and norms[index - 1] in nouns.months
            if not short_month and (word not in _INNER or (word not in "-–/" and head is not None)):
                break
            continue
        joined = index > at and norms[index - 1] in "-–/"
        read += not joined
        if read > reach:
            break
        if shape is not Shape.WORD:
            inner = (
                shape in (Shape.CODE, Shape.ORDINAL) or is_age(norms, index) or (one and _follows_month(norms, index))
            )
            if head is not None or not inner:
                break
            continue
        if not joined and _ends_phrase(tokens, norms, index, nouns, opening=index == at):
            if not (one and head is None and _joins_adjectives(norms, index, at, nouns)):
                break
            continue
        found, many = nouns.singular.get(word), nouns.plural.get(word)
        hyphened = index + 1 < len(norms) and norms[index + 1] == "-" and tokens[index + 1].start == tokens[index].end
        if one and many and not found:
            # A plural in the singular's phrase is a modifier ("a chemical weapons attack"), or ends it.
            if head is not None:
                break
        elif (found or many) and not hyphened:
            if head is not None and head.plural and (index > head.last or not many):
                break
            head = Noun(at, index + 1, index, many or found, many is not None and not one)
        elif head is not None and head.plural:
            break
        elif guess is None and not hyphened and read < 5 and _looks_plural(word):
            guess = Noun(at, index + 1, index, None, True)
    if one:
        return head
    if head is not None and not head.plural and guess is not None:
        return guess if guess.head > head.head else head
    return head or guess


def is_age(norms: Sequence[str], at: int) -> bool:
    """Whether a figure opens an adjective ("a 14-year-old girl", "a 6 year old boy", "a 500-pound bomb")."""
    return at + 1 < len(norms) and norms[at + 1] in ("-", "–", "year", "month", "day", "mm")


def _follows_month(norms: Sequence[str], at: int) -> bool:
    """Whether a figure belongs to a date that describes the noun ("a March 2019 strike", "a Jan. 3 raid")."""
    return any(word in _nouns().months for word in norms[max(0, at - 2) : at])


def _joins_adjectives(norms: Sequence[str], at: int, first: int, nouns: _Nouns) -> bool:
    """Whether "and" stands between adjectives of one noun ("a command and control node")."""
    if norms[at] != "and" or at == first or at + 1 >= len(norms):
        return False
    return norms[at + 1] not in nouns.stops and norms[at + 1] not in nouns.cardinals


def _ends_phrase(tokens: Sequence[Token], norms: Sequence[str], at: int, nouns: _Nouns, *, opening: bool) -> bool:
    """Whether the word cannot stand in a noun phrase before its head."""
    word, token = norms[at], tokens[at]
    hyphened = at + 1 < len(norms) and norms[at + 1] == "-"
    if hyphened or (token.text.isupper() and len(word) > 1) or token.text == "May":
        return False
    if word in nouns.cardinals:
        return word != "one"
    if word not in nouns.stops:
        return False
    following = norms[at + 1] if at + 1 < len(norms) else ""
    return not (opening and word in nouns.adjectives and (following in nouns.plural or following in nouns.singular))


def _looks_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
