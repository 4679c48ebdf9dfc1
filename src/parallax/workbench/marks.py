"""A report's text cut where claims and their slots begin and end, so that a page can mark each stretch."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parallax.model import Claim, Mention, Report, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class Piece:
    """Text within which nothing changes: its zone, the slots whose words these are, the claims that begin here."""

    text: str
    zone: ZoneKind
    slots: tuple[str, ...] = ()
    begins: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that a chain of overlapping claims covers (one sentence, most often), or that none does."""

    claims: tuple[Claim, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The stretch's text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Group:
    start: int
    end: int
    claims: list[Claim]
    mentions: list[tuple[str, Mention]]


def stretches(report: Report, claims: Sequence[Claim]) -> tuple[Stretch, ...]:
    """The whole text in order; the stretches joined are the text, and every claim begins once."""
    groups = _groups(claims, len(report.text))
    _hand_out([(slot, mention) for claim in claims for slot, mention in _mentions(claim)], groups)
    made: list[Stretch] = []
    at = 0
    for group in groups:
        made.extend(_plain(report, at, group.start))
        made.append(Stretch(tuple(group.claims), tuple(_pieces(report, group))))
        at = group.end
    made.extend(_plain(report, at, len(report.text)))
    return tuple(made)


def _groups(claims: Sequence[Claim], length: int) -> list[_Group]:
    groups: list[_Group] = []
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end, claim.kind, claim.key)):
        start, end = min(claim.start, length), min(claim.end, length)
        if groups and start < groups[-1].end:
            groups[-1].claims.append(claim)
            groups[-1].end = max(groups[-1].end, end)
        else:
            groups.append(_Group(start, end, [claim], []))
    return groups


def _mentions(claim: Claim) -> list[tuple[str, Mention]]:
    named = (
        ("whom", claim.whom),
        ("who", claim.who),
        ("where", claim.where),
        ("voice", claim.voice),
        ("via", claim.via),
    )
    return [(slot, mention) for slot, mention in named if mention is not None]


def _hand_out(mentions: Iterable[tuple[str, Mention]], groups: Sequence[_Group]) -> None:
    """Give each mention to the group it stands in; one that stands in none is not marked."""
    starts = [group.start for group in groups]
    for slot, mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0 and mention.end <= groups[index].end:
            groups[index].mentions.append((slot, mention))


def _plain(report: Report, start: int, end: int) -> Iterator[Stretch]:
    if start < end:
        cuts = {start, end} | {cut for zone in report.zones for cut in (zone.start, zone.end) if start < cut < end}
        pieces = (Piece(report.text[a:b], _zone(report.zones, a)) for a, b in itertools.pairwise(sorted(cuts)))
        yield Stretch((), tuple(pieces))


def _pieces(report: Report, group: _Group) -> Iterator[Piece]:
    ends = [cut for claim in group.claims for cut in (claim.start, claim.end)]
    ends += [cut for _, mention in group.mentions for cut in (mention.start, mention.end)]
    ends += [cut for zone in report.zones for cut in (zone.start, zone.end)]
    cuts = sorted({group.start, group.end} | {cut for cut in ends if group.start < cut < group.end})
    if len(cuts) == 1:
        yield Piece("", _zone(report.zones, group.start), (), tuple(group.claims))
    for start, end in itertools.pairwise(cuts):
        slots = sorted({slot for slot, mention in group.mentions if mention.start <= start and end <= mention.end})
        begins = tuple(claim for claim in group.claims if min(claim.start, len(report.text)) == start)
        yield Piece(report.text[start:end], _zone(report.zones, start), tuple(slots), begins)


def _zone(zones: Sequence[Zone], at: int) -> ZoneKind:
    return next((zone.kind for zone in zones if zone.start <= at < zone.end), ZoneKind.BODY)
