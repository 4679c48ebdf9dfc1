"""Quantities in a passage: how many, of what, with the words that say so.

The readings of number words are those of the project's annotation guide: "at least 25"
has a low end only, "dozens" is 24 or more, "a man" is 1. What a policy makes of the
words is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parallax.claims import nouns, units
from parallax.claims.lexicons import Phrases, load
from parallax.claims.nouns import COUNTED, Noun, Unit
from parallax.claims.number_words import Amount, amount
from parallax.claims.tokens import Shape, Token, tokens
from parallax.model import Count

_AMOUNTS: Mapping[str, Any] = load("amounts")
_BOUND_OF = {phrase: bound for bound, phrases in _AMOUNTS["bounds"].items() for phrase in phrases}
_BOUND_LENGTH = max(len(phrase.split()) for phrase in _BOUND_OF)
_AFTER = Phrases({phrase: bound for bound, phrases in _AMOUNTS["after"].items() for phrase in phrases})
_RANGE = frozenset(("to", "-", "–", "—", "or"))
_CHANGES = frozenset("rose risen rise rises rising increased increase jumped climbed grew grown up went gone raised "
                     "corrected revised fell fallen dropped down reduced changed moved".split())  # fmt: skip
_DETERMINERS = frozenset("the these those its his their her our my them whom which us".split())
_OWNERS = frozenset("his her its their my our whose".split())
_PARTS = frozenset("including include includes included among incl".split())
_INCLUDING = re.compile(r"\b(?:including|includes?|included|incl\.?|among (?:them|whom))[:,]?\s+$", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*(?:,|,?\s*(?:and|&|plus)|,?\s*as well as|,?\s*along with|,?\s*together with)\s*", re.IGNORECASE
)
_AND = re.compile(r"and|&|plus|with|as well", re.IGNORECASE)
_MIXED = re.compile(
    r"\W{0,3}(?:(?:\w+\W+){0,3}?(?:were|have been|had been|was|are|people|civilians|reported|either)\W+)?"
    r"(?:killed|dead|martyred|martyrs|deaths?|died)\s*(?:and|or|and/or|&)\s*(?:the\s)?(?:wounded|injured|injuries|hurt)"
    r"|\W{0,3}(?:\w+\W+){0,2}?casualties",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, by offsets into the passage.

    `count.text` is the fullest wording ("at least 25"), which is `text[start:end]`.
    `form` is `figure`, `words`, `vague`, `article` ("a man"), `owner` ("his wife"),
    `definite` ("the strike"), `bare` ("Woman killed") or `zero` ("no casualties").
    `noun` is the noun phrase counted, at `noun_start`..`noun_end`, `head` its last word in
    small letters. `unit` is None where the noun is not known. `partial` marks a part of a
    larger number ("including 5 children"), `combined` the sum of a coordinated list whose
    parts are given too, `mixed` one number of killed and wounded together.
    """

    start: int
    end: int
    count: Count
    form: str
    unit: Unit | None = None
    noun: str | None = None
    noun_start: int | None = None
    noun_end: int | None = None
    head: str | None = None
    partial: bool = False
    combined: bool = False
    mixed: bool = False

    @property
    def countable(self) -> bool:
        """Whether it may count what a claim counts, not a distance, a year, an age and the like."""
        return self.unit is None or self.unit in COUNTED

    @property
    def span_end(self) -> int:
        """The end of the wording and its noun together."""
        return max(self.end, self.noun_end or 0)


@dataclass(slots=True)
class _Passage:
    text: str
    tokens: list[Token]
    norms: list[str]


def find(text: str) -> tuple[Quantity, ...]:
    """The quantities of one passage, by start, then end; offsets are local to `text`.

    Quantities do not overlap, but for a combined one, which spans its parts.
    """
    found_tokens = tokens(text)
    passage = _Passage(text, found_tokens, [token.lower for token in found_tokens])
    singles = list(_singles(passage))
    singles = _spread_partial(text, singles)
    return tuple(sorted((*singles, *_combined(text, singles)), key=lambda q: (q.start, -q.end)))


def _singles(passage: _Passage) -> Iterator[Quantity]:
    at = 0
    floor = 0
    while at < len(passage.tokens):
        read = _numeral(passage, at, floor) or _zero(passage, at) or _article(passage, at)
        if read is None:
            at += 1
            continue
        quantity, next_at = read
        if quantity is not None:
            yield quantity
        floor = at = max(next_at, at + 1)


def _numeral(passage: _Passage, at: int, floor: int) -> tuple[Quantity | None, int] | None:
    """A number in figures or words, with its bounds, its noun and its unit."""
    norms, marks = passage.norms, passage.tokens
    token = marks[at]
    if token.shape is Shape.ORDINAL or norms[at] in ("between", "from"):
        if norms[at] in ("between", "from"):
            return _between(passage, at)
        return _build(
            passage, at, at + 1, int(re.sub(r"\D", "", token.text)[:15]), None, "figure", Unit.ORDINAL
        ), at + 1
    if token.shape not in (Shape.FIGURE, Shape.WORD):
        return None
    first = amount(marks, norms, at)
    if first is None:
        return None
    if first.low is None and first.high is None:
        return None, first.after
    if first.form == "vague" and norms[at] == "many" and at and norms[at - 1] in ("as", "how", "so", "too", "not"):
        return None, first.after
    if norms[at] == "one" and first.after == at + 1 and not _counts_one(passage, at):
        return None, first.after
    low, high, end = first.low, first.high, first.after
    second = _second(passage, at, first)
    unit = units.before(marks, norms, at, first)
    if second is not None and unit is None:
        low, high, end = second
    begin, bound = _bound(norms, at, floor)
    return _finish(passage, begin, at, end, low, high, bound, first, unit)


def _finish(
    passage: _Passage,
    begin: int,
    at: int,
    end: int,
    low: int | None,
    high: int | None,
    bound: str | None,
    first: Amount,
    unit: Unit | None,
) -> tuple[Quantity | None, int]:
    marks, norms = passage.tokens, passage.norms
    if end < len(norms) and norms[end] == "+" and marks[end].start == marks[end - 1].end:
        bound, end = "low", end + 1
    elif end + 1 < len(norms) and norms[end] in "-–" and norms[end + 1] in ("plus", "odd"):
        bound, end = ("low" if norms[end + 1] == "plus" else bound), end + 2
    elif end < len(norms):
        tail = _AFTER.at(norms, end)
        if tail is not None:
            end, bound = tail[0], tail[1] if bound in (None, "near", "plain") else bound
    if bound == "low":
        low, high = low, None
    elif bound == "high":
        low, high = None, high if high is not None else low
    if low is None and high is None:
        return None, end
    unit = unit or units.after(marks, norms, at, end, first, begin)
    noun = None if unit is not None else _noun(passage, end)
    quantity = _build(passage, begin, end, low, high, first.form, unit, noun, exact=True)
    return quantity, max(end, noun.last if noun is not None and noun.unit is not None else end)


def _between(passage: _Passage, at: int) -> tuple[Quantity | None, int] | None:
    """ "between 400 and 600", "from 12 to 15"; a change from one number to another is no range."""
    norms, marks = passage.norms, passage.tokens
    if at + 3 >= len(norms) or (norms[at] == "from" and at and norms[at - 1] in _CHANGES):
        return None
    first = amount(marks, norms, at + 1)
    joint = ("and",) if norms[at] == "between" else ("to",)
    if first is None or first.low is None or first.after + 1 >= len(norms) or norms[first.after] not in joint:
        return None
    second = amount(marks, norms, first.after + 1)
    if second is None or second.high is None:
        return None
    low = _scaled(marks, first, second)
    if low >= second.high or units.is_year(first) and units.is_year(second):
        return None
    unit = units.before(marks, norms, at + 1, first)
    return _finish(passage, at, at, second.after, low, second.high, None, second, unit)


def _scaled(marks: Sequence[Token], first: Amount, second: Amount) -> int:
    """The low end of a range, in the scale of its high end ("two to three hundred")."""
    low = first.low or 0
    high = second.high or 0
    if second.scaled and not first.scaled and low < 1000 <= high or second.scaled and not first.scaled and low < 20:
        for factor in (1_000_000_000, 1_000_000, 1000, 100):
            if high >= factor and high % factor == 0 and low * factor < high:
                return low * factor
    return low


def _second(passage: _Passage, at: int, first: Amount) -> tuple[int, int, int] | None:
    """The rest of a range such as "400 to 600", "400-600" or "two or three": low, high, next index."""
    norms, marks = passage.norms, passage.tokens
    joint = first.after
    if joint + 1 >= len(norms) or norms[joint] not in _RANGE or first.low is None:
        return None
    second = amount(marks, norms, joint + 1)
    if second is None or second.high is None or second.form == "vague":
        return None
    low = _scaled(marks, first, second)
    return (low, second.high, second.after) if low < second.high else None


def _bound(norms: Sequence[str], at: int, floor: int) -> tuple[int, str | None]:
    """The words before a number that bound it: the index of the first, and the bound they set."""
    bound: str | None = None
    begin = at
    while begin > floor:
        for length in range(min(_BOUND_LENGTH, begin - floor), 0, -1):
            here = _BOUND_OF.get(" ".join(norms[begin - length : begin]))
            if here is not None:
                begin -= length
                if here in ("low", "high"):
                    bound = here
                elif bound is None:
                    bound = here
                break
        else:
            break
    return begin, bound


def _noun(passage: _Passage, at: int) -> Noun | None:
    """The noun counted, after "of", "of the", "more", "other"."""
    norms = passage.norms
    if at < len(norms) and norms[at] == "-":
        at += 1
    while at < len(norms) and norms[at] in ("more", "additional", "further"):
        at += 1
    if at < len(norms) and norms[at] == "of":
        at += 1
        while at < len(norms) and (norms[at] in _DETERMINERS or norms[at] in ("all", "other")):
            at += 1
    return nouns.after(passage.tokens, norms, at)


def _counts_one(passage: _Passage, at: int) -> bool:
    """Whether "one" counts something: "one man", "one of his men", not "one of the worst", "no one", "the one who"."""
    norms = passage.norms
    if at and norms[at - 1] in ("no", "every", "any", "some", "each", "this", "that", "which", "the"):
        return False
    if at + 1 >= len(norms):
        return True
    following = norms[at + 1]
    if following == "of":
        rest = norms[at + 2 : at + 7]
        if any(word in ("most", "worst", "largest", "biggest", "few") or word.endswith("est") for word in rest):
            return False
        noun = _noun(passage, at + 1)
        return (noun is not None and noun.unit is not None) or rest[:1] == ["those"]
    return following not in ("another", "can", "day", "thing", "-", "by", "who", "that", "could", "should", "must")


def _zero(passage: _Passage, at: int) -> tuple[Quantity | None, int] | None:
    """ "no casualties", "nobody", "did not cause any casualties"."""
    norms = passage.norms
    word = norms[at]
    if word in ("nobody", "none") or (word == "no" and norms[at + 1 : at + 2] == ["one"]):
        last = at + (2 if word == "no" else 1)
        return _build(passage, at, last, 0, 0, "zero", Unit.PEOPLE, exact=True), last
    if word not in ("no", "without", "any"):
        return None
    if word == "any" and not any(
        near in ("no", "not", "without", "never", "nor", "neither") or near.endswith("n't")
        for near in norms[max(0, at - 7) : at]
    ):
        return None
    for index in range(at + 1, min(at + 7, len(norms))):
        near = norms[index]
        counts = nouns.is_loss(near) or (word != "without" and nouns.singular_unit(near.rstrip("s")) is Unit.PEOPLE)
        if counts or near in ("people", "children", "women", "men"):
            noun = Noun(at + 1, index + 1, index, Unit.PEOPLE, True)
            return _build(passage, at, index + 1, 0, 0, "zero", Unit.PEOPLE, noun, exact=True), index + 1
        if passage.tokens[index].shape is not Shape.WORD or (nouns.is_stop(near) and near not in _ZERO_LINKS):
            return None
    return None


_ZERO_LINKS = frozenset("of any reports reported report immediate causing injured the a were other or".split())


def _article(passage: _Passage, at: int) -> tuple[Quantity | None, int] | None:
    """One thing in the singular: "a man", "another car bomb", "his wife", "the strike", "Woman killed"."""
    norms = passage.norms
    word = norms[at]
    form = "bare"
    if word in ("a", "an", "another"):
        form = "article"
    elif word in _OWNERS:
        form = "owner"
    elif word in ("the", "this", "that"):
        form = "definite"
    elif at and not (norms[at - 1] in ("and", ",") and at > 1 and nouns.singular_unit(norms[at - 2]) is Unit.PEOPLE):
        return None
    begin = at if form == "bare" else at + 1
    noun = nouns.after(passage.tokens, norms, begin, one=True, reach=2 if form == "bare" else 6)
    if noun is None or (form in ("owner", "bare") and noun.unit is not Unit.PEOPLE):
        return None
    if form == "bare" and at and noun.last != at + 1:
        return None
    start, bound = _bound(norms, at, 0) if form == "article" else (at, None)
    low, high = (1, None) if bound == "low" else (None, 1) if bound == "high" else (1, 1)
    start = start if bound in ("low", "high") else at
    return _build(passage, start, noun.last, low, high, form, noun.unit, noun, exact=True), noun.last


def _build(
    passage: _Passage,
    first: int,
    last: int,
    low: int | None,
    high: int | None,
    form: str,
    unit: Unit | None,
    noun: Noun | None = None,
    exact: bool = False,
) -> Quantity:
    text, marks, norms = passage.text, passage.tokens, passage.norms
    start, end = marks[first].start, marks[last - 1].end
    count = Count(low, high if exact else low, text[start:end])
    partial = (first > 0 and norms[first - 1] in _PARTS) or norms[max(0, first - 2) : first] in (
        ["of", "whom"], ["of", "which"], ["of", "them"], ["among", "them"], ["among", "whom"],
    )  # fmt: skip
    if last < len(norms) and norms[last] == "of" and norms[last + 1 : last + 2] and form != "vague":
        partial = partial or norms[last + 1] in _DETERMINERS
    if noun is None:
        mixed = _MIXED.match(text, end) is not None
        return Quantity(start, end, count, form, unit, partial=partial, mixed=mixed)
    noun_start, noun_end = marks[noun.first].start, marks[noun.last - 1].end
    mixed = _MIXED.match(text, noun_end) is not None or norms[noun.head] in ("casualties", "casualty")
    return Quantity(
        start, end, count, form, unit or noun.unit, text[noun_start:noun_end], noun_start, noun_end,
        norms[noun.head], partial, False, mixed and form != "zero",
    )  # fmt: skip


def _joined(text: str, one: Quantity, other: Quantity) -> bool:
    return bool(
        one.unit in (Unit.PEOPLE, Unit.HOUSEHOLDS)
        and other.unit is one.unit
        and one.noun is not None
        and other.noun is not None
        and "zero" not in (one.form, other.form)
        and _JOINT.fullmatch(text, one.span_end, other.start)
    )


def _spread_partial(text: str, singles: list[Quantity]) -> list[Quantity]:
    """ "including two women and five children": what is true of the first part holds for the list."""
    spread: list[Quantity] = []
    inside = False
    for quantity in singles:
        inside = _INCLUDING.search(text, max(0, quantity.start - 16), quantity.start) is not None or (
            inside and _joined(text, spread[-1], quantity)
        )
        spread.append(replace(quantity, partial=True) if inside else quantity)
    return spread


def _combined(text: str, singles: Sequence[Quantity]) -> Iterator[Quantity]:
    """The sums of coordinated lists: "three women, two children and a man" is 6."""
    chain: list[Quantity] = []
    for quantity in (*singles, None):
        if chain and quantity is not None and _joined(text, chain[-1], quantity):
            chain.append(quantity)
            continue
        if len(chain) > 1 and any(
            _AND.search(text, one.span_end, other.start) for one, other in zip(chain, chain[1:], strict=False)
        ):
            yield _sum(text, chain)
        chain = [quantity] if quantity is not None else []


def _sum(text: str, chain: Sequence[Quantity]) -> Quantity:
    lows = [q.count.low for q in chain]
    highs = [q.count.high for q in chain]
    low = sum(one or 0 for one in lows) if any(one is not None for one in lows) else None
    high = sum(one or 0 for one in highs) if all(one is not None for one in highs) else None
    start, end = chain[0].start, chain[-1].span_end
    count = Count(low, high, text[start:end])
    return Quantity(
        start, end, count, chain[0].form, chain[0].unit, text[start:end], start, end, chain[-1].head,
        chain[0].partial, True, chain[-1].mixed,
    )  # fmt: skip
