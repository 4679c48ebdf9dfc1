"""How near two places are."""

from __future__ import annotations

from itertools import product

import pytest

from parallax.incidents.places import Nearness, alike, between, kilometres
from parallax.model import Place, PlacePrecision

from .made import BALAKLAVA, CRIMEA, INKERMAN, ODESSA, SEVASTOPOL, UKRAINE, VARNA

UNFOUND = Place("Chorgun", None, None, PlacePrecision.VILLAGE)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    a, b = (Place("x", lat, 20.0, PlacePrecision.EXACT) for lat in (50.0, 51.0))
    assert kilometres(a, b) == pytest.approx(111.2, abs=0.1)
    assert kilometres(a, UNFOUND) is None


def test_the_shortest_way_crosses_the_date_line() -> None:
    a, b = (Place("x", 0.0, lon, PlacePrecision.EXACT) for lon in (179.9, -179.9))
    assert kilometres(a, b) == pytest.approx(22.2, abs=0.1)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (BALAKLAVA, BALAKLAVA, Nearness.SAME),
        (BALAKLAVA, CRIMEA, Nearness.WITHIN),
        (BALAKLAVA, UKRAINE, Nearness.WITHIN),
        (VARNA, UKRAINE, Nearness.APART),
        (SEVASTOPOL, INKERMAN, Nearness.NEAR),
        (VARNA, ODESSA, Nearness.APART),
        (UNFOUND, Place("Chorgoun", None, None, PlacePrecision.VILLAGE), Nearness.SAME),
        (UNFOUND, Place("Karani", None, None, PlacePrecision.VILLAGE), Nearness.UNKNOWN),
    ],
)
def test_nearness(a: Place, b: Place, expected: Nearness) -> None:
    assert between(a, b).nearness is expected


def test_nearness_is_symmetric() -> None:
    everywhere = [BALAKLAVA, INKERMAN, SEVASTOPOL, VARNA, ODESSA, CRIMEA, UKRAINE, UNFOUND]
    for a, b in product(everywhere, everywhere):
        assert between(a, b) == between(b, a)


def test_spellings_are_alike_and_other_names_are_not() -> None:
    assert alike("abu kamal", "albu kamal")
    assert not alike("homs", "hama")
    assert not alike("", "")
