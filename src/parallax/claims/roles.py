"""Who did what to whom, by where the noun groups stand around a word: subject, object, agent, parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from parallax.claims.lexicons import words
from parallax.claims.sentences import Group, Sentence

_BE = words("grammar", "roles_be")
_HAVE = words("grammar", "roles_have")
_RELATIVE = words("grammar", "roles_relative")
_LINKS = frozenset(("of",))
_BREAKS = frozenset(';:.!?“”"|')


def passive(sentence: Sentence, first: int, end: int) -> bool:
    """Whether the verb at these tokens is in the passive, or a past participle after its noun."""
    norm = sentence.norms[first]
    if norm.endswith("ing"):
        return first > 0 and sentence.norms[first - 1] == "being"
    helper = auxiliary(sentence, first)
    if helper in _BE:
        return True
    if helper or sentence.tags[first - 1 : first] == ["R"]:
        return False
    if not norm.endswith(("ed", "en", "t", "n", "d", "ck")):
        return False
    return object_group(sentence, end) is None


def auxiliary(sentence: Sentence, index: int) -> str:
    """The auxiliary just before a verb, adverbs skipped; empty if there is none."""
    index -= 1
    while index >= 0 and (sentence.tags[index] == "B" or sentence.norms[index] in ("reported", "confirmed", "feared")):
        index -= 1
    norm = sentence.norms[index] if index >= 0 else ""
    if sentence.tags[index : index + 1] == ["X"] or norm == "to":
        return norm
    return _coordinated_auxiliary(sentence, index)


def _coordinated_auxiliary(sentence: Sentence, index: int) -> str:
    """The auxiliary shared over "and": "were killed and wounded"."""
    if index < 2 or sentence.norms[index] not in ("and", "or", "&", "and/or"):
        return ""
    if sentence.tags[index - 1] != "V" and sentence.group(index - 1) is not None:
        return ""
    return auxiliary(sentence, index - 1) if sentence.tags[index - 1] == "V" else ""


def negated(sentence: Sentence, first: int) -> bool:
    """Whether "not", "never" or "without" stands in the verb group before this token."""
    window = sentence.norms[max(0, first - 4) : first]
    if any(word.endswith("n't") or word in ("not", "never", "without", "neither") for word in window):
        return "only" not in window
    return False


def object_group(sentence: Sentence, index: int) -> Group | None:
    """The noun group that follows this token index directly, adverbs and coordinated verbs skipped."""
    tags, norms = sentence.tags, sentence.norms
    while index < len(tags):
        if tags[index] == "B" and norms[index] not in ("here", "home"):
            index += 1
        elif norms[index] in ("and", "or", "&") and index + 1 < len(tags) and tags[index + 1] == "V":
            index += 2
        elif norms[index] in ("“", '"', "‘"):
            index += 1
        else:
            break
    group = sentence.group(index)
    if group is None or (group.first != index and tags[index] not in "DQN"):
        return None
    return group


def subject_group(sentence: Sentence, index: int) -> Group | None:
    """The noun group that the verb at this token has as subject: leftward over auxiliaries and phrases."""
    index -= 1
    nearest: Group | None = None
    depth = 0
    while index >= 0:
        norm, tag = sentence.norms[index], sentence.tags[index]
        if tag == "." and norm in _BREAKS:
            break
        group = sentence.group(index)
        if group is not None:
            nearest = nearest or group
            if not _in_phrase(sentence, group):
                return group
            index = group.first - 1
            continue
        if tag == "V" and depth:
            break
        if tag == "S" and norm not in _RELATIVE:
            break
        depth += tag == "V"
        index -= 1
    return nearest


def _in_phrase(sentence: Sentence, group: Group) -> bool:
    """Whether the group hangs on a preposition (or stands between commas after one)."""
    before = group.first - 1
    if before < 0:
        return False
    if sentence.norms[before] in ("and", "or", ",", "(", "&"):
        other = sentence.group(before - 1)
        return other is not None and _in_phrase(sentence, other)
    return sentence.tags[before] == "P" and sentence.norms[before] not in ("least", "than")


def agent_group(sentence: Sentence, end: int, reach: int = 14) -> Group | None:
    """The group after the first "by" that follows within reach and before the next clause."""
    for index in range(end, min(len(sentence), end + reach)):
        if sentence.norms[index] == "by" and index + 1 < len(sentence):
            return sentence.group(index + 1)
        if sentence.norms[index] in _BREAKS or sentence.tags[index] == "X":
            return None
    return None


def whole(sentence: Sentence, group: Group) -> tuple[int, int]:
    """The group with its "of" phrases: "members of the family", "dozens of people"."""
    first, end = group.first, group.end
    while end + 1 < len(sentence) and sentence.norms[end] in _LINKS:
        following = sentence.group(end + 1)
        if following is None:
            break
        end = following.end
    return first, end


def coordinated_before(sentence: Sentence, group: Group) -> list[Group]:
    """The group and those joined to it before it by commas and "and", first to last."""
    groups = [group]
    index = group.first - 1
    while index >= 1 and sentence.norms[index] in ("and", ",", "&"):
        if sentence.norms[index] == "and" and sentence.norms[index - 1] == ",":
            index -= 1
        other = sentence.group(index - 1)
        if other is None or not is_people(sentence, other.first, other.end):
            break
        groups.insert(0, other)
        index = other.first - 1
    return groups


def coordinated_after(sentence: Sentence, group: Group) -> list[Group]:
    """The group and those joined to it after it by commas and "and"."""
    groups = [group]
    index = whole(sentence, group)[1]
    while index + 1 < len(sentence) and sentence.norms[index] in ("and", ",", "&"):
        if sentence.norms[index] == "," and sentence.norms[index + 1] == "and":
            index += 1
        other = sentence.group(index + 1) if index + 1 < len(sentence) else None
        if other is None or other.first != index + 1 or not is_people(sentence, other.first, other.end):
            break
        groups.append(other)
        index = whole(sentence, other)[1]
    return groups


def is_people(sentence: Sentence, first: int, end: int) -> bool:
    """Whether one of these words means people."""
    known = people()
    return any(norm in known for norm in sentence.norms[first:end])


@cache
def people() -> frozenset[str]:
    """Every noun of the people lexicon."""
    return words("people", "civilian") | words("people", "combatant") | words("people", "neutral")


def including(sentence: Sentence, end: int) -> Iterator[Group]:
    """The groups that "including", "among them" and the like name as parts after a group."""
    index = end
    limit = min(len(sentence), end + 14)
    while index < limit and sentence.norms[index] not in _BREAKS:
        if sentence.norms[index] == "including" or sentence.norms[index : index + 2] in (
            ["among", "them"],
            ["among", "whom"],
        ):
            start = index + (1 if sentence.norms[index] == "including" else 2)
            while start < len(sentence) and sentence.tags[start] in "BX,":
                start += 1
            group = sentence.group(start)
            if group is not None:
                yield from coordinated_after(sentence, group)
            return
        index += 1
