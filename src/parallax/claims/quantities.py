"""Quantities in a passage: how many, of what, with the words that say so.

The readings of number words are those of the project's annotation guide: "at least 25"
has a low end only, "dozens" is 24 or more, "a man" is 1. What a policy makes of the
words is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from parallax.claims import nouns, units
from parallax.claims.coordination import combined, spread_partial
from parallax.claims.lexicons import Phrases, load
from parallax.claims.nouns import Noun, Unit
from parallax.claims.number_words import Amount, amount
from parallax.claims.quantity import DETERMINERS, Quantity, Words, build
from parallax.claims.tokens import Shape, Token

__all__ = ["Quantity", "find"]

_AMOUNTS: Mapping[str, Any] = load("amounts")
_BOUND_OF = {phrase: bound for bound, phrases in _AMOUNTS["bounds"].items() for phrase in phrases}
_BOUND_LENGTH = max(len(phrase.split()) for phrase in _BOUND_OF)
_AFTER = Phrases({phrase: bound for bound, phrases in _AMOUNTS["after"].items() for phrase in phrases})
_WEEKDAYS = frozenset(day + end for day in load("calendar")["weekdays"] for end in ("s", "'s") if day.endswith("day"))
_NUMERALS = frozenset((*_AMOUNTS["cardinals"], *(phrase.split()[0] for phrase in _AMOUNTS["vague"]), "between", "from"))
_ZEROS = frozenset(("no", "nobody", "none", "without", "any", "anyone", "anybody"))
_ARTICLES = frozenset((*_AMOUNTS["owners"], *_WEEKDAYS, "a", "an", "another", "the", "this", "that"))
_RANGE = frozenset(("to", "-", "–", "—", "or"))
_CHANGES = frozenset(_AMOUNTS["changes"])
_OWNERS = frozenset(_AMOUNTS["owners"])
_ZERO_LINKS = frozenset(_AMOUNTS["zero_links"])


def find(text: str) -> tuple[Quantity, ...]:
    """The quantities of one words, by start, then end; offsets are local to `text`.

    Quantities do not overlap, but for a combined one, which spans its parts.
    """
    singles = spread_partial(text, list(_singles(Words.of(text))))
    return tuple(sorted((*singles, *combined(text, singles)), key=lambda q: (q.start, -q.end)))


def _singles(words: Words) -> Iterator[Quantity]:
    at = 0
    floor = 0
    while at < len(words.tokens):
        read = _single(words, at, floor)
        if read is None:
            at += 1
            continue
        quantity, next_at = read
        if quantity is not None:
            yield quantity
        floor = at = max(next_at, at + 1)


def _single(words: Words, at: int, floor: int) -> tuple[Quantity | None, int] | None:
    """The quantity that starts at token `at`, and where to read on; most words start none."""
    shape, word = words.tokens[at].shape, words.norms[at]
    if shape is Shape.FIGURE or shape is Shape.ORDINAL or word in _NUMERALS:
        read = _aged(words, at) or _numeral(words, at, floor)
        if read is not None:
            return read
    if shape is not Shape.WORD:
        return None
    if word in _ZEROS:
        return _zero(words, at) or _article(words, at)
    if word in _ARTICLES or at == 0 or words.norms[at - 1] in ("and", ","):
        return _article(words, at)
    return None


def _aged(words: Words, at: int) -> tuple[Quantity | None, int] | None:
    """One person named by an age alone ("5-year-old girl pulled out")."""
    if not nouns.is_age(words.norms, at) or "old" not in words.norms[at + 2 : at + 5]:
        return None
    noun = nouns.after(words.tokens, words.norms, at, one=True, reach=4)
    if noun is None or noun.unit is not Unit.PEOPLE:
        return None
    return build(words, at, noun.last, 1, 1, "bare", noun.unit, noun), noun.last


def _numeral(words: Words, at: int, floor: int) -> tuple[Quantity | None, int] | None:
    """A number in figures or words, with its bounds, its noun and its unit."""
    norms, marks = words.norms, words.tokens
    token = marks[at]
    if token.shape is Shape.ORDINAL or norms[at] in ("between", "from"):
        if norms[at] in ("between", "from"):
            return _between(words, at)
        return build(words, at, at + 1, *_ordinal(token), "figure", Unit.ORDINAL), at + 1
    if token.shape not in (Shape.FIGURE, Shape.WORD):
        return None
    first = amount(marks, norms, at)
    if first is None:
        return None
    if first.low is None and first.high is None:
        return None, first.after
    if first.form == "vague" and norms[at] == "many" and at and norms[at - 1] in ("as", "how", "so", "too", "not"):
        return None
    if norms[at] == "one" and first.after == at + 1 and not _counts_one(words, at):
        return None
    low, high, end = first.low, first.high, first.after
    second = _second(words, at, first)
    unit = units.before(marks, norms, at, first)
    if second is not None and unit is None:
        low, high, end = second
    begin, bound = _bound(norms, at, floor)
    return _finish(words, begin, at, end, low, high, bound, first, unit)


def _ordinal(token: Token) -> tuple[int, int]:
    value = int(token.text[:-2]) if len(token.text) < 18 else 0
    return value, value


def _finish(
    words: Words,
    begin: int,
    at: int,
    end: int,
    low: int | None,
    high: int | None,
    bound: str | None,
    first: Amount,
    unit: Unit | None,
) -> tuple[Quantity | None, int]:
    marks, norms = words.tokens, words.norms
    if unit is None and first.form == "figure" and bound is None and _is_stray(words, end):
        return build(words, begin, end, low, high, first.form, Unit.LABEL), end
    if end < len(norms) and norms[end] == "+" and marks[end].start == marks[end - 1].end:
        bound, end = "low", end + 1
    elif end + 1 < len(norms) and norms[end] in "-–" and norms[end + 1] in ("plus", "odd"):
        bound, end = ("low" if norms[end + 1] == "plus" else bound), end + 2
    elif end < len(norms):
        tail = _AFTER.at(norms, end)
        if tail is not None:
            end, bound = tail[0], tail[1] if bound in (None, "near", "plain") else bound
    if bound == "low":
        high = None
    elif bound == "high":
        low, high = None, high if high is not None else low
    if low is None and high is None:
        return None, end
    unit = unit or units.after(marks, norms, at, end, first, begin)
    noun = None if unit is not None else _noun(words, end)
    if noun is not None and not noun.plural and noun.head > noun.first and 1 not in (low, high):
        noun = None
    quantity = build(words, begin, end, low, high, first.form, unit, noun)
    return quantity, max(end, noun.last if noun is not None and noun.unit is not None else end)


def _is_stray(words: Words, end: int) -> bool:
    """Whether another number begins right here, so that the one before counts nothing: "2440 Over 100 people"."""
    if end >= len(words.norms):
        return False
    if words.tokens[end].shape is Shape.FIGURE:
        return words.norms[end + 1 : end + 2] != ["of"]
    for length in range(min(_BOUND_LENGTH, len(words.norms) - end - 1), 0, -1):
        if " ".join(words.norms[end : end + length]) in _BOUND_OF and words.tokens[end].text[0].isupper():
            return amount(words.tokens, words.norms, end + length) is not None
    return False


def _between(words: Words, at: int) -> tuple[Quantity | None, int] | None:
    """ "between 400 and 600", "from 12 to 15"; a change from one number to another is no range."""
    norms, marks = words.norms, words.tokens
    if at + 3 >= len(norms) or (norms[at] == "from" and at and norms[at - 1] in _CHANGES):
        return None
    first = amount(marks, norms, at + 1)
    joint = ("and",) if norms[at] == "between" else ("to",)
    if first is None or first.low is None or first.after + 1 >= len(norms) or norms[first.after] not in joint:
        return None
    second = amount(marks, norms, first.after + 1)
    if second is None or second.high is None:
        return None
    low = _low(first, second)
    if low >= second.high:
        return None
    noun = _noun(words, second.after)
    if units.is_year(first) and units.is_year(second) and (noun is None or noun.unit is None):
        return None
    unit = units.before(marks, norms, at + 1, first)
    return _finish(words, at, at, second.after, low, second.high, None, second, unit)


def _low(first: Amount, second: Amount) -> int:
    """The low end of a range, in the scale of its high end ("two to three hundred")."""
    low, high = first.low or 0, second.high or 0
    return low * second.scale if not first.scaled and low * second.scale < high else low


def _second(words: Words, at: int, first: Amount) -> tuple[int, int, int] | None:
    """The rest of a range such as "400 to 600", "400-600" or "two or three": low, high, next index."""
    norms, marks = words.norms, words.tokens
    joint = first.after
    if joint + 1 >= len(norms) or norms[joint] not in _RANGE or first.low is None:
        return None
    if at > 1 and norms[at - 1] == "from" and norms[at - 2] in _CHANGES:
        return None
    second = amount(marks, norms, joint + 1)
    if second is None or second.high is None or second.form == "vague":
        return None
    low = _low(first, second)
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
                if here in ("low", "high") or bound is None:
                    bound = here
                break
        else:
            break
    return begin, bound


def _noun(words: Words, at: int) -> Noun | None:
    """The noun counted, after "of", "of the", "more", "other"."""
    norms = words.norms
    if at < len(norms) and norms[at] == "-":
        at += 1
    while at < len(norms) and norms[at] in ("more", "additional", "further"):
        at += 1
    if at < len(norms) and norms[at] == "of":
        at += 1
        while at < len(norms) and (norms[at] in DETERMINERS or norms[at] in ("all", "other")):
            at += 1
    return nouns.after(words.tokens, norms, at)


def _counts_one(words: Words, at: int) -> bool:
    """Whether "one" counts something: "one man", "one of his men", not "one of the worst", "no one", "the one who"."""
    norms = words.norms
    if at and norms[at - 1] in ("no", "every", "any", "some", "each", "this", "that", "which", "the"):
        return False
    if at + 1 >= len(norms):
        return True
    following = norms[at + 1]
    if following == "of":
        rest = norms[at + 2 : at + 7]
        if any(word in ("most", "worst", "largest", "biggest", "few") or word.endswith("est") for word in rest):
            return False
        noun = _noun(words, at + 1)
        return (noun is not None and noun.unit is not None) or rest[:1] in (["those"], ["them"], ["which"], ["whom"])
    return following not in ("another", "can", "day", "thing", "-", "by", "who", "that", "could", "should", "must")


def _zero(words: Words, at: int) -> tuple[Quantity | None, int] | None:
    """ "no casualties", "nobody", "did not cause any casualties"."""
    norms = words.norms
    word = norms[at]
    if word in ("nobody", "none") or (word == "no" and norms[at + 1 : at + 2] == ["one"]):
        last = at + (2 if word == "no" else 1)
        return build(words, at, last, 0, 0, "zero", Unit.PEOPLE), last
    if word not in ("no", "without", "any", "anyone", "anybody"):
        return None
    if word.startswith("any") and not any(
        near in ("no", "not", "without", "never", "nor", "neither") or near.endswith("n't")
        for near in norms[max(0, at - 7) : at]
    ):
        return None
    if word in ("anyone", "anybody"):
        return build(words, at, at + 1, 0, 0, "zero", Unit.PEOPLE), at + 1
    for index in range(at + 1, min(at + 7, len(norms))):
        near = norms[index]
        alone = index + 1 == len(norms) or not norms[index + 1].isalpha() or nouns.is_stop(norms[index + 1])
        person = nouns.plural_unit(near) or (nouns.singular_unit(near) if alone else None)
        counts = nouns.is_loss(near) or (word != "without" and person is Unit.PEOPLE)
        if counts or near in ("people", "children", "women", "men"):
            noun = Noun(at + 1, index + 1, index, Unit.PEOPLE, True)
            return build(words, at, index + 1, 0, 0, "zero", Unit.PEOPLE, noun), index + 1
        if words.tokens[index].shape is not Shape.WORD or (nouns.is_stop(near) and near not in _ZERO_LINKS):
            return None
    return None


def _article(words: Words, at: int) -> tuple[Quantity | None, int] | None:
    """One thing in the singular: "a man", "another car bomb", "his wife", "the strike", "Woman killed"."""
    norms = words.norms
    word = norms[at]
    form = "bare"
    if word in ("a", "an", "another"):
        form = "article"
    elif word in _OWNERS:
        form = "owner"
    elif word in ("the", "this", "that") or word in _WEEKDAYS:
        form = "definite"
    elif at and not (norms[at - 1] in ("and", ",") and at > 1 and nouns.singular_unit(norms[at - 2]) is Unit.PEOPLE):
        return None
    if word == "another" and _is_alone(norms, at + 1):
        return build(words, at, at + 1, 1, 1, "article", None), at + 1
    begin = at if form == "bare" else at + 1
    noun = nouns.after(words.tokens, norms, begin, one=True, reach=3 if form == "bare" else 7)
    if noun is None or (form == "bare" and noun.unit not in (Unit.PEOPLE, Unit.ACTS)):
        return None
    if form == "bare" and at and (noun.last != at + 1 or noun.unit is not Unit.PEOPLE):
        return None
    start, bound = _bound(norms, at, 0) if form == "article" else (at, None)
    low, high = (1, None) if bound == "low" else (None, 1) if bound == "high" else (1, 1)
    start = start if bound in ("low", "high") else at
    return build(words, start, noun.last, low, high, form, noun.unit, noun), noun.last


def _is_alone(norms: Sequence[str], at: int) -> bool:
    """Whether "another" before `at` stands for a noun ("and wounding another", "another seriously injured")."""
    if at >= len(norms) or not norms[at][0].isalpha():
        return True
    if norms[at].endswith("ly") and at + 1 < len(norms):
        at += 1
    following = norms[at + 1] if at + 1 < len(norms) else ""
    return nouns.is_stop(norms[at]) and nouns.singular_unit(following) is None
