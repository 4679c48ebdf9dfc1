"""The scope of a claim: one happening, or a running total over weeks or more."""

from __future__ import annotations

import re
from functools import cache

from parallax.claims.drafts import Draft
from parallax.claims.lexicons import Phrases, load, words
from parallax.claims.sentences import Sentence
from parallax.model import HARMS, Days, Kind, Scope

_STANDING = (Kind.SEIZED, Kind.WITHDREW, Kind.TRUCE, Kind.STRENGTH)
_WEEKS = 13
_REACH = 14
_WAR = words("stances", "wars")
_IN_WAR = words("stances", "in_wars")
_YEARS_OLD = re.compile(r"\w+-(?:year|month|decade)s?(?:-(?:old|long))?|(?:years|months|decade)-long")
# Dead by tens of thousands fall in no single happening that a report tells without its place and day,
# and by hundreds of thousands in none at all but the bombing of a city, which is told with its day.
_MANY = 10_000
_MOST = 100_000
_THOUSANDS = 2_000


@cache
def _total() -> Phrases:
    return Phrases(dict.fromkeys(load("stances")["total_strong"], True))


def scope(sentence: Sentence, draft: Draft, when: Days | None, placed: bool = False) -> Scope:
    """A running total where the words, the length of time or the size of the number say so.

    `when` holds the days that the passage names, `placed` is whether it names the place of the claim.
    """
    if draft.kind in _STANDING:
        return Scope.EVENT
    if when is not None and when.length > _WEEKS:
        return Scope.TOTAL
    if next(_total().all(sentence.norms), None) is not None or _is_of_war(sentence, draft, when, placed):
        return Scope.TOTAL
    since = any(norm in words("stances", "since") for norm in sentence.norms)
    return Scope.TOTAL if since and (when is None or when.length > 7) else Scope.EVENT


def _is_of_war(sentence: Sentence, draft: Draft, when: Days | None, placed: bool) -> bool:
    """Whether a number of people is what a whole war has cost."""
    if draft.kind not in HARMS or (when is not None and "since" in sentence.norms):
        return False
    size = max(draft.count.low or 0, draft.count.high or 0) if draft.count is not None else 0
    if size >= _MOST and when is None:
        return True
    if size == 1 or not _is_perfect(sentence, draft):
        return False
    if size >= (_MOST if placed else _MANY) or _names_war(sentence, draft):
        return True
    vague = (
        draft.kind in (Kind.KILLED, Kind.INJURED)
        and draft.count is not None
        and "thousands" in draft.count.text.lower()
    )
    return vague and size >= _THOUSANDS and when is None and not placed


def _is_perfect(sentence: Sentence, draft: Draft) -> bool:
    """Whether "has" or "have" governs the verb: what has happened up to now."""
    first, end = draft.trigger
    for index in range(first - 1, max(-1, first - _REACH), -1):
        norm = sentence.norms[index]
        if norm in ("has", "have", "’ve", "'ve"):
            governed = range(index + 1, min(index + 4, end))
            return any(i >= first or sentence.tags[i] == "V" or sentence.norms[i] == "been" for i in governed)
        if norm in (";", ".", ":", "had", "were", "was"):
            return False
    return False


def _names_war(sentence: Sentence, draft: Draft) -> bool:
    """Whether the deaths are "in the three-year-old war", or the war itself is what has cost them."""
    first = max(0, draft.trigger[0] - _REACH)
    for index, norm in enumerate(sentence.norms[first : draft.trigger[1] + _REACH], first):
        if norm not in _WAR:
            continue
        group = sentence.group(index)
        if group is None or group.head != index:
            continue
        before = sentence.norms[max(0, group.first - 1) : index]
        if any("-" in word and _YEARS_OLD.fullmatch(word) for word in before):
            return True
        if before and before[0] in _IN_WAR and index > draft.trigger[0]:
            return True
    return False
