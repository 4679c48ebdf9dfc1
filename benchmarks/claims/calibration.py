"""How well certainties tell how often the reader is right: reliability diagrams and the expected calibration error.

The error is that of Naeini, Cooper and Hauskrecht (AAAI 2015): over bins of equal width,
the distance between the mean certainty and the share that is right, weighted by size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

BINS = 10
WIDTH = 40
SIDE, GAP, LEFT, TOP, COLUMNS = 150, 34, 40, 30, 5

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One certainty, 0 to 1, and whether the reader was right."""

    certainty: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The judged whose certainty lies from `low` up to `high` (1 itself is in the last)."""

    low: float
    high: float
    number: int
    certainty: float
    right: float


@dataclass(slots=True)
class Told:
    """What the reader's claims come to: those of the whole, those of each slot, and those left out as repeats."""

    whole: list[Judged] = field(default_factory=list)
    slots: dict[str, list[Judged]] = field(default_factory=dict)
    repeats: int = 0

    def named(self) -> dict[str, list[Judged]]:
        """The lists by name, "whole claim" first."""
        return {"whole claim": self.whole, **self.slots}


def judge(scorer: ModuleType, gold: Mapping[str, Row], predicted: Mapping[str, Row]) -> Told:
    """Each certainty with whether it was right.

    A claim is right if the data's own program pairs it with an annotated one; a slot, asked
    of the paired alone, if that program holds it to be the same. Second mentions of a claim
    already found, which that program counts as no error, are left out.
    """
    told = Told(slots={slot: [] for slot in scorer.SLOTS})
    for key, row in gold.items():
        wanted, given = row["claims"], predicted.get(key, {}).get("claims", [])
        paired, _, spurious = scorer.align(wanted, given, row["text"])
        told.whole += [Judged(given[j]["certainty"], True) for _, j in paired]
        told.whole += [Judged(given[j]["certainty"], False) for j in sorted(spurious)]
        told.repeats += len(given) - len(paired) - len(spurious)
        for i, j in paired:
            for slot, sure in given[j].get("certainties", {}).items():
                told.slots[slot].append(Judged(sure, scorer.same(slot, wanted[i], given[j])))
    return told


def bins(judged: Sequence[Judged]) -> tuple[Bin, ...]:
    """The bins that hold anything, in order."""
    held: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        held[min(BINS - 1, int(one.certainty * BINS))].append(one)
    return tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(some),
            sum(one.certainty for one in some) / len(some),
            sum(one.right for one in some) / len(some),
        )
        for number, some in enumerate(held)
        if some
    )


def error(judged: Sequence[Judged]) -> float:
    """The expected calibration error, 0 to 1; 0 of nothing."""
    return sum(one.number * abs(one.certainty - one.right) for one in bins(judged)) / max(1, len(judged))


def diagram(name: str, judged: Sequence[Judged]) -> str:
    """One reliability diagram in plain text: `#` the share right, `|` where the mean certainty stands."""
    lines = [
        f"calibration, {name}: {len(judged)} claims, expected calibration error {error(judged):.3f}",
        "  certainty  claims   mean  right",
    ]
    for one in bins(judged):
        bar = list("#" * round(one.right * WIDTH) + " " * (WIDTH - round(one.right * WIDTH)))
        bar[min(WIDTH - 1, int(one.certainty * WIDTH))] = "|"
        share = f"{one.number:8}  {one.certainty:5.3f}  {one.right:5.3f}"
        lines.append(f"  {one.low:.1f} to {one.high:.1f} {share}  {''.join(bar)}".rstrip())
    return "\n".join(lines)


def chart(told: Mapping[str, Sequence[Judged]]) -> str:
    """The diagrams as one SVG: a square each, the diagonal perfect, a dot a bin, its area by number."""
    shown = [(name, judged) for name, judged in told.items() if judged]
    rows = -(-len(shown) // COLUMNS)
    width, height = LEFT + COLUMNS * (SIDE + GAP), TOP + rows * (SIDE + GAP + TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' font-family="sans-serif" font-size="11">',
        "<title>Share right (upward) by certainty (rightward)</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (name, judged) in enumerate(shown):
        left = LEFT + number % COLUMNS * (SIDE + GAP)
        top = TOP + number // COLUMNS * (SIDE + GAP + TOP)
        parts += _panel(name, judged, left, top)
    return "\n".join([*parts, "</svg>\n"])


def _panel(name: str, judged: Sequence[Judged], left: int, top: int) -> list[str]:
    foot, end = top + SIDE, left + SIDE
    parts = [
        f'<text x="{left}" y="{top - 8}">{name}: {len(judged)} claims, error {error(judged):.3f}</text>',
        f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#777"/>',
        f'<line x1="{left}" y1="{foot}" x2="{end}" y2="{top}" stroke="#999" stroke-dasharray="4 3"/>',
        f'<text x="{left}" y="{foot + 14}">0</text>',
        f'<text x="{end}" y="{foot + 14}" text-anchor="end">1</text>',
        f'<text x="{left - 4}" y="{foot}" text-anchor="end">0</text>',
        f'<text x="{left - 4}" y="{top + 10}" text-anchor="end">1</text>',
    ]
    for one in bins(judged):
        x, y = left + SIDE * one.certainty, foot - SIDE * one.right
        radius = 2 + 10 * (one.number / len(judged)) ** 0.5
        words = f"{one.number} claims, {one.certainty:.3f} sure, {one.right:.3f} right"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f4e79" fill-opacity="0.6">'
            f"<title>{words}</title></circle>"
        )
    return parts
