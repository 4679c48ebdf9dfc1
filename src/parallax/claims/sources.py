"""The words of a source: the noun phrase before or after a verb of saying, with its name's parts."""

from __future__ import annotations

from parallax.claims import roles
from parallax.claims.drafts import Words
from parallax.claims.lexicons import load, words
from parallax.claims.sentences import Group, Sentence

QUOTES = frozenset(("“", "”", '"', "«", "»"))
_JOINING = words("grammar", "voices_joining")


def before(sentence: Sentence, index: int, floor: int) -> Words | None:
    """The source before a verb of saying: its noun group and what belongs to it, leftward."""
    end = index
    while end > floor and (
        sentence.tags[end - 1] in "BXT" or sentence.norms[end - 1] in ("on", "last", "late", "early")
    ):
        end -= 1
    opening = [i for i in range(floor, end) if sentence.norms[i] == "("]
    if opening and sentence.norms[end - 1] == ")":
        end = opening[-1]
    if end <= floor:
        return None
    if sentence.norms[end - 1] == ",":
        return _before_apposition(sentence, end - 1, floor)
    first = end - 1 if _is_noun_after_all(sentence, end - 1, floor) else end
    while first > floor and (sentence.tags[first - 1] in "NDQR" or sentence.norms[first - 1] in _JOINING):
        first -= 1
    nearest = sentence.group(end - 1)
    if sentence.tags[end - 1] == "R":
        return end - 1, end
    relative = _before_relative(sentence, first, floor)
    opens = relative is not None and relative[0] == floor
    if relative is not None and (opens or nearest is None or not _source_like(sentence, nearest)):
        return relative
    while first < end and (sentence.norms[first] in _JOINING - {"the", "a", "an"}):
        first += 1
    if first >= end:
        return None
    if (
        first > floor + 1
        and first > 0
        and sentence.norms[first - 1] not in (",", ".", ";", "that", "”", '"', ":", "but", "and", "while")
    ):
        return _nearest_source(sentence, first, end)
    return first, end


def _is_noun_after_all(sentence: Sentence, index: int, floor: int) -> bool:
    """Whether a source word read as a verb is a noun right before the verb of saying: "the foreign press says"."""
    known = sentence.tags[index] == "V" and sentence.norms[index] in words("voices", "sources")
    return known and index > floor and sentence.tags[index - 1] in "DN"


def _nearest_source(sentence: Sentence, first: int, end: int) -> Words:
    """Where words of the story run into the source without a comma: the last noun group, with its name's parts."""
    group = sentence.group(end - 1)
    start = group.first if group is not None else end - 1
    while start - 2 >= first and sentence.norms[start - 1] in ("of", "for", "and", "in"):
        other = sentence.group(start - 2)
        if other is None or other.first < first:
            break
        if sentence.norms[start - 1] != "of" and not any(sentence.is_capital(i) for i in range(other.first, other.end)):
            break
        start = other.first
    return start, end


def _before_relative(sentence: Sentence, first: int, floor: int) -> Words | None:
    """ "Ahmad Salem who heads the group said": the one before the relative pronoun."""
    index = first - 1
    steps = 0
    while index > floor and steps < 10 and sentence.tags[index] != ".":
        if sentence.norms[index] in ("who", "which", "that"):
            group = sentence.group(index - 1)
            if group is None or group.first < floor:
                return None
            if sentence.norms[index] == "that" and not _opens_as_source(sentence, group, floor):
                return None
            start = group.first
            while start > floor and (sentence.tags[start - 1] in "NDQ" or sentence.norms[start - 1] in _JOINING):
                start -= 1
            return (start, group.end) if start == floor else (group.first, group.end)
        index -= 1
        steps += 1
    return None


def _opens_as_source(sentence: Sentence, group: Group, floor: int) -> bool:
    """Whether a source noun opens the clause: "newspapers that arrived on Saturday announce"."""
    return group.first == floor and sentence.norms[group.head] in words("voices", "sources")


def _before_apposition(sentence: Sentence, comma: int, floor: int) -> Words | None:
    """ "Peter Hall, a spokesman for the army, said": the one before the first comma."""
    for index in range(comma - 1, max(floor, comma - 18), -1):
        if sentence.norms[index] == ",":
            group = sentence.group(index - 1)
            if group is None or group.first < floor:
                return None
            if all(tag == "Q" for tag in sentence.tags[group.first : group.end]):
                continue
            if _is_named_after(sentence, floor, index, comma):
                return index + 1, comma
            first = group.first
            while first - 2 >= floor and sentence.norms[first - 1] in ("of", "for", "at", "in"):
                other = sentence.group(first - 2)
                if other is None:
                    break
                first = other.first
            return first, group.end
        aside = "whose" in sentence.norms[max(floor, index - 6) : index]
        if (sentence.tags[index] in "X" and not aside) or sentence.norms[index] in QUOTES:
            return None
    return before(sentence, comma, floor) if sentence.group(comma - 1) else None


def _is_named_after(sentence: Sentence, floor: int, index: int, comma: int) -> bool:
    """Whether the name stands in the apposition: "another agency, Hesna News, said"."""
    title = sentence.norms[floor] in words("words", "articles") or not _has_capital(sentence, sentence.group(index - 1))
    bare = sentence.tags[index + 1] == "N" and sentence.is_capital(index + 1)
    return title and bare and all(sentence.tags[i] in "N" or sentence.is_capital(i) for i in range(index + 1, comma))


def _has_capital(sentence: Sentence, group: Group | None) -> bool:
    return group is not None and any(sentence.is_capital(i) for i in range(group.first + (group.first == 0), group.end))


def inverted(sentence: Sentence, index: int) -> Words | None:
    """ "..., said Ahmad Salem": the group after, where a quotation or a comma stands before."""
    group = sentence.group(index + 1)
    told = sentence.norms[index] in ("told", "tell", "tells", "telling", "informed")
    if told or group is None or group.first != index + 1 or sentence.tags[index + 1] == "R":
        return None
    span = after(sentence, index + 1)
    before = sentence.norms[index - 1] if index else ""
    if span is not None and sentence.tags[span[1] : span[1] + 1] in (["V"], ["X"]):
        return None
    if before in QUOTES or before == "," or not index:
        return span
    ends = span is not None and not has_verb(sentence, span[1], len(sentence)) and len(sentence) - span[1] < 8
    return span if ends and sentence.norms[index] == "said" and sentence.tags[index - 1] not in "RB" else None


def after(sentence: Sentence, index: int) -> Words | None:
    """The source that starts here: a noun group with its "of", "for" and "and" phrases."""
    while index < len(sentence) and sentence.norms[index] in ("“", '"', "to"):
        index += 1
    group = sentence.group(index)
    if group is None or (group.first < index and sentence.tags[index] not in "DN"):
        return None
    end = group.end
    if sentence.norms[group.head] in words("voices", "carriers") and sentence.norms[end : end + 1] in (
        ["by"],
        ["from"],
    ):
        return after(sentence, end + 1) or (index, end)
    while end + 1 < len(sentence) and sentence.norms[end] in ("of", "for", "and", "at", "in", "from", "on"):
        other = sentence.group(end + 1)
        if other is None or other.first != end + 1:
            break
        if sentence.norms[end] in ("and", "in", "from", "on") and not _source_like(sentence, other):
            break
        end = other.end
    return index, end


def _source_like(sentence: Sentence, group: Group) -> bool:
    return any(
        sentence.norms[i] in words("voices", "sources") or sentence.is_capital(i) for i in range(group.first, group.end)
    )


def is_source(sentence: Sentence, span: Words, *, strict: bool) -> bool:
    """Whether these words can vouch for something: a source noun, a name, people, a pronoun."""
    norms = sentence.norms[span[0] : span[1]]
    if _counts_alone(sentence, span):
        return False
    owned = owner(sentence, span)
    if owned != span:
        return is_source(sentence, owned, strict=strict)
    if norms[-1] in words("voices", "carriers_owned"):
        return " ".join(norms) in load("voices")["anaphors"]
    if any(norm in words("voices", "sources") or norm.startswith("@") for norm in norms) and norms[0] not in (
        "death",
        "initial",
    ):
        return True
    if norms[-1] in words("voices", "not_sources"):
        return False
    if sentence.tags[span[0]] == "R":
        return norms[0] in ("he", "she", "it", "they", "we", "i")
    definite = norms[0] == "the" and len(norms) <= 3 and norms[-1] not in words("actors", "act_nouns")
    if definite and norms[-1] not in words("things", "things") and norms[-1] not in words("things", "places"):
        return True
    named = any(sentence.is_capital(i) for i in range(span[0] + (span[0] == 0 and span[1] - span[0] > 1), span[1]))
    people = roles.is_people(sentence, *span) or any(norm in words("actors", "words") for norm in norms)
    return named or people or (not strict and len(norms) <= 6)


def owner(sentence: Sentence, span: Words) -> Words:
    """Who speaks in "the late marshal's telegram": the marshal; the words as they are where nobody owns them."""
    last = span[1] - 1
    if sentence.norms[last] not in words("voices", "carriers_owned"):
        return span
    owners = [i for i in range(span[0], last) if sentence.norms[i].endswith(("'s", "s'", "\u2019s", "s\u2019"))]
    return (span[0], owners[-1] + 1) if owners else span


def _counts_alone(sentence: Sentence, span: Words) -> bool:
    """Whether the words are a number, a determiner or a stretch of time, and name nobody."""
    norms = sentence.norms[span[0] : span[1]]
    if norms[-1] in words("grammar", "measures") | words("voices", "no_voices") | {"the", "a", "an"}:
        return True
    return all(tag in "QDCP." for tag in sentence.tags[span[0] : span[1]])


def has_verb(sentence: Sentence, first: int, end: int) -> bool:
    return any(sentence.tags[i] in "VX" for i in range(first, end))
