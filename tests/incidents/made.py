"""Statements, tellings and judgements made for the tests, in few words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count as counter
from typing import Any

from parallax.incidents.tell import tell
from parallax.model import (
    Actor,
    Claim,
    Count,
    Days,
    Judgement,
    Kind,
    Mention,
    Place,
    PlacePrecision,
    Statement,
    Telling,
    Verb,
    VictimClass,
    Voice,
    VoiceType,
)

BALAKLAVA = Place("Balaklava", 44.49, 33.60, PlacePrecision.TOWN, "UA", 1, ("Crimea",))
INKERMAN = Place("Inkerman", 44.61, 33.61, PlacePrecision.TOWN, "UA", 2, ("Crimea",))
SEVASTOPOL = Place("Sevastopol", 44.60, 33.52, PlacePrecision.CITY, "UA", 3, ("Crimea",))
VARNA = Place("Varna", 43.21, 27.91, PlacePrecision.CITY, "BG", 4, ("Varna",))
ODESSA = Place("Odessa", 46.48, 30.73, PlacePrecision.CITY, "UA", 5, ("Odessa",))
CRIMEA = Place("Crimea", 45.30, 34.40, PlacePrecision.GOVERNORATE, "UA", 6)
UKRAINE = Place("Ukraine", 49.0, 32.0, PlacePrecision.COUNTRY, "UA", 7)


def day(text: str, last: str | None = None) -> Days:
    """The day, or the days up to `last`."""
    return Days(date.fromisoformat(text), date.fromisoformat(last or text))


def mention(text: str) -> Mention:
    return Mention(0, len(text), text)


def said(
    report: str,
    at: int,
    kind: Kind,
    *,
    when: Days | None = None,
    place: Place | None = None,
    where: str | None = None,
    number: int | tuple[int | None, int | None] | None = None,
    whom: str | None = None,
    whom_class: VictimClass = VictimClass.UNKNOWN,
    who: str | None = None,
    voice: str = "author",
    published: str | None = "1854-11-20",
    outlet: str | None = None,
    **slots: Any,
) -> Statement:
    """A statement of `report` whose sentence starts at `at` and is 20 code points long, in an outlet of its own."""
    named = where or (place.name if place else None)
    low, high = (number, number) if isinstance(number, int) else number or (None, None)
    claim = Claim.of(
        report,
        at,
        at + 20,
        kind,
        when=when,
        where=mention(named) if named else None,
        count=None if number is None else Count(low, high, str(number)),
        whom=mention(whom) if whom else None,
        whom_class=whom_class,
        who=mention(who) if who else None,
        **slots,
    )
    return Statement(
        claim,
        Voice(voice, voice, VoiceType.OUTLET),
        place=place,
        who=Actor(who.lower(), who, who.lower()) if who else None,
        outlet=outlet or report,
        published=date.fromisoformat(published) if published else None,
    )


def told(*reports: Iterable[Statement]) -> tuple[tuple[Telling, ...], dict[str, Statement]]:
    """The tellings of some reports, and their statements by claim key."""
    lists = [list(report) for report in reports]
    tellings = tuple(telling for report in lists for telling in tell(report))
    return tellings, {s.claim.key: s for report in lists for s in report}


_minutes = counter()


def judged(verb: Verb, *claims: str) -> Judgement:
    """A judgement later than all judgements made before it."""
    n = next(_minutes)
    at = datetime(2020, 1, 1 + n // 1440 % 28, n // 60 % 24, n % 60, tzinfo=UTC)
    return Judgement(verb, claims, "a person", "they say so", at)
