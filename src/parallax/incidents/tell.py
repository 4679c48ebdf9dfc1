"""One report's statements, grouped into the happenings that it tells of.

The claims are walked through in the order of the text, a sentence at a time. Each piece
joins the happening told before it that it agrees with best, or starts another: another
day, another place, or another sort of thing (a truce is no battle) starts another. What
has neither a day nor a place of its own belongs to what was told just before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parallax.incidents import places, words
from parallax.incidents.pieces import (
    AREAS,
    CHANGES,
    SETTLED,
    Piece,
    by_sentence,
    days_meet,
    dead_of,
    may_share_days,
    pieces,
    sharp,
)
from parallax.incidents.places import Nearness
from parallax.incidents.profile import STANDING, family
from parallax.model import ACTS, HARMS, Count, Kind, Place, PlacePrecision, Statement, Telling, digest

# Points for and against a piece of text belonging to a happening told before it.
SAME_PLACE = 2.0
IN_PLACE = {
    Nearness.SAME: SAME_PLACE,
    Nearness.WITHIN: 1.0,
    Nearness.NEAR: 0.5,
    Nearness.MAYBE: 0.0,
    Nearness.BESIDE: -4.0,
    Nearness.UNSURE: -1.0,
}
SAME_WORDS = -0.5  # one name, read as two places
NO_DAY_EITHER = -1.5  # two places that are not surely one, and no day that both give
OTHER_WORDS_FOR_PLACE = -1.0  # two names, neither found in the gazetteer: mostly two places
SAME_DAYS = 1.5
VAGUE_DAYS = -1.0  # "in 2016" beside "on Monday": mostly background
ACT_AND_HARM = 1.0
SAME_ACT = 1.0
OTHER_ACT = -1.5
SAME_PERSON = 2.0
JUST_BEFORE = 1.0
PER_PIECE_BETWEEN = -0.25
LEAST_FOR_DISTANCE = -1.0
OTHER_NUMBER = -0.75  # the same voice counts the same harm to the same victims otherwise: mostly another happening
OTHER_ITEM = -4.0  # two attacks told whole, at two places, with two numbers of dead
OTHER_ATTACK = -6.0  # raids and shells on one town on one day, with two numbers of dead by one voice
OTHER_NUMBER_ELSEWHERE = -2.5  # and of another place close by: two items of a digest
OTHER_PLACE = frozenset({Nearness.BESIDE, Nearness.UNSURE})
ELSEWHERE = frozenset({Nearness.NEAR, Nearness.BESIDE, Nearness.UNSURE})
JOINS = 0.5
JOINS_LOOSELY = -0.5  # what names no day or no place is mostly of something told before; an act of its own place is not


# What lies in a town, by its words; a name without them is a town or a village of its own.
_PART = re.compile(
    r"\b(?:neighbou?rhoods?|quarters?|districts?|streets?|roads?|squares?|markets?|areas?|camps?|hospitals?|schools?|mosques?"
    r"|roundabouts?|airports?|airbases?|bases?|crossings?|buildings?)\b",
    re.IGNORECASE,
)
IN_CITY = frozenset({Nearness.SAME, Nearness.WITHIN, Nearness.NEAR})
HELD = frozenset({Nearness.SAME, Nearness.WITHIN, Nearness.MAYBE})
CITIES = frozenset({PlacePrecision.TOWN, PlacePrecision.CITY})
ROUNDED = 1.1  # a headline's number and its text's
LONG = 7  # days: that two intervals longer than this meet says little

# Acts that one attack is often told as, by one report or by two.
KINDRED = (
    frozenset({Kind.AIR_STRIKE, Kind.SHELLING, Kind.CHEMICAL_ATTACK}),
    frozenset({Kind.GROUND_ATTACK, Kind.SHELLING, Kind.SEIZED, Kind.WITHDREW}),
    frozenset({Kind.GROUND_ATTACK, Kind.BOMBING}),
)


def tell(statements: Sequence[Statement]) -> tuple[Telling, ...]:
    """The happenings that one report tells of, in the order they are first told.

    `statements` are those of one report, in any order; every one of them is in exactly
    one telling. Running totals and counts over days stand apart, a telling for each voice and
    area; strengths do too, a telling for each force.
    """
    ordered = sorted(statements, key=lambda s: (s.claim.start, s.claim.end, s.claim.kind, s.claim.key))
    groups = [g.statements for g in _wholes_apart(_happenings(pieces(s for s in ordered if family(s) not in STANDING)))]
    groups += _standing([s for s in ordered if family(s) in STANDING])
    groups.sort(key=lambda group: (group[0].claim.start, group[0].claim.end, group[0].claim.key))
    return tuple(_telling(group) for group in groups)


def _standing(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Totals and counts over days: one group for each voice and area; strengths: one for each force as well."""
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for s in statements:
        where = words.place_name(s.place.name if s.place else s.claim.where.text if s.claim.where else "")
        sort = family(s)
        whom = s.whom.key if s.whom else words.fold(s.claim.whom.text if s.claim.whom else "")
        force = whom if sort == "strength" else ""
        groups.setdefault((sort, s.voice.key, where, force), []).append(s)
    return list(groups.values())


def _happenings(pieces: Iterable[Piece]) -> list[Piece]:
    groups: list[Piece] = []
    for piece in pieces:
        scored = [(_belongs(piece, group), n) for n, group in enumerate(groups)]
        best = max(((points, n) for points, n in scored if points is not None), default=None)
        loose = not (piece.days and piece.written) and not (piece.written and piece.acts)
        if best is not None and best[0] >= (JOINS_LOOSELY if loose else JOINS):
            groups[best[1]].add(piece)
        else:
            groups.append(piece)
    return groups


def _wholes_apart(groups: Sequence[Piece]) -> list[Piece]:
    """The groups, the toll of an area taken out of one part of it where other groups are parts of it too.

    "Thirty died in the province, twelve of them at the mill": one happening, a part and its
    whole. With nine more at the harbour the thirty are of a day of several happenings.
    """
    found: list[Piece] = []
    for group in groups:
        wide = [s for s in group.statements if _is_area(s)]
        fine = [s for s in group.statements if not _is_area(s)]
        others = [other for other in groups if other is not group and other.family == group.family]
        if wide and _is_tolled(wide) and any(_is_part(other, wide[0], group) for other in others) and _has_place(fine):
            found += [Piece(wide, group.first, group.last), Piece(fine, group.first, group.last)]
        elif whole := _city_apart(group, others):
            rest = [s for s in group.statements if s not in whole]
            found += [Piece(whole, group.first, group.last), Piece(rest, group.first, group.last)]
        else:
            found.append(group)
    return found


def _city_apart(group: Piece, others: Iterable[Piece]) -> list[Statement]:
    """The statements of a city's own toll that is no one quarter's; none unless other groups count its other quarters.

    "Seven died in the city: two in one quarter, four in another": no fewer than its quarters come to.
    """
    whole = [s for s in group.statements if _is_city(s) and s.claim.where is not None]
    quarter = [s for s in group.statements if _is_quarter(s)]
    if not (tolls := dead_of(whole)) or not (own := dead_of(quarter)):
        return []
    beside = [
        dead
        for other in others
        if other.days and group.days and days_meet(other.days, group.days)
        if (dead := dead_of(s for s in other.statements if _is_quarter(s) and _lies_in(s, whole[0])))
    ]
    return whole if beside and max(tolls) >= max(own) + sum(map(max, beside)) else []


def _lies_in(s: Statement, city: Statement) -> bool:
    """Whether a quarter is held to lie in the city."""
    inner = places.about(s.place)
    return inner is not None and city.place is not None and places.between(inner, city.place).nearness in IN_CITY


def _is_area(s: Statement) -> bool:
    """Whether the statement names an area itself, and no place within it."""
    return s.claim.where is not None and s.place is not None and s.place.precision in AREAS


def _is_tolled(statements: Iterable[Statement]) -> bool:
    return any(s.claim.count is not None and s.claim.kind in HARMS for s in statements)


def _has_place(statements: Iterable[Statement]) -> bool:
    return any(s.claim.where is not None and s.place is not None and s.place.lat is not None for s in statements)


def _is_part(other: Piece, whole: Statement, group: Piece) -> bool:
    """Whether another group counts the dead of a part of the area on the same days."""
    area, days = whole.place, sharp(other.days)
    if area is None or not days or not days_meet(days, sharp(group.days)) or not _is_tolled(other.statements):
        return False
    inner = [place for place in other.places if place.precision not in AREAS]
    return any(places.between(area, place).nearness is Nearness.WITHIN for place in inner)


def _belongs(piece: Piece, group: Piece) -> float | None:
    """Points for `piece` being about what `group` is about; None where it cannot be."""
    if piece.family != group.family:
        return None
    points = 0.0
    if piece.another and not (group.another and piece.shares_place(group)):
        return None
    if piece.adds and piece.written and group.written and not _written_alike(piece, group):
        return None
    if (piece.is_state and not _is_taken(piece, group)) or (group.is_state and not _is_taken(group, piece)):
        return None
    ours, theirs = sharp(piece.days), sharp(group.days)
    if ours and theirs:
        if not may_share_days(piece, group):
            return None
        is_short = max(d.length for d in (*ours, *theirs)) <= LONG
        points += SAME_DAYS if is_short and days_meet(ours, theirs) else 0.0
    elif piece.days and group.days and (ours or theirs):
        return None  # "in 2016" beside "on Monday"
    elif piece.days and group.days:
        if not days_meet(piece.days, group.days):
            return None
        points += VAGUE_DAYS
    where = _place_points(piece, group)
    if where is None:
        return None
    points += where
    if where <= 0 and piece.places and group.places and not (ours and theirs):
        points += NO_DAY_EITHER
    points += _kind_points(piece, group)
    if piece.persons & group.persons:
        points += SAME_PERSON
    elif _other_attack(piece, group):
        points += OTHER_ATTACK
    elif _other_item(piece, group):
        points += OTHER_ITEM
    elif _other_number(piece, group):
        points += OTHER_NUMBER_ELSEWHERE if _elsewhere(piece, group) else OTHER_NUMBER
    between = piece.first - group.last
    return points + (JUST_BEFORE if between <= 1 else max(LEAST_FOR_DISTANCE, PER_PIECE_BETWEEN * between))


def _is_taken(state: Piece, other: Piece) -> bool:
    """Whether who holds a place may be told because it changed hands, or because the holder fought for it."""
    if other.acts & CHANGES:
        return True
    one_fought = bool(state.doers & other.doers) or not state.doers or not other.doers
    return Kind.GROUND_ATTACK in other.acts and one_fought


def _place_points(piece: Piece, group: Piece) -> float | None:
    found = {_nearness(p, q) for p in piece.places for q in group.places}
    if Nearness.APART in found:
        return None
    if Nearness.SAME in found and not (piece.is_found and group.is_found):
        found = found - {Nearness.SAME} | {Nearness.WITHIN}
    if found & OTHER_PLACE and Nearness.SAME not in found:
        # A province that holds both does not make one of two of its villages.
        away = Nearness.BESIDE if _named_apart(piece, group) else min(found & OTHER_PLACE, key=IN_PLACE.__getitem__)
        points = SAME_WORDS if _written_alike(piece, group) else IN_PLACE[away]
    else:
        points = max((IN_PLACE.get(near, 0.0) for near in found), default=0.0)
    names, group_names = piece.names, group.names
    group_names |= {words.place_name(p.name) for p in group.places}
    if names and group_names:
        same = any(places.alike(n, m) for n in names for m in group_names)
        points += SAME_PLACE if same else OTHER_WORDS_FOR_PLACE
    return points


def _named_apart(piece: Piece, group: Piece) -> bool:
    """Whether both tell of an attack and name a town or village, and none of the one lies near any of the other."""
    if not (piece.acts and group.acts):
        return False
    ours, theirs = piece.settlements, group.settlements
    near = {places.between(p, q).nearness for p in ours for q in theirs}
    return bool(near) and near <= {Nearness.UNSURE, Nearness.BESIDE, Nearness.APART}


def _nearness(p: Place, q: Place) -> Nearness:
    """How near the two are; two towns that a report names apart are as often two happenings, be they close."""
    near = places.between(p, q).nearness
    return Nearness.UNSURE if near is Nearness.NEAR and {p.precision, q.precision} <= SETTLED else near


def _written_alike(piece: Piece, group: Piece) -> bool:
    """Whether the two write a place alike."""
    return any(places.alike(n, m) for n in piece.written for m in group.written)


def _elsewhere(piece: Piece, group: Piece) -> bool:
    """Whether the two name places of their own, neither of which holds the other."""
    found = {places.between(p, q).nearness for p in piece.places for q in group.places}
    return bool(found) and found <= ELSEWHERE


def _kind_points(piece: Piece, group: Piece) -> float:
    if piece.acts and group.acts:
        if piece.acts & group.acts:
            return SAME_ACT
        kindred = any(piece.acts & kin and group.acts & kin for kin in KINDRED)
        return 0.0 if kindred else OTHER_ACT
    violent = group.acts & set(ACTS) or piece.acts & set(ACTS)
    return ACT_AND_HARM if violent and (piece.harms or group.harms) else 0.0


def _other_number(piece: Piece, group: Piece) -> bool:
    """Whether one voice gives two numbers for one harm to one class of victims that cannot both be right."""
    for s in piece.statements:
        for t in group.statements:
            a, b = s.claim, t.claim
            if a.kind is not b.kind or a.kind not in HARMS or a.whom_class is not b.whom_class or not a.count:
                continue
            if s.voice.key == t.voice.key and b.count and a.whom and b.whom and _exact(a.count) and _exact(b.count):
                alike = words.fold(a.whom.text) == words.fold(b.whom.text)
                if alike and a.count.low != b.count.low:
                    return True
    return False


def _other_item(piece: Piece, group: Piece) -> bool:
    """Whether both tell of an attack whole (act, place and dead), of places written otherwise and of other dead."""
    if not (piece.is_item and group.is_item) or _written_alike(piece, group):
        return False
    one_voice = bool(piece.counters & group.counters)
    ours, theirs = piece.spots, group.spots
    held = [t for t in theirs if any(_may_hold(s, t, one_voice) for s in ours)]
    rest = [t for t in theirs if t not in held]
    # Two quarters of a city are two, though its own toll stands beside the one told first.
    if held and not (one_voice and all(map(_is_quarter, ours)) and all(map(_is_city, held))):
        return False
    dead = dead_of(rest) if held else group.dead
    return bool(ours and rest and dead) and piece.dead.isdisjoint(dead)


def _other_attack(piece: Piece, group: Piece) -> bool:
    """Whether one voice counts dead of two attacks of other sorts, each with its act in the sentence, one from the air.

    "Raids killed 13, it said. Shells on the west killed nine": two, though town and day are the same.
    """
    told = [item for item in by_sentence(group) if item.figures and item.acts and item.counters & piece.counters]
    if not told or not piece.figures or not piece.acts:
        return False
    others = (item.acts.isdisjoint(piece.acts) and not _near_figures(item, piece) for item in told)
    return all(others) and all(Kind.AIR_STRIKE in item.acts | piece.acts for item in told)


def _near_figures(a: Piece, b: Piece) -> bool:
    """Whether the two give one number of dead, or one that is rounded from the other ("80", "over 85")."""
    return any(max(n, m) <= ROUNDED * min(n, m) for n in a.figures for m in b.figures)


def _is_quarter(s: Statement) -> bool:
    """Whether the statement names a part of a town."""
    found = s.place is not None and s.place.precision is PlacePrecision.NEIGHBOURHOOD
    return found or (s.claim.where is not None and _PART.search(s.claim.where.text) is not None)


def _is_city(s: Statement) -> bool:
    """Whether the statement names a whole city or town that is found."""
    place = s.place
    return place is not None and place.lat is not None and place.precision in CITIES and not _is_quarter(s)


def _may_hold(s: Statement, t: Statement, one_voice: bool) -> bool:
    """Whether the places of two statements may be one, or one lie in the other.

    A quarter that is in no gazetteer may lie in the town that the other names, and so may what
    another voice calls by another name; one voice that names a village and another village means two.
    """
    if s.place is None or t.place is None:
        return True
    if (s.place.lat is None) is (t.place.lat is None):
        return _nearness(s.place, t.place) in HELD
    lost, found = (s, t) if s.place.lat is None else (t, s)
    is_part = _PART.search(lost.claim.where.text if lost.claim.where else "") is not None
    return not one_voice or (is_part and found.place is not None and found.place.precision in SETTLED)


def _exact(count: Count) -> bool:
    return count.low is not None and count.low == count.high


def _telling(group: Sequence[Statement]) -> Telling:
    claims = tuple(sorted(s.claim.key for s in group))
    report = group[0].claim.report
    return Telling(digest(report, claims), report, claims)
