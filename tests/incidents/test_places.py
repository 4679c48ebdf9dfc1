"""How near two places are."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from parallax.incidents.places import Nearness, alike, between
from parallax.model import Place, PlacePrecision

from .made import BALAKLAVA, CRIMEA, INKERMAN, ODESSA, SEVASTOPOL, UKRAINE, VARNA

UNFOUND = Place("Chorgun", None, None, PlacePrecision.VILLAGE)


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


def test_a_province_holds_what_bears_its_code_and_nothing_of_another() -> None:
    province = Place("Taurida", 45.3, 34.4, PlacePrecision.GOVERNORATE, "UA", 8, ("11",))
    inside = Place("Karani", 44.55, 33.60, PlacePrecision.VILLAGE, "UA", 9, ("11",))
    outside = Place("Kherson", 46.0, 33.9, PlacePrecision.TOWN, "UA", 10, ("08",))
    assert between(inside, province).nearness is Nearness.WITHIN
    assert between(outside, province).nearness is Nearness.APART


def test_a_city_named_may_be_the_province_of_its_name() -> None:
    province = Place("Aleppo", 36.25, 37.62, PlacePrecision.GOVERNORATE, "SY", 1, ("09",))
    city = Place("Aleppo", 36.20, 37.16, PlacePrecision.CITY, "SY", 2, ("09",), alternatives=(province,))
    town = Place("Manbij", 36.53, 37.95, PlacePrecision.TOWN, "SY", 3, ("09",))
    assert between(city, town).nearness is Nearness.MAYBE
    assert between(city, replace(town, admin=("12",), lat=35.4, lon=36.6)).nearness is Nearness.APART


def test_a_place_not_surely_read_is_not_surely_apart() -> None:
    assert between(VARNA, replace(ODESSA, certainty=0.5)).nearness is Nearness.UNSURE


def test_nearness_is_symmetric() -> None:
    everywhere = [BALAKLAVA, INKERMAN, SEVASTOPOL, VARNA, ODESSA, CRIMEA, UKRAINE, UNFOUND]
    for a, b in product(everywhere, everywhere):
        assert between(a, b) == between(b, a)


def test_spellings_are_alike_and_other_names_are_not() -> None:
    assert alike("abu kamal", "albu kamal")
    assert not alike("homs", "hama")
    assert not alike("", "")
