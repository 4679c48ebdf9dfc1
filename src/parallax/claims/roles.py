"""Who did what to whom, by where the noun groups stand around a word: subject, object, agent, parts."""

from __future__ import annotations

from functools import cache

from parallax.claims.lexicons import words
from parallax.claims.sentences import Group, Sentence

_BE = words("grammar", "roles_be")
_RELATIVE = words("grammar", "roles_relative")
_LINKS = frozenset(("of",))
_JOINTS = (("as", "well", "as"), ("along", "with"), ("together", "with"))
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
    return _stands_after(sentence, object_group(sentence, end))


def _stands_after(sentence: Sentence, group: Group | None) -> bool:
    """Whether what follows a participle is no object: nothing, or the next count ("10 killed 15 injured")."""
    if group is None:
        return True
    return sentence.tags[group.first] == "Q" and sentence.norms[group.head] in ("injured", "wounded", "hurt", "missing")


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


def hypothetical(sentence: Sentence, first: int) -> bool:
    """Whether the verb here tells of no happening: "could kill", "to attack" that nothing governs, "if they strike"."""
    before = sentence.norms[max(0, first - 5) : first]
    if any(norm in words("grammar", "hypothetical") for norm in before[-3:]):
        return True
    if before[-1:] == ["to"]:
        return not any(norm in words("grammar", "governing") for norm in before)
    return "if" in before


def imperative(sentence: Sentence, first: int) -> bool:
    """Whether a bare verb stands where no subject can be, as in a title or a call."""
    norm = sentence.norms[first]
    bare = not norm.endswith(("ed", "ing", "s")) and norm + "ed" not in sentence.norms
    return bare and (first == 0 or sentence.norms[first - 1] in ("“", '"', "‘", ":")) and norm != "shot"


def negated(sentence: Sentence, first: int) -> bool:
    """Whether "not", "never" or "without" stands in the verb group before this token."""
    window = sentence.norms[max(0, first - 4) : first]
    window = window[window.index("but") + 1 :] if "but" in window else window
    nexts = [*window[1:], *sentence.norms[first : first + 1]]
    for word, following in zip(window, nexts, strict=False):
        negates = word.endswith("n't") or word in ("not", "never", "without", "neither")
        if negates and following not in words("grammar", "bounding"):
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
    shared = _verb_before(sentence, index)
    if shared is not None:
        return subject_group(sentence, shared)
    adjacent = sentence.group(index - 1)
    among = adjacent is not None and sentence.norms[adjacent.first - 1 : adjacent.first] == ["among"]
    if (
        adjacent is not None
        and not among
        and not aside(sentence, adjacent)
        and ("Q" in sentence.tags[adjacent.first : adjacent.end] or is_people(sentence, adjacent.head, adjacent.end))
    ):
        return adjacent
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
            leading = coordinated_before(sentence, group)[0]
            if leading is not group and aside(sentence, leading):
                index = leading.first - 1
                continue
            if not _in_phrase(sentence, group) and not aside(sentence, group):
                return group
            index = group.first - 1
            continue
        if tag == "V" and depth:
            break
        if tag == "S" and norm not in _RELATIVE:
            break
        depth += tag == "V"
        index -= 1
    return _counting(sentence, nearest) if nearest is not None else None


def _counting(sentence: Sentence, group: Group) -> Group:
    """The number before "of" that counts this group: "hundreds" in "with hundreds of civilians killed"."""
    if group.first < 2 or sentence.norms[group.first - 1] != "of":
        return group
    number = sentence.group(group.first - 2)
    return number if number is not None and "Q" in sentence.tags[number.first : number.end] else group


def _verb_before(sentence: Sentence, index: int) -> int | None:
    """The verb whose subject this one shares: "the army took the town and burned the mill"."""
    if index < 3 or sentence.norms[index - 1] != "and" or sentence.tags[index] != "V":
        return None
    group = sentence.group(index - 2)
    if group is None or group.first < 1 or sentence.tags[group.first - 1] != "V":
        return None
    return group.first - 1


def aside(sentence: Sentence, group: Group) -> bool:
    """Whether the group is an aside on the one before: "23 people, most of them fighters, were killed"."""
    if group.first == 0:
        return False
    follows = sentence.norms[group.end : group.end + 2] in (["of", "them"], ["of", "whom"])
    listed = sentence.norms[group.first - 1] in ("mostly", "mainly", "notably")
    every = sentence.norms[group.first] == "all" and sentence.norms[group.first - 1] == ","
    return follows or listed or every or sentence.norms[group.first] in ("them", "whom")


def _in_phrase(sentence: Sentence, group: Group) -> bool:
    """Whether the group hangs on a preposition (or stands between commas after one)."""
    before = group.first - 1
    while before >= 0 and sentence.tags[before] == "B" and sentence.norms[before].endswith("ly"):
        before -= 1
    if before < 0:
        return False
    if sentence.norms[before] in ("and", "or", ",", "(", "&"):
        other = sentence.group(before - 1)
        return other is not None and sentence.tags[group.first] != "Q" and _in_phrase(sentence, other)
    after = whole(sentence, group)[1]
    clause = sentence.norms[before] in ("after", "before", "since", "until") or sentence.norms[after : after + 1] == [
        "being"
    ]
    if clause and sentence.tags[after : after + 1] == ["X"]:
        return False
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
    joined = False
    while index >= 1 and (sentence.norms[index] in ("and", ",", "&") or ends_joint(sentence, index)):
        joined = joined or sentence.norms[index] != ","
        index -= ends_joint(sentence, index)
        if sentence.norms[index] == "and" and sentence.norms[index - 1] == ",":
            index -= 1
        other = sentence.group(index - 1)
        if other is None or not _joins(sentence, other, group):
            break
        groups.insert(0, other)
        index = other.first - 1
    return groups if joined else [group]


def ends_joint(sentence: Sentence, index: int) -> int:
    """How many words before this one belong to a joint of several ("as well as", "along with"); 0 if none."""
    for joint in _JOINTS:
        if index >= len(joint) and tuple(sentence.norms[index - len(joint) + 1 : index + 1]) == joint:
            return len(joint) - 1
    return 0


def coordinated_after(sentence: Sentence, group: Group) -> list[Group]:
    """The group and those joined to it after it by commas and "and"."""
    groups = [group]
    index = whole(sentence, group)[1]
    joined = False
    while index + 1 < len(sentence):
        next_counted = sentence.tags[index] == "Q"
        if not next_counted and sentence.norms[index] not in ("and", ",", "&"):
            break
        if sentence.norms[index] == "," and sentence.norms[index + 1] == "and":
            index += 1
        joined = joined or next_counted or sentence.norms[index] != ","
        index -= next_counted
        other = sentence.group(index + 1) if index + 1 < len(sentence) else None
        if other is None or other.first != index + 1 or not _joins(sentence, other, group):
            break
        groups.append(other)
        index = whole(sentence, other)[1]
    return groups if joined else [group]


def _joins(sentence: Sentence, other: Group, group: Group) -> bool:
    """Whether a group beside another can be harmed with it: people, or a name beside a name."""
    if is_people(sentence, other.first, other.end):
        return True
    names = sentence.is_capital(other.head) and sentence.is_capital(group.head)
    return (
        names and other.end - other.first > 1 and not any(n.isdigit() for n in sentence.norms[other.first : other.end])
    )


def is_people(sentence: Sentence, first: int, end: int) -> bool:
    """Whether one of these words means people."""
    known = people()
    return any(norm in known for norm in sentence.norms[first:end])


@cache
def people() -> frozenset[str]:
    """Every noun of the people lexicon."""
    return words("people", "civilian") | words("people", "combatant") | words("people", "neutral")


def including(sentence: Sentence, end: int) -> list[Group]:
    """The groups that "including", "among them" and the like name as parts after a group."""
    index = end
    limit = min(len(sentence), end + 14)
    while index < limit and sentence.norms[index] not in _BREAKS:
        if sentence.tags[index] == "Q":
            return []
        pair = sentence.norms[index : index + 2] in (["among", "them"], ["among", "whom"])
        if pair or sentence.norms[index] in ("including", "included", "include", "includes"):
            start = index + (2 if pair else 1)
            while start < len(sentence) and sentence.tags[start] in "BX,":
                start += 1
            group = sentence.group(start)
            return coordinated_after(sentence, group) if group is not None else []
        index += 1
    return []
