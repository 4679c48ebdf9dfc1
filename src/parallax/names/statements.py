"""Claims with their names resolved: what linking works on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from parallax.model import (
    HARMS,
    Actor,
    Claim,
    Kind,
    Mention,
    Place,
    PlaceMention,
    PlacePrecision,
    Report,
    Statement,
    VictimClass,
)
from parallax.names import actors, places, voices
from parallax.names.folding import fold
from parallax.names.gazetteer import Gazetteer

# How much less sure a place is that stands for "the town" than the name it stands for.
STAND_IN = 0.6
_FINENESS = {precision: rank for rank, precision in enumerate(PlacePrecision)}
_SETTLED = (PlacePrecision.NEIGHBOURHOOD, PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY)
_STANDS_FOR = re.compile(
    r"(?:the|this|that|same|nearby|besieged|embattled|\s)*"
    r"(city|town|village|area|district|neighbou?rhood|province|region|camp|enclave|there|here|place|it)",
    re.IGNORECASE,
)


def state(report: Report, claims: Sequence[Claim], gazetteer: Gazetteer) -> tuple[Statement, ...]:
    """One statement for each claim, in the same order.

    The place of a claim is what the report's reading of places says of the words it
    stands on, so that one name means one place throughout the report.
    """
    wheres = [claim.where for claim in claims if claim.where and not _STANDS_FOR.fullmatch(claim.where.text.strip())]
    mentions = places.find(report, gazetteer, wheres) if any(claim.where for claim in claims) else ()
    day = report.published.day if report.published else None
    return tuple(
        Statement(
            claim,
            voices.resolve(claim, report),
            _place(claim.where, mentions, gazetteer) if claim.where else None,
            actors.resolve(claim.who.text, day) if claim.who else None,
            _whom(claim, day),
            report.outlet,
            day,
        )
        for claim in claims
    )


def _whom(claim: Claim, day: date | None) -> Actor | None:
    """Whom it befell; an army that is attacked, counted or marches off is named as one that acts is."""
    if claim.whom is None:
        return None
    if claim.kind in (*HARMS, Kind.AID) or claim.whom_class is VictimClass.CIVILIAN:
        return actors.harmed(claim.whom.text, claim.whom_class, day)
    return actors.resolve(claim.whom.text, day)


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
    known = [found.place for found in inside if found.place is not None]
    return min(known, key=lambda place: (place.lat is None, _FINENESS[place.precision]), default=None)


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
