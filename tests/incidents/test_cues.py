"""What the words around a claim say: a count over days, another happening."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.incidents.cues import counts_over_days, is_another, ties
from parallax.model import Claim, Count, Days, Kind, Scope, Stance, Tie

from .made import day

STRETCH = day("1854-10-11", "1854-10-17")
MONDAY = day("1854-10-16")


def counted(sentence: str, number: str, when: Days | None, kind: Kind = Kind.KILLED, **slots: object) -> bool:
    """Whether the claim of so many in the sentence counts over days."""
    digits = int("".join(c for c in number if c.isdigit()) or 2)
    claim = Claim.of(
        "r", 0, len(sentence), kind, count=Count(digits, digits, number) if number else None, when=when, **slots
    )
    return counts_over_days(claim, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Since Wednesday shells have killed 66 sappers in the trenches.",
        "Seven days of shelling have left 66 sappers dead.",
        "In the past week 66 sappers were killed.",
        "At least 66 sappers have been killed this month.",
        "66 sappers died over the last few days.",
        "66 sappers were killed in six days, a surgeon said.",
        "It was the bloodiest week of the siege, with 66 sappers killed.",
        "The guns have killed 66 sappers since the start of the siege.",
        "Cholera and shells take 66 men a day.",
    ],
)
def test_a_count_over_days_is_known_by_its_words(sentence: str) -> None:
    assert counted(sentence, "66", STRETCH)
    assert counted(sentence, "66", MONDAY) is ("Wednesday" not in sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday shells killed 66 sappers.",
        "Early last week a shell killed 66 sappers.",
        "It was the deadliest shelling since the start of the siege, with 66 sappers killed.",
        "The first raid in five months killed 66 sappers.",
        "Earlier this month a shell killed 66 sappers.",
        "Three days ago a shell killed 66 sappers.",
        "The redoubt was taken after ten days of shelling, and 66 sappers died in it.",
        "66 sappers were killed in two days of fighting for the redoubt.",
        "Held for three months, the 66 sappers were killed at dawn.",
    ],
)
def test_one_happening_is_no_count_over_days(sentence: str) -> None:
    assert not counted(sentence, "66", MONDAY)
    assert not counted(sentence, "66", None)


def test_of_a_days_dead_and_those_of_a_week_only_the_latter_count_over_days() -> None:
    sentence = "Shells killed six men on Monday, bringing to 80 those killed in the past week."
    assert not counted(sentence, "six", MONDAY)
    assert counted(sentence, "80", STRETCH)


def test_words_for_a_stretch_in_a_sentence_of_one_day_are_of_something_else() -> None:
    sentence = "On Monday shells killed 12 men in the redoubt, under fire over the past week."
    assert not counted(sentence, "12", MONDAY)
    assert not counted("Shells killed 12 men in the town, which has been besieged since October.", "12", MONDAY)


def test_a_battle_since_the_day_before_is_one_happening() -> None:
    assert not counted("Thirty were killed since Wednesday.", "Thirty", day("1854-10-11", "1854-10-12"))


def test_what_lasts_counts_over_days_where_it_is_an_act_and_not_where_it_is_a_toll() -> None:
    assert counted("They have shelled the redoubt for weeks.", "", None, Kind.SHELLING)
    assert not counted("Held for weeks, 12 men were shot.", "12", None)


def test_totals_denials_and_truces_are_told_otherwise() -> None:
    sentence = "In the past week 66 sappers were killed."
    assert not counted(sentence, "66", STRETCH, scope=Scope.TOTAL)
    assert not counted(sentence, "66", STRETCH, stance=Stance.DENIED)
    assert not counted("The truce has held for weeks.", "", None, Kind.TRUCE)


def test_another_happening_says_so() -> None:
    for sentence in (
        "Three more died in a separate attack on the mill.",
        "In another raid two sappers were killed.",
        "Elsewhere, shells hit the harbour.",
        "Separately, a mine killed two men.",
    ):
        assert is_another(sentence)
    for sentence in (
        "The wounded were taken elsewhere.",
        "He had come from elsewhere.",
        "Three separate attacks killed nine.",
        "Another soldier helped him.",
    ):
        assert not is_another(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The raid killed six people near the mill.", (Tie.BACK,)),
        ("It killed six people near the mill.", (Tie.PRONOUN,)),
        ("Meanwhile six people died near the mill.", (Tie.ASIDE,)),
        ("Also on Friday, shells fell near the mill.", (Tie.ASIDE,)),
        ("Last month six people died near the mill.", (Tie.EARLIER,)),
        ("Among the dead of the first two strikes were six millers.", (Tie.PRONOUN, Tie.BACK)),
        ("A raid killed six people near the mill.", ()),
    ],
)
def test_how_a_sentence_stands_to_those_before_it(sentence: str, expected: tuple[Tie, ...]) -> None:
    assert ties(sentence) == expected


@given(st.text())
def test_ties_are_sorted_whatever_the_words(sentence: str) -> None:
    found = ties(sentence)
    assert list(found) == sorted(set(found))
