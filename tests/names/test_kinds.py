"""Divisions named apart from the word for them, and quarters that are no villages far away."""

from __future__ import annotations

import pytest

from parallax.model import Place, PlacePrecision, Report
from parallax.names.gazetteer import load
from parallax.names.kinds import division_of
from parallax.names.places import find

GOVERNORATE, CITY = PlacePrecision.GOVERNORATE, PlacePrecision.CITY


def places(text: str) -> dict[str, Place | None]:
    return {found.mention.text: found.place for found in find(Report.of(text), load())}


def precision(text: str, name: str) -> PlacePrecision | None:
    (place,) = [place for said, place in places(text).items() if said.startswith(name)]
    return place.precision if place else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rain fell on the province of Homs.", "Homs"),
        ("Rain fell on the provinces of Idlib and Hama.", "Idlib"),
        ("Rain fell on the provinces of Idlib and Hama.", "Hama"),
        ("Rain fell between the provinces of Homs in the west and Raqqa in the north.", "Raqqa"),
        ("Rain fell on Idlib and Aleppo provinces.", "Idlib"),
        ("Rain fell on Idlib, Homs and Aleppo governorates.", "Homs"),
        ("Rain fell on Hama's countryside in Syria.", "Hama"),
        ("Rain fell on Deir Ezzor governorate in Syria.", "Deir Ezzor"),
    ],
)
def test_a_division_is_no_city(text: str, name: str) -> None:
    assert precision(text, name) is GOVERNORATE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rain fell on Homs and on the province of Idlib.", "Homs"),
        ("Rain fell on Idlib. Two provinces were dry.", "Idlib"),
        ("A man from the province of the north went to Homs.", "Homs"),
    ],
)
def test_a_city_beside_a_division_is_a_city(text: str, name: str) -> None:
    assert precision(text, name) is CITY


def test_a_district_named_for_a_town_by_another_spelling_is_the_district() -> None:
    found = places("Rain fell on Jisr al-Shughour district in Syria.")["Jisr al-Shughour district"]
    assert found is not None
    assert found.precision is PlacePrecision.DISTRICT


def test_a_quarter_is_no_town_of_its_name_far_away() -> None:
    quarter = places("Rain fell on the Salamiyah neighbourhood of Latakia.")["Salamiyah"]
    town = places("Rain fell on Salamiyah and on Latakia.")["Salamiyah"]
    assert quarter is not None
    assert (quarter.lat, quarter.precision) == (None, PlacePrecision.NEIGHBOURHOOD)
    assert town is not None
    assert town.lat is not None


def test_a_quarter_is_no_village_of_like_spelling_far_away() -> None:
    found = places("Rain fell on the Salamieyeh quarter in the north of Latakia.")
    found |= places("Rain fell on the neighbourhood of Salamieyeh in Latakia.")
    assert found["Latakia"] is not None
    assert not any(place and place.lat for said, place in found.items() if said.startswith("Sala"))


def test_words_apart_are_words_for_the_name() -> None:
    text = "the provinces of Ravenna and Forli"
    assert division_of(text, text.index("Ravenna"), text.index("Ravenna") + 7) == "province"
    assert division_of(text, text.index("Forli"), len(text)) == "province"
    assert division_of("Ravenna of the provinces", 0, 7) is None
    assert division_of("", 0, 0) is None
