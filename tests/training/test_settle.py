from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from training.settle import line

POINTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=400)


@given(POINTS)
def test_the_line_rises_and_stays_between_0_and_1(points: list[tuple[float, bool]]) -> None:
    knots, shares = line([sure for sure, _ in points], [right for _, right in points])
    assert len(knots) == len(shares) >= 1
    assert all(a < b for a, b in pairwise(knots))
    assert all(a <= b for a, b in pairwise(shares))
    assert all(0 < share < 1 for share in shares)


def test_the_line_tells_how_often_each_certainty_is_right() -> None:
    sure = [0.2] * 200 + [0.9] * 200
    right = [number % 4 == 0 for number in range(200)] + [number % 10 != 0 for number in range(200)]
    knots, shares = line(sure, right)
    assert (knots[0], knots[-1]) == (0.2, 0.9)
    assert abs(shares[0] - 0.25) < 0.02
    assert abs(shares[-1] - 0.9) < 0.02


def test_points_of_one_certainty_are_one_knot_whatever_their_order() -> None:
    right = [False] * 30 + [True] * 30
    assert line([0.99999] * 60, right) == line([0.99999] * 60, right[::-1])
    knots, shares = line([0.99999] * 60, right)
    assert (len(knots), shares) == (1, [0.5])
