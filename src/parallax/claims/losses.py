"""Whose losses a bare number counts: "the British lost 362 killed", "the Russian loss was 5,000"."""

from __future__ import annotations

from parallax.claims import roles
from parallax.claims.drafts import Words
from parallax.claims.lexicons import words
from parallax.claims.sentences import Group, Sentence

_LOSERS = words("grammar", "losers")
_LOSSES = words("grammar", "losses")
_REACH = 14


def body(sentence: Sentence, first: int) -> Words | None:
    """The body whose losses the words from this token on count, if the clause before them names it."""
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        norm, tag = sentence.norms[index], sentence.tags[index]
        if norm in _LOSERS and tag in "VX" and (norm != "had" or index == first - 1):
            return _body(sentence, roles.subject_group(sentence, index))
        if norm in _LOSSES:
            return _owner(sentence, index)
        if norm in (".", ";", "!", "?"):
            return None
    return None


def named(sentence: Sentence) -> Words | None:
    """The body whose losses the passage speaks of last, whether or not it counts them."""
    for index in range(len(sentence) - 1, -1, -1):
        if sentence.norms[index] in _LOSSES:
            found = _owner(sentence, index)
            if found is not None:
                return found
        if sentence.norms[index] in ("lost", "lose", "loses") and sentence.tags[index] == "V":
            found = _body(sentence, roles.subject_group(sentence, index))
            if found is not None:
                return found
    return None


def _owner(sentence: Sentence, index: int) -> Words | None:
    """ "the losses of the French", "the French loss"."""
    if sentence.norms[index + 1 : index + 2] == ["of"]:
        return _body(sentence, sentence.group(index + 2))
    group = sentence.group(index)
    return _body(sentence, Group(group.first, index)) if group is not None and group.first < index else None


def _body(sentence: Sentence, group: Group | None) -> Words | None:
    """The group if it is a nation or an armed body, without its article."""
    if group is None or "Q" in sentence.tags[group.first : group.end]:
        return None
    first = group.first
    while first < group.end and sentence.tags[first] in "DRB":
        first += 1
    if first == group.end:
        return None
    known = words("people", "combatant") | words("people", "combatant_modifiers")
    if any(sentence.norms[i] in known for i in range(first, group.end)):
        return group.first, group.end
    return (group.first, group.end) if sentence.is_capital(group.end - 1) else None
