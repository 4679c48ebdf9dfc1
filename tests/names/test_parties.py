"""Packs of parties: what they hold, and who stood with whom when."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.names.actors import resolve
from parallax.names.parties import During, as_day, as_party, load

KNOWN = load()
DAYS = st.dates(date(2003, 1, 1), date(2026, 12, 31))
KEYS = st.sampled_from([party.key for party in KNOWN.all])


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2013, 5, 1), "Jabhat al-Nusra"),
        (date(2016, 7, 27), "Jabhat al-Nusra"),
        (date(2016, 7, 28), "Jabhat Fateh al-Sham"),
        (date(2017, 1, 28), "Hayat Tahrir al-Sham"),
        (date(2024, 12, 1), "Hayat Tahrir al-Sham"),
    ],
)
@pytest.mark.parametrize("words", ["the Nusra Front", "Jabhat Fatah al-Sham", "HTS", "هيئة تحرير الشام"])
def test_a_group_that_renamed_itself_is_one_party_under_the_name_of_the_day(words: str, day: date, name: str) -> None:
    actor = resolve(words, day)
    assert actor is not None
    assert (actor.key, actor.name) == ("hts", name)


@pytest.mark.parametrize(
    ("day", "name", "above"),
    [
        (date(2005, 3, 1), "Al-Qaeda in Iraq", "al-qaeda"),
        (date(2010, 3, 1), "Islamic State of Iraq", "al-qaeda"),
        (date(2013, 12, 1), "Islamic State of Iraq and the Levant", "al-qaeda"),
        (date(2014, 7, 1), "Islamic State", None),
    ],
)
def test_it_left_its_parent_when_it_did(day: date, name: str, above: str | None) -> None:
    party = KNOWN.party("isis", day)
    assert party is not None
    assert (party.called(day), party.parent(day)) == (name, above)


@pytest.mark.parametrize(
    ("a", "b", "day", "together"),
    [
        ("hts", "al-qaeda", date(2015, 6, 1), True),
        ("hts", "al-qaeda", date(2018, 6, 1), False),
        ("hts", "isis", date(2013, 1, 1), True),
        ("hts", "isis", date(2014, 6, 1), False),
        ("ypg", "us-led-coalition", date(2013, 8, 1), False),
        ("ypg", "us-led-coalition", date(2015, 8, 1), True),
        ("ypg", "sdf", date(2016, 8, 1), True),
        ("russia", "syrian-government", date(2016, 8, 1), True),
        ("russia", "syrian-government", date(2025, 8, 1), False),
        ("peshmerga", "iraqi-government", date(2016, 11, 1), True),
        ("peshmerga", "iraqi-government", date(2017, 10, 20), False),
        ("nour-al-din-al-zenki", "hts", date(2017, 3, 1), True),
        ("turkey", "syrian-national-army", date(2018, 2, 1), True),
        ("turkey", "sdf", date(2018, 2, 1), False),
        ("united-kingdom", "multi-national-force-iraq", date(2005, 2, 1), True),
    ],
)
def test_who_stood_with_whom(a: str, b: str, day: date, together: bool) -> None:
    assert KNOWN.allied(a, b, day) is together


@given(KEYS, KEYS, DAYS)
def test_standing_together_goes_both_ways(a: str, b: str, day: date) -> None:
    assert KNOWN.allied(a, b, day) == KNOWN.allied(b, a, day)
    assert KNOWN.allied(a, a, day)


def test_what_a_pack_refers_to_is_in_a_pack() -> None:
    for party in KNOWN.all:
        for time in (*party.parents, *party.allies):
            assert time.what in KNOWN.by_key, f"{party.key} names {time.what}"
            assert time.what != party.key


def test_the_times_of_one_name_or_side_never_meet() -> None:
    for party in KNOWN.all:
        for times in (party.names, party.sides):
            for before, after in pairwise(times):
                assert before.last is not None, f"{party.key}: {before}"
                assert after.first is not None, f"{party.key}: {after}"
                assert before.last < after.first, f"{party.key}: {before} and {after}"


def test_a_sure_name_of_a_party_by_hand_is_borne_by_no_other_at_a_time() -> None:
    # The lists of others give one name to several of their groups; those stay alternatives.
    listed = json.loads(resources.files("parallax.names").joinpath("packs", "actors-listed.json").read_text("utf-8"))
    apart = {row["key"] for row in listed["actors"] if "name" in row}
    day = date(2017, 6, 1)
    shared = {
        alias: {sense.party.key for sense in senses if sense.certainty > 0.9 and sense.party.told_of(day)}
        for alias, senses in KNOWN.aliases.items()
    }
    lived = {
        alias: {key for key in keys if (party := KNOWN.party(key, day)) and party.lived(day)}
        for alias, keys in shared.items()
    }
    assert {alias: keys for alias, keys in lived.items() if len(keys) > 1 and keys - apart} == {}


def test_rows_hold_nothing_that_is_not_read() -> None:
    known = {
        *("key", "name", "kind", "traits", "countries", "seats", "side", "sides", "parent", "parents", "allies"),
        *("from", "to", "names", "demonyms", "peoples", "adjectives", "aliases", "loose", "unnamed", "un"),
    }
    folder = resources.files("parallax.names").joinpath("packs")
    rows = [
        row
        for file in folder.iterdir()
        if file.name.startswith("actors-")
        for row in json.loads(file.read_text("utf-8"))["actors"]
    ]
    assert len(rows) > 100
    assert {name for row in rows for name in row} <= known


@pytest.mark.parametrize(
    ("given_", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31)),
        ("2016-02-03", date(2016, 2, 3), date(2016, 2, 3)),
    ],
)
def test_a_year_or_a_month_begins_and_ends(given_: str, first: date, last: date) -> None:
    assert (as_day(given_), as_day(given_, last=True)) == (first, last)


@pytest.mark.parametrize("wrong", ["2016-13", "16", "May 2016", "2016-02-30", "2016-2-3", "2016-02-03T00:00"])
def test_what_is_no_day_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        as_day(wrong)


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        as_party({"key": "a", "name": "A", "sides": [{"side": "b", "from": "2016", "to": "2015"}]})


@given(DAYS, DAYS, DAYS)
def test_what_held_for_a_time_held_on_its_days_and_no_others(a: date, b: date, day: date) -> None:
    first, last = min(a, b), max(a, b)
    assert During("x", first, last).holds(day) == (first <= day <= last)
    assert During("x", first).holds(None)
    assert not During("x", first, last).holds(None)
