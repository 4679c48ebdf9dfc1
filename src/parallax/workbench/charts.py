"""Charts drawn on the server as SVG, so that they need no script and print as they look."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from parallax.exports.amounts import count_words, number_words
from parallax.model import Count, Kind, Scope, Statement
from parallax.workbench.words import day_words

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 900, 260, 76, 12, 30, 14
TICKS = 6
# Above this a linear scale would press all but the largest toll onto its foot.
LINEAR_UP_TO = 100
MOST = 10**15


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing, how many claims it shows, and whether each step up is ten times the last."""

    svg: Markup
    marks: int
    by_tens: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    statement: Statement
    day: date
    low: int
    high: int
    words: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int
    top: int

    @property
    def by_tens(self) -> bool:
        return self.top > LINEAR_UP_TO

    def x(self, day: date) -> float:
        return round(LEFT + 8 + (WIDTH - LEFT - RIGHT - 16) * (day - self.first).days / self.days, 1)

    def y(self, value: int) -> float:
        share = math.log10(1 + value) / math.log10(1 + self.top) if self.by_tens else value / self.top
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)

    def values(self) -> list[int]:
        """Where the lines across stand."""
        if self.by_tens:
            lines = [0, *(10**power for power in range(1, len(str(self.top))))]
            return lines if self.top < 2 * lines[-1] else [*lines, self.top]
        return sorted({0, self.top // 2, self.top})


def killed_over_time(statements: Sequence[Statement]) -> Chart | None:
    """One voice's claims of people killed, each at its first day from its low to its high end.

    None where fewer than two of its claims give a day and a number.
    """
    marks = [mark for statement in statements if (mark := _mark(statement)) is not None]
    if len(marks) < 2:
        return None
    first = min(mark.day for mark in marks)
    days = max(1, *((mark.day - first).days for mark in marks))
    scale = _Scale(first, days, max(1, *(mark.high for mark in marks)))
    words = f"{len(marks)} claims of people killed, the highest {number_words(scale.top)}"
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{words}">',
        *_axes(scale),
        *(_drawn(mark, scale) for mark in marks),
        "</svg>",
    ]
    return Chart(Markup("".join(parts)), len(marks), scale.by_tens)


def _mark(statement: Statement) -> _Mark | None:
    claim = statement.claim
    if claim.kind is not Kind.KILLED or claim.when is None or claim.count is None:
        return None
    low, high = _ends(claim.count)
    return _Mark(statement, claim.when.first, low, high, f"{day_words(claim.when.first)}: {count_words(claim.count)}")


def _ends(count: Count) -> tuple[int, int]:
    low = count.low if count.low is not None else 0
    high = count.high if count.high is not None else low
    return min(low, MOST), min(high, MOST)


def _axes(scale: _Scale) -> list[str]:
    parts = []
    for value in scale.values():
        y = scale.y(value)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y}" x2="{WIDTH}" y2="{y}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{number_words(value)}</text>')
    foot = HEIGHT - BOTTOM
    parts.append(f'<line class="axis" x1="{LEFT}" y1="{foot}" x2="{WIDTH}" y2="{foot}"/>')
    steps = min(TICKS, scale.days)
    for step in range(steps + 1):
        day = scale.first + timedelta(days=scale.days * step // steps)
        anchor = "start" if step == 0 else "end" if step == steps else "middle"
        x = scale.x(day)
        parts.append(f'<line class="grid" x1="{x}" y1="{foot}" x2="{x}" y2="{foot + 5}"/>')
        parts.append(f'<text x="{x}" y="{HEIGHT - 8}" text-anchor="{anchor}">{day.isoformat()}</text>')
    return parts


def _drawn(mark: _Mark, scale: _Scale) -> str:
    claim = mark.statement.claim
    x, low, high = scale.x(mark.day), scale.y(mark.low), scale.y(mark.high)
    style = "mark total" if claim.scope is Scope.TOTAL else "mark"
    words, sentence = escape(mark.words), escape(f"/reports/{claim.report}#c-{claim.key}")
    # The table below the chart leads to the same sentences, so the marks need no stop of their own.
    return (
        f'<a href="{sentence}" tabindex="-1" aria-label="{words}"><title>{words}</title>'
        f'<line class="{style}" x1="{x}" y1="{low}" x2="{x}" y2="{high}"/>'
        f'<circle class="{style}" cx="{x}" cy="{high}" r="4.5"/></a>'
    )
