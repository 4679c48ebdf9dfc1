"""Places that are described by others: "20 km east of Hajin", "between X and Y", "the border with Iraq".

A description gives the point that it names and a precision that is never finer than what is
said: a distance and a direction leave out about a third of the distance to every side, "between"
leaves out half the way, a border or a river everything but the stretch near the places that the
report names beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parallax.model import Mention, Place, PlaceMention, PlacePrecision
from parallax.names import lines
from parallax.names.lines import Line, Point

# The widest error, in kilometres, of each precision that a description can have.
_WIDEST = (
    (15.0, PlacePrecision.SUBDISTRICT),
    (50.0, PlacePrecision.DISTRICT),
    (200.0, PlacePrecision.GOVERNORATE),
)
# How far a place reaches by itself, in kilometres.
_REACH = {
    PlacePrecision.CITY: 6.0,
    PlacePrecision.SUBDISTRICT: 15.0,
    PlacePrecision.DISTRICT: 30.0,
    PlacePrecision.GOVERNORATE: 80.0,
    PlacePrecision.COUNTRY: 400.0,
}
# A compass point leaves out as much to either side; a distance is a round number.
_LEFT_OUT = 0.35
# Farther apart than this, two towns say nothing of what lies between them.
_FARTHEST = 400.0
# How far from a line a place may lie, and yet say which stretch of it is meant.
_NEAR_LINE = 150.0
_STRETCH = 30.0

_SAID = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = {"a": 1, "a dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100}
_WORDS = {word: number for number, word in enumerate(_SAID.split(), 1)} | _TENS
_UNITS = {"km": 1.0, "ki": 1.0, "mi": 1.609, "me": 0.001, "m": 0.001, "ya": 0.000914}
_NUMBER = r"(?:\d{1,4}(?:[.,]\d{1,2})?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_DISTANCE = (
    rf"\b(?P<far>{_NUMBER})(?:(?: to | or |-|–)(?P<farther>{_NUMBER}))?[ \u00a0-]?"
    r"(?P<unit>kms?|kilomet(?:re|er)s?|miles?|met(?:re|er)s|m|yards)\b"
)
_COMPASS = (
    r"(?:north|south)[- ]?(?:north|south|east|west)?[- ]?(?:east|west)?"
    r"|east[- ]?(?:north|south)?[- ]?(?:east)?|west"
)
_KIND = r"(?:(?:town|city|village|centre|center|outskirts|edge|capital|district|province) (?:of )?|(?:River|river) )"
_AWAY = re.compile(
    rf"{_DISTANCE}(?: (?:away|further))?"
    rf"(?: (?:(?:to|in) the )?(?P<side>{_COMPASS})(?:wards?)?)?,? (?:of|from|outside|off) (?:the )?{_KIND}?(?:the )?$",
    re.IGNORECASE,
)
_ROAD = r"(?:road|highway|motorway|route|railway|line|stretch|area|track|way|crossroads?|frontlines?|front lines?)"
_BETWEEN = re.compile(
    rf"(?:(?P<road>(?:the |a )?(?:[\w-]+ )?{_ROAD} )(?:linking |connecting |leading |running |lying )?)?"
    r"(?P<way>between|from|linking|connecting) "
    r"(?:(?:the )?(?:(?:towns?|cit(?:y|ies)|villages?) (?:of )?)?)$",
    re.IGNORECASE,
)
_AND = re.compile(r",? (?:and|to|with) (?:the )?(?:(?:town|city|village) of )?")
_JOINED_ROAD = re.compile(r" (?:international )?(?:road|highway|motorway|route|railway)\b")
# What is between two towns and is no place: "talks between", "the war between".
_RELATION = re.compile(
    r"\b(?:war|talks|relations?|agreement|deal|clashes|fighting|battles?|truce|ceasefire|trade|flights?|ties|tensions?"
    r"|match|game|border|conflict|difference|distance|comparison|choose|choice|rivalry|cooperation|exchange|fights?)"
    r"(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)


def describe(text: str, found: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The mentions with the places that the text describes by them, in order.

    A distance from a place takes that place's stead, over the whole phrase; what lies between two
    places, and a border, stand beside the places they are described by.
    """
    added = [*_between(text, found), *_borders(text, found)]
    anchors: list[PlaceMention] = []
    for each in (*found, *added):
        anchors.append(_away(text, each, found) or _by_line(text, each, found))
    taken = [mention.mention for mention in anchors[len(found) :]]
    kept = [
        mention
        for mention in anchors[: len(found)]
        # "Iraq" in "20 km from the border with Iraq" is said by the border already.
        if not any(_country(mention) and _holds(whole, mention.mention) for whole in taken)
    ]
    return tuple(sorted([*kept, *anchors[len(found) :]], key=lambda each: (each.mention.start, -each.mention.end)))


def _holds(whole: Mention, part: Mention) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _country(found: PlaceMention) -> bool:
    return found.place is not None and found.place.precision is PlacePrecision.COUNTRY


def _point(place: Place | None) -> Point | None:
    return (place.lat, place.lon) if place and place.lat is not None and place.lon is not None else None


def _precision(radius: float) -> PlacePrecision:
    return next((precision for widest, precision in _WIDEST if radius <= widest), PlacePrecision.COUNTRY)


def _mention(text: str, start: int, end: int) -> Mention:
    return Mention(start, end, text[start:end])


def _away(text: str, anchor: PlaceMention, found: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that lies so far from the anchor, the phrase and all; None where no distance leads in."""
    if anchor.place is None or (point := _point(anchor.place)) is None:
        return None
    start = max(0, anchor.mention.start - 90)
    match = _AWAY.search(text[start : anchor.mention.start])
    if match is None:
        return None
    nearest, farthest = _kilometres(match)
    middle = (nearest + farthest) / 2
    reach = _REACH.get(anchor.place.precision, 3.0)
    line = lines.river(anchor.place.name)
    if line is not None:
        point, reach = _stretch(line, anchor, found)
    bearing = _bearing(match["side"]) if match["side"] else None
    if bearing is None:
        radius = max(reach, farthest)
    else:
        point = lines.shifted(point, middle, bearing)
        radius = max(reach, _LEFT_OUT * middle, (farthest - nearest) / 2)
    mention = _mention(text, start + match.start(), anchor.mention.end)
    return PlaceMention(mention, _made(mention, point, _precision(radius), anchor.place))


def _made(mention: Mention, point: Point, precision: PlacePrecision, *of: Place) -> Place:
    name = " ".join(mention.text.split())
    sure = round(min(place.certainty for place in of), 3)
    lat, lon = round(point[0], 4), round(point[1], 4)
    return Place(name, lat, lon, precision, of[0].country, None, of[0].admin, sure, of)


def _kilometres(match: re.Match[str]) -> tuple[float, float]:
    """The nearest and the farthest that the words allow, in kilometres."""
    unit = match["unit"].lower()
    scale = _UNITS.get(unit[:2], _UNITS.get(unit[:1], 1.0))
    far = _number(match["far"]) * scale
    farther = _number(match["farther"]) * scale if match["farther"] else far
    return min(far, farther), max(far, farther)


def _number(word: str) -> float:
    known = _WORDS.get(word.lower())
    return float(known) if known is not None else float(word.replace(",", "."))


def _bearing(side: str) -> float:
    """Degrees clockwise from north of a compass point, of up to three words ("north-northeast")."""
    parts = re.findall(r"north|south|east|west", side.lower())
    degrees = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
    bearing = degrees[parts[-1]]
    for part in reversed(parts[:-1]):
        turn = (degrees[part] - bearing + 180.0) % 360.0 - 180.0
        bearing += turn / 2
    return bearing % 360.0


def _stretch(line: Line, anchor: PlaceMention, found: Sequence[PlaceMention]) -> tuple[Point, float]:
    """The stretch of a line that is meant, as its point and reach: by the place that is named nearest in the text."""
    at = anchor.mention.start
    beside = sorted(
        (abs(each.mention.start - at), point)
        for each in found
        if each.place is not None
        and each.place.precision not in (PlacePrecision.COUNTRY, PlacePrecision.GOVERNORATE)
        and lines.river(each.place.name) is None
        and (point := _point(each.place)) is not None
    )
    for _, point in beside:
        foot = line.nearest(point)
        if (off := lines.apart(point, foot)) <= _NEAR_LINE:
            return foot, max(_STRETCH, off)
    return line.middle, _REACH[PlacePrecision.COUNTRY]


def _by_line(text: str, anchor: PlaceMention, found: Sequence[PlaceMention]) -> PlaceMention:
    """A side of a river ("east of the Euphrates") lies by the stretch that the report's other places are near."""
    place = anchor.place
    if place is None or (line := lines.river(place.name)) is None:
        return anchor
    point, reach = _stretch(line, anchor, found)
    if reach >= _REACH[PlacePrecision.COUNTRY]:
        return anchor
    lat, lon = round(point[0], 4), round(point[1], 4)
    return replace(anchor, place=replace(place, lat=lat, lon=lon, precision=_precision(max(50.1, reach))))


def _between(text: str, found: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    for one, other in pairwise(found):
        near, far = _point(one.place), _point(other.place)
        if one.place is None or other.place is None or near is None or far is None or near == far:
            continue
        if _country(one) or _country(other) or one.place.precision is PlacePrecision.GOVERNORATE:
            continue
        way = lines.apart(near, far)
        start, gap = one.mention.start, text[one.mention.end : other.mention.start]
        end = other.mention.end
        if gap in ("-", "–") or gap == " to ":
            road = _JOINED_ROAD.match(text, end)
            if road is None:
                continue
            end = road.end()
        else:
            lead = _BETWEEN.search(text[max(0, start - 70) : start])
            if lead is None or not _AND.fullmatch(gap):
                continue
            before = text[max(0, start - 120) : max(0, start - 70) + lead.start()]
            road_named = lead["road"] is not None
            if (not road_named and lead["way"].lower() != "between") or (not road_named and _RELATION.search(before)):
                continue
            start = max(0, start - 70) + lead.start()
        if way > _FARTHEST:
            continue
        middle = (near[0] + far[0]) / 2, (near[1] + far[1]) / 2
        mention = _mention(text, start, end)
        precision = _precision(max(way / 2, 5.0))
        yield PlaceMention(mention, _made(mention, middle, precision, one.place, other.place))


# A border's guards and villages are something else than the border.
_NOT_ITS = r"(?! (?:guard|police|force|town|village|cit|crossing|post|official|patrol|control|security))"


def _border_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    people = "|".join(lines.peoples())
    line = r"(?:border|frontier)s?\b"
    pair = (
        rf"(?:the )?(?P<one>{people})(?:[-–/ ](?P<other>{people}))? {line}(?! (?:guard|police|force|town|village|cit))"
    )
    return re.compile(pair), re.compile(rf"(?:the |its )?{line} (?:with|of) (?:the )?$", re.IGNORECASE)


_PAIR, _WITH = _border_patterns()
_OF_BORDER = re.compile(rf"(?:['’]s)? (?:border|frontier)\b{_NOT_ITS}")


def _borders(text: str, found: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The borders that a text names, each as the stretch near the report's other places."""
    for match in _PAIR.finditer(text):
        one, other = lines.country_of(match["one"]), lines.country_of(match["other"] or "")
        yield from _border(_mention(text, match.start(), match.end()), one, other, found)
    for each in found:
        if not _country(each) or each.place is None or each.place.country is None:
            continue
        lead = _WITH.search(text[max(0, each.mention.start - 40) : each.mention.start])
        if lead is not None:
            start = max(0, each.mention.start - 40) + lead.start()
            yield from _border(_mention(text, start, each.mention.end), each.place.country, None, found)
        elif (tail := _OF_BORDER.match(text, each.mention.end)) is not None:
            mention = _mention(text, each.mention.start, tail.end())
            yield from _border(mention, each.place.country, None, found)


def _border(
    mention: Mention, one: str | None, other: str | None, found: Sequence[PlaceMention]
) -> Iterator[PlaceMention]:
    """The border between two countries; with one named, the other is that of the report's other places."""
    if one is None:
        return
    anchor = PlaceMention(mention, None)
    outside = [each for each in found if each.place and each.place.country not in (None, one)]
    outside.sort(key=lambda each: abs(each.mention.start - mention.start))
    across = [other] if other else [each.place.country for each in outside if each.place and each.place.country]
    line = next((known for country in across if (known := lines.border(one, country)) is not None), None)
    if line is None:
        return
    point, reach = _stretch(line, anchor, found)
    pair = (one, other or next(country for country in across if lines.border(one, country) is line))
    beside = [each.place.country for each in outside if each.place] + [
        each.place.country for each in found if each.place and not _country(each)
    ]
    filed = next((country for country in beside if country in pair), pair[0])
    sure = 0.7 if other else 0.6
    place = Place(" ".join(mention.text.split()), *_rounded(point), _precision(max(50.1, reach)), filed, certainty=sure)
    yield PlaceMention(mention, place)


def _rounded(point: Point) -> Point:
    return round(point[0], 4), round(point[1], 4)
