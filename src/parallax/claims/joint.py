"""One number for several harms: "12 killed and wounded" bounds each of them from above."""

from __future__ import annotations

from dataclasses import replace

from parallax.claims.drafts import Draft
from parallax.claims.sentences import Sentence
from parallax.claims.triggers import triggers
from parallax.model import HARMS, Count, Kind

_JOINED = frozenset(("and", "or", "&", "and/or", "/"))


def bounded(count: Count | None) -> Count | None:
    """A number that holds killed and wounded together bounds each from above only."""
    if count is None or count.high is None:
        return None
    return Count(None if count.high else 0, count.high, count.text)


def _shares(draft: Draft, other: Draft) -> bool:
    """Whether the second harm has no number and no harmed of its own: "1,340 killed and wounded"."""
    if other.whom == draft.whom:
        return True
    several = draft.count is not None and draft.count.high != 1
    return several and other.count is None and (other.whom is None or other.whom[1] <= other.trigger[0])


def joined(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """ "12 killed and wounded", "40 killed, wounded and missing": one number for several harms bounds each."""
    result = list(drafts)
    for draft in drafts:
        kinds = _sharing(sentence, draft.trigger[1]) if draft.count is not None and not draft.part else {}
        kinds.pop(draft.kind, None)
        own = [other for other in result if other.kind in kinds and other.trigger[0] == kinds[other.kind]]
        if not kinds or any(not _shares(draft, other) for other in own):
            continue
        shared = replace(draft, count=bounded(draft.count), rules=[*draft.rules, "joined"])
        result = [other for other in result if other is not draft and other not in own]
        result.append(shared)
        result.extend(replace(shared, kind=kind, trigger=(at, at + 1)) for kind, at in kinds.items())
    return result


def _sharing(sentence: Sentence, index: int) -> dict[Kind, int]:
    """The harms listed from here on that share one number, with the index of each."""
    kinds: dict[Kind, int] = {}
    while index < len(sentence) and (sentence.norms[index] in _JOINED or sentence.norms[index] == ","):
        while index < len(sentence) and (sentence.norms[index] in _JOINED or sentence.norms[index] == ","):
            index += 1
        kind = _adjacent_harm(sentence, index)
        if kind is None:
            break
        kinds[kind] = index
        index += 1
    return kinds if kinds and sentence.norms[max(kinds.values()) - 1] in _JOINED else {}


def _adjacent_harm(sentence: Sentence, index: int) -> Kind | None:
    """The other harm that stands right after "and", where nothing is counted anew."""
    if index >= len(sentence):
        return None
    match = triggers().at(sentence.norms, index)
    if match is None:
        return None
    following = sentence.tags[match[0] : match[0] + 1]
    if following and following[0] in "DQ":
        return None
    return next((kind for kind, _ in match[1] if kind in HARMS), None)
