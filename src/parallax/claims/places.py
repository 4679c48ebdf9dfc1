"""The words that say where: the most specific place named for a claim. Resolving them is another room's work."""

from __future__ import annotations

from parallax.claims import roles
from parallax.claims.drafts import Draft, Words
from parallax.claims.lexicons import words
from parallax.claims.sentences import Group, Sentence

_PREPOSITIONS = words("grammar", "places_prepositions")
_STRONG = words("grammar", "places_strong")


def places(sentence: Sentence) -> list[Words]:
    """The place phrases of a passage, in order: a preposition and a name or a noun for places."""
    found: list[Words] = []
    for group in sentence.groups:
        before = sentence.norms[group.first - 1] if group.first else ""
        if before in _PREPOSITIONS and _names_place(sentence, group, before):
            found.append(_full(sentence, group))
    return found


def where(sentence: Sentence, draft: Draft, known: list[Words]) -> Words | None:
    """The place of one claim: its target, the first place after its trigger, or the last one before."""
    if draft.where is not None:
        return draft.where
    if draft.whom is not None and draft.rules[:1] in (["act noun"], ["act verb"], ["damage"]):
        inside = [place for place in known if draft.whom[0] <= place[0] < draft.whom[1]]
        if inside:
            return inside[-1]
        if any(norm in words("things", "places") for norm in sentence.norms[slice(*draft.whom)]):
            return draft.whom
    after = [place for place in known if place[0] >= draft.trigger[0]]
    before = [place for place in known if place[0] < draft.trigger[0]]
    return after[0] if after else before[-1] if before else None


def _names_place(sentence: Sentence, group: Group, before: str) -> bool:
    norms = sentence.norms[group.first : group.end]
    if any(sentence.tags[i] in "TR" for i in range(group.first, group.end)) or roles.is_people(
        sentence, group.head, group.end
    ):
        return False
    if norms[-1] in words("things", "places"):
        return True
    capital = sentence.is_capital(group.head)
    return (
        capital and (before in _STRONG or before in ("on", "of", "from", "to", "over", "into")) and not _is_actor(norms)
    )


def _is_actor(norms: list[str]) -> bool:
    return any(norm in words("actors", "words") for norm in norms)


def _full(sentence: Sentence, group: Group) -> Words:
    """The group with the name after "of": "the town of Hesna"."""
    first, end = group.first, group.end
    inner = sentence.group(end + 1) if sentence.norms[end : end + 1] == ["of"] else None
    if inner is not None and sentence.is_capital(inner.head) and sentence.norms[end - 1] in words("things", "places"):
        return first, inner.end
    return first, end
