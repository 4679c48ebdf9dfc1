"""The drawing of a timeline: where each bar stands, in percent of the width and pixels of the height.

A drawing in percent keeps its words readable at every width, and needs no script to fit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from parallax.exports.amounts import ends_words, number_words
from parallax.ledger.timeline import YEARS, Bar, Step, Timeline
from parallax.model import Days
from parallax.workbench.charts import LINEAR_UP_TO
from parallax.workbench.choosing.wanted import Wanted
from parallax.workbench.words import days_words

# Two lanes: the incidents above, the dead below, each with a line of words over it.
TOP, LANE, GAP, FOOT = 16, 54, 18, 18
HEIGHT = TOP + LANE + GAP + LANE + FOOT
LEAST = 1.5


@dataclass(frozen=True, slots=True)
class Drawn:
    """One bar: its days, its words, where it stands, and the address's query once its days are chosen."""

    first: str
    last: str
    words: str
    told: str
    bar: Bar
    x: float
    width: float
    within: tuple[float, float]
    may: tuple[float, float]
    dead: tuple[float, float] | None
    query: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis of time."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A timeline drawn: its bars, the marks of its axis, the heights that lanes stand for, the days that are chosen."""

    timeline: Timeline
    bars: tuple[Drawn, ...]
    ticks: tuple[Tick, ...]
    most: int
    most_dead: int
    chosen: tuple[float, float] | None
    height: int = HEIGHT
    base: int = TOP + LANE
    foot: int = TOP + LANE + GAP + LANE

    @property
    def by_tens(self) -> bool:
        """Whether the lane of the dead grows by tens."""
        return self.most_dead > LINEAR_UP_TO


def chart(timeline: Timeline, wanted: Wanted) -> Chart:
    """The drawing of a timeline, with the days that the address asks for."""
    bars = timeline.bars
    most = max((bar.within + bar.may for bar in bars), default=0)
    dead = max((bar.high for bar in bars), default=0)
    width = 100 / len(bars) if bars else 100
    drawn = tuple(_drawn(bar, number * width, width, most, dead, wanted) for number, bar in enumerate(bars))
    return Chart(timeline, drawn, _ticks(timeline), most, dead, _chosen(timeline, wanted))


def bar_words(bar: Bar) -> str:
    """What a bar tells."""
    words = f"{number_words(bar.within)} incident{'' if bar.within == 1 else 's'}"
    if bar.may:
        words += f", {number_words(bar.may)} more may lie here"
    if bar.high:
        words += f", killed {ends_words(bar.low, bar.high)}"
    return words


def _drawn(bar: Bar, x: float, width: float, most: int, dead: int, wanted: Wanted) -> Drawn:
    within, may = (_height(number, most) for number in (bar.within, bar.may))
    base, foot = TOP + LANE, TOP + LANE + GAP + LANE
    low, high = _of_dead(bar.low, dead), _of_dead(bar.high, dead)
    days = {"from": bar.first.isoformat(), "to": bar.last.isoformat()}
    return Drawn(
        first=days["from"],
        last=days["to"],
        words=days_words(Days(bar.first, bar.last)),
        told=bar_words(bar),
        bar=bar,
        x=round(x, 3),
        width=round(width * 0.86, 3),
        within=(round(base - within, 1), round(within, 1)),
        may=(round(base - within - may, 1), round(may, 1)),
        # The dead are a stretch from the low to the high end, and never a bar from nought.
        dead=(round(foot - high, 1), round(max(LEAST, high - low), 1)) if bar.high else None,
        query=wanted.address(days),
    )


def _height(number: int, most: int) -> float:
    return max(LEAST, LANE * number / most) if number else 0.0


def _of_dead(number: int, most: int) -> float:
    """By tens where the most is large, or one disputed incident would press all the others onto the foot."""
    if most <= LINEAR_UP_TO or not number:
        return _height(number, most)
    return max(LEAST, LANE * math.log10(1 + number) / math.log10(1 + most))


def _ticks(timeline: Timeline) -> tuple[Tick, ...]:
    """Six marks or so, where years or months begin if bars do."""
    bars = timeline.bars
    if not bars:
        return ()
    begun = [
        number
        for number, bar in enumerate(bars)
        if timeline.step in YEARS
        or (timeline.step is Step.MONTH and bar.first.month == 1)
        or (timeline.step in (Step.WEEK, Step.DAY) and bar.first.day <= (7 if timeline.step is Step.WEEK else 1))
    ]
    if len(begun) < 3:
        begun = list(range(len(bars)))
    every = -(-len(begun) // 7)
    long = timeline.step is Step.DAY and len(begun) == len(bars)
    return tuple(Tick(round(100 * n / len(bars), 3), _tick(bars[n].first, timeline.step, long)) for n in begun[::every])


def _tick(day: date, step: Step, long: bool) -> str:
    if step in YEARS or (step is Step.MONTH and day.month == 1):
        return f"{day.year}"
    return f"{day.day} {day:%b} {day.year}" if long or step is Step.WEEK else f"{day:%b} {day.year}"


def _chosen(timeline: Timeline, wanted: Wanted) -> tuple[float, float] | None:
    """Where the days that the address asks for begin and how far they reach, in percent of the bars."""
    first, last = wanted.days
    if not timeline.bars or not (first or last):
        return None
    start = _at(timeline, first or timeline.bars[0].first)
    end = _at(timeline, last or timeline.bars[-1].last, after=True)
    return round(start, 3), round(max(0.2, end - start), 3)


def _at(timeline: Timeline, day: date, *, after: bool = False) -> float:
    bars = timeline.bars
    for number, bar in enumerate(bars):
        if day <= bar.last:
            days = (bar.last - bar.first).days + 1
            share = max(0, (day - bar.first).days + after) / days
            return 100 * (number + share) / len(bars)
    return 100.0
