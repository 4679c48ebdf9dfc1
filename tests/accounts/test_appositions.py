"""People whom a list names twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.accounts.appositions import counted_once
from parallax.model import Count

from .cases import ends, said, tally


def once(number: int, text: str, whom: str | None = None) -> Count | None:
    """What is left of a count in these words."""
    return counted_once(said("post", number, text=text, whom=whom or text).claim)


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        (6, "Three brothers, Adam Petrov, 35-year-old Ivan Petrov and 28-year-old Petr Petrov", 3),
        (8, "Four people, a father and three children", 4),
        (10, "Her five daughters, Anna, Olga, Vera, Nina and Zoya", 5),
        (4, "2 women, Anna Petrova and Olga Petrova", 2),
        (3, "Ivan Petrov and his wife, 31-year-old Anna Petrova", 2),
        (4, "A two-year-old boy, Adam Petrov, and his sister, one-year-old Vera Petrova", 2),
        (2, "Anna, Ivan’s", 1),
        (3, "Ivan, Petr and Anna Petrova", 3),
        (3, "the father, mother and sister of the mayor", 3),
        (4, "Ivan Petrov, his wife Anna and two sons", 4),
        (5, "Three brothers, and two guards", 5),
        (2, "Ivan Petrov and Anna Petrova's", 2),
    ],
)
def test_who_is_told_of_twice_is_counted_once(number: int, text: str, expected: int) -> None:
    assert once(number, text) == Count(expected, expected, text)


def test_a_name_and_what_he_was_are_one_person() -> None:
    text = "Ivan Petrov , a 45 year old farmer and father of the mayor"
    assert once(3, text, "Ivan Petrov") == Count(1, 1, text)
    assert ends(tally(said("post", 3, text=text, whom="Ivan Petrov"))) == (1, 1)
    with_his_wife = "Ivan Petrov, a farmer and his wife"
    assert once(3, with_his_wife, "Ivan Petrov") == Count(3, 3, with_his_wife)


@pytest.mark.parametrize(("low", "high"), [(3, None), (None, 6), (3, 6)])
def test_an_open_count_stays(low: int | None, high: int | None) -> None:
    claim = said("post", low, high, "Three brothers, Adam, Ivan and Petr").claim
    assert counted_once(claim) == claim.count


@given(st.integers(1, 40), st.text(alphabet="AaBb ,'’-1 and wife brothers", max_size=60))
def test_never_more_and_never_none(number: int, text: str) -> None:
    found = once(number, text, text or "people")
    assert found is not None
    assert found.low is not None
    assert 1 <= found.low <= number
    assert found.low == found.high
