"""What a chart of any page is: a drawing that needs no script, the same as a Vega-Lite spec, and the same as a table.

The server's drawing stands until the browser has drawn the spec, and where no script runs.
Colours in a spec are names of the page's own (`var(--accent)`), which static/charts.js puts
the values of in place of, so that a chart is light or dark as its page is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup, escape

from parallax.exports.amounts import number_words
from parallax.workbench.words import brief

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 900, 260, 76, 12, 30, 14
TICKS = 6
# Above this a linear scale would press all but the largest number onto its foot.
LINEAR_UP_TO = 100
MOST = 10**15
SERIES = tuple(f"var(--series-{number})" for number in range(1, 7))
Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a chart's table: its words, and where it leads if it leads anywhere."""

    words: str
    href: str | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `name` is its id on the page and of saved files, `described` says in words what it shows.

    `narrow` is the drawing for a page too narrow for `svg`, where that differs; the spec then holds what
    differs of itself under `usermeta.narrow`.
    """

    name: str
    title: str
    described: str
    svg: Markup
    spec: Spec
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = field(default=())
    narrow: Markup = field(default_factory=Markup)

    @property
    def body(self) -> Markup:
        """The rows of its table as markup, which for hundreds of rows is many times quicker than a template."""
        labels = [escape(words) for words in self.head]
        rows = ("".join(map(_markup, row, labels)) for row in self.rows)
        return Markup("".join(f"<tr>{cells}</tr>\n" for cells in rows))


def _markup(cell: Cell, label: Markup) -> str:
    words = f"<bdi>{escape(brief(cell.words))}</bdi>"
    style = ' class="r"' if cell.is_number else ""
    words = f'<a href="{escape(cell.href)}">{words}</a>' if cell.href else words
    return f'<td{style} data-label="{label}">{words}</td>'


@dataclass(frozen=True, slots=True)
class Scale:
    """Days across and numbers up, on the server's drawing."""

    first: date
    days: int
    top: int
    linear: bool = False

    @classmethod
    def of(cls, days: Sequence[date], top: int, *, linear: bool = False) -> Scale:
        """A scale that holds these days and numbers up to `top`; bars need a linear one."""
        first = min(days)
        return cls(first, max(1, (max(days) - first).days), min(max(1, top), MOST), linear)

    @property
    def by_tens(self) -> bool:
        """Whether each line across is ten times the one below."""
        return self.top > LINEAR_UP_TO and not self.linear

    def x(self, day: date, share: float = 0.0) -> float:
        """How far across a day stands, `share` of a day later."""
        across = WIDTH - LEFT - RIGHT - 16
        return round(LEFT + 8 + across * min(1.0, ((day - self.first).days + share) / self.days), 1)

    def y(self, value: int) -> float:
        """How far down a number stands."""
        value = min(value, self.top)
        share = math.log10(1 + value) / math.log10(1 + self.top) if self.by_tens else value / self.top
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)

    def values(self) -> list[int]:
        """Where the lines across stand."""
        if self.by_tens:
            lines = [0, *(10**power for power in range(1, len(str(self.top))))]
            return lines if self.top < 2 * lines[-1] else [*lines, self.top]
        return sorted({0, self.top // 2, self.top})

    def ticks(self) -> list[date]:
        """The days that the axis names, the first and the last among them."""
        steps = min(TICKS, self.days)
        return [self.first + timedelta(days=self.days * step // steps) for step in range(steps + 1)]


def drawing(scale: Scale, words: str, marks: Sequence[str]) -> Markup:
    """The server's drawing: axes, then what is drawn over them, each mark as SVG that is escaped already."""
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" height="{HEIGHT}" role="img" aria-label="{escape(words)}">',
        *_axes(scale),
        *marks,
        "</svg>",
    ]
    return Markup("".join(parts))


def _axes(scale: Scale) -> list[str]:
    parts = []
    for value in scale.values():
        y = scale.y(value)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y}" x2="{WIDTH}" y2="{y}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{number_words(value)}</text>')
    foot = HEIGHT - BOTTOM
    parts.append(f'<line class="axis" x1="{LEFT}" y1="{foot}" x2="{WIDTH}" y2="{foot}"/>')
    ticks = scale.ticks()
    for day in ticks:
        anchor = "start" if day == ticks[0] else "end" if day == ticks[-1] else "middle"
        x = scale.x(day)
        parts.append(f'<line class="grid" x1="{x}" y1="{foot}" x2="{x}" y2="{foot + 5}"/>')
        parts.append(f'<text x="{x}" y="{HEIGHT - 8}" text-anchor="{anchor}">{day.isoformat()}</text>')
    return parts


def number_axis(title: str, top: int) -> dict[str, Any]:
    """The axis of numbers of a spec, with the same lines across as the server's drawing."""
    scale = Scale(date.min, 1, min(max(1, top), MOST))
    axis: dict[str, Any] = {"title": title, "format": ",d"}
    if scale.by_tens:
        # A reader must not take a step by tens for an equal one.
        axis |= {"title": f"{title}, by tens", "values": scale.values()}
        return {"scale": {"type": "symlog", "constant": 1, "domain": [0, scale.top]}, "axis": axis}
    return {"scale": {"domain": [0, scale.top], "nice": True}, "axis": axis | {"tickMinStep": 1}}


def day_axis(title: str, days: Sequence[date], format: str | None = None) -> dict[str, Any]:
    """The axis of days of a spec, with the same days named as on the server's drawing."""
    named = [day.isoformat() for day in Scale.of(days, 1).ticks()]
    axis = {"title": title or None, "format": format or "%-d %b %Y", "labelOverlap": "greedy", "labelFlush": True}
    return {"type": "temporal", "scale": {"type": "utc"}, "axis": axis | {"values": named}}


def titled(title: str, under: Sequence[str]) -> dict[str, Any]:
    """A spec's title with lines under it, so that a saved file says what it shows."""
    return {"text": title, "subtitle": list(under), "anchor": "start"}
