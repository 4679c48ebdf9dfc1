"""How far two places are from each other."""

from __future__ import annotations

from itertools import permutations
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import Place, PlacePrecision, kilometres

POINTS = st.builds(
    lambda lat, lon: Place("x", lat, lon, PlacePrecision.EXACT), st.floats(-90.0, 90.0), st.floats(-180.0, 180.0)
)


def at(lat: float | None, lon: float | None) -> Place:
    return Place("x", lat, lon, PlacePrecision.EXACT)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert kilometres(at(50.0, 20.0), at(51.0, 20.0)) == pytest.approx(111.2, abs=0.1)


def test_what_is_not_located_is_infinitely_far() -> None:
    assert kilometres(at(50.0, 20.0), at(None, None)) == inf
    assert kilometres(at(50.0, None), at(50.0, 20.0)) == inf


def test_the_shortest_way_crosses_the_date_line() -> None:
    assert kilometres(at(0.0, 179.9), at(0.0, -179.9)) == pytest.approx(22.2, abs=0.1)


@given(POINTS, POINTS, POINTS)
def test_it_is_a_distance(a: Place, b: Place, c: Place) -> None:
    assert kilometres(a, a) == 0.0
    for one, other, third in permutations((a, b, c)):
        assert kilometres(one, other) == pytest.approx(kilometres(other, one), abs=1e-6)
        assert 0.0 <= kilometres(one, other) <= 20_016
        assert kilometres(one, other) <= kilometres(one, third) + kilometres(third, other) + 1e-3
