"""What the first stage passes by: annotated claims that it loses, and the share of passages that it keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from parallax.model import Passage, Report

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passed:
    """Annotated claims in all, those of them in a passage passed by, those in no passage at all, and the passages."""

    claims: int
    lost: int
    outside: int
    passages: int
    kept: int

    def words(self) -> str:
        """One line for each figure."""
        return (
            f"first stage: {self.lost} of {self.claims} annotated claims stand only in passages passed by "
            f"({self.lost / max(1, self.claims):.2%})\n"
            f"{self.outside} more stand in no passage that the reader is given\n"
            f"{self.kept} of {self.passages} passages kept ({self.kept / max(1, self.passages):.1%})"
        )


def measure(
    scorer: ModuleType,
    rows: Sequence[tuple[Row, Report]],
    stretches: Callable[[Report], Sequence[Passage]],
    keep: Callable[[Sequence[Passage]], Sequence[Passage]],
) -> Passed:
    """Go through annotated reports; a claim is lost if no passage that touches its quote or a repeat is kept."""
    claims = lost = outside = passages = kept = 0
    for row, report in rows:
        given = stretches(report)
        left = keep(given)
        passages, kept = passages + len(given), kept + len(left)
        for claim in row["claims"]:
            spans = scorer.spans(claim, row["text"])
            claims += 1
            if not _touched(scorer, spans, given):
                outside += 1
            elif not _touched(scorer, spans, left):
                lost += 1
    return Passed(claims, lost, outside, passages, kept)


def _touched(scorer: ModuleType, spans: Sequence[tuple[int, int]], passages: Sequence[Passage]) -> bool:
    return bool(scorer.touch(spans, [(passage.start, passage.end) for passage in passages]))
