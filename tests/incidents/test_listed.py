"""How many dead a sentence lists, and who killed himself too."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.incidents.listed import killed_himself_too, listed, told_dead


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("A farmer and his two sons were found dead in the barn.", 3),
        ("Farmer, two sons found dead", 3),
        ("Woman, 2 children shot to death in Balaklava", 3),
        ("3 men, 1 woman killed in Varna", 4),
        ("Guards: Mother, boy fatally shot on the quay", 2),
        ("He is charged with the murders of a clerk and her daughter.", 2),
        ("The raid killed his wife, Anna Petrova, 30, and their three small children.", 4),
        ("Ivan Petrov, 40, and Anna Markova, 38, were killed.", 2),
        ("Petrov and his 9-year-old daughter died on Sunday.", 2),
        ("A shell left a farmer and two girls dead.", 3),
        ("A gunman shot and killed a guard, a nurse and four students before noon.", 6),
    ],
)
def test_a_list_of_people_told_of_as_dead_is_added_up(sentence: str, number: int | None) -> None:
    first = next((at for at in range(len(sentence)) if listed(sentence, at) is not None), None)
    assert (listed(sentence, first) if first is not None else None) == number


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("Two men were killed.", "Two men"),
        ("A shell killed a farmer and a girl was hurt.", "a farmer"),
        ("Anna Petrova, the teacher, was killed.", "Anna Petrova"),
        ("After the deaths of her sons, a mother moved away.", "her sons"),
        ("Earlier Monday, a man was fatally shot on the quay.", "a man"),
        ("Five people, including two women and a child, were hurt.", "two women"),
        ("A guard wounded a man and a woman.", "a man"),
        ("Her son, Ivan Petrov, was found dead.", "Her son"),
        ("He killed a man and wounded two women.", "a man"),
    ],
)
def test_what_is_no_list_of_the_dead_adds_up_to_nothing(sentence: str, counted: str) -> None:
    assert listed(sentence, sentence.index(counted)) is None


def test_the_place_must_lie_in_the_list() -> None:
    sentence = "A priest said that a farmer and two girls were killed by a shell."
    assert listed(sentence, sentence.index("two")) == 3
    assert listed(sentence, sentence.index("A priest")) is None
    assert listed(sentence, sentence.index("shell")) is None


PEOPLE = [("a man", 1), ("his two sons", 2), ("a 3-year-old girl", 1), ("four soldiers", 4), ("the elderly clerk", 1)]


@given(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=8))
def test_however_long_the_list_it_comes_to_its_people(people: list[tuple[str, int]]) -> None:
    words = ", ".join(name for name, _ in people[:-1]) + f" and {people[-1][0]}"
    number = sum(each for _, each in people)
    assert listed(f"On the quay a guard killed {words}.", len("On the quay a guard killed ")) == number
    assert listed(f"A priest said that {words} were killed.", len("A priest said that ")) == number


@pytest.mark.parametrize(
    "words",
    [
        "killed * before shooting himself.",
        "kills *, then himself",
        "shot * and then turned the gun on herself.",
        "fatally shot * before he took his own life.",
        "murdered * and committed suicide on Sunday.",
    ],
)
def test_who_kills_others_and_then_himself_is_one_more_of_the_dead(words: str) -> None:
    sentence = f"The clerk {words.replace('*', 'his brother')}"
    start = sentence.index("his brother")
    assert killed_himself_too(sentence, start, start + len("his brother"))


@pytest.mark.parametrize(
    "sentence",
    [
        "The clerk killed his brother before trying to shoot himself; he tried in vain.",
        "The clerk killed his brother and shot himself in the foot.",
        "The clerk killed himself before his brother came.",
        "The clerk, who shot himself, had killed his brother.",
        "His brother was hurt, and then the clerk killed himself.",
    ],
)
def test_who_lives_or_killed_nobody_but_himself_is_not(sentence: str) -> None:
    start = sentence.lower().index("his brother")
    assert not killed_himself_too(sentence, start, start + len("his brother"))


@pytest.mark.parametrize("words", ["Anna Petrova, 30, and ", "his wife, Anna Petrova, ", "two small men, ", "Aa "])
def test_long_lists_take_no_time(words: str) -> None:
    begun = time.process_time()
    listed(f"killed {words * 400}x", 8)
    assert time.process_time() - begun < 2


@given(st.text(alphabet="ab killed,dAn'-;&12\n", max_size=120), st.integers(0, 120))
def test_any_words_are_gone_through(words: str, place: int) -> None:
    found = listed(words, place)
    assert found is None or found >= 2


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Guards seek a man after the fatal shooting of an 8-year-old boy.", 1),
        ("A clerk is charged in the shooting death of Anna Petrova, 30.", 1),
        ("Three people were killed in a raid on the mill.", 3),
        ("A Varna woman was fatally shot on Monday.", 1),
        ("A raid killed a farmer and two girls.", 3),
        ("A deadly raid hit the mill.", None),
        ("The fatal shooting is looked into.", None),
        ("A clerk was shot on the quay.", None),
    ],
)
def test_the_people_whom_a_sentence_tells_of_as_dead_are_counted(sentence: str, number: int | None) -> None:
    assert told_dead(sentence) == number
