"""A report's text cut where claims and their slots begin and end, so that a page can mark each piece."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parallax.model import Claim, Mention, Report, Zone, ZoneKind

# A text whose lines are shorter than this was broken to the width of a page: its lines are no paragraphs.
LINE = 100
_INK = re.compile(r"\S")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text within which nothing changes, from the code point `start` on.

    `claims` cover it, the shortest first; `slots` are the slots whose words these are, each with its
    claim; `begins` and `ends` are the claims that begin with its first and end with its last character;
    `marks` are the claims whose number stands before it: at the words of their count, else at their beginning.
    """

    start: int
    text: str
    zone: ZoneKind
    claims: tuple[Claim, ...] = ()
    slots: tuple[tuple[str, Claim], ...] = ()
    begins: tuple[Claim, ...] = ()
    ends: tuple[Claim, ...] = ()
    marks: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that a chain of overlapping claims covers (one sentence, most often), or that none does."""

    claims: tuple[Claim, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The stretch's text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, or several that one claim runs through: its stretches, and the claims that begin in it."""

    stretches: tuple[Stretch, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that stand in it, in the order of the text."""
        return tuple(claim for stretch in self.stretches for claim in stretch.claims)

    @property
    def zone(self) -> ZoneKind:
        """What part of the page it is: that of its first words."""
        pieces = [piece for stretch in self.stretches for piece in stretch.pieces]
        return next((piece.zone for piece in pieces if piece.text.strip()), pieces[0].zone)

    @property
    def text(self) -> str:
        """The row's text, with the blank lines that end it."""
        return "".join(stretch.text for stretch in self.stretches)


@dataclass(slots=True)
class _Group:
    start: int
    end: int
    claims: list[Claim]
    mentions: list[tuple[str, Mention, Claim]]


def anchor(report: Report, claim: Claim) -> int:
    """Where a claim's number stands in the text: at the words of its count, else where it begins."""
    counted = _counted(report, claim)
    return counted.start if counted else claim.start


def rows(report: Report, claims: Sequence[Claim]) -> tuple[Row, ...]:
    """The text by paragraphs, in order; the rows joined are the text, and every claim stands in one row."""
    made = stretches(report, claims)
    inside = [(stretch.pieces[0].start, _end(stretch)) for stretch in made if stretch.claims and stretch.text]
    begins = [start for start, _ in inside]

    def splits(cut: int) -> bool:
        at = bisect_right(begins, cut) - 1
        return at < 0 or not inside[at][0] < cut < inside[at][1]

    zones = {_past_blanks(report.text, cut) for zone in report.zones for cut in (zone.start, zone.end)}
    every = sorted(cut for cut in {*_paragraphs(report.text), *zones} if 0 < cut < len(report.text))
    cuts = [cut for cut in every if splits(cut)]
    found: list[list[Stretch]] = [[]]
    for stretch in _cut(made, cuts):
        if len(found) <= len(cuts) and found[-1] and stretch.pieces[0].start >= cuts[len(found) - 1]:
            found.append([])
        found[-1].append(stretch)
    return tuple(Row(tuple(some)) for some in found if some)


def _end(stretch: Stretch) -> int:
    return stretch.pieces[-1].start + len(stretch.pieces[-1].text)


def _past_blanks(text: str, at: int) -> int:
    """The place of the first character from here on that is no white space."""
    found = _INK.search(text, at)
    return found.start() if found else len(text)


def _paragraphs(text: str) -> list[int]:
    """Where paragraphs begin, the first left out."""
    if found := [blank.end() for blank in _BLANK.finditer(text) if blank.end() < len(text)]:
        return found
    lines = [at.end() for at in re.finditer(r"\n", text) if at.end() < len(text)]
    return lines if lines and len(text) / (len(lines) + 1) > LINE else []


def _cut(made: Iterable[Stretch], cuts: Sequence[int]) -> Iterator[Stretch]:
    """The stretches, those of no claim cut where paragraphs begin."""
    for stretch in made:
        if stretch.claims:
            yield stretch
            continue
        for piece in stretch.pieces:
            end = piece.start + len(piece.text)
            edges = [piece.start, *(cut for cut in cuts if piece.start < cut < end), end]
            for a, b in itertools.pairwise(edges):
                yield Stretch((), (Piece(a, piece.text[a - piece.start : b - piece.start], piece.zone),))


def stretches(report: Report, claims: Sequence[Claim]) -> tuple[Stretch, ...]:
    """The whole text in order; the stretches joined are the text, and every claim begins once and ends once."""
    groups = _groups(claims, len(report.text))
    _hand_out([found for claim in claims for found in _mentions(report, claim)], groups)
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


def _mentions(report: Report, claim: Claim) -> list[tuple[str, Mention, Claim]]:
    named = (
        ("count", _counted(report, claim)),
        ("whom", claim.whom),
        ("who", claim.who),
        ("where", claim.where),
        ("voice", claim.voice),
        ("via", claim.via),
    )
    return [(slot, mention, claim) for slot, mention in named if mention is not None]


def _counted(report: Report, claim: Claim) -> Mention | None:
    """Where the words of the count stand: a count has no place of its own, so the first such words of the claim."""
    if claim.count is None or not claim.count.text:
        return None
    words = re.compile(rf"(?<!\w){re.escape(claim.count.text)}(?!\w)")
    found = words.search(report.text, claim.start, claim.end)
    return Mention(found.start(), found.end(), found[0]) if found else None


def _hand_out(mentions: Iterable[tuple[str, Mention, Claim]], groups: Sequence[_Group]) -> None:
    """Give each mention to the group it stands in; one that stands in none is not marked."""
    starts = [group.start for group in groups]
    for slot, mention, claim in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0 and mention.start < mention.end <= groups[index].end:
            groups[index].mentions.append((slot, mention, claim))


def _plain(report: Report, start: int, end: int) -> Iterator[Stretch]:
    if start < end:
        cuts = {start, end} | {cut for zone in report.zones for cut in (zone.start, zone.end) if start < cut < end}
        pieces = (Piece(a, report.text[a:b], _zone(report.zones, a)) for a, b in itertools.pairwise(sorted(cuts)))
        yield Stretch((), tuple(pieces))


def _pieces(report: Report, group: _Group) -> Iterator[Piece]:
    length = len(report.text)
    spans = [(min(claim.start, length), min(claim.end, length), claim) for claim in group.claims]
    spans.sort(key=lambda span: (span[1] - span[0], span[2].kind, span[2].key))
    edges = [cut for start, end, _ in spans for cut in (start, end)]
    edges += [cut for _, mention, _ in group.mentions for cut in (mention.start, mention.end)]
    edges += [cut for zone in report.zones for cut in (zone.start, zone.end)]
    cuts = sorted({group.start, group.end} | {cut for cut in edges if group.start < cut < group.end})
    if len(cuts) == 1:
        whole = tuple(group.claims)
        yield Piece(group.start, "", _zone(report.zones, group.start), whole, (), whole, whole, whole)
    counted = {claim.key: mention.start for slot, mention, claim in group.mentions if slot == "count"}
    for start, end in itertools.pairwise(cuts):
        slots = {(slot, c.key): (slot, c) for slot, m, c in group.mentions if m.start <= start and end <= m.end}
        yield Piece(
            start,
            report.text[start:end],
            _zone(report.zones, start),
            tuple(claim for a, b, claim in spans if a <= start and end <= b),
            tuple(slots[key] for key in sorted(slots)),
            tuple(claim for claim in group.claims if min(claim.start, length) == start),
            tuple(claim for a, b, claim in spans if (start if a == b else end) == b),
            tuple(c for c in group.claims if counted.get(c.key, min(c.start, length)) == start),
        )


def _zone(zones: Sequence[Zone], at: int) -> ZoneKind:
    return next((zone.kind for zone in zones if zone.start <= at < zone.end), ZoneKind.BODY)
