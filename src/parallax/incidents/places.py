"""How near two places are, given how exactly each is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isinf

from rapidfuzz import fuzz

from parallax.incidents.words import fold, place_name
from parallax.model import Place, PlacePrecision, kilometres

# How far, in kilometres, a thing that happened "in" a place of this precision can be from
# the point that stands for it. Rough on purpose: points of gazetteers differ as much.
RADIUS = {
    PlacePrecision.EXACT: 1.0,
    PlacePrecision.LANDMARK: 2.0,
    PlacePrecision.STREET: 2.0,
    PlacePrecision.NEIGHBOURHOOD: 3.0,
    PlacePrecision.VILLAGE: 4.0,
    PlacePrecision.TOWN: 6.0,
    PlacePrecision.CITY: 12.0,
    PlacePrecision.SUBDISTRICT: 15.0,
    PlacePrecision.DISTRICT: 40.0,
    PlacePrecision.GOVERNORATE: 150.0,
    PlacePrecision.COUNTRY: 800.0,
}
FINENESS = {precision: rank for rank, precision in enumerate(PlacePrecision)}
ABOUT = PlacePrecision.CITY
SURE = 0.95  # a place less certain than this is as often read wrongly as not
ALIKE = 88  # rapidfuzz ratio, 0 to 100, from which two spellings are held to be one name


class Nearness(StrEnum):
    """How two places stand to each other."""

    SAME = "same"
    WITHIN = "within"
    NEAR = "near"
    MAYBE = "maybe"
    BESIDE = "beside"
    UNSURE = "unsure"  # apart as read, but one of the two may be read wrongly
    APART = "apart"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Distance:
    """How near two places are, in kilometres where both have a point, and which is the coarser of the two."""

    nearness: Nearness
    km: float | None
    coarser: PlacePrecision


def alike(a: str, b: str) -> bool:
    """Whether two folded names may be spellings of one ("abu kamal", "albu kamal")."""
    if not a or not b:
        return False
    if a == b:
        return True
    return min(len(a), len(b)) >= 4 and fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")) >= ALIKE


def stand_in(place: Place | None) -> Place | None:
    """The place itself if it has a point, else the one taken from context that stands behind it.

    That is the last of its alternatives; one of no certainty is a reading that was ruled out.
    """
    if place is None or place.lat is not None:
        return place
    behind = place.alternatives[-1] if place.alternatives else None
    return behind if behind is not None and behind.lat is not None and behind.certainty > 0 else None


def about(place: Place | None) -> Place | None:
    """Where linking looks for the place: itself, or about what stands behind one that is not found.

    A mill that no gazetteer has lies somewhere about the village that its report is of,
    known no better than to a city.
    """
    behind = stand_in(place)
    if behind is None or behind is place or FINENESS[behind.precision] >= FINENESS[ABOUT]:
        return behind
    return replace(behind, precision=ABOUT)


def coarser(a: Place, b: Place) -> Place:
    """The place that is known less exactly."""
    return max(a, b, key=lambda place: (FINENESS[place.precision], fold(place.name)))


def holds(outer: Place, inner: Place) -> bool:
    """Whether the areas around `inner` (names or codes, the widest first) say that it lies in `outer`."""
    if FINENESS[outer.precision] <= FINENESS[inner.precision]:
        return False
    if outer.country and inner.country and outer.country != inner.country:
        return False
    if outer.precision is PlacePrecision.COUNTRY:
        return bool(outer.country and outer.country == inner.country)
    if fold(outer.name) in map(fold, inner.admin):
        return True
    province = outer.precision is PlacePrecision.GOVERNORATE
    return province and bool(outer.admin) and outer.admin == inner.admin[: len(outer.admin)]


def between(a: Place, b: Place) -> Distance:
    """How near the two are. Symmetric."""
    direct = _between(a, b)
    if direct.nearness in (Nearness.APART, Nearness.BESIDE):
        for one, other in ((a, b), (b, a)):
            for other_reading in one.alternatives[:4]:
                near = _between(other_reading, other)
                # "In Aleppo" may mean the city or the province of its name.
                area = near.nearness is Nearness.WITHIN and fold(other_reading.name) == fold(one.name)
                if near.nearness in (Nearness.SAME, Nearness.NEAR) or area:
                    return Distance(Nearness.MAYBE, near.km, near.coarser)
        if min(a.certainty, b.certainty) < SURE:
            return Distance(Nearness.UNSURE, direct.km, direct.coarser)
    return direct


def _meant(place: Place) -> PlacePrecision:
    """The precision of a district, or of the town that gives it its name, if it may be what the words mean."""
    if place.precision not in (PlacePrecision.SUBDISTRICT, PlacePrecision.DISTRICT):
        return place.precision
    namesakes = [other for other in place.alternatives if fold(other.name) == fold(place.name)]
    # A namesake without a point is held to be near.
    away = [(other.precision, kilometres(place, other)) for other in namesakes]
    near = [precision for precision, km in away if isinf(km) or km <= RADIUS[place.precision]]
    return min([place.precision, *near], key=FINENESS.__getitem__)


def _between(a: Place, b: Place) -> Distance:
    outer = coarser(a, b)
    inner = a if outer is b else b
    apart = kilometres(a, b)
    km = None if isinf(apart) else apart
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return Distance(Nearness.SAME, 0.0, _meant(inner))
    if holds(outer, inner):
        return Distance(Nearness.WITHIN, km, outer.precision)
    same_name = alike(place_name(a.name), place_name(b.name))
    if km is None:
        lands = a.country and b.country and a.country != b.country
        nearness = Nearness.APART if lands else Nearness.SAME if same_name else Nearness.UNKNOWN
        return Distance(nearness, None, outer.precision)
    reach = RADIUS[a.precision] + RADIUS[b.precision]
    if same_name and km <= 2 * reach:
        # A gazetteer often has a town and the district of its name; the words mean one of them.
        return Distance(Nearness.SAME, km, _meant(inner))
    if FINENESS[outer.precision] >= FINENESS[PlacePrecision.SUBDISTRICT]:
        # A point well inside the reach of an area mostly lies in it. Two areas side by side do
        # not hold each other, unless their points are all but one.
        both = FINENESS[inner.precision] >= FINENESS[PlacePrecision.SUBDISTRICT] and km > RADIUS[inner.precision] / 4
        abroad = bool(outer.country and inner.country and outer.country != inner.country)
        abroad = abroad or bool(outer.admin and inner.admin and outer.admin[0] != inner.admin[0])
        beyond = both or abroad or km > RADIUS[outer.precision]
        return Distance(Nearness.APART if beyond else Nearness.WITHIN, km, outer.precision)
    nearness = Nearness.NEAR if km <= reach else Nearness.BESIDE if km <= 2 * reach + 8 else Nearness.APART
    return Distance(nearness, km, outer.precision)
