"""Claims with their names resolved: what linking works on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from parallax.model import (
    Claim,
    Mention,
    Place,
    PlaceMention,
    PlacePrecision,
    Report,
    Statement,
)
from parallax.names import places, voices
from parallax.names.anaphora import traced
from parallax.names.folding import fold
from parallax.names.gazetteer import Gazetteer
from parallax.names.parties import Parties, load
from parallax.names.reference import doers_and_harmed, look

# How much less sure a place is that stands for "the town" than the name it stands for.
STAND_IN = 0.6
_FINENESS = {precision: rank for rank, precision in enumerate(PlacePrecision)}
_SETTLED = (PlacePrecision.NEIGHBOURHOOD, PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY)
_STANDS_FOR = re.compile(
    r"(?:the|this|that|same|nearby|besieged|embattled|\s)*"
    r"(city|town|village|area|district|neighbou?rhood|province|region|camp|enclave|there|here|place|it)",
    re.IGNORECASE,
)


def state(
    report: Report, claims: Sequence[Claim], gazetteer: Gazetteer, parties: Parties | None = None
) -> tuple[Statement, ...]:
    """One statement for each claim, in the same order.

    The place of a claim is what the report's reading of places says of the words it
    stands on, so that one name means one place throughout the report. Who did it and whom
    it befell are whom the report means by those words.
    """
    parties = parties or load()
    wheres = [claim.where for claim in claims if claim.where and not _STANDS_FOR.fullmatch(claim.where.text.strip())]
    mentions = places.find(report, gazetteer, wheres) if any(claim.where for claim in claims) else ()
    day = report.published.day if report.published else None
    spoken = traced(claims, [voices.resolve(claim, report, parties) for claim in claims])
    scene = look(report, parties, voices.outlet(report).party)
    cast = doers_and_harmed(claims, scene, parties, [voice.party for voice in spoken])
    return tuple(
        Statement(
            claim,
            voice,
            _place(claim.where, mentions, gazetteer) if claim.where else None,
            who,
            whom,
            report.outlet,
            day,
        )
        for claim, voice, (who, whom) in zip(claims, spoken, cast, strict=True)
    )


def _place(where: Mention, mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> Place | None:
    """The finest place read within the words; else the place they stand for; else the same name elsewhere."""
    inside = [found for found in mentions if found.mention.span.touches(where.span)]
    if not inside:
        if fold(where.text) in ("the capital", "capital", "the capital city"):
            return _capital(mentions, gazetteer)
        stands_for = _STANDS_FOR.fullmatch(where.text.strip())
        if stands_for:
            return _before(where, stands_for.group(1).lower(), mentions)
        bare = fold(where.text)
        inside = [found for found in mentions if fold(found.mention.text) == bare]
    # "Between Hajin and Baghuz" is what is said, not the two towns that say it.
    inside = [found for found in inside if not any(_wider(other.mention, found.mention) for other in inside)]
    known = [found.place for found in inside if found.place is not None]
    return min(known, key=lambda place: (place.lat is None, _FINENESS[place.precision]), default=None)


def _wider(whole: Mention, part: Mention) -> bool:
    return whole != part and whole.start <= part.start and part.end <= whole.end


def _capital(mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> Place | None:
    """The capital of the country that most of the report's places lie in."""
    countries = Counter(found.place.country for found in mentions if found.place and found.place.country)
    for country, _ in countries.most_common(1):
        entry = gazetteer.capital(country)
        if entry is not None:
            return places.as_place(entry, STAND_IN)
    return None


def _before(where: Mention, word: str, mentions: Sequence[PlaceMention]) -> Place | None:
    """The last place named before "the town" that can be meant by it."""
    for found in reversed([found for found in mentions if found.mention.end <= where.start]):
        place = found.place
        if place is None or place.lat is None:
            continue
        divided = word in ("province", "region", "district")
        if divided == (place.precision not in _SETTLED) and place.precision is not PlacePrecision.COUNTRY:
            return replace(place, certainty=round(place.certainty * STAND_IN, 3))
    return None
