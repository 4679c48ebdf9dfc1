"""The words of a claim, folded."""

from __future__ import annotations

import pytest

from parallax.incidents.words import ages, fold, given, named_place, names, persons, place_name, skeleton, telling_words

from .made import mention


def test_fold_drops_case_accents_and_punctuation() -> None:
    assert fold("Al-Bū Kamāl’s") == "al bu kamal s"
    assert fold("") == ""


def test_a_place_name_goes_without_its_nouns() -> None:
    assert place_name("the village of Chorgun") == "chorgun"
    assert place_name("northern town") == "northern town"


def test_a_common_noun_names_no_place() -> None:
    assert named_place(mention("the hospital")) == ""
    assert named_place(mention("the village of Karani")) == "karani"
    assert named_place(mention("مدينة حلب")) == "مدينة حلب"
    assert named_place(None) == ""


def test_one_skeleton_for_the_spellings_of_a_name() -> None:
    assert skeleton("inkerman") == skeleton("inkermann") == "nkrmn"
    assert skeleton("chorgun") == skeleton("chorgoun")
    assert skeleton("homs") != skeleton("hama")
    assert skeleton("") == ""


def test_names_are_capitalised_words_that_can_be_names() -> None:
    assert names(mention("Lord Cathcart's aide")) == {"cathcart"}
    assert names(mention("Two men")) == frozenset()
    assert names(mention("MAN DEAD")) == frozenset()
    assert names(mention("Umm Salem al-Masri of the Karim Mosque")) == {"salem", "masri", "karim"}
    assert given({"ahmed", "zahri"}) == {"ahmed"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Captain Louis Nolan", {"louis nolan"}),
        ("Lord George Paget and William Morris", {"george paget", "william morris"}),
        ("British soldiers", set()),
        ("the Light Brigade", set()),
        ("TWO MEN DEAD", set()),
        ("a man", set()),
        ("Umm Salem", set()),
        ("Abu Omar al-Masri", {"abu omar al masri"}),
        ("Holy Martyrs Hospital", set()),
        ("the Foreign Affairs Ministry", set()),
        ("the Karim Salam Mosque", set()),
        ("WCNN Petrov", set()),
        ("إسماعيل أحمد الحسن", set()),
    ],
)
def test_persons(text: str, expected: set[str]) -> None:
    assert persons(mention(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 12-year-old boy", {"12"}),
        ("a 6-month-old girl", {"6m"}),
        ("a twelve-year-old boy", {"12"}),
        ("Mary Seacole, 49", {"49"}),
        ("12 people", set()),
        ("3, 12 people", set()),
        ("a ten-gun battery", set()),
    ],
)
def test_ages(text: str, expected: set[str]) -> None:
    assert ages(mention(text)) == expected


def test_telling_words_leave_out_numbers_and_common_words() -> None:
    assert telling_words(mention("at least 12 civilians, a doctor and two nurses")) == {"doctor", "nurses"}
    assert len(telling_words(None)) + len(persons(None)) + len(ages(None)) == 0
