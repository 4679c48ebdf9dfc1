"""Persons' names in a text, so that "George Washington" and "Mr. Jordan" name no place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parallax.names.gazetteer import Gazetteer
from parallax.names.tokens import Token, bare, runs
from parallax.names.words import Words, words

KNOWN = 20_000
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class People:
    """`tokens` are the numbers of the tokens that persons' names take up; `surnames` end them."""

    tokens: frozenset[int]
    surnames: frozenset[str]


def people(text: str, read: Sequence[Token], gazetteer: Gazetteer) -> People:
    """The persons that a text names with a title, a given name or an initial."""
    lists = words()
    taken: set[int] = set()
    surnames: set[str] = set()
    for first, last in runs(text, read):
        names = [at for at in range(first, last + 1) if read[at].text != "."]
        lead = _after_titles(names, read, lists)
        rest = names[lead:]
        for begin in range(len(rest)):
            if _person(rest[begin:], begin == 0 and lead > 0, text, read, gazetteer, lists):
                named = _name(rest[begin:], read, lists)
                taken.update(named)
                surnames.add(read[named[-1]].bare)
                break
    return People(frozenset(taken), frozenset(surnames))


def _after_titles(names: Sequence[int], read: Sequence[Token], lists: Words) -> int:
    """How many words up to and with the last title: "Lewisburg Mayor John Manchester" gives two."""
    after = 0
    for number, at in enumerate(names[:-1]):
        if read[at].text in lists.titles and read[at].text != "Saint":
            after = number + 1
    return after


def _person(
    rest: Sequence[int], titled: bool, text: str, read: Sequence[Token], gazetteer: Gazetteer, lists: Words
) -> bool:
    tail = read[rest[-1]].bare
    if tail in lists.facilities | lists.streets | lists.regions | lists.waters:
        return False
    if titled:
        return read[rest[0]].text not in lists.civic
    if len(rest) < 2:
        return False
    opening = read[rest[0]].bare
    initial = len(read[rest[1]].text) == 1 and len(rest) > 2
    if opening in lists.given or initial or (len(opening) == 1 and opening not in "NSEW"):
        whole = bare(text[read[rest[0]].start : read[rest[-1]].end])
        return not any(entry.weight >= KNOWN for entry in gazetteer.named(whole))
    return False


def _name(rest: Sequence[int], read: Sequence[Token], lists: Words) -> list[int]:
    """The words of the name itself, without what follows it ("Jim Smith Police Department")."""
    named = list(rest[:_LONGEST])
    while len(named) > 1 and read[named[-1]].text in lists.titles | lists.civic:
        named.pop()
    return named
