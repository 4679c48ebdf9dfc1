"""A statement: a claim with its names resolved, and what they are resolved to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from parallax.model.claim import Claim
from parallax.model.slots import Mention


class VoiceType(StrEnum):
    """What kind of voice vouches for a claim."""

    OUTLET = "outlet"
    AGENCY = "agency"
    MONITOR = "monitor"
    PARTY = "party"
    OFFICIAL = "official"
    PERSON = "person"
    UNNAMED = "unnamed"


class PlacePrecision(StrEnum):
    """How exactly a place is known (Airwars' scale), the finest first."""

    EXACT = "exact location"
    LANDMARK = "nearby landmark"
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood"
    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    COUNTRY = "country"


class Tie(StrEnum):
    """How the words of a sentence stand to what was told before it."""

    BACK = "refers back"  # "the raid", "those strikes"
    PRONOUN = "begins with a pronoun"  # "It killed six", "Among the dead"
    ASIDE = "turns aside"  # "Meanwhile", "Also"
    EARLIER = "looks to an earlier time"  # "last week", "since 2015"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches. `key` is one for all spellings; `party` names the actor it speaks for, if any."""

    key: str
    name: str
    type: VoiceType
    party: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a claim names, resolved; `side` groups actors that fight together."""

    key: str
    name: str
    side: str | None = None
    certainty: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim says, resolved. `lat` and `lon` are degrees (WGS 84), None if not found."""

    name: str
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    country: str | None = None
    geonameid: int | None = None
    admin: tuple[str, ...] = ()
    certainty: float = 1.0
    alternatives: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text, and what it was resolved to."""

    mention: Mention
    place: Place | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with its names resolved, and what the report tells of itself: what linking works on.

    `over_days`: its words count over a stretch of days ("since Tuesday"), so it is of no one happening;
    `another`: its words say that it is another happening than those told before ("in a separate strike");
    `ties`: how else its sentence stands to those before it, sorted.
    `dead`: how many dead its sentence comes to, where that is another number than the claim counts ("three
    were shot, one fatally": 1); 0 where it says that they were hit, and of nobody that he died.
    """

    claim: Claim
    voice: Voice
    place: Place | None = None
    who: Actor | None = None
    whom: Actor | None = None
    outlet: str | None = None
    published: date | None = None
    over_days: bool = False
    another: bool = False
    ties: tuple[Tie, ...] = ()
    dead: int | None = None
