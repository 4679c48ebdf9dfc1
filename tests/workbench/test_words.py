"""Values as people say them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import Bound, Days, Kind
from parallax.workbench.words import (
    KIND_WORDS,
    actor_words,
    brief,
    days_words,
    reasons,
    spaced,
    web_address,
    whom_words,
)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("1854-10-25", "1854-10-25", "25 October 1854"),
        ("1854-10-21", "1854-10-30", "21–30 October 1854"),
        ("1854-09-30", "1854-10-02", "30 September – 2 October 1854"),
        ("1853-12-01", "1854-02-28", "1 December 1853 – 28 February 1854"),
    ],
)
def test_days(first: str, last: str, words: str) -> None:
    assert days_words(Days(date.fromisoformat(first), date.fromisoformat(last))) == words


def test_every_kind_has_words() -> None:
    assert set(KIND_WORDS) == set(Kind)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("the highest number, 18000", "the highest number, 18,000"),
        ('by the Gazette ("some 18000")', 'by the Gazette ("some 18000")'),
        ("changed on 5 October 1854 to 1400", "changed on 5 October 1854 to 1,400"),
        ("1854-09-25 and 1854-09-25", "1854-09-25 and 1854-09-25"),
        ("1500000 or 999", "1,500,000 or 999"),
        ("18000.5 and 3:1200", "18000.5 and 3:1200"),
    ],
)
def test_thousands_apart_in_our_own_words(said: str, shown: str) -> None:
    assert spaced(said) == shown


@given(st.text(max_size=60), st.integers(5, 40))
def test_lists_cut_long_words_and_say_so(said: str, most: int) -> None:
    shown = brief(said, most)
    assert len(shown) <= most
    assert shown == said or (shown.endswith("…") and said.startswith(shown[:-1]))


@given(st.text())
def test_spacing_adds_nothing_but_commas(words: str) -> None:
    assert spaced(words).replace(",", "") == words.replace(",", "")


def test_a_year_in_a_name_is_no_count() -> None:
    assert spaced("contested: Allied powers of 1854 or Russia") == "contested: Allied powers of 1854 or Russia"
    assert spaced("12 of 1854 people, 1340 of them") == "12 of 1,854 people, 1,340 of them"


def test_reasons_leave_out_the_value_beside_them() -> None:
    bound = Bound(1800, '1800: reached by 2 of 3, the Post ("1800; no more"); 26 are left out')
    assert reasons(bound) == ('reached by 2 of 3, the Post ("1800; no more")', "26 are left out")
    assert reasons(Bound(None, "unknown: no report gives a number")) == ("no report gives a number",)
    assert reasons(Bound(None, "")) == ()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//a", "http://[", "", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_a_web_address_stays() -> None:
    assert web_address("https://example.org/a?b=<c>") == "https://example.org/a?b=<c>"


def test_actors_are_named_by_their_pack_and_else_made_readable() -> None:
    assert actor_words("russia") == "Russia"
    assert actor_words("some-unheard-of-band") == "Some unheard of band"


def test_sides_are_named_as_whose_losses() -> None:
    assert whom_words("side: Russia") == "of Russia"
    assert whom_words("unknown") == "of whom no more is said"
