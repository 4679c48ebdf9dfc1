"""One report's statements, grouped into the happenings that it tells of.

The claims are walked through in the order of the text, a sentence at a time. Each piece
joins the happening told before it that it agrees with best, or starts another: another
day, another place, or another sort of thing (a truce is no battle) starts another. What
has neither a day nor a place of its own belongs to what was told just before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parallax.incidents import places, words
from parallax.incidents.places import Nearness
from parallax.incidents.profile import FIGHTING, STANDING, VAGUE, family
from parallax.model import ACTS, HARMS, Count, Days, Kind, Place, PlacePrecision, Statement, Telling, digest

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
SURE_DAY = (
    0.6  # certainty: a day that is no surer was mostly taken over from a sentence before, and speaks against no other
)
VAGUE_DAYS = -1.0  # "in 2016" beside "on Monday": mostly background
ACT_AND_HARM = 1.0
SAME_ACT = 1.0
OTHER_ACT = -1.5
SAME_PERSON = 2.0
JUST_BEFORE = 1.0
PER_PIECE_BETWEEN = -0.25
LEAST_FOR_DISTANCE = -1.0
OTHER_NUMBER = -0.75  # the same voice counts the same harm to the same victims otherwise: mostly another happening
OTHER_ITEM = -3.5  # two attacks told whole, at two places, with two numbers of dead
OTHER_NUMBER_ELSEWHERE = -2.5  # and of another place close by: two items of a digest
OTHER_PLACE = frozenset({Nearness.BESIDE, Nearness.UNSURE})
ELSEWHERE = frozenset({Nearness.NEAR, Nearness.BESIDE, Nearness.UNSURE})
JOINS = 0.5
JOINS_LOOSELY = -0.5  # what names no day or no place is mostly of something told before; an act of its own place is not

_MORE = re.compile(r"^(?:an)?other\b|\b(?:more|further|additional|others)\b(?! than)", re.IGNORECASE)
HELD = frozenset({Nearness.SAME, Nearness.WITHIN, Nearness.MAYBE})
CHANGES = frozenset({Kind.SEIZED, Kind.WITHDREW})
TAKEN_BY = CHANGES | {Kind.GROUND_ATTACK}
SETTLED = frozenset({PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY})
AREAS = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
LONG = 7  # days: that two intervals longer than this meet says little

# Acts that one attack is often told as, by one report or by two.
KINDRED = (
    frozenset({Kind.AIR_STRIKE, Kind.SHELLING, Kind.CHEMICAL_ATTACK}),
    frozenset({Kind.GROUND_ATTACK, Kind.SHELLING, Kind.SEIZED, Kind.WITHDREW}),
    frozenset({Kind.GROUND_ATTACK, Kind.BOMBING}),
)


@dataclass(slots=True)
class _Piece:
    """Claims that belong together whatever else: those of one sentence, one day and one place."""

    statements: list[Statement]
    first: int
    last: int

    @property
    def family(self) -> str:
        return family(self.statements[0])

    @property
    def days(self) -> list[Days]:
        return [s.claim.when for s in self.statements if s.claim.when]

    @property
    def sure_days(self) -> list[Days]:
        """The days that speak against others."""
        return [s.claim.when for s in self.statements if s.claim.when and _sure_of_its_day(s)]

    @property
    def places(self) -> list[Place]:
        return [place for s in self.statements if (place := places.about(s.place)) is not None]

    @property
    def names(self) -> set[str]:
        """Folded names of places that were not found in the gazetteer."""
        found = (s for s in self.statements if s.place is None or s.place.lat is None)
        return {name for s in found if (name := words.named_place(s.claim.where))}

    @property
    def is_found(self) -> bool:
        """Whether one of its places stands in a gazetteer, and not just what its report is about behind it."""
        return any(s.place is not None and s.place.lat is not None for s in self.statements)

    @property
    def written(self) -> set[str]:
        """Folded names of places as the claims write them."""
        return {words.named_place(s.claim.where) for s in self.statements} - {""}

    @property
    def another(self) -> bool:
        """Whether it is told as another happening than those before it."""
        return self.statements[0].another

    @property
    def adds(self) -> bool:
        """Whether it counts people besides those told before ("another six", "three more")."""
        counts = (s.claim.count.text for s in self.statements if s.claim.count and s.claim.kind is Kind.KILLED)
        return any(_MORE.search(text) for text in counts)

    @property
    def is_state(self) -> bool:
        """Whether it tells who holds a place, and not that it was taken on some day."""
        return not self.harms and bool(self.acts) and self.acts <= CHANGES and not _sharp(self.days)

    @property
    def dead(self) -> set[int]:
        """The numbers of dead that it gives, from below."""
        counts = (s.claim.count for s in self.statements if s.claim.kind is Kind.KILLED and s.claim.count)
        return {count.low for count in counts if count.low}

    @property
    def spots(self) -> list[Place]:
        """The places that it names itself, found or not, but for areas."""
        named = (s.place for s in self.statements if s.place and words.named_place(s.claim.where))
        return [place for place in named if place.precision not in AREAS]

    @property
    def is_item(self) -> bool:
        """Whether it is told whole: an attack, at a place that it names, with its dead."""
        return bool(self.acts & set(ACTS)) and bool(self.written) and bool(self.dead)

    def shares_place(self, other: _Piece) -> bool:
        """Whether the two name one place."""
        return any(places.between(p, q).nearness is Nearness.SAME for p in self.places for q in other.places)

    @property
    def acts(self) -> set[Kind]:
        return {s.claim.kind for s in self.statements if s.claim.kind in FIGHTING}

    @property
    def harms(self) -> set[Kind]:
        return {s.claim.kind for s in self.statements if s.claim.kind in HARMS}

    @property
    def persons(self) -> set[str]:
        return {name for s in self.statements for m in (s.claim.whom, s.claim.who) for name in words.persons(m)}

    def add(self, other: _Piece) -> None:
        self.statements += other.statements
        self.last = max(self.last, other.last)


def tell(statements: Sequence[Statement]) -> tuple[Telling, ...]:
    """The happenings that one report tells of, in the order they are first told.

    `statements` are those of one report, in any order; every one of them is in exactly
    one telling. Running totals and counts over days stand apart, a telling for each voice and
    area; strengths do too, a telling for each force.
    """
    ordered = sorted(statements, key=lambda s: (s.claim.start, s.claim.end, s.claim.kind, s.claim.key))
    groups = [
        g.statements for g in _wholes_apart(_happenings(_pieces(s for s in ordered if family(s) not in STANDING)))
    ]
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


def _pieces(events: Iterable[Statement]) -> list[_Piece]:
    """The claims by sentence, cut where a sentence names two days, two places or two sorts of thing."""
    pieces: list[_Piece] = []
    sentence: list[_Piece] = []
    number = -1
    place_in_text: tuple[int, int] | None = None
    for s in events:
        if (s.claim.start, s.claim.end) != place_in_text:
            place_in_text = (s.claim.start, s.claim.end)
            pieces += sentence
            sentence = []
            number += 1
        piece = _Piece([s], number, number)
        home = next((p for p in sentence if _one_breath(p, piece)), None)
        if home is None:
            sentence.append(piece)
        else:
            home.add(piece)
    return pieces + sentence


def _one_breath(a: _Piece, b: _Piece) -> bool:
    """Whether two claims of one sentence are of one happening."""
    if a.family != b.family or not _days_meet(a.days, b.days):
        return False
    if any(places.between(p, q).nearness in (Nearness.APART, Nearness.BESIDE) for p in a.places for q in b.places):
        return False
    return not a.names or not b.names or any(places.alike(n, m) for n in a.names for m in b.names)


def _days_meet(a: Iterable[Days], b: Iterable[Days]) -> bool:
    others = list(b)
    return all(day.meets(other) for day in a for other in others)


def _happenings(pieces: Iterable[_Piece]) -> list[_Piece]:
    groups: list[_Piece] = []
    for piece in pieces:
        scored = [(_belongs(piece, group), n) for n, group in enumerate(groups)]
        best = max(((points, n) for points, n in scored if points is not None), default=None)
        loose = not (piece.days and piece.written) and not (piece.written and piece.acts)
        if best is not None and best[0] >= (JOINS_LOOSELY if loose else JOINS):
            groups[best[1]].add(piece)
        else:
            groups.append(piece)
    return groups


def _wholes_apart(groups: Sequence[_Piece]) -> list[_Piece]:
    """The groups, the toll of an area taken out of one part of it where other groups are parts of it too.

    "Thirty died in the province, twelve of them at the mill": one happening, a part and its
    whole. With nine more at the harbour the thirty are of a day of several happenings.
    """
    found: list[_Piece] = []
    for group in groups:
        wide = [s for s in group.statements if _is_area(s)]
        fine = [s for s in group.statements if not _is_area(s)]
        others = [other for other in groups if other is not group and other.family == group.family]
        if wide and _is_tolled(wide) and any(_is_part(other, wide[0], group) for other in others) and _has_place(fine):
            found += [_Piece(wide, group.first, group.last), _Piece(fine, group.first, group.last)]
        else:
            found.append(group)
    return found


def _is_area(s: Statement) -> bool:
    """Whether the statement names an area itself, and no place within it."""
    return s.claim.where is not None and s.place is not None and s.place.precision in AREAS


def _is_tolled(statements: Iterable[Statement]) -> bool:
    return any(s.claim.count is not None and s.claim.kind in HARMS for s in statements)


def _has_place(statements: Iterable[Statement]) -> bool:
    return any(s.claim.where is not None and s.place is not None and s.place.lat is not None for s in statements)


def _is_part(other: _Piece, whole: Statement, group: _Piece) -> bool:
    """Whether another group counts the dead of a part of the area on the same days."""
    area, days = whole.place, _sharp(other.days)
    if area is None or not days or not _days_meet(days, _sharp(group.days)) or not _is_tolled(other.statements):
        return False
    inner = [place for place in other.places if place.precision not in AREAS]
    return any(places.between(area, place).nearness is Nearness.WITHIN for place in inner)


def _belongs(piece: _Piece, group: _Piece) -> float | None:
    """Points for `piece` being about what `group` is about; None where it cannot be."""
    if piece.family != group.family:
        return None
    points = 0.0
    if piece.another and not (group.another and piece.shares_place(group)):
        return None
    if piece.adds and piece.written and group.written and not _written_alike(piece, group):
        return None
    if piece.is_state and not group.acts & TAKEN_BY:
        return None
    sharp, group_sharp = _sharp(piece.days), _sharp(group.days)
    if sharp and group_sharp:
        if not _days_meet(_sharp(piece.sure_days), _sharp(group.sure_days)):
            return None
        is_short = max(d.length for d in (*sharp, *group_sharp)) <= LONG
        points += SAME_DAYS if is_short and _days_meet(sharp, group_sharp) else 0.0
    elif piece.days and group.days and (sharp or group_sharp):
        return None  # "in 2016" beside "on Monday"
    elif piece.days and group.days:
        if not _days_meet(piece.days, group.days):
            return None
        points += VAGUE_DAYS
    where = _place_points(piece, group)
    if where is None:
        return None
    points += where
    if where <= 0 and piece.places and group.places and not (sharp and group_sharp):
        points += NO_DAY_EITHER
    points += _kind_points(piece, group)
    if piece.persons & group.persons:
        points += SAME_PERSON
    elif _other_item(piece, group):
        points += OTHER_ITEM
    elif _other_number(piece, group):
        points += OTHER_NUMBER_ELSEWHERE if _elsewhere(piece, group) else OTHER_NUMBER
    between = piece.first - group.last
    return points + (JUST_BEFORE if between <= 1 else max(LEAST_FOR_DISTANCE, PER_PIECE_BETWEEN * between))


def _sure_of_its_day(s: Statement) -> bool:
    return dict(s.claim.certainties).get("when", 1.0) > SURE_DAY


def _sharp(intervals: Iterable[Days]) -> list[Days]:
    return [d for d in intervals if d.length <= VAGUE]


def _place_points(piece: _Piece, group: _Piece) -> float | None:
    found = {_nearness(p, q) for p in piece.places for q in group.places}
    if Nearness.APART in found:
        return None
    if Nearness.SAME in found and not (piece.is_found and group.is_found):
        found = found - {Nearness.SAME} | {Nearness.WITHIN}
    if found & OTHER_PLACE and Nearness.SAME not in found:
        # A province that holds both does not make one of two of its villages.
        points = SAME_WORDS if _written_alike(piece, group) else min(IN_PLACE[near] for near in found & OTHER_PLACE)
    else:
        points = max((IN_PLACE.get(near, 0.0) for near in found), default=0.0)
    names, group_names = piece.names, group.names
    group_names |= {words.place_name(p.name) for p in group.places}
    if names and group_names:
        same = any(places.alike(n, m) for n in names for m in group_names)
        points += SAME_PLACE if same else OTHER_WORDS_FOR_PLACE
    return points


def _nearness(p: Place, q: Place) -> Nearness:
    """How near the two are; two towns that a report names apart are as often two happenings, be they close."""
    near = places.between(p, q).nearness
    return Nearness.UNSURE if near is Nearness.NEAR and {p.precision, q.precision} <= SETTLED else near


def _written_alike(piece: _Piece, group: _Piece) -> bool:
    """Whether the two write a place alike."""
    return any(places.alike(n, m) for n in piece.written for m in group.written)


def _elsewhere(piece: _Piece, group: _Piece) -> bool:
    """Whether the two name places of their own, neither of which holds the other."""
    found = {places.between(p, q).nearness for p in piece.places for q in group.places}
    return bool(found) and found <= ELSEWHERE


def _kind_points(piece: _Piece, group: _Piece) -> float:
    if piece.acts and group.acts:
        if piece.acts & group.acts:
            return SAME_ACT
        kindred = any(piece.acts & kin and group.acts & kin for kin in KINDRED)
        return 0.0 if kindred else OTHER_ACT
    violent = group.acts & set(ACTS) or piece.acts & set(ACTS)
    return ACT_AND_HARM if violent and (piece.harms or group.harms) else 0.0


def _other_number(piece: _Piece, group: _Piece) -> bool:
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


def _other_item(piece: _Piece, group: _Piece) -> bool:
    """Whether both tell of an attack whole (act, place and dead), of places written otherwise and of other dead."""
    if not (piece.is_item and group.is_item) or _written_alike(piece, group):
        return False
    ours, theirs = piece.spots, group.spots
    found = {p.lat is not None for p in (*ours, *theirs)}
    # A quarter that is in no gazetteer may lie in the town that the other names.
    if not ours or not theirs or len(found) > 1 or {_nearness(p, q) for p in ours for q in theirs} & HELD:
        return False
    return piece.dead.isdisjoint(group.dead)


def _exact(count: Count) -> bool:
    return count.low is not None and count.low == count.high


def _telling(group: Sequence[Statement]) -> Telling:
    claims = tuple(sorted(s.claim.key for s in group))
    report = group[0].claim.report
    return Telling(digest(report, claims), report, claims)
