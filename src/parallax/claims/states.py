"""Claims of how things stand in a passage: places taken or left, truces, aid, damage, strengths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from parallax.claims import roles
from parallax.claims.counting import count_of
from parallax.claims.drafts import Draft, Parsed, Words
from parallax.claims.lexicons import Phrases, all_forms, load, words
from parallax.claims.nouns import Unit
from parallax.claims.quantities import Quantity
from parallax.claims.sentences import Group, Sentence
from parallax.model import Count, Kind, VictimClass

_FORCE = 500
_SETTLED = frozenset(("inhabitants", "residents", "refugees"))
_THINGS = (Unit.THINGS, Unit.WEAPONS, Unit.PLACES, None)


@cache
def _triggers() -> Phrases:
    """Every phrase with its roles: a list and its kind in the lexicon."""
    lexicon = load("states")
    meanings: dict[str, list[str]] = {}
    for kind in ("seized", "withdrew", "damage"):
        for role, entries in lexicon[kind].items():
            for phrase in all_forms(entries) if role not in ("nouns", "adjectives", "passive", "fallen") else entries:
                meanings.setdefault(phrase, []).append(f"{kind} {role}")
    for kind in ("truce", "aid"):
        for phrase in lexicon[kind]:
            meanings.setdefault(phrase, []).append(kind)
    for role in ("before", "after"):
        entries = lexicon["strength"][role]
        for phrase in entries:
            meanings.setdefault(phrase, []).append(f"strength {role}")
    return Phrases(meanings)


def find(parsed: Parsed, harms: Sequence[Draft]) -> list[Draft]:
    """Every state that the passage claims, by trigger; one truce, aid or withdrawal for a passage.

    A number that already counts the harmed is no strength.
    """
    drafts: list[Draft] = []
    single: set[Kind] = set()
    for first, end, meanings in _triggers().all(parsed.sentence.norms):
        for meaning in meanings:
            found = [draft for draft in _FRAMES[meaning](parsed, (first, end)) if draft.kind not in single]
            drafts.extend(found)
            single.update(draft.kind for draft in found if draft.kind in (Kind.TRUCE, Kind.AID, Kind.WITHDREW))
            if found:
                break
    drafts.extend(_forces(parsed, [*harms, *drafts]))
    return drafts


def _seized(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """ "the army recaptured the town", "the village was seized by rebels"."""
    sentence, (first, end) = parsed.sentence, trigger
    if (sentence.tags[end - 1] != "V" and end - first == 1) or roles.hypothetical(sentence, first):
        return
    if roles.passive(sentence, first, end):
        place, who = roles.subject_group(sentence, first), roles.agent_group(sentence, end)
    else:
        place, who = roles.object_group(sentence, end), roles.subject_group(sentence, first)
    if place is not None and _is_place(sentence, place):
        yield _taken(parsed, trigger, place, who)


def _controlled(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    yield _taken(parsed, trigger, roles.object_group(sentence, end), roles.subject_group(sentence, first))


def _held(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """ "the town is now controlled by"."""
    sentence, (first, end) = parsed.sentence, trigger
    place = roles.subject_group(sentence, first)
    if place is None or not roles.is_people(sentence, *roles.whole(sentence, place)):
        yield _taken(parsed, trigger, place, sentence.group(end))


def _taken(parsed: Parsed, trigger: Words, place: Group | None, who: Group | None) -> Draft:
    count = _number(parsed, place, _THINGS)
    return Draft(
        Kind.SEIZED,
        trigger,
        count,
        None,
        who=_words(parsed.sentence, who),
        where=_words(parsed.sentence, place),
        rules=["taken"],
    )


def _fallen(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """ "Hesna has fallen": a bare name or a noun for places, no person who fell."""
    sentence, (first, _) = parsed.sentence, trigger
    place = roles.subject_group(sentence, first)
    if place is None or not _is_place(sentence, place) or roles.is_people(sentence, place.first, place.end):
        return
    bare = place.end - place.first == 1 or any(
        norm in words("things", "places") for norm in sentence.norms[place.first : place.end]
    )
    if bare and roles.auxiliary(sentence, first) in ("has", "have", "had"):
        yield _taken(parsed, trigger, place, None)


def _capture_noun(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """ "the capture of the town by"."""
    sentence, (_, end) = parsed.sentence, trigger
    place = sentence.group(end)
    if place is not None and _is_place(sentence, place):
        yield _taken(parsed, trigger, place, roles.agent_group(sentence, end))


def _is_place(sentence: Sentence, group: Group) -> bool:
    """Whether a group names ground: a noun for places, or a name that is nothing else."""
    first, end = roles.whole(sentence, group)
    norms = sentence.norms[first:end]
    if any(norm in words("things", "places") or norm in words("things", "takable") for norm in norms):
        return True
    if roles.is_people(sentence, first, end) or any(norm in words("things", "things") for norm in norms):
        return False
    return sentence.is_capital(group.head) and sentence.tags[group.head] == "N"


def _withdrew(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    if sentence.tags[first] == "V" or end - first > 1:
        who = roles.subject_group(sentence, first)
        yield _left(parsed, trigger, who)


def _driven(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    if roles.passive(sentence, first, end):
        yield _left(parsed, trigger, roles.subject_group(sentence, first))
    elif (group := roles.object_group(sentence, end)) is not None and roles.is_people(sentence, group.first, group.end):
        yield _left(parsed, trigger, group)


def _withdrawal(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    if sentence.tags[first] == "V":
        return
    who = sentence.group(end + 1) if sentence.norms[end : end + 1] == ["of"] else None
    yield _left(parsed, trigger, who)


def _left(parsed: Parsed, trigger: Words, who: Group | None) -> Draft:
    count = _number(parsed, who, (Unit.PEOPLE,))
    if count is not None and who is not None and not count_of(parsed, *roles.whole(parsed.sentence, who)).numeric:
        count = None
    return Draft(Kind.WITHDREW, trigger, count, None, who=_words(parsed.sentence, who), rules=["left"])


def _truce(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    yield Draft(Kind.TRUCE, trigger, rules=["truce"])


def _aid(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    near = sentence.norms[max(0, first - 9) : end + 9]
    if not any(norm in words("states", "aid_verbs") for norm in near) or sentence.tags[first] == "V":
        return
    for index in range(max(0, first - 6), min(len(sentence), end + 14)):
        quantity = parsed.quantities.get(index)
        if quantity is not None and quantity.form == "figure" and quantity.unit in (Unit.PEOPLE, Unit.THINGS):
            group = sentence.group(index)
            yield Draft(Kind.AID, trigger, quantity.count, _words(sentence, group), rules=["aid counted"])
            return
    yield Draft(Kind.AID, trigger, rules=["aid"])


def _destroyed(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    if (sentence.tags[first] != "V" and end - first == 1) or roles.hypothetical(sentence, first):
        return
    if roles.passive(sentence, first, end):
        group = roles.subject_group(sentence, first)
        groups, who = ([group] if group else []), roles.agent_group(sentence, end)
    else:
        group = roles.object_group(sentence, end)
        groups, who = (list(_things_after(sentence, group)) if group else []), roles.subject_group(sentence, first)
    for group in groups:
        if not roles.is_people(sentence, group.first, group.end) or _is_thing(sentence, group):
            count = _number(parsed, group, _THINGS)
            yield Draft(
                Kind.DAMAGE, trigger, count, _words(sentence, group), who=_words(sentence, who), rules=["damage"]
            )


def _captured(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """Arms and vehicles taken: "seized three rifles"."""
    sentence, (first, end) = parsed.sentence, trigger
    if sentence.tags[first] != "V":
        return
    if roles.passive(sentence, first, end):
        group, doer = roles.subject_group(sentence, first), roles.agent_group(sentence, end)
    else:
        group, doer = roles.object_group(sentence, end), roles.subject_group(sentence, first)
    if group is None or _is_place(sentence, group) or roles.hypothetical(sentence, first):
        return
    if not any(norm in words("things", "arms") for norm in sentence.norms[slice(*roles.whole(sentence, group))]):
        return
    who = _words(sentence, doer)
    for thing in _things_after(sentence, group):
        yield Draft(
            Kind.DAMAGE, trigger, _number(parsed, thing, _THINGS), _words(sentence, thing), who=who, rules=["captured"]
        )


def _things_after(sentence: Sentence, group: Group) -> Iterator[Group]:
    """The group and the things listed after it."""
    yield group
    index = roles.whole(sentence, group)[1]
    while index + 1 < len(sentence) and sentence.norms[index] in ("and", ",", ";", "as"):
        while index < len(sentence) and sentence.norms[index] in ("and", ",", "as", "well", ";"):
            index += 1
        other = sentence.group(index)
        if other is None or other.first != index or not (_is_thing(sentence, other) or sentence.tags[index] in "DQ"):
            return
        if roles.is_people(sentence, other.first, other.end) and not _is_thing(sentence, other):
            return
        yield other
        index = roles.whole(sentence, other)[1]


def _is_thing(sentence: Sentence, group: Group) -> bool:
    return any(norm in words("things", "things") for norm in sentence.norms[group.first : group.end])


def _crashed(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, _) = parsed.sentence, trigger
    group = roles.subject_group(sentence, first)
    if group is not None and _is_thing(sentence, group) and sentence.tags[first] == "V":
        yield Draft(Kind.DAMAGE, trigger, _number(parsed, group, _THINGS), _words(sentence, group), rules=["crashed"])


def _damage_noun(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    sentence, (first, end) = parsed.sentence, trigger
    if sentence.tags[first] == "V":
        return
    to = (
        end
        if sentence.norms[end - 1] in ("to", "of")
        else end + 1
        if sentence.norms[end : end + 1] in (["to"], ["of"], ["in"])
        else None
    )
    group = sentence.group(to) if to is not None else None
    count = _number(parsed, group, _THINGS) if group else None
    yield Draft(Kind.DAMAGE, trigger, count, _words(sentence, group), rules=["damage noun"])


def _damaged(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """ "the destroyed house", "several damaged buildings"."""
    sentence, (first, _) = parsed.sentence, trigger
    group = sentence.group(first)
    if group is not None and _is_thing(sentence, group):
        yield Draft(
            Kind.DAMAGE, trigger, _number(parsed, group, _THINGS), (group.first, group.end), rules=["damaged thing"]
        )


def _number(parsed: Parsed, group: Group | None, units: tuple[Unit | None, ...]) -> Count | None:
    """The number of the group's quantity if it counts one of these units."""
    if group is None:
        return None
    first, end = roles.whole(parsed.sentence, group)
    for index in range(first, end):
        quantity = parsed.quantities.get(index)
        if quantity is not None and quantity.unit in units and quantity.form != "zero":
            if quantity.unit is Unit.PLACES and quantity.form == "definite":
                return None
            return quantity.count
    return None


def _strength_before(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """ "home to some 60,000 people", "a force of 3,000"."""
    yield from _strength(parsed, trigger, trigger[1])


def _strength_after(parsed: Parsed, trigger: Words) -> Iterator[Draft]:
    """ "200,000 people remain in", "2,000 troops stationed at", "the Danes, about 5,000 strong"."""
    first = trigger[0]
    number = next(
        (q for i, q in parsed.quantities.items() if i < first and q.end == parsed.sentence.ends[first - 1]), None
    )
    if parsed.sentence.norms[first] == "strong" and number is not None and number.unit is None:
        at = parsed.sentence.starts.index(number.start)
        body = parsed.sentence.group(at - 2) if at > 1 and parsed.sentence.norms[at - 1] == "," else None
        troops = VictimClass.COMBATANT
        yield Draft(Kind.STRENGTH, trigger, number.count, _words(parsed.sentence, body), troops, rules=["strong"])
        return
    group = roles.subject_group(parsed.sentence, trigger[0])
    if group is not None:
        yield from _strength(parsed, trigger, group.first)


def _strength(parsed: Parsed, trigger: Words, at: int) -> Iterator[Draft]:
    sentence = parsed.sentence
    group = sentence.group(at)
    if group is None:
        return
    span = roles.whole(sentence, group)
    found = count_of(parsed, *span)
    low = found.count and (found.count.low or found.count.high or 0)
    if found.count is not None and found.numeric and found.people and low and low >= 20:
        yield Draft(Kind.STRENGTH, trigger, found.count, span, rules=["strength"])


def _forces(parsed: Parsed, taken: list[Draft]) -> Iterator[Draft]:
    """ "60,000 men under the prince": a large number of troops that no other claim counts."""
    sentence = parsed.sentence
    for index, quantity in parsed.quantities.items():
        low = quantity.count.low or quantity.count.high or 0
        group = sentence.group(index)
        if group is None or low < _FORCE or not _is_force(sentence, group, quantity):
            continue
        span = roles.whole(sentence, group)
        if not any(draft.whom is not None and draft.whom[0] < span[1] and span[0] < draft.whom[1] for draft in taken):
            troops = None if sentence.norms[span[1] - 1] in _SETTLED else VictimClass.COMBATANT
            yield Draft(Kind.STRENGTH, (index, index + 1), quantity.count, span, troops, rules=["force"])


def _is_force(sentence: Sentence, group: Group, quantity: Quantity) -> bool:
    """Whether a number counts troops: "60,000 men", or those of a nation, "about 8,000 British"."""
    last = group.end - 1
    if quantity.head in words("states", "strength_heads") or sentence.norms[last] in words("states", "strength_heads"):
        return True
    return quantity.unit is None and sentence.norms[last] in words("states", "nations") and sentence.is_capital(last)


def _words(sentence: Sentence, group: Group | None) -> Words | None:
    return roles.whole(sentence, group) if group else None


_FRAMES: dict[str, Callable[[Parsed, Words], Iterator[Draft]]] = {
    "seized verbs": _seized,
    "seized control": _controlled,
    "seized passive": _held,
    "seized fallen": _fallen,
    "seized nouns": _capture_noun,
    "withdrew verbs": _withdrew,
    "withdrew driven": _driven,
    "withdrew nouns": _withdrawal,
    "truce": _truce,
    "aid": _aid,
    "damage verbs": _destroyed,
    "damage taken": _captured,
    "damage intransitive": _crashed,
    "damage nouns": _damage_noun,
    "damage adjectives": _damaged,
    "strength before": _strength_before,
    "strength after": _strength_after,
}
