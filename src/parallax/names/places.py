"""The places a report names, each resolved to one place or kept with null coordinates.

A name with many bearers is settled by the report as a whole: the container after a comma,
the countries and states it names, the nearness of its other places, the country of the
outlet's address, and how many people live there. What was close is kept as alternatives.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from parallax.model import Mention, Place, PlaceMention, PlacePrecision, Report
from parallax.names.folding import fold
from parallax.names.gazetteer import Entry, Gazetteer
from parallax.names.recognise import Candidate, recognise

KEPT = 3
WIDEST = 40
NEAR_KM = 120.0
_DOMAIN = re.compile(r"\.([a-z]{2})(?::\d+)?(?:/|$)")
_TLD = {"uk": "GB"}
_GENERIC = frozenset(["co", "tv", "me", "io", "ly", "fm", "am", "cc", "ws", "to", "nu", "in", "it", "is", "at"])


def find(report: Report, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Every place named in the report's text, in order; `place` has null coordinates where none was found."""
    candidates = recognise(report.text, gazetteer)
    chosen = _settle(candidates, _beat(report))
    mentions = []
    for candidate, ranked in zip(candidates, chosen, strict=True):
        mention = Mention(candidate.start, candidate.end, report.text[candidate.start : candidate.end])
        mentions.append(PlaceMention(mention, _place(candidate, ranked)))
    return tuple(mentions)


def kilometres(a: Entry, b: Entry) -> float:
    """The great-circle distance (haversine, a sphere of 6,371 km); infinite where either is not located."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    lat, lon, other_lat, other_lon = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(half))


def _beat(report: Report) -> str | None:
    """The country of the outlet's address, by its top-level domain."""
    for address in (report.outlet, report.url):
        host = re.sub(r"^[a-z]+://", "", (address or "").lower()).split("/")[0]
        match = _DOMAIN.search(host)
        if match and match.group(1) not in _GENERIC:
            return _TLD.get(match.group(1), match.group(1).upper())
    return None


def _settle(candidates: list[Candidate], beat: str | None) -> list[list[tuple[float, Entry]]]:
    """For each candidate its entries with points, the best first."""
    options = [_options(candidate) for candidate in candidates]
    countries: dict[str, float] = defaultdict(float)
    states: dict[tuple[str, str], float] = defaultdict(float)
    if beat:
        countries[beat] += 1.5
    for candidate, entries in zip(candidates, options, strict=True):
        regions = [entry for entry in entries if entry.region]
        if len(regions) == 1 and len({entry.country for entry in entries}) <= 3:
            region = regions[0]
            if region.country:
                countries[region.country] += 1.0
                if region.admin1:
                    states[region.country, region.admin1] += 1.0
        elif candidate.container:
            for region in candidate.container[:1]:
                if region.country:
                    countries[region.country] += 1.0
    ranked = [_rank(entries, countries, states, {}) for entries in options]
    for _ in range(2):
        chosen = _chosen(candidates, ranked)
        seen_countries, seen_states = dict(countries), dict(states)
        for name, (entry, sure) in chosen.items():
            del name
            if entry.country:
                seen_countries[entry.country] = seen_countries.get(entry.country, 0.0) + 0.5 * sure
                if entry.admin1:
                    key = (entry.country, entry.admin1)
                    seen_states[key] = seen_states.get(key, 0.0) + 0.5 * sure
        ranked = [
            _rank(entries, seen_countries, seen_states, {k: v for k, v in chosen.items() if k != fold(candidate.text)})
            for candidate, entries in zip(candidates, options, strict=True)
        ]
    return _one_sense(candidates, ranked)


def _options(candidate: Candidate) -> tuple[Entry, ...]:
    """The entries that the words themselves allow: the container's, and the division or the town as named."""
    entries = candidate.entries
    if candidate.container:
        inside = [entry for entry in entries if any(_within(entry, region) for region in candidate.container)]
        entries = tuple(inside) or entries
    if candidate.feature in _DIVISIONS:
        regions = tuple([entry for entry in entries if entry.region])
        entries = regions or entries
    if len(entries) > WIDEST:
        entries = tuple(sorted(entries, key=lambda entry: -entry.weight)[:WIDEST])
    return entries


_DIVISIONS = frozenset(
    ["county", "parish", "province", "governorate", "governate", "district", "region", "state", "countryside", "oblast"]
)


def _within(entry: Entry, region: Entry) -> bool:
    if entry is region or entry.country != region.country:
        return False
    return region.admin1 is None or entry.admin1 == region.admin1


def _rank(
    entries: Iterable[Entry],
    countries: Mapping[str, float],
    states: Mapping[tuple[str, str], float],
    others: Mapping[str, tuple[Entry, float]],
) -> list[tuple[float, Entry]]:
    total = sum(countries.values()) or 1.0
    all_states = sum(states.values()) or 1.0
    points = []
    for entry in entries:
        score = math.log10(entry.weight + 30)
        if entry.region:
            score += 1.5 if entry.precision is PlacePrecision.COUNTRY else 0.7
        if entry.country:
            score += 2.0 * countries.get(entry.country, 0.0) / total
            if entry.admin1:
                score += 3.0 * states.get((entry.country, entry.admin1), 0.0) / all_states
        if others:
            near = sum(sure * math.exp(-kilometres(entry, other) / NEAR_KM) for other, sure in others.values())
            score += min(2.5, 1.5 * near)
        points.append((score, entry))
    points.sort(key=lambda item: (-item[0], item[1].name, item[1].geonameid or 0))
    return points


def _chosen(candidates: list[Candidate], ranked: list[list[tuple[float, Entry]]]) -> dict[str, tuple[Entry, float]]:
    chosen: dict[str, tuple[Entry, float]] = {}
    for candidate, order in zip(candidates, ranked, strict=True):
        if order:
            sure = _certainty(order) if not candidate.container else 1.0
            name = fold(candidate.text)
            if name not in chosen or chosen[name][1] < sure:
                chosen[name] = (order[0][1], sure)
    return chosen


def _certainty(order: list[tuple[float, Entry]]) -> float:
    """The share of the best among all, by a softmax over their points."""
    top = order[0][0]
    return 1.0 / sum(math.exp(2.0 * (score - top)) for score, _ in order)


def _one_sense(candidates: list[Candidate], ranked: list[list[tuple[float, Entry]]]) -> list[list[tuple[float, Entry]]]:
    """One report means one place by one name: the mention with a container decides for the others."""
    decided: dict[str, list[tuple[float, Entry]]] = {}
    for candidate, order in zip(candidates, ranked, strict=True):
        if candidate.container and order:
            decided.setdefault(fold(candidate.text), order)
    return [
        order if candidate.container or candidate.feature in _DIVISIONS else decided.get(fold(candidate.text), order)
        for candidate, order in zip(candidates, ranked, strict=True)
    ]


def _place(candidate: Candidate, order: list[tuple[float, Entry]]) -> Place:
    if not order:
        precision = PlacePrecision.STREET if candidate.street else PlacePrecision.VILLAGE
        if candidate.feature in _DIVISIONS:
            precision = PlacePrecision.DISTRICT
        return Place(candidate.text, None, None, precision, certainty=0.3)
    certainty = round(_certainty(order), 3)
    rest = tuple([_as_place(entry, 0.0) for _, entry in order[1 : 1 + KEPT]])
    return _as_place(order[0][1], certainty, rest)


def _as_place(entry: Entry, certainty: float, alternatives: tuple[Place, ...] = ()) -> Place:
    return Place(
        entry.name,
        entry.lat,
        entry.lon,
        entry.precision,
        entry.country,
        entry.geonameid,
        (entry.admin1,) if entry.admin1 else (),
        certainty,
        alternatives,
    )
