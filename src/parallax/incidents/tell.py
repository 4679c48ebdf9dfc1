"""One report's statements, grouped into the happenings that it tells of.

The claims are walked through in the order of the text, a sentence at a time. Each piece
joins the happening told before it for which most speaks, or starts another (`belonging`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parallax.incidents import belonging, places, words
from parallax.incidents.items import is_city, is_quarter
from parallax.incidents.pieces import (
    AREAS,
    Piece,
    days_meet,
    dead_of,
    pieces,
    sharp,
)
from parallax.incidents.places import Nearness
from parallax.incidents.profile import STANDING, family
from parallax.model import HARMS, Statement, Telling, digest

IN_CITY = frozenset({Nearness.SAME, Nearness.WITHIN, Nearness.NEAR})


def tell(statements: Sequence[Statement]) -> tuple[Telling, ...]:
    """The happenings that one report tells of, in the order they are first told.

    `statements` are those of one report, in any order; every one of them is in exactly
    one telling. Running totals and counts over days stand apart, a telling for each voice and
    area; strengths do too, a telling for each force.
    """
    groups = [told.statements for told in _wholes_apart(happenings(cut(statements)))]
    groups += _standing([s for s in _ordered(statements) if family(s) in STANDING])
    groups.sort(key=lambda group: (group[0].claim.start, group[0].claim.end, group[0].claim.key))
    return tuple(_telling(group) for group in groups)


def cut(statements: Iterable[Statement]) -> list[Piece]:
    """The pieces of one report's statements, in the order of the text; totals, strengths and the like are in none."""
    return pieces(s for s in _ordered(statements) if family(s) not in STANDING)


def _ordered(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda s: (s.claim.start, s.claim.end, s.claim.kind, s.claim.key))


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


def happenings(pieces: Iterable[Piece], points: Mapping[str, float] = belonging.POINTS) -> list[Piece]:
    """The pieces, in the order of the text, each put to the happening told before it that it most likely is of."""
    groups: list[Piece] = []
    last: Piece | None = None
    for piece in pieces:
        scored = [(belonging.points(piece, group, last, points), n) for n, group in enumerate(groups)]
        best = max(((points, n) for points, n in scored if points is not None), default=None)
        if best is not None and best[0] >= 0:
            last = groups[best[1]]
            last.add(piece)
        else:
            last = piece
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
    whole = [s for s in group.statements if is_city(s) and s.claim.where is not None]
    quarter = [s for s in group.statements if is_quarter(s)]
    if not (tolls := dead_of(whole)) or not (own := dead_of(quarter)):
        return []
    beside = [
        dead
        for other in others
        if other.days and group.days and days_meet(other.days, group.days)
        if (dead := dead_of(s for s in other.statements if is_quarter(s) and _lies_in(s, whole[0])))
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


def _telling(group: Sequence[Statement]) -> Telling:
    claims = tuple(sorted(s.claim.key for s in group))
    report = group[0].claim.report
    return Telling(digest(report, claims), report, claims)
