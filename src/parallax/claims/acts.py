"""Claims of acts in a passage: air strikes, shelling, bombings, chemical and ground attacks.

A word whose kind is open ("strike", "attack", "hit") takes the kind of the means named
with it ("warplanes", "mortars"), in its own noun group, then in its sentence, then in
the report as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from parallax.claims import roles
from parallax.claims.drafts import Draft, Parsed, Words
from parallax.claims.lexicons import Phrases, all_forms, load, words
from parallax.claims.nouns import Unit
from parallax.claims.sentences import Group, Sentence
from parallax.model import ACTS, Count, Kind

_TARGETS = words("grammar", "acts_targets")
_OPEN_NOUNS = words("grammar", "acts_open_nouns")
_NUMBERED = (Unit.ACTS, Unit.WEAPONS, None)


@cache
def _triggers() -> Phrases:
    """Every phrase with its noun kind, its verb kind and whether each is open."""
    meanings: dict[str, dict[str, tuple[Kind, bool]]] = {}
    acts = load("acts")
    meanings.update({phrase: {} for phrase in acts["idle"]})
    for role, given, is_open in (("noun", "generic_nouns", True), ("verb", "generic_verbs", True)):
        for name, entries in acts[given].items():
            for form in all_forms(entries) if role == "verb" else entries:
                meanings.setdefault(form, {})[role] = (Kind(name), is_open)
    for name, entries in acts["nouns"].items():
        for phrase in entries:
            meanings.setdefault(phrase, {}).setdefault("noun", (Kind(name), False))
    for name, entries in acts["verbs"].items():
        for phrase in all_forms(entries):
            meanings.setdefault(phrase, {}).setdefault("verb", (Kind(name), False))
    return Phrases(meanings)


@cache
def _means() -> dict[str, Kind]:
    return {word: Kind(name) for name, entries in load("acts")["means"].items() for word in entries}


def leaning(sentences: Iterable[Sentence]) -> Kind | None:
    """The kind of act that most of the report's words for means name; None if it names none."""
    counts: Counter[Kind] = Counter()
    for sentence in sentences:
        counts.update(
            kind for norm in sentence.norms if (kind := _means().get(norm)) and kind is not Kind.CHEMICAL_ATTACK
        )
    if not counts:
        return None
    return min(counts, key=lambda kind: (-counts[kind], ACTS.index(kind)))


def find(parsed: Parsed, report_means: Kind | None = None) -> list[Draft]:
    """The acts that the passage claims, one draft for each kind and count."""
    sentence = parsed.sentence
    drafts: list[Draft] = []
    for first, end, roles_ in _triggers().all(sentence.norms):
        is_verb = "V" in (sentence.tags[end - 1], sentence.tags[first])
        role = "verb" if is_verb and "verb" in roles_ else "noun" if "noun" in roles_ else None
        if role is None:
            continue
        kind, is_open = roles_[role]
        if is_open:
            if (
                role == "verb"
                and report_means is None
                and kind is Kind.AIR_STRIKE
                and sentence.norms[first] != "bombed"
            ):
                continue
            kind = _kind(sentence, first, end, kind, report_means)
        draft = _verb(parsed, kind, (first, end), is_open) if role == "verb" else _noun(parsed, kind, (first, end))
        if draft is not None:
            drafts.append(draft)
    return _distinct(drafts)


def _kind(sentence: Sentence, first: int, end: int, default: Kind, report_means: Kind | None) -> Kind:
    """The kind of an open word, by the means named nearest to it."""
    group = sentence.group(first)
    near = sentence.norms[group.first : end] if group else []
    for norms in (near, sentence.norms):
        found = [kind for norm in norms if (kind := _means().get(norm))]
        if found:
            return found[0] if norms is near else _nearest(sentence, first)
    if sentence.norms[end - 1] in ("raid", "raids", "bombing", "bombings") and report_means is None:
        return Kind.GROUND_ATTACK if sentence.norms[end - 1].startswith("raid") else Kind.BOMBING
    open_kinds = (Kind.AIR_STRIKE, Kind.BOMBING)
    return report_means if report_means is Kind.AIR_STRIKE and default in open_kinds else default


def _nearest(sentence: Sentence, index: int) -> Kind:
    means = [(abs(place - index), place) for place, norm in enumerate(sentence.norms) if norm in _means()]
    return _means()[sentence.norms[min(means)[1]]]


def _noun(parsed: Parsed, kind: Kind, trigger: Words) -> Draft | None:
    """An act named by a noun: "three Russian air strikes on the market"."""
    sentence, (first, end) = parsed.sentence, trigger
    group = sentence.group(first) or Group(first, end)
    phrase = " ".join(sentence.norms[first:end])
    if phrase in words("acts", "weapons") and not any(n in words("acts", "weapon_verbs") for n in sentence.norms):
        return None
    modifies = end < group.end and sentence.norms[end] not in ("targeting", "site", "area")
    if modifies and not sentence.norms[end].endswith(("s", "ed")) and phrase not in words("acts", "singular"):
        return None
    if phrase == "fighting" and (sentence.norms[end : end + 1] in (["to"], ["for"]) or sentence.tags[first - 1] == "X"):
        return None
    if sentence.norms[first] in _OPEN_NOUNS and not any(
        norm in words("acts", "act_modifiers") or norm in words("actors", "words")
        for norm in sentence.norms[group.first : first]
    ):
        return None
    whom = _opponent(sentence, first, end) or _target(sentence, end)
    who = _modifier(sentence, group.first, first) or _by(sentence, end) or _doer(sentence, group.first)
    count = _count(parsed, group, trigger)
    back = who is None and whom is None and _points_back(sentence, group, count, end)
    return Draft(kind, trigger, count, whom, who=who, rules=["anaphor" if back else "act noun"])


def _points_back(sentence: Sentence, group: Group, count: Count | None, end: int) -> bool:
    """Whether the act is one told before: "the attack", "the strikes", with nothing new said of it."""
    if sentence.norms[end : end + 1] and sentence.norms[end] in ("in", "at", "near", "outside"):
        return False
    definite = sentence.norms[group.first] in ("the", "this", "that", "these", "those", "such")
    return definite or (count is None and end - group.first == 1)


def _count(parsed: Parsed, group: Group, trigger: Words) -> Count | None:
    """How many acts: the number in the noun group, or one for a singular noun."""
    sentence, (_, end) = parsed.sentence, trigger
    for index in range(max(0, group.first), end):
        quantity = parsed.quantities.get(index)
        if quantity is not None and quantity.form in ("figure", "words", "vague") and quantity.unit in _NUMBERED:
            return quantity.count
    before = sentence.norms[max(0, group.first - 2) : group.first]
    if before[-1:] == ["of"] and (number := parsed.quantities.get(group.first - 2)) is not None:
        return number.count if number.countable else None
    if _is_single(sentence, group, end):
        return Count(1, 1, sentence.words(group.first, end))
    return None


def _is_single(sentence: Sentence, group: Group, end: int) -> bool:
    """Whether the act is one: a singular noun with an article, or a bare one that is no set phrase ("under attack")."""
    if sentence.norms[end - 1] not in words("acts", "singular"):
        return False
    if sentence.tags[group.first] == "D":
        return sentence.norms[group.first] not in ("any", "no", "each", "every", "all", "some")
    return group.first == 0 or end - group.first > 1


def _verb(parsed: Parsed, kind: Kind, trigger: Words, is_open: bool) -> Draft | None:
    """An act told by a verb: "warplanes bombed the market", "the market was shelled by"."""
    sentence, (first, end) = parsed.sentence, trigger
    if roles.hypothetical(sentence, first):
        return None
    group = roles.object_group(sentence, end)
    if group is not None and sentence.norms[group.head] in words("actors", "act_nouns"):
        return None
    agent = roles.agent_group(sentence, end)
    if roles.passive(sentence, first, end) and (agent is not None or roles.auxiliary(sentence, first)):
        target, who = _span(sentence, roles.subject_group(sentence, first)), agent
    else:
        target = _span(sentence, roles.object_group(sentence, end)) or _target(sentence, end)
        who = roles.subject_group(sentence, first)
    vague = is_open and sentence.norms[first] in (
        "hit",
        "hits",
        "hitting",
        "target",
        "targets",
        "targeted",
        "targeting",
    )
    if vague and not any(norm in _means() or norm in words("actors", "words") for norm in sentence.norms):
        return None
    return Draft(kind, trigger, None, target, who=_span(sentence, who), rules=["act verb"])


def _span(sentence: Sentence, group: Group | None) -> Words | None:
    return roles.whole(sentence, group) if group else None


def _target(sentence: Sentence, end: int) -> Words | None:
    """The group after "on", "against", "targeting" and the like, close behind the act."""
    for index in range(end, min(end + 6, len(sentence) - 1)):
        if sentence.norms[index] in _TARGETS and sentence.norms[index + 1] not in ("least", "most"):
            group = sentence.group(index + 1)
            if group is not None and sentence.tags[index + 1] != "T":
                return _span(sentence, group)
        elif sentence.tags[index] == ".":
            return None
    return None


def _opponent(sentence: Sentence, first: int, end: int) -> Words | None:
    """Who was fought: "clashes with rebels", "fighting between the army and rebels"."""
    if sentence.norms[end - 1] not in words("acts", "mutual"):
        return None
    for index in range(end, min(end + 4, len(sentence) - 1)):
        if sentence.norms[index] in ("with", "against", "between", "among"):
            group = sentence.group(index + 1)
            if group is None:
                return None
            after = roles.whole(sentence, group)[1]
            if sentence.norms[index] == "between" and sentence.norms[after : after + 1] == ["and"]:
                group = sentence.group(after + 1) or group
            return _span(sentence, group)
    return None


def _modifier(sentence: Sentence, first: int, end: int) -> Words | None:
    """The actor named before the act in its own group: "an alleged Israeli airstrike"."""
    known = words("actors", "words")
    places = [index for index in range(first, end) if sentence.norms[index] in known]
    return (places[0], places[-1] + 1) if places else None


def _by(sentence: Sentence, end: int) -> Words | None:
    group = roles.agent_group(sentence, end)
    if group is None or not any(norm in words("actors", "words") for norm in sentence.norms[group.first : group.end]):
        return None
    return _span(sentence, group)


def _doer(sentence: Sentence, first: int) -> Words | None:
    """The subject of "carried out", "launched" and the like before the act."""
    for index in range(first - 1, max(-1, first - 5), -1):
        if sentence.norms[index] in words("actors", "agents") and sentence.tags[index] == "V":
            return _span(sentence, roles.subject_group(sentence, index))
    return None


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """One draft for each kind and count; what one lacks another of the same act fills."""
    kept: list[Draft] = []
    for draft in drafts:
        other = next((k for k in kept if k.kind is draft.kind and _agree(k.count, draft.count)), None)
        if other is None:
            kept.append(draft)
            continue
        at = kept.index(other)
        kept[at] = replace(
            other, count=other.count or draft.count, whom=other.whom or draft.whom, who=other.who or draft.who
        )
    return kept


def _agree(one: Count | None, other: Count | None) -> bool:
    return one is None or other is None or (one.low, one.high) == (other.low, other.high)
