"""How near two intervals of days are, and which days many of them support."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.incidents.days import gap, hull, shared, supported
from parallax.model import Days

from .made import day

INTERVALS = st.builds(
    lambda start, length: Days(date(1854, 1, 1) + timedelta(start), date(1854, 1, 1) + timedelta(start + length)),
    st.integers(0, 60),
    st.integers(0, 20),
)


def test_supported_narrows_to_what_most_agree_on() -> None:
    week, fifth, ninth = day("1854-11-01", "1854-11-07"), day("1854-11-05"), day("1854-11-09")
    assert supported([week, fifth, ninth]) == fifth
    assert supported([ninth, ninth, fifth]) == ninth
    assert supported([]) is None
    assert hull([fifth, ninth]) == day("1854-11-05", "1854-11-09")
    assert hull([]) is None


@settings(deadline=None)
@given(INTERVALS, INTERVALS)
def test_gap_is_symmetric_and_nought_where_a_day_is_shared(a: Days, b: Days) -> None:
    assert gap(a, b) == gap(b, a) >= 0
    assert (gap(a, b) == 0) == (shared(a, b) is not None)


@settings(deadline=None)
@given(st.lists(INTERVALS, min_size=1, max_size=6), st.randoms())
def test_supported_lies_within_one_of_them_whatever_the_order(intervals: list[Days], random: object) -> None:
    best = supported(intervals)
    assert best is not None
    assert any(days.first <= best.first and best.last <= days.last for days in intervals)
    random.shuffle(intervals)  # type: ignore[attr-defined]
    assert supported(intervals) == best
