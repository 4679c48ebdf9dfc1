"""A report's text cut where claims begin and end, so that a page can mark each stretch."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from parallax.model import Claim, Mention, Report, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that one set of claims covers.

    `begins` are the claims whose sentence starts here; `slots` names the slots whose
    words these are ("who", "where", ...).
    """

    text: str
    zone: ZoneKind
    claims: tuple[Claim, ...]
    begins: tuple[Claim, ...]
    slots: tuple[str, ...]


def _mentions(claim: Claim) -> list[tuple[str, Mention]]:
    named = (
        ("whom", claim.whom),
        ("who", claim.who),
        ("where", claim.where),
        ("voice", claim.voice),
        ("via", claim.via),
    )
    return [(slot, mention) for slot, mention in named if mention is not None]


def stretches(report: Report, claims: Sequence[Claim]) -> tuple[Stretch, ...]:
    """The whole text, cut at every end of a claim, a mention or a zone; joined, the pieces are the text."""
    mentions = [(slot, mention) for claim in claims for slot, mention in _mentions(claim)]
    cuts = {0, len(report.text)}
    for claim in claims:
        cuts |= {claim.start, claim.end}
    for _, mention in mentions:
        cuts |= {mention.start, mention.end}
    for zone in report.zones:
        cuts |= {zone.start, zone.end}
    ends = sorted(cut for cut in cuts if 0 <= cut <= len(report.text))
    made = []
    for start, end in itertools.pairwise(ends):
        over = tuple(claim for claim in claims if claim.start <= start and end <= claim.end)
        slots = sorted({slot for slot, mention in mentions if mention.start <= start and end <= mention.end})
        begins = tuple(claim for claim in over if claim.start == start)
        made.append(Stretch(report.text[start:end], _zone(report.zones, start), over, begins, tuple(slots)))
    return tuple(made)


def _zone(zones: Sequence[Zone], at: int) -> ZoneKind:
    return next((zone.kind for zone in zones if zone.start <= at < zone.end), ZoneKind.BODY)
