"""Block keys: few, and shared by what can be one happening."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.incidents import block
from parallax.incidents.link import link
from parallax.incidents.score import compare
from parallax.model import Days, Kind, Place, PlacePrecision, Scope, Statement

from .made import BALAKLAVA, CRIMEA, INKERMAN, SEVASTOPOL, day, said, told

BATTLE = day("1854-11-05")


def share(a: Statement, b: Statement) -> bool:
    tellings, known = told([a], [b])
    one, other = (block.keys(telling, known) for telling in tellings)
    assert len(one) <= block.MOST
    assert len(other) <= block.MOST
    return bool(one & other)


@settings(deadline=None)
@given(
    st.integers(0, 20000),
    st.integers(-2, 2),
    st.floats(-80, 80),
    st.floats(-180, 180),
    st.floats(-0.07, 0.07),
    st.floats(-0.07, 0.07),
)
def test_points_and_days_near_each_other_always_share_a_key(
    number: int, later: int, lat: float, lon: float, north: float, east: float
) -> None:
    first = date(1854, 1, 1) + timedelta(number)
    other = first + timedelta(later)
    a = Place("a", lat, lon, PlacePrecision.VILLAGE)
    b = Place("b", lat + north, lon + east, PlacePrecision.VILLAGE)
    assert share(
        said("a", 0, Kind.KILLED, when=Days(first, first), place=a),
        said("b", 0, Kind.SHELLING, when=Days(other, other), place=b),
    )


def test_weeks_apart_or_far_apart_share_none() -> None:
    a = said("a", 0, Kind.KILLED, when=BATTLE, place=BALAKLAVA)
    later = said("b", 0, Kind.KILLED, when=day("1854-12-05"), place=BALAKLAVA, published="1854-12-09")
    assert not share(a, later)
    assert not share(a, said("b", 0, Kind.KILLED, when=BATTLE, place=Place("Kars", 40.6, 43.1, PlacePrecision.TOWN)))
    assert not share(a, said("b", 0, Kind.TRUCE, when=BATTLE, place=BALAKLAVA))
    assert not share(a, said("b", 0, Kind.KILLED, when=BATTLE, place=BALAKLAVA, scope=Scope.TOTAL))


def test_a_town_and_its_province_share_a_key() -> None:
    assert share(
        said("a", 0, Kind.KILLED, when=BATTLE, place=INKERMAN), said("b", 0, Kind.KILLED, when=BATTLE, place=CRIMEA)
    )


def test_no_day_is_the_days_before_publication() -> None:
    assert share(
        said("a", 0, Kind.KILLED, when=BATTLE, place=INKERMAN),
        said("b", 0, Kind.KILLED, place=INKERMAN, published="1854-11-08"),
    )


def test_a_named_person_is_shared_over_any_time() -> None:
    assert share(
        said("a", 0, Kind.KILLED, when=BATTLE, place=INKERMAN, whom="George Cathcart"),
        said("b", 0, Kind.KILLED, whom="Sir George Cathcart", published="1856-02-01"),
    )


def test_names_written_alike_but_not_found_share_a_key() -> None:
    assert share(
        said("a", 0, Kind.KILLED, when=BATTLE, where="the village of Karani"),
        said("b", 0, Kind.KILLED, when=BATTLE, where="Karani"),
    )


def test_a_number_of_victims_is_shared_where_one_names_no_place() -> None:
    assert share(
        said("a", 0, Kind.KILLED, when=BATTLE, place=INKERMAN, number=597),
        said("b", 0, Kind.KILLED, when=BATTLE, number=(597, None)),
    )


def test_reports_of_one_place_printed_together_share_a_key_whatever_day_they_give() -> None:
    assert share(
        said("a", 0, Kind.SEIZED, when=day("1854-09-25"), place=SEVASTOPOL, published="1854-10-03"),
        said("b", 0, Kind.SEIZED, place=SEVASTOPOL, published="1854-10-06"),
    )


def test_neither_day_nor_place_still_gives_a_key() -> None:
    tellings, known = told([said("a", 0, Kind.KILLED, published=None)])
    assert len(block.keys(tellings[0], known)) == 1


def test_link_finds_what_comparing_all_pairs_finds_and_leaves_the_old_pairs_alone() -> None:
    reports = [
        [said(f"r{n}", 0, Kind.GROUND_ATTACK, when=day(f"1854-11-0{1 + n % 3}"), place=place)]
        for n, place in enumerate([INKERMAN, BALAKLAVA, CRIMEA, INKERMAN, BALAKLAVA, None])
    ]
    tellings, known = told(*reports)
    every = {
        made for n, a in enumerate(tellings) for b in tellings[n + 1 :] if (made := compare(a, b, known)) is not None
    }
    assert set(link(tellings, known)) == every
    assert every
    new, old = tellings[:2], tellings[2:]
    fresh = {telling.key for telling in new}
    assert set(link(new, known, against=old)) == {made for made in every if {made.a, made.b} & fresh}
