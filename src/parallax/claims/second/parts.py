"""A report cut into parts that one question can hold, at the borders of its passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parallax.claims import passages
from parallax.model import Passage, Report, Span, ZoneKind

LONGEST = 6000
BEFORE = 600
_LONGEST_PASSAGE = 3000


@dataclass(frozen=True, slots=True)
class Part:
    """Passages of a report that are asked about together.

    `before` is the text just before them, for understanding alone.
    """

    passages: tuple[Passage, ...]
    stretches: tuple[Span, ...]
    text: str
    before: str

    def halves(self, report: Report) -> tuple[Part, ...]:
        """The part in two; the part alone if it is a single passage."""
        if len(self.passages) < 2:
            return (self,)
        middle = len(self.passages) // 2
        return _part(report, self.passages[:middle]), _part(report, self.passages[middle:])


def cut(report: Report) -> Iterator[Part]:
    """The parts of a report, in order, each of at most `LONGEST` characters; page clutter is left out."""
    held: list[Passage] = []
    size = 0
    for passage in passages.split(report.text, report.zones):
        if passage.zone is ZoneKind.CLUTTER:
            continue
        for piece in passages.pieces(passage, _LONGEST_PASSAGE):
            if held and size + len(piece.text) > LONGEST:
                yield _part(report, held)
                held, size = [], 0
            held.append(piece)
            size += len(piece.text) + 2
    if held:
        yield _part(report, held)


def _part(report: Report, held: Sequence[Passage]) -> Part:
    stretches: list[Span] = []
    for passage in held:
        between = report.text[stretches[-1].end : passage.start] if stretches else "-"
        if between.strip():
            stretches.append(Span(passage.start, passage.end))
        else:
            stretches[-1] = Span(stretches[-1].start, passage.end)
    text = "\n\n".join(report.text[span.start : span.end] for span in stretches)
    first = stretches[0].start
    return Part(tuple(held), tuple(stretches), text, report.text[max(0, first - BEFORE) : first].strip())
