"""What an address asks of a list."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.workbench.pages import Sheet, with_query
from parallax.workbench.wanted import FIELDS, LONGEST, Wanted


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=600)))
def test_any_address_makes_a_question(parameters: dict[str, str]) -> None:
    wanted = Wanted.of(parameters)
    query = wanted.query("airwars", 0, 10)
    assert set(wanted.values) == set(FIELDS)
    assert all(len(value) <= LONGEST for value in wanted.values.values())
    assert all(wanted.values[name] == "" for name in wanted.refused)
    assert query.order in ("when", "oldest", "killed", "reports", "id")


def test_what_makes_no_sense_is_left_out_and_named() -> None:
    wanted = Wanted.of({"kind": "party", "grade": "weak", "from": "yesterday", "to": "1854-10-31", "order": "random"})
    assert set(wanted.refused) == {"kind", "from", "order"}
    query = wanted.query("airwars", 0, 10)
    assert (query.kind, query.grade, query.from_day, query.to_day) == (None, "weak", None, date(1854, 10, 31))
    assert wanted.chosen == (("to", "1854-10-31"), ("grade", "weak"))


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("0", 1), ("-1", 1), ("9e99", 1), ("", 1), (None, 1), ("٣", 1), ("123456789", 1), ("007", 7)],
)
def test_page_numbers(text: str | None, number: int) -> None:
    assert Sheet.of(text, 10).number == number


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_pages_hold_the_whole_list(total: int, size: int) -> None:
    sheet = Sheet.of("1", size).holding(total)
    assert sheet.last * size >= total
    assert (sheet.last - 1) * size < max(total, 1)
    assert Sheet(sheet.last, size, total).offset <= max(0, total - 1)


def test_a_query_string_leaves_out_what_is_empty() -> None:
    assert with_query({"q": "a b", "kind": "", "page": 0}, grade="weak") == "?q=a+b&grade=weak"
    assert with_query({"q": "\ud800"}) == "?q=%3F"
