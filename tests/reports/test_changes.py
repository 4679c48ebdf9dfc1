"""What changed between two texts."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from parallax.reports.changes import MOST, Change, changes

WORDS = st.lists(st.sampled_from(["ten", "were", "killed", "\n", "\n\n", " ", "قتل", "\u202e", "12,"]), max_size=40)


@given(WORDS, WORDS)
def test_the_parts_joined_are_the_two_texts(before: list[str], after: list[str]) -> None:
    a, b = " ".join(before), " ".join(after)
    found = changes(a, b)
    assert "".join(part.before for part in found) == a
    assert "".join(part.after for part in found) == b
    assert not any(one.same and two.same for one, two in itertools.pairwise(found))


@given(WORDS)
def test_a_text_and_itself_have_no_change(words: list[str]) -> None:
    assert all(part.same for part in changes("".join(words), "".join(words)))


def test_a_number_that_changed_is_one_word() -> None:
    found = changes("Shelling hit Homs.\nTen people died there.\n", "Shelling hit Homs.\nTwelve people died there.\n")
    assert found == (
        Change("Shelling hit Homs.\n", "Shelling hit Homs.\n"),
        Change("Ten ", "Twelve "),
        Change("people died there.\n", "people died there.\n"),
    )


def test_very_long_lines_are_changed_whole() -> None:
    many = int(MOST**0.5) + 2
    found = changes("a " * many, "a " * many + "b")
    assert found == (Change("a " * many, "a " * many + "b"),)
