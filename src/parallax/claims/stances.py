"""How a voice stands to a claim: asserted, doubted, denied, expected."""

from __future__ import annotations

from functools import cache

from parallax.claims import roles
from parallax.claims.drafts import Draft
from parallax.claims.lexicons import Phrases, load, words
from parallax.claims.sentences import Sentence
from parallax.model import Kind, Stance

_FUTURE = words("grammar", "stances_future")
_REACH = 5
_DENIABLE = (Kind.SEIZED, Kind.WITHDREW)


@cache
def _after() -> Phrases:
    return Phrases(dict.fromkeys(load("stances")["doubted_after"], True))


def doubts_all(sentence: Sentence) -> bool:
    """Whether the passage says of what was told that it could not be verified."""
    return next(_after().all(sentence.norms), None) is not None


def stance(sentence: Sentence, draft: Draft, denies: bool) -> Stance:
    """The stance of one claim, by the words that qualify it."""
    if (
        denies
        or draft.rules[:1] == ["negated"]
        or (draft.kind in _DENIABLE and roles.negated(sentence, draft.trigger[0]))
    ):
        return Stance.DENIED
    if _doubted(sentence, draft):
        return Stance.DOUBTED
    if _expected(sentence, draft):
        return Stance.EXPECTED
    return Stance.ASSERTED


def _doubted(sentence: Sentence, draft: Draft) -> bool:
    """ "alleged", "suspected" in the group of the trigger or just before the verb."""
    first, end = draft.trigger
    group = sentence.group(first)
    start = group.first if group is not None else first
    while group is None and start > 0 and sentence.tags[start - 1] in "BX":
        start -= 1
    near = sentence.norms[start:end]
    return any(norm in words("stances", "doubted") for norm in near)


def _expected(sentence: Sentence, draft: Draft) -> bool:
    first = draft.trigger[0]
    if sentence.tags[first] == "N" and sentence.group(first) is not None:
        group = sentence.group(first)
        first = group.first if group is not None else first
    near = sentence.norms[max(0, first - _REACH) : first]
    after = sentence.norms[draft.trigger[1] : draft.trigger[1] + 4]
    if "expected" in after or "planned" in after:
        return True
    return any(norm in _FUTURE for norm in near) and "had" not in near and "was" not in near
