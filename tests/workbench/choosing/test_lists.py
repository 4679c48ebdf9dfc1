"""What an address asks of a list."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from parallax.workbench.choosing.wanted import FIELDS, LONGEST, MANY, Wanted, box_or_none, box_words
from parallax.workbench.pages import Sheet, with_query

PAIRS = st.lists(st.tuples(st.sampled_from(FIELDS), st.text(max_size=600) | st.sampled_from(["killed", "1854-10-25"])))


@given(PAIRS)
def test_any_address_makes_a_question(pairs: list[tuple[str, str]]) -> None:
    wanted = Wanted.of(QueryParams(pairs))
    query = wanted.query("airwars", 0, 10)
    assert set(wanted.values) == set(FIELDS)
    assert all(len(value) <= LONGEST for name in FIELDS for value in wanted.many(name))
    assert all(wanted.one(name) == "" for name in wanted.refused if name not in MANY)
    assert query.order in ("when", "oldest", "killed", "reports", "place", "id")
    # The address of the same choice makes the same choice.
    again = Wanted.of(QueryParams(wanted.address({}).removeprefix("?")))
    printable = all(value.encode("utf-8", "ignore").decode() == value for _, value in pairs)
    assert not printable or {name: again.values[name] for name in FIELDS} == dict(wanted.values)
    assert wanted.address({}) == with_query(wanted.values)


def test_what_makes_no_sense_is_left_out_and_named() -> None:
    asked = "kind=party&kind=killed&grade=weak&from=yesterday&to=1854-10-31&order=random&box=1,2,3&zoom=1854"
    wanted = Wanted.of(QueryParams(asked))
    assert set(wanted.refused) == {"kind", "from", "order", "box", "zoom"}
    query = wanted.query("airwars", 0, 10)
    assert (query.kind, query.grade, query.from_day, query.to_day) == (("killed",), "weak", None, date(1854, 10, 31))
    assert wanted.chosen == (("kind", "killed"), ("to", "1854-10-31"), ("grade", "weak"))


def test_several_kinds_are_taken_away_one_by_one() -> None:
    wanted = Wanted.of(QueryParams("kind=killed&kind=shelling&kind=killed&actor=russia&order=killed"))
    assert wanted.chosen == (("kind", "killed"), ("kind", "shelling"), ("actor", "russia"))
    assert with_query(wanted.without("kind", "killed")) == "?kind=shelling&actor=russia&order=killed"
    assert wanted.query("airwars").kind == ("killed", "shelling")


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("33,44,34.5,45", (33.0, 44.0, 34.5, 45.0)),
        ("170,-10,-170,10", (170.0, -10.0, -170.0, 10.0)),
        ("33,45,34,44", None),
        ("33,44,34", None),
        ("nan,0,1,1", None),
        ("inf,0,1,1", None),
        ("0,0,181,1", None),
        ("", None),
    ],
)
def test_boxes(text: str, box: tuple[float, float, float, float] | None) -> None:
    assert box_or_none(text) == box


def test_a_box_is_said_in_degrees() -> None:
    assert box_words("-33.5,44,34.125,45") == "44.00° N to 45.00° N, 33.50° W to 34.12° E"


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
