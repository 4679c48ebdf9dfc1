"""What two writers agree on: nothing that one alone has, and no further apart than they may be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from parallax.model import PlacePrecision, kilometres
from parallax.names.entry import Entry
from scripts.agreed import AGREE_KM, ONE_KM, Spelled, Written, agreed, named_as

VILLAGE = Written("idlib", "Tall Balaklava", 35.5, 36.5, "village", "تل بلكلافا", ("Tell Balaclava", "Hill Station"))
NAMES = st.sampled_from(["Inkerman", "Chorgun", "Kadikoi", "Kamara"])
WRITTEN = st.builds(
    Written,
    part=st.sampled_from(["a", "b"]),
    name=NAMES,
    lat=st.floats(35.4, 35.6).map(lambda number: round(number, 3)),
    lon=st.floats(36.4, 36.6).map(lambda number: round(number, 3)),
    kind=st.sampled_from(["town", "village", "neighbourhood"]),
    arabic=st.just(""),
    aliases=st.lists(NAMES, max_size=2).map(tuple),
)


def test_a_place_that_both_have_lies_in_the_middle_by_the_names_that_are_its_own() -> None:
    other = replace(VILLAGE, name="Tal Balaklawa", lat=35.52, kind="town", aliases=("Tall Balaklava", "The Harbour"))
    ((entry, called),) = agreed([VILLAGE], [other])
    assert (entry.name, entry.lat, entry.lon) == ("Tall Balaklava", 35.51, 36.5)
    assert entry.precision is PlacePrecision.VILLAGE
    assert "تل بلكلافا" in called
    assert "Tell Balaclava" in called
    assert not {"Hill Station", "The Harbour"} & set(called)


def test_what_one_alone_has_or_puts_elsewhere_is_left_out() -> None:
    assert not list(agreed([VILLAGE], []))
    assert not list(agreed([VILLAGE], [replace(VILLAGE, name="Inkerman", arabic="", aliases=())]))
    assert not list(agreed([VILLAGE], [replace(VILLAGE, lat=35.6)]))
    assert not list(agreed([VILLAGE], [replace(VILLAGE, part="homs")]))


@given(st.lists(WRITTEN, max_size=6), st.lists(WRITTEN, max_size=6))
def test_no_place_is_used_twice_and_none_is_far_from_either_writer(one: list[Written], two: list[Written]) -> None:
    found = list(agreed(one, two))
    assert len(found) <= min(len(one), len(two))
    for entry, _ in found:
        for writer in (one, two):
            # The middle is rounded to three decimals.
            assert min(kilometres(entry, written.at) for written in writer) <= AGREE_KM / 2 + 0.1


def test_a_place_that_another_list_spells_otherwise_goes_by_that_list() -> None:
    entry = Entry("Tal Balaclava", 35.5, 36.5, "SY", None, 500, None, PlacePrecision.VILLAGE)
    listed = Entry("Tall Balaklava", 35.52, 36.5, "SY", "12", 900, None, PlacePrecision.VILLAGE)
    ((one, called),) = named_as([(entry, ["Tel Balaklawa"])], Spelled([(listed, [])]))
    assert (one.name, one.lat) == ("Tall Balaklava", 35.52)
    assert called == ["Tal Balaclava", "Tel Balaklawa"]
    for other in (listed._replace(name="Tall Balakla"), listed._replace(name="Tall Balaklava Fawqani")):
        assert list(named_as([(entry, [])], Spelled([(other, [])]))) == [(entry, [])]
    far = listed._replace(lat=(listed.lat or 0) + 2 * ONE_KM / 111.2)
    assert list(named_as([(entry, [])], Spelled([(far, [])]))) == [(entry, [])]
