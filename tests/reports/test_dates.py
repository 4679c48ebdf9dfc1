"""When a report was published: what is understood, and what could mean two days and is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import DateSource, Published
from parallax.reports import dates, language

DAY = date(2017, 4, 5)


@pytest.mark.parametrize(
    "value",
    [
        *("2017-04-05", "2017-04-05T23:30:00Z", "2017-04-05 23:30", "2017/4/5", "20170405", "D:20170405101010+03'00'"),
        *("5 April 2017", "5th of April, 2017", "April 5, 2017", "Wed 05 Apr 2017 at 0914", "05.04.2017"),
        *("Wed, 05 Apr 2017 23:30:00 -0300", "5 نيسان 2017", "5 أبريل، 2017"),
    ],
)
def test_a_day_is_understood(value: str) -> None:
    assert dates.parse(value) == DAY


@pytest.mark.parametrize(
    "value", ["", "05/04/2017", "last week", "2017", "2017-13-45", "31 February 2017", "April 2017", "12:30"]
)
def test_no_day_is_guessed(value: str) -> None:
    assert dates.parse(value) is None


def test_numbers_that_can_mean_one_day_only_are_understood() -> None:
    assert dates.parse("25/04/2017") == dates.parse("04/25/2017") == date(2017, 4, 25)
    assert dates.parse("04/04/2017") == date(2017, 4, 4)


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)))
def test_iso_days_round_trip(day: date) -> None:
    assert dates.parse(day.isoformat()) == day
    assert dates.parse(day.strftime("%d %B ") + f"{day.year:04}") == day


@given(st.text())
def test_any_words_are_a_day_or_none(value: str) -> None:
    assert isinstance(dates.parse(value), date | None)
    assert isinstance(dates.in_dateline(value), date | None)
    assert isinstance(dates.in_url(value), date | None)


def test_days_in_addresses() -> None:
    for url in ("https://w.example/2017/04/05/a", "https://w.example/a-20170405.html", "https://w.example/2017-04-05"):
        assert dates.in_url(url) == DAY
    assert dates.in_url(None) is None
    for url in ("https://w.example/2017/04/a", "https://w.example/12345678901", "https://w.example/2017/99/99/"):
        assert dates.in_url(url) is None


def test_datelines() -> None:
    for text in (
        "TOWN, 5 April 2017 (Wire) – Four hurt",
        "Title\n\nPublished: April 5, 2017\nText",
        "5 April 2017\nText",
    ):
        assert dates.in_dateline(text) == DAY
    assert dates.in_dateline("Four people who were hurt on 5 April 2017 are at home.") is None
    assert dates.in_dateline("Text\n" * 20 + "5 April 2017") is None


def test_the_surest_source_stands_and_the_others_are_named() -> None:
    later = date(2017, 4, 9)
    published, words = dates.choose([(DateSource.URL, later), (DateSource.METADATA, DAY), (DateSource.JSON_LD, None)])
    assert published == Published(DAY, DateSource.METADATA)
    assert words is not None
    assert "url says 2017-04-09" in words
    # A day's difference is the time zone's, and no disagreement.
    assert dates.choose([(DateSource.URL, date(2017, 4, 6)), (DateSource.METADATA, DAY)])[1] is None
    # A dispatch is dated where it was written, and printed when the post came.
    assert dates.choose([(DateSource.GIVEN, date(2017, 4, 20)), (DateSource.DATELINE, DAY)])[1] is None
    assert dates.choose([(DateSource.GIVEN, DAY), (DateSource.DATELINE, date(2017, 4, 20))])[1] is not None
    assert dates.choose([(DateSource.METADATA, date(2019, 4, 5)), (DateSource.DATELINE, DAY)])[1] is not None
    assert dates.choose([(DateSource.URL, None)]) == (None, None)


def test_languages() -> None:
    assert language.named("en-GB") == "en"
    assert language.named("AR") == "ar"
    for nothing in (None, "", "und", "English", "x" * 50):
        assert language.named(nothing) is None
    assert language.told("Four people were hurt when shells fell on the town.") == "en"
    assert language.told("أصيب أربعة مدنيين في قصف على الحي الشرقي من المدينة") == "ar"
    assert language.told("1 2 3 killed") is None
