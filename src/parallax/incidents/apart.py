"""Claims that belong to no incident, and why.

An incident is a happening that somebody tells of. A running total, a count over several days
and the strength of a force are of many happenings or of none: no toll may rest on them. What
a report tells in passing, with neither a day nor a place of its own ("the war that drove
millions out"), could be of any happening of its land. Such claims are read and kept, and stand
apart; a person's merge puts any of them into an incident all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from parallax.incidents import places
from parallax.incidents.profile import STANDING, VAGUE, family
from parallax.incidents.words import named_place, persons
from parallax.model import Kind, PlacePrecision, Statement, Telling

LEAD = 400  # code points from the start of a report within which it tells of what it is about
LONG = 7  # days: an interval longer than this says little of when one thing happened
FINE = places.FINENESS[PlacePrecision.SUBDISTRICT]
WIDE = places.FINENESS[PlacePrecision.COUNTRY]
CHANGES = (Kind.SEIZED, Kind.WITHDREW)
KNOWN = 2  # points for day and place from which a telling can be found again


class Reason(StrEnum):
    """Why a claim is of no incident."""

    TOTAL = "a running total"
    OVER_DAYS = "a count over several days"
    STRENGTH = "the strength of a force, which is no happening"
    PASSING = "told in passing, with neither day nor place enough to know which happening"


_STANDING = {"total": Reason.TOTAL, "over days": Reason.OVER_DAYS, "strength": Reason.STRENGTH}


def why(statement: Statement) -> Reason:
    """Why a statement that is in no incident is in none."""
    return _STANDING.get(family(statement), Reason.PASSING)


def reason(statements: Iterable[Statement]) -> Reason | None:
    """Why the statements of one telling make no incident by themselves; None where they do."""
    known = list(statements)
    families = {family(s) for s in known}
    if families <= STANDING:
        return _STANDING[min(families)] if families else Reason.PASSING
    if any(_is_known(s) for s in known):
        return None
    days = _day(known)
    if days == 0 and all(s.claim.kind in CHANGES for s in known):
        return Reason.PASSING  # "the north is held by rebels" is how things stand
    return None if days + _place(known) >= KNOWN else Reason.PASSING


def reason_of(telling: Telling, statements: Mapping[str, Statement]) -> Reason | None:
    """The same of a telling; claims that are not in `statements` are passed over."""
    return reason(statements[key] for key in telling.claims if key in statements)


def _is_known(s: Statement) -> bool:
    """Whether the statement opens its report, or names who was harmed or did it."""
    named = any(persons(mention) for mention in (s.claim.whom, s.claim.who))
    return s.claim.start < LEAD or (named and s.who is None and s.whom is None)


def _day(known: Iterable[Statement]) -> int:
    lengths = [s.claim.when.length for s in known if s.claim.when]
    return 0 if not lengths or min(lengths) > VAGUE else 2 if min(lengths) <= LONG else 1


def _place(known: Iterable[Statement]) -> int:
    """Points for the finest place that a claim names itself; one taken from context says nothing of its own."""
    points = 0
    for s in known:
        if not named_place(s.claim.where):
            continue
        fineness = FINE if s.place is None else places.FINENESS[s.place.precision]
        points = max(points, 2 if fineness <= FINE else 1 if fineness < WIDE else 0)
    return points
