"""Reading one's own sentences by the rules alone: what the tests of the rules share."""

from __future__ import annotations

from datetime import date

from parallax.claims import reader, repeats, rules
from parallax.model import Claim, DateSource, Kind, Published, Report, Zone

PUBLISHED = Published(date(2020, 5, 6), DateSource.GIVEN)  # a Wednesday


def report(text: str, zones: tuple[Zone, ...] = (), language: str | None = None) -> Report:
    """A report of this text, published on a Wednesday."""
    return Report.of(text, published=PUBLISHED, zones=zones, language=language)


def read(given: Report) -> tuple[Claim, ...]:
    """The claims that the rules find in a report, in English or not."""
    seen = rules.look(given, rules.stretches(given))
    return reader.claims(given, repeats.join([reading for one in seen for reading in one.readings]))


def claims(text: str, kind: Kind | None = None) -> tuple[Claim, ...]:
    """The claims of this text, of one kind if one is asked for."""
    return tuple(claim for claim in read(report(text)) if kind is None or claim.kind is kind)


def only(text: str, kind: Kind) -> Claim:
    """The one claim of this kind; fails where there is none or more than one."""
    found = claims(text, kind)
    assert len(found) == 1, [(claim.kind, claim.count, claim.whom) for claim in found]
    return found[0]


def ends(claim: Claim) -> tuple[int | None, int | None] | None:
    """Both ends of a claim's count, or None."""
    return (claim.count.low, claim.count.high) if claim.count else None
