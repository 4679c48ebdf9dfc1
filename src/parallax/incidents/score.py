"""Whether two tellings are of one happening: a sum of readable weights.

A weight is a log-odds in spirit (how many times likelier is this agreement between two
tellings of one happening than between two that only share a block: +1 doubles the odds,
-1 halves them), set by hand on news with known incidents and not fitted. `points.POINTS`
holds every one. Their sum is the score of a link; below `FLOOR` there is no link. Such sums go
back to Fellegi and Sunter (1969), "A theory for record linkage".

Where a party to a war is named, or an air strike or shelling told, one more attack on one
town on one day is what any two tellings share. Day, town and act then say nothing by
themselves: the link must rest on particulars (a person, a rare name, a toll), and what it
lacks of them is taken off; more is asked of what one outlet printed on one day. Only
the two tellings are looked at, never what else was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from parallax.incidents import days, places, words
from parallax.incidents.places import Distance, Nearness
from parallax.incidents.points import POINTS
from parallax.incidents.profile import STANDING, Number, Profile, profile
from parallax.model import (
    ACTS,
    HARMS,
    Count,
    Kind,
    Link,
    Place,
    PlacePrecision,
    Statement,
    Telling,
    VictimClass,
    Weight,
)

FLOOR = 4.0  # about the odds that two tellings that merely share a province and a day start with
STRONG = 5.5  # from here, two tellings of one report are held to be one after all

GROUPS = (
    frozenset({Kind.AIR_STRIKE, Kind.SHELLING, Kind.CHEMICAL_ATTACK}),
    frozenset({Kind.GROUND_ATTACK, Kind.SHELLING, Kind.BOMBING}),
    frozenset({Kind.GROUND_ATTACK, Kind.SEIZED, Kind.WITHDREW}),
)
ASIDE = 0.6  # part of a place's points where it is not the main place of both tellings
LESSER = 0.5  # part of its points for every harm counted but the gravest
HEAVY = 40  # most attacks kill fewer
LARGE = 10  # so many victims agree by chance seldom
# Told by themselves they are the side of something: windows broken, people on the move.
ASIDE_OF_ATTACKS = frozenset({Kind.DAMAGE, Kind.DISPLACED})
SELDOM = frozenset({Kind.CHEMICAL_ATTACK})
PARTICULAR = frozenset(
    {
        *("same person", "same name", "same number", "same large number", "same age"),
        *("heavy tolls", "same spot", "same words for victims", "same change of hands"),
    }
)
# Points that particulars should give where a party to a war is named, by how many attacks an area sees in a day.
PARTICULARS_ASKED = {"same village": 3.0, "same town": 3.5, "wider": 5.0}
# What one outlet tells twice in a day's print is mostly two attacks: it tells each once, and its growth later.
# Reports that name no outlet may all be one's.
ASKED_OF_ONE_OUTLET = 2.0
ASKED_OF_OTHER_DAYS = 1.0
SPARED_OF_BATTLES = 3.0  # armies fight fewer battles than they strike from afar
WEEK = 7  # days: "in late June" is as good a day for every battle of that month
OTHER_DAYS = frozenset(
    {"next day", "two days apart", "days apart", "weeks apart", "days apart, one person", "weeks apart, one person"}
)
STRIKES = frozenset({Kind.AIR_STRIKE, Kind.SHELLING})
FEW = 3  # of more victims than this, two reports may well name different ones
CHANGES = frozenset({Kind.SEIZED, Kind.WITHDREW})
ATTACKS = frozenset(ACTS)
ATTACKS_AND_CHANGES = ATTACKS | CHANGES
HARMED = frozenset(HARMS)
KILLED_OR_HURT = frozenset(HARMS[:2])
SAME_AREA = {
    PlacePrecision.CITY: "same city",
    PlacePrecision.TOWN: "same town",
    PlacePrecision.SUBDISTRICT: "same district",
    PlacePrecision.DISTRICT: "same district",
    PlacePrecision.GOVERNORATE: "same province",
    PlacePrecision.COUNTRY: "same country",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A weight before its words are put together: most pairs come to no link, and need none."""

    name: str
    points: float
    words: Callable[[], str]


def compare(a: Telling, b: Telling, statements: Mapping[str, Statement]) -> Link | None:
    """The link between two tellings with the weights that say so; None below `FLOOR`. Symmetric."""
    return of_profiles(profile(a, statements), profile(b, statements))


def of_profiles(a: Profile, b: Profile) -> Link | None:
    """The same, of two tellings already looked at."""
    if a.key == b.key or a.family != b.family or a.family in STANDING:
        return None
    if b.key < a.key:
        a, b = b, a
    weights = [*_day(a, b)]
    # Nothing can make up for weeks: spare the rest.
    if sum(w.points for w in weights) <= POINTS["weeks apart"] and not a.persons & b.persons:
        return None
    weights += [*_place(a, b), *_kind(a, b), *_who(a, b), *_numbers(a, b), *_victims(a, b)]
    weights += [*_prior(a, b, weights)]
    if a.report == b.report:
        weights.append(_weight("one report", lambda: "one report tells of the two apart"))
    score = round(sum(weight.points for weight in weights), 3)
    if score < FLOOR:
        return None
    return Link(a.key, b.key, score, tuple(Weight(w.name, w.points, w.words()) for w in weights))


def _weight(name: str, words: Callable[[], str], times: float = 1.0) -> _Found:
    return _Found(name, round(POINTS[name] * times, 3), words)


def _day(a: Profile, b: Profile) -> Iterable[_Found]:
    if a.when and b.when:
        apart = days.gap(a.when, b.when)
        both = partial(_both, a, b)
        if apart == 0:
            longest = max(a.when.length, b.when.length)
            names = ((1, "same day"), (3, "days overlap"), (7, "days overlap, a week"))
            yield _weight(next((name for limit, name in names if longest <= limit), "days overlap, vague"), both)
        elif apart <= 2 and max(a.when.length, b.when.length) <= WEEK:
            yield _weight("next day" if apart == 1 else "two days apart", both)
        else:
            # The fall of a place is told, doubted and denied for weeks, under the day each heard of it.
            name = "days apart" if apart <= 14 else "weeks apart"
            if a.persons & b.persons:
                name += ", one person"
            yield _weight(name, lambda: f"{both()}: {apart} days apart")
        return
    if a.span is None or b.span is None:
        return
    apart = days.gap(a.span, b.span)
    name = "printed together" if apart == 0 else "printed days apart" if apart <= 14 else "printed weeks apart"
    yield _weight(name, lambda: f"one of the two names no day: {_both(a, b)}")


def _both(a: Profile, b: Profile) -> str:
    return f"{_said(a)} and {_said(b)}"


def _said(seen: Profile) -> str:
    span = seen.span
    if span is None:
        return "no day"
    text = span.first.isoformat() if span.length == 1 else f"{span.first.isoformat()} to {span.last.isoformat()}"
    return text if seen.when else f"printed {span.last.isoformat()}"


def _place(a: Profile, b: Profile) -> Iterable[_Found]:
    if a.main and b.main:
        scored = []
        for n, p in enumerate(a.places[:3]):
            for m, q in enumerate(b.places[:3]):
                distance = places.between(p, q)
                name = _nearness(distance)
                if name is not None:
                    points = POINTS[name] * (1.0 if n + m == 0 or POINTS[name] < 0 else ASIDE)
                    scored.append((points, name, distance, p, q))
        if scored:
            points, name, distance, p, q = max(scored, key=lambda s: (s[0], s[3].name, s[4].name))
            if name in ("apart", "apart, not surely read", "beside") and _written_alike(a, b):
                name, points = "one name, read as two places", POINTS["one name, read as two places"]
            yield _Found(name, points, partial(_two_places, p, q, distance))
            return
    if a.names and b.names:
        same = sorted((n, m) for n in a.names for m in b.names if places.alike(n, m))
        if same:
            yield _weight("place names alike", lambda: " and ".join(dict.fromkeys(same[0])))
            return
    if a.main or b.main or not a.names or not b.names:
        # A street or a school that no gazetteer has may well lie in the town that the other names.
        yield _weight("no place", lambda: f"{_any_place(a)} and {_any_place(b)}")
    else:
        yield _weight("place names differ", lambda: f"{min(a.names)} and {min(b.names)}")


def _two_places(p: Place, q: Place, distance: Distance) -> str:
    return f"{p.name} and {q.name}" + ("" if distance.km is None else f", {distance.km:.0f} km")


def _any_place(seen: Profile) -> str:
    return min(seen.names, default="no place")


def _written_alike(a: Profile, b: Profile) -> bool:
    """Whether the two write a place alike, be it resolved to two places."""
    return any(places.alike(n, m) for n in a.written for m in b.written)


def _nearness(distance: Distance) -> str | None:
    wide = places.FINENESS[distance.coarser] >= places.FINENESS[PlacePrecision.GOVERNORATE]
    return {
        Nearness.SAME: SAME_AREA.get(distance.coarser, "same village"),
        Nearness.WITHIN: "one within the other, wide" if wide else "one within the other",
        Nearness.NEAR: "near",
        Nearness.MAYBE: "maybe the same place",
        Nearness.BESIDE: "beside",
        Nearness.APART: "apart",
        Nearness.UNSURE: "apart, not surely read",
        Nearness.UNKNOWN: None,
    }[distance.nearness]


def _kind(a: Profile, b: Profile) -> Iterable[_Found]:
    shared = a.kinds & b.kinds
    # Who holds a place is told without a day ("the town, now held by rebels"): no fall of it, if that has one.
    held = bool(a.when) is not bool(b.when) and not (a.denies or b.denies)
    if a.happened & b.happened & CHANGES and not held:
        same = {p.geonameid or p.name for p in a.places} & {p.geonameid or p.name for p in b.places}
        one, other = a.main, b.main
        if same or one is None or other is None:
            yield _weight("same change of hands", lambda: "both say that a party took or left it")
        elif places.between(one, other).nearness in (Nearness.NEAR, Nearness.BESIDE):
            yield _weight("other place changed hands", lambda: f"{one.name} and {other.name}")
    acts = (a.kinds & ATTACKS_AND_CHANGES, b.kinds & ATTACKS_AND_CHANGES)
    if shared & ATTACKS:
        yield _weight("same act", lambda: _list(shared & ATTACKS))
    elif acts[0] and acts[1] and not shared & CHANGES:
        kindred = any(acts[0] & group and acts[1] & group for group in GROUPS)
        yield _weight("kindred acts" if kindred else "other act", lambda: f"{_list(acts[0])} and {_list(acts[1])}")
    if shared & HARMED:
        yield _weight("same harm", lambda: _list(shared & HARMED))
    elif not shared and not (acts[0] and acts[1]) and not _act_and_harm(a, b):
        yield _weight("nothing alike told", lambda: f"{_list(a.kinds)} and {_list(b.kinds)}")


def _act_and_harm(a: Profile, b: Profile) -> bool:
    """Whether one tells of an attack and the other of the dead or hurt that it may have left."""
    return bool((a.kinds & ATTACKS and b.kinds & KILLED_OR_HURT) or (b.kinds & ATTACKS and a.kinds & KILLED_OR_HURT))


def _list(kinds: Iterable[Kind]) -> str:
    return ", ".join(sorted(kind.value.replace("_", " ") for kind in kinds))


def _who(a: Profile, b: Profile) -> Iterable[_Found]:
    if not a.doers or not b.doers:
        return
    if a.doers & b.doers:
        # Who stands on no side ("the police", "gunmen") is no one in particular.
        if a.sides & b.sides:
            yield _weight("same doer", lambda: _listed(a.doers & b.doers))
    elif a.sides & b.sides:
        yield _weight("same side", lambda: _listed(a.sides & b.sides))
    elif a.sides and b.sides:
        yield _weight("other side", lambda: f"{min(a.doers)} and {min(b.doers)}")


def _numbers(a: Profile, b: Profile) -> Iterable[_Found]:
    """How the largest numbers of each harm that both count agree; the gravest harm weighs most."""
    times = 1.0
    for kind in HARMS:
        n, m = a.tolls.get(kind), b.tolls.get(kind)
        if n is None or m is None:
            continue
        name = _agreement(n, m, a, b)
        if name == "numbers far apart" and VictimClass.COMBATANT in (n.whom, m.whom):
            name = "numbers differ"  # who tells of a battle counts two sides
        if times == 1.0 or kind is Kind.INJURED or POINTS[name] > 0:  # reports differ more on the driven out
            yield _weight(name, partial(_two_numbers, n, m), times)
        times = LESSER


def _two_numbers(n: Number, m: Number) -> str:
    return f"{n.count.text} and {m.count.text} {n.kind.value}"


def _agreement(n: Number, m: Number, a: Profile, b: Profile) -> str:
    (n_low, n_high), (m_low, m_high) = ((c.count.low or 0, c.count.high) for c in (n, m))
    # "31" and "at least 31" are one number; "dozens" and "dozens" are no agreement.
    if n_low == m_low and (n_high == m_high or None in (n_high, m_high)):
        if not (_is_figure(n.count) and _is_figure(m.count)):
            return "numbers compatible"
        size = n_low if None in (n_high, m_high) else n_high or n_low
        return "same small number" if size < 3 else "same number" if size < LARGE else "same large number"
    apart = a.when is not None and b.when is not None and not a.when.meets(b.when)
    if not apart and min(n_low, m_low) >= HEAVY and max(n_low, m_low) <= 2 * min(n_low, m_low):
        return "heavy tolls"
    if (n_high is None or m_low <= n_high) and (m_high is None or n_low <= m_high):
        return "numbers compatible"
    small, large = sorted((n_high or n_low, m_high or m_low))
    if small * 3 >= large - 2:
        early, late = (n, m) if (a.published or days.NEVER) <= (b.published or days.NEVER) else (m, n)
        grown = a.published != b.published and (early.count.high or 0) <= (late.count.low or 0)
        if grown:
            return "toll may have grown"
        return "numbers differ" if a.published != b.published else "numbers differ, one day's print"
    return "numbers far apart"


def _is_figure(count: Count) -> bool:
    """Whether the count is a number rather than a word for a size."""
    return count.high is not None or any(c.isdigit() for c in count.text)


def _victims(a: Profile, b: Profile) -> Iterable[_Found]:
    spots = _same_spots(a, b)
    same, tokens = a.persons & b.persons, a.tokens & b.tokens
    if tokens:
        tokens = tokens - _place_words(a, b) - set(spots)
    common = words.given(tokens)
    rare = sorted(tokens - common)
    if same:
        telling = any(not words.is_common(name) for name in same)
        yield _weight("same person" if telling else "same person, by common names", partial(_listed, same))
    elif a.speakers & b.speakers:
        yield _weight("same speaker", lambda: _listed(a.speakers & b.speakers))
    elif rare:
        yield _weight("same name", partial(_listed, rare), min(len(rare), 2))
    if common and not same:
        yield _weight("same common name", partial(_listed, common), min(len(common), 2))
    spots = sorted(set(spots) - words.given(spots))
    if spots:
        yield _weight("same spot", partial(_listed, spots))
    elif a.spots and b.spots and not rare and not same:
        yield _weight("other spot", lambda: f"{min(a.spots)} and {min(b.spots)}")
    if a.victims and b.victims and not same and not rare and not spots:
        few = all(_most(seen) <= max(FEW, 3 * len(seen.victims)) for seen in (a, b))
        name = "other persons" if few else "other persons of many"
        yield _weight(name, lambda: f"{min(a.victims)} and {min(b.victims)}")
    if a.ages and b.ages:
        alike = len(a.ages & b.ages) * 2 >= len(a.ages | b.ages)  # of many ages some agree by chance
        if alike or not a.ages & b.ages:
            yield _weight("same age" if alike else "other age", lambda: f"{_listed(a.ages)} and {_listed(b.ages)}")
    shared = (a.telling_words & b.telling_words) - a.tokens - b.tokens
    if shared:
        placed = {word for name in a.names | b.names for word in name.split()}
        shown = sorted(shared - placed)[:3]
        if shown:
            yield _weight("same words for victims", partial(_listed, shown), len(shown))
    if a.classes and b.classes and not a.classes & b.classes:
        yield _weight("other class of victim", lambda: f"{min(a.classes)} and {min(b.classes)}")


def _same_spots(a: Profile, b: Profile) -> list[str]:
    if not a.spots or not b.spots:
        return []
    return sorted(n for n in a.spots for m in b.spots if places.alike(n, m) or words.skeleton(n) == words.skeleton(m))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _prior(a: Profile, b: Profile, weights: Sequence[_Found]) -> Iterable[_Found]:
    """In a war, one more attack by one party, on one town, on one day, is what any two tellings share."""
    strikes = (a.kinds | b.kinds) & STRIKES
    aside = a.kinds <= ASIDE_OF_ATTACKS or b.kinds <= ASIDE_OF_ATTACKS
    if not a.sides and not b.sides and not strikes and not aside:
        return
    if a.kinds & b.kinds & SELDOM:
        return
    found = {w.name for w in weights}
    area = next((name for name in ("same village", "same town") if name in found), "wider")
    lack = PARTICULARS_ASKED[area] + (ASKED_OF_OTHER_DAYS if found & OTHER_DAYS else 0.0)
    two = a.outlets and b.outlets and not a.outlets & b.outlets
    lack += ASKED_OF_ONE_OUTLET if not two and a.published == b.published else 0.0
    vague = max((seen.when.length for seen in (a, b) if seen.when), default=0) > WEEK
    lack -= 0.0 if strikes or vague else SPARED_OF_BATTLES
    lack -= sum(max(0.0, w.points) for w in weights if w.name in PARTICULAR)
    if lack > 0:
        yield _weight("little particular shared", lambda: "a war has many attacks like this", round(lack, 3))


def _place_words(a: Profile, b: Profile) -> set[str]:
    """Words of the place names that already speak for the two."""
    return {word for name in a.names & b.names for word in name.split()}


def _most(seen: Profile) -> int:
    """The largest number of victims told."""
    return max((n.count.low or n.count.high or 0 for n in seen.numbers if n.kind in HARMS), default=0)
