"""Claims of harm in a passage: people killed, injured, detained, missing, displaced.

Each trigger word has a role (verb, intransitive verb, adjective, event noun, toll,
victim noun) and each role its frame: where the words for the harmed and the doer stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parallax.claims import losses, roles
from parallax.claims.counting import Counted, count_of, nothing
from parallax.claims.drafts import Draft, Parsed, Words
from parallax.claims.joint import bounded, joined
from parallax.claims.lexicons import load, words
from parallax.claims.nouns import Unit
from parallax.claims.sentences import Group, Sentence
from parallax.claims.triggers import Trigger, triggers
from parallax.model import Count, Kind, VictimClass

_TOLL_VERBS = words("grammar", "harms_toll_verbs")
_LOSERS = words("grammar", "losers")


def find(parsed: Parsed) -> list[Draft]:
    """Every claim of harm that the passage makes, by trigger; parts ("including 5 children") follow their whole."""
    drafts: list[Draft] = []
    matches = list(triggers().all(parsed.sentence.norms))
    for first, end, meanings in matches:
        for kind, role in _fitting(parsed.sentence, first, end, meanings):
            found = list(_FRAMES[role](parsed, kind, (first, end)))
            drafts.extend(found)
            if found:
                break
    if any(norm in words("grammar", "no_violence") for norm in parsed.sentence.norms):
        drafts = [draft for draft in drafts if draft.kind is not Kind.KILLED]
    saved = _saved(parsed.sentence)
    drafts = [draft for draft in drafts if saved is None or max(draft.trigger[0], (draft.whom or (0,))[0]) < saved]
    whole = joined(parsed.sentence, drafts)
    for draft in whole:
        draft.loser = losses.body(parsed.sentence, draft.whom[0]) if draft.whom is not None and not draft.part else None
        draft.whom_class = _side(parsed.sentence, draft)
    return whole


def _side(sentence: Sentence, draft: Draft) -> VictimClass | None:
    """Combatants where an armed body "lost 40 men", or the bare number is of a nation's losses."""
    if draft.whom is None or draft.loser is None:
        return None
    known = words("people", "combatant") | words("people", "combatant_modifiers")
    armed = any(sentence.norms[i] in known for i in range(*draft.loser))
    last = draft.whom[1] - 1
    bare = sentence.norms[last] == "men" or sentence.tags[last] == "Q" or triggers().at(sentence.norms, last)
    return VictimClass.COMBATANT if armed or bare else None


def _saved(sentence: Sentence) -> int | None:
    """Where "saved the lives of" stands, after which nobody is said to be harmed; None if nowhere."""
    for index, norm in enumerate(sentence.norms):
        if norm in words("grammar", "savers") and any(
            n in ("life", "lives") for n in sentence.norms[index : index + 4]
        ):
            return index
    return None


def _fitting(sentence: Sentence, first: int, end: int, meanings: tuple[Trigger, ...]) -> list[Trigger]:
    """The meanings that the word's class here allows, the likeliest first."""
    tag = sentence.tags[end - 1] if end - first == 1 else "V"
    nominal = tag in "NDQ"
    order: tuple[str, ...] = (
        ("casualties", "tolls", "victims", "events", "adjectives", "named_by", "intransitive", "verbs")
        if nominal
        else ("casualties", "verbs", "intransitive", "tolls", "adjectives", "events", "victims", "named_by")
    )
    if tag == "V" and sentence.norms[first].endswith("ing") and sentence.norms[end : end + 1] == ["of"]:
        order = ("events", *order)
    if not nominal and any(role == "verbs" for _, role in meanings):
        meanings = tuple(trigger for trigger in meanings if trigger[1] != "adjectives")
    return sorted(meanings, key=lambda trigger: order.index(trigger[1]))


def _verb(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    if roles.hypothetical(sentence, first) or roles.imperative(sentence, first):
        return
    if sentence.norms[first] in words("grammar", "struck_verbs") and not _is_hurt(parsed, first, end):
        return
    if roles.passive(sentence, first, end):
        if _is_loose(sentence, first, end) and sentence.norms[first] != "destroyed":
            return
        group = roles.subject_group(sentence, first)
        if group is None or (_is_loose(sentence, first, end) and not _harmable(parsed, kind, group, True)):
            return
        captured = sentence.norms[first] in words("grammar", "captors")
        if captured and not roles.is_people(sentence, *roles.whole(sentence, group)):
            return
        yield from _among(parsed, kind, trigger)
        who = roles.agent_group(sentence, end)
        groups = roles.coordinated_before(sentence, group) if group else []
    else:
        group = roles.object_group(sentence, end)
        if _is_loose(sentence, first, end) and _harm_follows(sentence, roles.object_group(sentence, end)):
            return
        who = None if sentence.norms[first].endswith("ing") else roles.subject_group(sentence, first)
        groups = roles.coordinated_after(sentence, group) if group else []
        if not groups or not _harmable(parsed, kind, groups[0], _is_loose(sentence, first, end)):
            return
    yield from _people(parsed, kind, trigger, groups, who)


def _is_loose(sentence: Sentence, first: int, end: int) -> bool:
    """Whether the verb tells of deaths only with people as its object: "lost 40 fighters"."""
    return " ".join(sentence.norms[first:end]) in words("grammar", "loose_killers")


def _is_hurt(parsed: Parsed, first: int, end: int) -> bool:
    """Whether "shot" tells of a wound: a number of people in the passive, with nobody said to have died."""
    sentence = parsed.sentence
    if end - first > 1:
        return True
    if any(norm in words("grammar", "fatal") for norm in sentence.norms) or not roles.passive(sentence, first, end):
        return False
    group = roles.subject_group(sentence, first)
    return group is not None and count_of(parsed, *roles.whole(sentence, group)).numeric


def _harm_follows(sentence: Sentence, group: Group | None) -> bool:
    """Whether the number lost is said to be killed or wounded right after: "lost 96 men killed and wounded"."""
    if group is None:
        return False
    after = triggers().at(sentence.norms, group.end) if group.end < len(sentence) else None
    inside = any(triggers().at(sentence.norms, i) for i in range(group.first + 1, group.end))
    return after is not None or inside


def _among(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    """The whole in "six children were among 19 civilians killed"."""
    sentence = parsed.sentence
    group = sentence.group(trigger[0] - 1)
    if group is None or sentence.norms[group.first - 1 : group.first] != ["among"] or group.first == 0:
        return
    found = count_of(parsed, group.first, group.end)
    if found.count is not None and found.numeric:
        yield Draft(kind, trigger, found.count, (group.first, group.end), rules=["among"])


def _intransitive(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    group = roles.subject_group(parsed.sentence, trigger[0])
    groups = roles.coordinated_before(parsed.sentence, group) if group else []
    yield from _people(parsed, kind, trigger, groups, None)


def _adjective(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    """ "20 dead", "the three injured civilians", "left 4 people wounded", "were among the dead"."""
    sentence, (first, end) = parsed.sentence, trigger
    group = sentence.group(first)
    if group is None:
        group = roles.subject_group(sentence, first)
        yield from _people(parsed, kind, trigger, roles.coordinated_before(sentence, group) if group else [], None)
        return
    if sentence.norms[group.first - 1 : group.first] == ["among"] and group.first > 1:
        subject = roles.subject_group(sentence, group.first - 1)
        groups = roles.coordinated_before(sentence, subject) if subject else []
        yield from _people(parsed, kind, trigger, groups, None)
        return
    if group.head == first and sentence.norms[end : end + 1] == ["of"]:
        return
    if sentence.norms[group.first] == "the" and not count_of(parsed, group.first, group.end).numeric:
        return
    if count_of(parsed, *roles.whole(sentence, group)).count or roles.is_people(sentence, group.first, first):
        groups = roles.coordinated_before(sentence, group) if group.head == first else [group]
        yield from _people(parsed, kind, trigger, groups, None)


def _event(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    """ "the death of 3 people", "20 deaths", "his death"."""
    sentence, (first, end) = parsed.sentence, trigger
    if sentence.norms[end : end + 1] in (["of"], ["to"]) and end + 1 < len(sentence):
        group = sentence.group(end + 1)
        if group is not None and sentence.norms[roles.whole(sentence, group)[1] - 1] not in _things():
            yield from _people(parsed, kind, trigger, roles.coordinated_after(sentence, group), None)
        return
    group = sentence.group(first)
    if group is None or group.first == first:
        return
    counted = count_of(parsed, group.first, first)
    if counted.count and counted.numeric:
        yield Draft(kind, trigger, counted.count, (group.first, first), rules=["event noun"])
    elif "number" in sentence.norms[max(0, group.first - 3) : first]:
        yield from _toll(parsed, kind, trigger)
    elif sentence.norms[first - 1].endswith(("'s", "s'")) or sentence.norms[group.first] in ("his", "her"):
        yield Draft(
            kind, trigger, Count(1, 1, sentence.words(group.first, first)), (group.first, first), rules=["possessive"]
        )


def _toll(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    """ "the death toll rose to 25": the last number that follows a verb of rising or standing."""
    sentence, (_, end) = parsed.sentence, trigger
    chosen: int | None = None
    for index in sorted(parsed.quantities):
        people = parsed.quantities[index].unit in (Unit.PEOPLE, None)
        if sentence.norms[max(0, index - 2) : index] == ["population", "of"]:
            continue
        if people and end <= index < end + 22 and sentence.norms[index - 1] in _TOLL_VERBS | {"least", "than", "about"}:
            chosen = index
            if sentence.norms[index - 1] != "from":
                break
    if chosen is None:
        return
    group = sentence.group(chosen)
    if group is not None and _harm_follows(sentence, group):
        return
    last = roles.whole(sentence, group)[1] if group else chosen + 1
    yield Draft(kind, trigger, count_of(parsed, chosen, last).count, (chosen, last), rules=["toll"])


def _victims(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    """ "12 martyrs", "the bodies of three children", "nine bodies were recovered"."""
    sentence, (first, end) = parsed.sentence, trigger
    group = sentence.group(first)
    if group is None:
        return
    if sentence.norms[end : end + 1] == ["of"] and (inner := sentence.group(end + 1)) is not None:
        yield from _people(parsed, kind, trigger, roles.coordinated_after(sentence, inner), None)
        return
    counted = count_of(parsed, group.first, group.end)
    if counted.count is not None and counted.numeric:
        yield from _people(parsed, kind, trigger, [group], None)


def _casualties(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    """ "up to 12 casualties", "no casualties": killed and injured in one number."""
    sentence, (first, _) = parsed.sentence, trigger
    group = sentence.group(first) or Group(first, first + 1)
    count = nothing(parsed, group.first, first + 1) or bounded(count_of(parsed, group.first, first + 1).count)
    if count is None and "number" in sentence.norms[max(0, group.first - 3) : first]:
        count = bounded(next((toll.count for toll in _toll(parsed, Kind.KILLED, trigger)), None))
    counted_before = "number" in sentence.norms[max(0, group.first - 3) : first]
    if count is None and (sentence.norms[group.first] == "the" or counted_before or group.head > first):
        return
    for harm in (Kind.KILLED, Kind.INJURED):
        yield Draft(harm, trigger, count, (group.first, group.end), rules=["casualties"])


def _named(parsed: Parsed, kind: Kind, trigger: Words) -> Iterator[Draft]:
    """ "the martyr Ahmad Salem", "the body of a shepherd"."""
    sentence, (first, end) = parsed.sentence, trigger
    inner = sentence.group(end + 1) if sentence.norms[end : end + 1] == ["of"] else None
    if inner is not None:
        yield from _people(parsed, kind, trigger, roles.coordinated_after(sentence, inner), None)
        return
    group = sentence.group(first)
    if group is None:
        return
    if end < group.end and sentence.is_capital(end):
        yield Draft(kind, trigger, Count(1, 1, sentence.words(end, group.end)), (end, group.end), rules=["named"])
    elif first > group.first and sentence.norms[first - 1].endswith("'s"):
        yield Draft(kind, trigger, Count(1, 1, sentence.words(group.first, end)), (group.first, end), rules=["named"])


_FRAMES: dict[str, Callable[[Parsed, Kind, Words], Iterator[Draft]]] = {
    "verbs": _verb,
    "intransitive": _intransitive,
    "adjectives": _adjective,
    "events": _event,
    "tolls": _toll,
    "victims": _victims,
    "casualties": _casualties,
    "named_by": _named,
}


def _harmable(parsed: Parsed, kind: Kind, group: Group, loose: bool = False) -> bool:
    """Whether the object of the verb can be people: "captured the town" is no detention."""
    sentence = parsed.sentence
    first, end = roles.whole(sentence, group)
    if loose and sentence.norms[group.head] in _things():
        return False
    if roles.is_people(sentence, first, end):
        return True
    counted = count_of(parsed, first, end)
    if kind in (Kind.KILLED, Kind.INJURED) and not loose:
        named = sentence.is_capital(group.head) or sentence.caseless or counted.count is not None
        return named and sentence.norms[group.head] not in _things()
    return counted.people and (counted.numeric or not loose)


def _things() -> frozenset[str]:
    """Nouns of things and places, which are not killed or detained."""
    things = load("things")
    return frozenset(things["things"]) | frozenset(things["places"])


def _people(parsed: Parsed, kind: Kind, trigger: Words, groups: list[Group], who: Group | None) -> Iterator[Draft]:
    """The claims that these coordinated groups make, and those of their parts."""
    doer = (who.first, who.end) if who else None
    groups = [group for group in groups if not _is_other(parsed, kind, trigger, group)]
    if not groups:
        return
    sentence = parsed.sentence
    spans = [roles.whole(sentence, group) for group in groups]
    counted = [count_of(parsed, *span) for span in spans]
    zero = nothing(parsed, *spans[0])
    if zero is None and roles.negated(sentence, trigger[0]):
        zero = _unharmed(sentence, trigger)
        if counted[0].numeric and not _is_definite(sentence, spans[0]):
            yield Draft(kind, trigger, counted[0].count, spans[0], who=doer, rules=["negated"])
            return
    if zero is not None:
        yield Draft(kind, trigger, zero, spans[0], who=doer, rules=["none"])
        return
    for span, found in _together(sentence, spans, counted):
        yield Draft(kind, trigger, found.count, span, who=doer, rules=[found.rule])
    yield from _alongside(parsed, kind, trigger, max(spans[-1][1], trigger[1]), doer)
    parts = [roles.whole(sentence, group) for group in roles.including(sentence, spans[-1][1])]
    split = [count_of(parsed, *part) for part in parts]
    owned = any(sentence.norms[first] in ("her", "his", "their") for first, _ in parts)
    for part, found in _together(sentence, parts, split) if owned else zip(parts, split, strict=True):
        if found.count is not None:
            yield Draft(kind, trigger, found.count, part, who=doer, part=True, rules=["part"])


def _is_other(parsed: Parsed, kind: Kind, trigger: Words, group: Group) -> bool:
    """Whether the group is nobody ("seven vehicles", "six hours"), or counts another harm ("15 wounded and")."""
    sentence = parsed.sentence
    if group.first <= trigger[0] < group.head:
        return sentence.norms[group.head] in words("things", "animals")
    head = roles.whole(sentence, group)[1] - 1 if sentence.tags[group.head] in "QD" else group.head
    norm = sentence.norms[head]
    if norm in words("things", "animals") or _is_animal(sentence, group, head):
        return True
    if norm in words("grammar", "measures") or (norm in words("things", "things") and norm not in roles.people()):
        return True
    if norm in words("actors", "act_nouns") and not sentence.title_case:
        return True
    match = triggers().at(sentence.norms, group.head) if norm in words("grammar", "harmed") else None
    return match is not None and group.head != trigger[0] and kind not in {other for other, _ in match[1]}


def _is_animal(sentence: Sentence, group: Group, head: int) -> bool:
    """Whether beasts are counted right before the word for their harm: "330 horses killed"."""
    before = sentence.norms[max(group.first, head - 1)]
    return sentence.norms[head] in words("grammar", "harmed") and before in words("things", "animals")


def _alongside(parsed: Parsed, kind: Kind, trigger: Words, end: int, doer: Words | None) -> Iterator[Draft]:
    """ "..., as well as 41 civilians", "... were killed along with six teachers"."""
    sentence = parsed.sentence
    for index in range(end, min(end + 3, len(sentence) - 1)):
        if not roles.ends_joint(sentence, index):
            continue
        group = sentence.group(index + 1)
        if group is None:
            return
        span = roles.whole(sentence, group)
        found = count_of(parsed, *span)
        if found.count is not None and found.people:
            yield Draft(kind, trigger, found.count, span, who=doer, rules=["alongside"])
        return


def _unharmed(sentence: Sentence, trigger: Words) -> Count:
    """Zero for "was not injured", worded by the verb alone, since a number of the unharmed counts no harm."""
    first = trigger[0]
    while first > 0 and trigger[0] - first < 4 and sentence.tags[first - 1] in "BX":
        first -= 1
    return Count(0, 0, sentence.words(first, trigger[1]))


def _is_definite(sentence: Sentence, span: Words) -> bool:
    """Whether known people are counted: "the 40 passengers were not hurt" is no denial of a number."""
    return sentence.norms[span[0]] in words("grammar", "definites")


def _together(sentence: Sentence, spans: list[Words], counted: list[Counted]) -> Iterator[tuple[Words, Counted]]:
    """Small households and lists of names add up to one claim; other coordinated groups stay apart."""
    small = len(spans) > 1 and all(found.exact is not None and found.exact <= 9 for found in counted)
    owned = any(norm in ("her", "his", "their") for first, end in spans for norm in sentence.norms[first:end])
    if small and (owned or any(not found.numeric for found in counted)):
        total = sum(found.exact or 0 for found in counted)
        span = (spans[0][0], spans[-1][1])
        yield span, Counted(Count(total, total, sentence.words(*span)), total, True, False, "list")
        return
    if len(spans) > 1 and counted[0].numeric and all(found.count is None for found in counted[1:]):
        yield (spans[0][0], spans[-1][1]), counted[0]
        return
    yield from zip(spans, counted, strict=True)
