"""Places are found by every spelling that the gazetteers know, and by the skeleton of one that they do not."""

from __future__ import annotations

import pytest

from parallax.model import Place, PlacePrecision
from parallax.names import gazetteer
from parallax.names.spellings import Spellings

PLACES = (
    Place("Sevastopol", 44.60795, 33.52134, PlacePrecision.CITY, "UA", 694423, ("20",)),
    Place("Abu Kamal", 34.45226, 40.91854, PlacePrecision.TOWN, "SY", 174448, ("07",)),
    Place("Aleppo", 36.20124, 37.16117, PlacePrecision.CITY, "SY", 170063, ("09",)),
    Place("Mackenzie's Farm", 44.6, 33.7, PlacePrecision.LANDMARK, "UA"),
    Place("Sevastopol", None, None, PlacePrecision.CITY),
)


@pytest.fixture(scope="module")
def known() -> Spellings:
    return Spellings(PLACES, gazetteer.load())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("البوكمال", {1}),
        ("Albu Kamal", {1}),
        ("ABU KAMAL", {1}),
        ("حلب", {2}),
        ("Haleb", {2}),
        ("سيفاستوبول", {0}),
        ("Sebastopol", {0}),
        ("sevastopol", {0, 4}),
        ("Mackenzie’s Farm", {3}),
        ("Syria", {1, 2}),
        ("سوريا", {1, 2}),
        ("Deir ez-Zor", {1}),
        ("Paris", set()),
        ("", set()),
        ("  ", set()),
        ("\u202e", set()),
        ("x" * 10_000, set()),
    ],
)
def test_a_place_is_called_by_any_of_its_names(known: Spellings, words: str, found: set[int]) -> None:
    assert set(known.called(words)) == found


def test_a_name_is_found_by_its_beginning(known: Spellings) -> None:
    assert set(known.beginning("سيفاست")) == {0}
    assert set(known.beginning("Abu Ka")) == {1}
    assert set(known.beginning("Mack")) == {3}
    assert set(known.beginning("")) == set()
    assert set(known.beginning("zzzz")) == set()


def test_a_spelling_that_nobody_listed_is_found_by_its_skeleton(known: Spellings) -> None:
    assert set(known.alike("Aboo Kemaal")) == {1}
    assert set(known.alike("K")) == set()
    assert set(known.called("Aboo Kemaal")) == set()


def test_without_a_gazetteer_the_list_has_its_own_names() -> None:
    alone = Spellings(PLACES)
    assert set(alone.called("sevastopol")) == {0, 4}
    assert set(alone.called("البوكمال")) == set()
    assert set(alone.alike("al-Boukamal")) == {1}
    assert set(Spellings(()).called("Aleppo")) == set()
