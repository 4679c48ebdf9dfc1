"""Places described by others: their point, and a precision never finer than what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import Claim, Kind, Mention, Place, PlaceMention, PlacePrecision, Report
from parallax.names import lines
from parallax.names.described import describe
from parallax.names.gazetteer import load
from parallax.names.places import find
from parallax.names.statements import state


def read(text: str) -> dict[str, Place]:
    found = find(Report.of(text), load())
    return {each.mention.text: each.place for each in found if each.place is not None}


FINE = {PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY, PlacePrecision.NEIGHBOURHOOD}


def test_a_distance_and_a_direction_move_the_point() -> None:
    found = read("A drone fell 20 km east of Raqqa at dusk.")["20 km east of Raqqa"]
    assert found.lat == pytest.approx(35.95, abs=0.02)
    assert found.lon == pytest.approx(39.01 + 20 / (111.2 * 0.81), abs=0.02)
    assert found.precision is PlacePrecision.SUBDISTRICT
    assert found.geonameid is None
    assert [other.name for other in found.alternatives] == ["Raqqa"]


@pytest.mark.parametrize(
    "words",
    [
        "ten miles south-west of Homs",
        "about 16 kilometres to the southwest of the city of Homs",
        "16-km southwest of Homs",
    ],
)
def test_units_words_and_compass_points(words: str) -> None:
    phrase = words.removeprefix("about ")
    found = read(f"A depot {words} burned.")[phrase]
    assert found.lat == pytest.approx(34.724 - 11.3 / 111.2, abs=0.02)
    assert found.lon is not None
    assert found.lon < 36.65


def test_a_long_way_off_is_coarser_than_a_short_one() -> None:
    near = read("It fell 5 km north of Homs.")["5 km north of Homs"]
    far = read("It fell 120 km north of Homs.")["120 km north of Homs"]
    order = list(PlacePrecision)
    assert order.index(near.precision) < order.index(far.precision)
    assert near.precision not in FINE


def test_without_a_direction_the_point_stays_and_the_area_widens() -> None:
    found = read("The camp lies 40 km from Homs.")["40 km from Homs"]
    assert found.lat == pytest.approx(34.724, abs=0.01)
    assert found.precision is PlacePrecision.DISTRICT


def test_between_two_towns_lies_the_middle() -> None:
    found = read("Mines were laid on the road between Raqqa and Tabqa last week.")
    middle = found["the road between Raqqa and Tabqa"]
    assert middle.lat == pytest.approx(35.895, abs=0.01)
    assert middle.precision not in FINE
    assert {"Raqqa", "Tabqa"} < set(found)


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Homs and Hama broke down.",
        "Fighting between Aleppo and Idlib rebels went on.",
        "He took a flight from Aleppo to Damascus.",
        "Trade between Syria and Iraq grew.",
    ],
)
def test_what_is_between_two_names_is_not_always_a_place(text: str) -> None:
    assert not [name for name in read(text) if name.startswith(("between", "from")) or " and " in name]


def test_a_road_joined_by_a_dash_is_one() -> None:
    found = read("Snow closed the Aleppo-Damascus highway.")
    assert found["Aleppo-Damascus highway"].precision is PlacePrecision.GOVERNORATE


def test_a_border_is_the_stretch_near_what_is_named_beside_it() -> None:
    by_town = read("Trucks queued at Jarablus on the Syrian-Turkish border.")["the Syrian-Turkish border"]
    assert by_town.lat == pytest.approx(36.83, abs=0.1)
    assert by_town.lon == pytest.approx(38.0, abs=0.2)
    assert by_town.country == "SY"
    assert by_town.precision is PlacePrecision.GOVERNORATE
    east = read("Patrols near Abu Kamal watched the border with Iraq.")["the border with Iraq"]
    assert east.lat == pytest.approx(34.4, abs=0.2)
    assert east.lon == pytest.approx(41.0, abs=0.3)


def test_a_border_with_nothing_beside_it_is_a_country_wide() -> None:
    found = read("Syria said the border with Iraq was shut.")
    assert found["the border with Iraq"].precision is PlacePrecision.COUNTRY


def test_a_borders_guards_are_no_place() -> None:
    assert not [name for name in read("Turkish border guards fired in Kobani.") if "border" in name]


def test_the_side_of_a_river_lies_by_the_report() -> None:
    found = read("A patrol was ambushed near Hajin, 20 km east of the Euphrates.")["20 km east of the Euphrates"]
    assert found.lat == pytest.approx(34.69, abs=0.15)
    assert found.lon == pytest.approx(41.06, abs=0.15)
    assert found.precision is PlacePrecision.DISTRICT


def test_outskirts_and_sides_are_coarser_than_the_town_and_its_own_south_is_not() -> None:
    assert read("A blast shook the outskirts of Talbiseh.")["Talbiseh"].precision is PlacePrecision.SUBDISTRICT
    assert read("A blast shook fields to the south of Hajin.")["Hajin"].precision is PlacePrecision.SUBDISTRICT
    assert read("A blast shook a school in the south of Hajin.")["Hajin"].precision is PlacePrecision.TOWN


@pytest.mark.parametrize("text", ["The Russian bombers flew home.", "Syrians fled.", "The Turkish army shelled hills."])
def test_peoples_are_no_places(text: str) -> None:
    assert read(text) == {}


def test_a_claim_that_lies_between_two_towns_is_in_neither() -> None:
    text = "Two drivers died on the road between Raqqa and Tabqa."
    words = "the road between Raqqa and Tabqa"
    where = Mention(text.index(words), text.index(words) + len(words), words)
    report = Report.of(text)
    (said,) = state(report, [Claim.of(report.key, 0, 3, Kind.KILLED, where=where)], load())
    assert said.place is not None
    assert said.place.name == words


PLACES = st.builds(
    Place,
    st.sampled_from(["Raqqa", "Euphrates", "Iraq", ""]),
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.sampled_from(PlacePrecision),
    st.sampled_from(["SY", "IQ", "TR", None]),
)


@given(
    st.lists(
        st.sampled_from(
            ["20 km east of ", "between ", " and ", "the border with ", "Turkish border ", "-", "road", "9,5 m off "]
        ),
        max_size=8,
    ),
    st.lists(PLACES, min_size=1, max_size=6),
)
def test_any_text_is_described_on_the_globe(words: list[str], found: list[Place]) -> None:
    text, mentions = "", []
    for number, place in enumerate(found):
        text += words[number] if number < len(words) else " "
        mentions.append(PlaceMention(Mention(len(text), len(text) + 3, "Xyz"), place))
        text += "Xyz"
    for each in describe(text, mentions):
        assert text[each.mention.start : each.mention.end] == each.mention.text
        assert each.place is not None
        assert each.place.lat is None or -90 <= each.place.lat <= 90
        assert each.place.lon is None or -180 <= each.place.lon <= 180


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 300), st.floats(0, 360))
def test_a_shift_is_as_long_as_it_says(lat: float, lon: float, far: float, bearing: float) -> None:
    moved = lines.shifted((lat, lon), far, bearing)
    off = abs(moved[1] - lon)
    assert lines.apart((lat, lon), (moved[0], lon + min(off, 360 - off))) == pytest.approx(far, rel=0.35, abs=0.05)


@given(st.floats(30, 40), st.floats(35, 45))
def test_no_point_of_a_line_is_nearer_than_the_nearest(lat: float, lon: float) -> None:
    river = lines.river("Euphrates")
    assert river is not None
    foot = lines.apart((lat, lon), river.nearest((lat, lon)))
    assert all(foot <= lines.apart((lat, lon), point) * 1.02 + 0.1 for point in river.points)
