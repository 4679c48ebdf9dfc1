"""A timeline loses no incident, and puts none on a day that its reports do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.ledger.columns import NO_FIRST, NO_LAST, Columns
from parallax.ledger.timeline import MOST_BARS, Step, day_of, fitting, numbered, starts, timeline
from parallax.ledger.whereabouts import Whereabouts

Told = tuple[int | None, int, int, int]

LENGTHS = st.sampled_from([1, 1, 1, 2, 7, 31, 400])
DAYS = st.none() | st.integers(15_000, 18_000) | st.integers(-700_000, 2_000_000)
TOLD = st.lists(st.tuples(DAYS, LENGTHS, st.integers(-1, 50), st.integers(-1, 90)), max_size=40)


def columns_of(told: Sequence[Told]) -> Columns:
    """Columns that hold days, how long they are, and the low and high end of the dead; of the rest nothing."""
    size = len(told)
    nothing = np.zeros(size, np.int64)
    first = np.array([NO_FIRST if day is None else day for day, *_ in told], np.int64)
    last = np.array([NO_LAST if day is None else day + length - 1 for day, length, *_ in told], np.int64)
    low = np.array([low for _, _, low, _ in told], np.int64)
    high = np.array([high if high < 0 else max(low, high) for _, _, low, high in told], np.int64)
    return Columns(
        policy="", listed="", head=(0, ""), ids=np.array([str(n) for n in range(size)], "S8"), numbers=nothing,
        first=first, last=last, kinds=nothing, grades=nothing, low=low, high=high, best=nothing, origins=nothing,
        reports=nothing, claims=nothing, places=nothing - 1, starts=np.zeros(size + 1, np.int64),
        actors=nothing[:0], where=Whereabouts(), parties=(),
    )  # fmt: skip


def every(columns: Columns) -> np.typing.NDArray[np.bool_]:
    return np.ones(len(columns), np.bool_)


@given(told=TOLD)
def test_the_whole_time_holds_every_incident(told: list[Told]) -> None:
    columns = columns_of(told)
    made = timeline(columns, every(columns), None, whole=True)
    dated = [each for each in told if each[0] is not None]
    assert made.undated == len(told) - len(dated)
    if not dated:
        assert (made.bars, made.whole) == ((), None)
        return
    assert (made.before, made.after) == (0, 0)
    assert len(made.bars) <= MOST_BARS + 2
    for bar, following in pairwise(made.bars):
        assert bar.last + timedelta(1) == following.first
    inside = {}
    for number, (day, length, low, high) in enumerate(dated):
        assert day is not None
        first, last = day_of(day), day_of(day + length - 1)
        meeting = [bar for bar in made.bars if bar.first <= last and first <= bar.last]
        assert meeting
        if len(meeting) == 1:
            inside[number] = (meeting[0].first, low, high)
    for bar in made.bars:
        here = [(low, high) for first, low, high in inside.values() if first == bar.first]
        assert bar.within == len(here)
        assert bar.silent == sum(low < 0 and high < 0 for low, high in here)
        assert bar.low == sum(max(0, low) for low, _ in here)
        assert bar.high == sum(max(0, low, high) for low, high in here)
        met = sum(
            bar.first <= day_of(day + length - 1) and day_of(day) <= bar.last
            for day, length, *_ in dated
            if day is not None
        )
        assert bar.within + bar.may == met


@given(told=TOLD, start=st.integers(-50_000, 30_000), length=st.integers(0, 5_000))
def test_a_window_tells_how_many_lie_before_and_after(told: list[Told], start: int, length: int) -> None:
    columns = columns_of(told)
    window = day_of(start), day_of(start + length)
    made = timeline(columns, every(columns), window)
    dated = [(day, day + long - 1) for day, long, *_ in told if day is not None]
    if not dated:
        assert made.bars == ()
        return
    first, last = numbered(made.bars[0].first), numbered(made.bars[-1].last)
    assert made.bars[0].first <= window[0] <= window[1] <= made.bars[-1].last
    assert made.before == sum(end < first for _, end in dated)
    assert made.after == sum(begin > last for begin, _ in dated)
    whole = made.whole
    assert whole == (day_of(min(begin for begin, _ in dated)), day_of(max(end for _, end in dated)))


def test_one_stray_year_does_not_stretch_the_timeline() -> None:
    columns = columns_of([(17_000 + n % 60, 1, 1, 1) for n in range(300)] + [(-20_000, 1, 1, 1)])
    near = timeline(columns, every(columns), None)
    assert (near.step, near.before, near.after) == (Step.DAY, 1, 0)
    assert sum(bar.within for bar in near.bars) == 300
    whole = timeline(columns, every(columns), None, whole=True)
    assert (whole.step, whole.before) == (Step.YEAR, 0)


@given(step=st.sampled_from(list(Step)), first=st.dates(), length=st.integers(0, 3000))
def test_bars_follow_one_another(step: Step, first: date, length: int) -> None:
    last = date.fromordinal(min(date.max.toordinal(), first.toordinal() + length))
    made = list(starts(step, first, last))
    assert made == sorted(set(made))
    assert made[0] <= first
    assert step.last(made[-1]) >= last
    assert all(step.start(day) == day for day in made)
    assert all(step.last(day) + timedelta(1) == after for day, after in pairwise(made))


@pytest.mark.parametrize(
    ("days", "step"),
    [
        *((1, Step.DAY), (190, Step.DAY), (191, Step.WEEK), (1330, Step.WEEK)),
        *((1400, Step.MONTH), (9000, Step.YEAR), (90_000, Step.DECADE), (700_000, Step.CENTURY)),
    ],
)
def test_the_step_fits_the_drawing(days: int, step: Step) -> None:
    assert fitting(date(2011, 3, 15), date(2011, 3, 15) + timedelta(days - 1)) is step


def test_the_calendar_has_an_end() -> None:
    columns = columns_of([(numbered(date.max), 1, 0, 0), (numbered(date.min), 1, 0, 0)])
    made = timeline(columns, every(columns), (date.max, date.max))
    assert [bar.within for bar in made.bars] == [1]
    assert timeline(columns, every(columns), None, whole=True).bars[-1].within == 1
