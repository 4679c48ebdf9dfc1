"""How a selection of incidents lies in time: bars of days, weeks, months or years.

An incident of which the days are not known exactly is never put on one of them: it is counted as one
that may lie in each bar its days meet, apart from those that lie within the bar for sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from parallax.ledger.columns import NO_FIRST, Columns, Ints, Mask

# A drawing holds so many bars at most, so that each can still be seen and pointed at.
MOST_BARS = 190
# The first window leaves out this share of the incidents at either end where they would stretch it past `FAR` times.
STRAY, FAR = 0.01, 2.5
# Days that a table from day to bar is made for.
LOOKED_UP = 100_000


class Step(StrEnum):
    """How long a bar is, the shortest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    def start(self, day: date) -> date:
        """The first day of the bar that holds a day; weeks begin on Monday, decades with a year that ends in 0."""
        if self is Step.WEEK:
            return date.fromordinal(max(1, day.toordinal() - day.weekday()))
        if self in YEARS:
            return date(max(1, day.year - day.year % YEARS[self]), 1, 1)
        return day.replace(day=1) if self is Step.MONTH else day

    def last(self, day: date) -> date:
        """The last day of the bar that holds a day; the calendar's own last day ends every bar."""
        start = self.start(day)
        try:
            if self in YEARS:
                return date(start.year - start.year % YEARS[self] + YEARS[self], 1, 1) - timedelta(1)
            if self is Step.MONTH:
                return (start + timedelta(31)).replace(day=1) - timedelta(1)
            return start + timedelta(6 if self is Step.WEEK else 0)
        except (ValueError, OverflowError):
            return date.max


YEARS = {Step.YEAR: 1, Step.DECADE: 10, Step.CENTURY: 100}


@dataclass(frozen=True, slots=True)
class Bar:
    """Some days, both included: how many incidents lie within them, how many more may, and the dead of the former.

    `low` and `high` add up the ends of the incidents' spreads; `silent` of them give no number of dead.
    """

    first: date
    last: date
    within: int
    may: int
    low: int
    high: int
    silent: int

    @property
    def empty(self) -> bool:
        """Whether no incident lies or may lie here."""
        return not (self.within or self.may)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of a window of time, and how many incidents lie before it, after it, or on no known day."""

    step: Step
    bars: tuple[Bar, ...]
    before: int
    after: int
    undated: int
    whole: tuple[date, date] | None


def numbered(day: date) -> int:
    """A day as `Columns` counts it."""
    return (day - date(1970, 1, 1)).days


def day_of(number: int) -> date:
    """The day of a number of `Columns`."""
    return date(1970, 1, 1) + timedelta(int(number))


def starts(step: Step, first: date, last: date) -> Iterator[date]:
    """The first days of the bars from the one that holds `first` to the one that holds `last`."""
    day = step.start(first)
    while day <= last:
        yield day
        end = step.last(day)
        if end == date.max:
            return
        day = end + timedelta(1)


def meeting(first: Ints, last: Ints, step: Step, begin: date, end: date) -> dict[str, int]:
    """How many intervals of days meet each year or month of a time, by "2017-04", but for those that none meets."""
    days = list(starts(step, begin, end))
    begun = _upto(first, np.array([numbered(step.last(day)) for day in days], np.int64))
    ended = _upto(last, np.array([numbered(day) - 1 for day in days], np.int64))
    counts = zip(days, (begun - ended).tolist(), strict=True)
    return {day.isoformat()[:7]: count for day, count in counts if count > 0}


def _upto(days: Ints, ends: Ints) -> Ints:
    """How many of these days lie on or before each end."""
    low, length = int(days.min()), int(days.max() - days.min()) + 1
    if length > LOOKED_UP:
        return np.searchsorted(np.sort(days), ends, "right")
    sums = np.concatenate([[0], np.cumsum(np.bincount(days - low))])
    found: Ints = sums[np.clip(ends - low + 1, 0, length)]
    return found


def fitting(first: date, last: date) -> Step:
    """The shortest step of which a window has no more bars than a drawing holds."""
    days = (last - first).days + 1
    lengths = {Step.DAY: 1, Step.WEEK: 7, Step.MONTH: 30.4, Step.YEAR: 365.2, Step.DECADE: 3652}
    return next((step for step, length in lengths.items() if days / length <= MOST_BARS), Step.CENTURY)


def timeline(columns: Columns, mask: Mask, window: tuple[date, date] | None, *, whole: bool = False) -> Timeline:
    """The bars of the incidents of a mask. Without a window, of the time that most lie in; `whole`: of all of it."""
    first, last = columns.first[mask], columns.last[mask]
    dated = first != NO_FIRST
    low, high = columns.low[mask][dated], columns.high[mask][dated]
    first, last = first[dated], last[dated]
    undated = int(np.count_nonzero(~dated))
    if not len(first):
        return Timeline(Step.DAY, (), 0, 0, undated, None)
    every = day_of(first.min()), day_of(last.max())
    shown = window or (every if whole else _most(first, last))
    step = fitting(*shown)
    return _bars(step, shown, (first, last, low, high), undated, every)


def _most(first: Ints, last: Ints) -> tuple[date, date]:
    """The time that most of these intervals lie in; all of it where it is not much longer."""
    cut = int(len(first) * STRAY)
    near, far = np.partition(first, cut)[cut], np.partition(last, len(last) - 1 - cut)[len(last) - 1 - cut]
    if last.max() - first.min() <= FAR * max(30, far - near):
        near, far = first.min(), last.max()
    return day_of(near), day_of(max(near, far))


def _bars(
    step: Step,
    shown: tuple[date, date],
    told: tuple[Ints, Ints, Ints, Ints],
    undated: int,
    every: tuple[date, date],
) -> Timeline:
    first, last, low, high = told
    days = list(starts(step, *shown))
    end = numbered(step.last(days[-1])) + 1
    edges = np.array([numbered(day) for day in days], np.int64)
    begins, ends = _bar_of(edges, end, first), _bar_of(edges, end, last)
    before, after = last < edges[0], first >= end
    here = ~before & ~after
    begins, ends = np.maximum(begins, 0), np.minimum(ends, len(days) - 1)
    inside = here & (first >= edges[0]) & (last < end) & (begins == ends)
    vague = here & ~inside
    size = len(days)
    change = np.bincount(begins[vague], minlength=size + 1) - np.bincount(ends[vague] + 1, minlength=size + 1)
    at, silent = begins[inside], (low[inside] < 0) & (high[inside] < 0)
    least = np.maximum(low[inside], 0)
    most = np.maximum(high[inside], least)
    lows, highs = (np.bincount(at, weights=value, minlength=size) for value in (least, most))
    within, silents = np.bincount(at, minlength=size), np.bincount(at[silent], minlength=size)
    may = np.cumsum(change)
    bars = tuple(
        Bar(day, step.last(day), int(within[n]), int(may[n]), int(lows[n]), int(highs[n]), int(silents[n]))
        for n, day in enumerate(days)
    )
    return Timeline(step, bars, int(np.count_nonzero(before)), int(np.count_nonzero(after)), undated, every)


def _bar_of(edges: Ints, end: int, days: Ints) -> Ints:
    """The bar of each day; of days before the first bar some number below it, of days after the last the last."""
    length = end - int(edges[0])
    if length > LOOKED_UP:
        return np.searchsorted(edges, days, "right") - 1
    # To look a day up is many times quicker than to search for it.
    bars: Ints = np.repeat(np.arange(len(edges)), np.diff(np.append(edges, end)))
    found: Ints = bars[np.clip(days - edges[0], 0, length - 1)]
    return found
