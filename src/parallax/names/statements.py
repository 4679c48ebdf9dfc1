"""Claims with their names resolved: what linking works on."""

from __future__ import annotations

from collections.abc import Sequence

from parallax.model import Claim, Mention, Place, PlaceMention, Report, Statement
from parallax.names import actors, places, voices
from parallax.names.folding import fold
from parallax.names.gazetteer import Gazetteer


def state(report: Report, claims: Sequence[Claim], gazetteer: Gazetteer) -> tuple[Statement, ...]:
    """One statement for each claim, in the same order.

    The place of a claim is what the report's reading of places says of the words it
    stands on, so that one name means one place throughout the report.
    """
    mentions = places.find(report, gazetteer) if any(claim.where for claim in claims) else ()
    day = report.published.day if report.published else None
    return tuple(
        Statement(
            claim,
            voices.resolve(claim, report),
            _place(claim.where, mentions) if claim.where else None,
            actors.resolve(claim.who.text, day) if claim.who else None,
            actors.resolve(claim.whom.text, day) if claim.whom else None,
            report.outlet,
            day,
        )
        for claim in claims
    )


def _place(where: Mention, mentions: Sequence[PlaceMention]) -> Place | None:
    """The most specific place read within the words; failing that, the same name elsewhere in the report."""
    inside = [m for m in mentions if m.place is not None and m.mention.span.touches(where.span)]
    if not inside:
        bare = fold(where.text)
        inside = [m for m in mentions if m.place is not None and fold(m.mention.text) == bare]
    if not inside:
        return None
    return min(inside, key=lambda m: (m.place is None or m.place.lat is None, m.mention.start)).place
