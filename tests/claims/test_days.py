from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.claims.days import find
from parallax.model import Days

PUBLISHED = date(2023, 10, 18)  # a Wednesday


def read(text: str, published: date | None = PUBLISHED) -> list[Days | None]:
    return [mention.days for mention in find(text, published)]


def days(first: str, last: str | None = None) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on Monday.", days("2023-10-16")),
        ("It fell on Wednesday.", days("2023-10-18")),
        ("It fell last Wednesday.", days("2023-10-11")),
        ("Thursday’s raid hit the mill.", days("2023-10-12")),
        ("They shelled it today.", days("2023-10-18")),
        ("They shelled it yesterday evening.", days("2023-10-17")),
        ("They shelled it overnight.", days("2023-10-17", "2023-10-18")),
        ("They shelled it last night.", days("2023-10-17", "2023-10-18")),
        ("They shelled it this morning.", days("2023-10-18")),
        ("They shelled it earlier today.", days("2023-10-18")),
        ("Ten died in the past 24 hours.", days("2023-10-17", "2023-10-18")),
        ("Ten died in the last three days.", days("2023-10-15", "2023-10-18")),
        ("Ten died last week.", days("2023-10-09", "2023-10-15")),
        ("Ten died this week.", days("2023-10-16", "2023-10-18")),
        ("Ten died over the weekend.", days("2023-10-14", "2023-10-15")),
        ("Ten died three days ago.", days("2023-10-15")),
        ("Ten died a month ago.", days("2023-09-01", "2023-09-30")),
        ("Ten have died since April 19.", days("2023-04-19", "2023-10-18")),
        ("Ten have died since 2011.", days("2011-01-01", "2023-10-18")),
        ("It began on 7 October.", days("2023-10-07")),
        ("It began on October 7, 2021.", days("2021-10-07")),
        ("It began on Wednesday 25 October 1854.", days("1854-10-25")),
        ("It began on 7/10/2023.", days("2023-10-07")),
        ("It began on 2017-04-05.", days("2017-04-05")),
        ("Stamped 2017-04-05T10:20:00Z.", days("2017-04-05")),
        ("It began in December.", days("2022-12-01", "2022-12-31")),
        ("It began in early May.", days("2023-05-01", "2023-05-10")),
        ("It began in mid-July 2019.", days("2019-07-11", "2019-07-20")),
        ("It began in late 2014.", days("2014-09-01", "2014-12-31")),
        ("It lasted between 5 and 8 March.", days("2023-03-05", "2023-03-08")),
        ("It lasted from Friday to Sunday.", days("2023-10-13", "2023-10-15")),
        ("On the night of 4-5 October it burned.", days("2023-10-04", "2023-10-05")),
        ("It sailed on the 20th.", days("2023-09-20")),
        ("It sailed on the 5th inst. with mail.", days("2023-10-05")),
        ("It sailed on the 5th ult. with mail.", days("2023-09-05")),
        ("It lasted between March and May 2015.", days("2015-03-01", "2015-05-31")),
        ("Envoys will meet on Friday.", days("2023-10-20")),
        ("Envoys meet again tomorrow.", days("2023-10-19")),
        ("Envoys meet again next week.", days("2023-10-23", "2023-10-29")),
        ("He was shot on 5 january, they said.", days("2023-01-05")),
        ("It fell in the first week of October.", days("2023-10-01", "2023-10-07")),
        ("It fell in the last week of February 2020.", days("2020-02-23", "2020-02-29")),
        ("It was shelled for the third day running.", days("2023-10-16", "2023-10-18")),
        ("In the 1990s it was quiet.", days("1990-01-01", "1999-12-31")),
        ("It burned in the summer of 2015.", days("2015-06-01", "2015-08-31")),
    ],
)
def test_words_of_days_are_resolved_against_publication(text: str, expected: Days) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain, and they may march on.",
        "The Sun printed it.",
        "They may 5 times have fired.",
        "It killed 2000 people.",
        "A force of 2000 soldiers came.",
        "May God help them.",
        "They fired every Friday.",
    ],
)
def test_words_that_name_no_day_are_left(text: str) -> None:
    assert read(text) == []


def test_what_cannot_be_worked_out_is_found_without_days() -> None:
    assert read("It fell in the second week of the siege.") == [None]
    assert read("Many of them died in the next four days.") == [None]
    assert read("It fell on Monday.", published=None) == [None]
    assert read("It fell on 5 May 1990.", published=None) == [days("1990-05-05")]


def test_a_day_earlier_is_counted_from_the_day_last_named() -> None:
    assert read("Officials said on Friday that a raid a day earlier killed two.") == [
        days("2023-10-13"),
        days("2023-10-12"),
    ]


def test_a_date_that_may_be_read_two_ways_keeps_both_where_nothing_decides() -> None:
    assert read("Stamped 3/4/2019.") == [days("2019-03-04", "2019-04-03")]


def test_a_weekday_beside_a_date_picks_the_year() -> None:
    assert read("It fell on Saturday, 15 October.") == [days("2022-10-15")]


PIECES = st.sampled_from(
    [
        "on",
        "Monday",
        "Friday",
        "since",
        "from",
        "to",
        "between",
        "and",
        "last",
        "next",
        "week",
        "the",
        "5th",
        "inst.",
        "March",
        "May",
        "Oct.",
        "7",
        "31",
        "2015",
        "1854",
        "29 February",
        "30/2/2019",
        "2019-13-40",
        "12/11/10",
        "ago",
        "three",
        "days",
        "a",
        "earlier",
        "before",
        "early",
        "mid-",
        "today",
        "overnight",
        "weekend",
        "9999",
        "of",
        "-",
        "–",
        "will",
        "\n",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=16).map(" ".join), st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join)
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_find_holds_its_laws_on_any_text(text: str, published: date | None) -> None:
    last = 0
    for mention in find(text, published):
        assert text[mention.start : mention.end] == mention.words
        assert mention.words.strip()
        assert mention.start >= last
        last = mention.end
        assert mention.days is None or mention.days.first <= mention.days.last


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(1600, 1, 1), date(2090, 1, 1)),
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{0.day} {0:%B} {0.year}", "{0:%B} {0.day}, {0.year}", "{0:%A} {0.day} {0:%b} {0.year}"]
    ),
    st.one_of(st.none(), st.dates()),
)
def test_a_full_date_is_read_back_whatever_the_publication(day: date, form: str, published: date | None) -> None:
    assert read(f"It fell on {form.format(day)}, they said.", published) == [Days(day, day)]


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1600, 1, 20), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_last_by_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    assert read(f"It fell on {day:%A}.", published) == [Days(day, day)]
