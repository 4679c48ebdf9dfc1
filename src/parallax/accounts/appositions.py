"""People whom a list names twice: by what they are, and by their names.

"Three brothers, Adam, Ivan and Petr" are three, "Ivan Petrov and his wife, Anna" two, "Ivan Petrov,
a farmer and father of the town's mayor" one. A reader that counts what stands between commas counts more.
"""

from __future__ import annotations

import re

from parallax.accounts.lexicon import lexicon
from parallax.model import Claim, Count

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# "Her five daughters, Anna, ...": a number of people, and then who they are.
_HEAD = re.compile(
    rf"\W*(?:(?:the|all|both|his|her|their|our|my)\s+){{0,2}}(\d+|{'|'.join(_NUMBERS)})\s+[^\d,]{{2,40}},",
    re.IGNORECASE,
)
_AGE = r"(?:an?\s+)?(?:\S*-?years?[- ]old\s+|aged\s+\d+\s+)?"
# "His wife, 31-year-old Anna", "a boy, Ivan": one person by a noun, and then by a name.
_NAMED = re.compile(rf"\b(?i:{'|'.join(sorted(lexicon('one-person'), key=len, reverse=True))})\s?,\s+{_AGE}[^\W\d_a-z]")
# "Ivan Petrov, a farmer and ...": a name, and then what he was; "his" would be of another.
_WHAT = re.compile(r"\s*,\s+(?:an?|the)\s(?!.*(?:\b(?:his|her|their|my|our)\b|['’]s?\s))", re.IGNORECASE)
# "Anna, Ivan's": the beginning of "Ivan's wife".
_WHOSE = re.compile(r",\s+[^\W\d_a-z][\w-]*['’]s\W*$")
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")


def counted_once(claim: Claim) -> Count | None:
    """The claim's count, with those whom its words tell of twice counted once.

    Only an exact count that comes to as many as its list has items, or to twice the number
    that stands before the list, is taken for one that counts them twice.
    """
    count = claim.count
    if count is None or count.low is None or count.low != count.high or "," not in count.text:
        return count
    number = _once(claim, count.text, count.low)
    return count if number is None else Count(number, number, count.text)


def _once(claim: Claim, text: str, number: int) -> int | None:
    head = _HEAD.match(text)
    if head is not None:
        told = head[1].lower()
        first = int(told) if told.isdigit() else _NUMBERS.index(told) + 2
        return first if number == 2 * first else None
    if number != len([part for part in _BETWEEN.split(text.strip()) if part]):
        return None
    name = claim.whom.text.strip() if claim.whom is not None else ""
    if name and text.strip().startswith(name) and _WHAT.match(text.strip()[len(name) :]):
        return 1
    twice = len(_NAMED.findall(text)) + len(_WHOSE.findall(text))
    return max(1, number - twice) if twice else None
