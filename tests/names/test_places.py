"""Places found in reports: which words name one, and which one they name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.model import Mention, Place, PlacePrecision, Report
from parallax.names.gazetteer import load
from parallax.names.places import find


def read(text: str, **about: str) -> dict[str, Place | None]:
    """What each mention was resolved to; the last one counts where a name stands twice."""
    report = Report.of(text, **about)  # type: ignore[arg-type]
    return {found.mention.text: found.place for found in find(report, load())}


def spot(place: Place | None) -> tuple[str | None, str]:
    assert place is not None
    return place.country, place.name


VARIANTS = ("Abu Kamal", "Albu Kamal", "al-Bu Kamal", "Abu Kemal", "Al-Boukamal", "Al Bukamal", "Abou Kemal")


@pytest.mark.parametrize("name", VARIANTS)
def test_every_spelling_of_abu_kamal_is_one_place(name: str) -> None:
    found = read(f"Shells fell on the town overnight. Four died in {name}, the army said.")
    assert spot(found[name]) == ("SY", "Abu Kamal")


@pytest.mark.parametrize(
    "name", ["Deir ez-Zor", "Deir Ezzor", "Deir al-Zour", "Dayr az Zawr", "Deir Azzour", "Der ez-Zor"]
)
def test_every_spelling_of_deir_ez_zor_is_one_city(name: str) -> None:
    place = read(f"A convoy reached {name} on Friday.")[name]
    assert place is not None
    assert place.precision is PlacePrecision.CITY
    assert place.lat == pytest.approx(35.34, abs=0.1)


@pytest.mark.parametrize(
    ("name", "modern"),
    [
        ("Sebastopol", "Sevastopol"),
        ("Balaclava", "Balaklava"),
        ("Eupatoria", "Yevpatoria"),
        ("Constantinople", "Istanbul"),
    ],
)
def test_old_names_are_read(name: str, modern: str) -> None:
    found = read(f"The fleet lay off Sevastopol. A letter from {name} came by way of Varna.")
    place = found[name]
    assert place is not None
    assert place.name == modern


def test_a_division_is_told_from_the_town_it_is_named_for() -> None:
    found = read(
        "Fighting spread through Aleppo province. Two shells hit Aleppo. Idlib's southern countryside was bombed."
    )
    assert found["Aleppo province"] is not None
    assert found["Aleppo province"].precision is PlacePrecision.GOVERNORATE
    assert found["Aleppo"] is not None
    assert found["Aleppo"].precision is PlacePrecision.CITY
    assert any(place.precision is PlacePrecision.GOVERNORATE for place in found["Aleppo"].alternatives)
    assert found["Idlib"] is not None
    assert found["Idlib"].precision is PlacePrecision.GOVERNORATE


def test_persons_papers_and_peoples_are_no_places() -> None:
    text = (
        "Mr. Jordan met George Washington and Paris Hilton. Col. Sydney Brisbane wrote to The Washington Post. "
        "Lincoln said the Russians and the Syrians had left. The Syrian jets returned. Mary Alma Lima sang."
    )
    assert read(text) == {}


def test_a_person_does_not_hide_the_place_beside() -> None:
    found = read("Dr. Houston Paris, of Lyon, France, spoke in Jordan. The Jordan Times asked.")
    assert set(found) == {"Lyon", "France", "Jordan"}


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("A man from Alexandria, Louisiana, was held.", "Alexandria", "LA"),
        ("A man from Alexandria, Va., was held.", "Alexandria", "VA"),
        ("The plant in Springfield (Ill.) closed.", "Springfield", "IL"),
        ("COLUMBUS, Ga. — The plant closed.", "COLUMBUS", "GA"),
        ("Rep. Jo Bloggs, R-Paris, rose. The Texas House sat. Dallas and Tyler members left.", "Paris", "TX"),
        ("Police of Lamar County, Texas, drove to Paris and Bonham.", "Paris", "TX"),
    ],
)
def test_the_state_named_decides(text: str, name: str, state: str) -> None:
    place = read(text)[name]
    assert place is not None
    assert place.country == "US"
    assert place.admin == (state,)


def test_one_report_means_one_place_by_one_name() -> None:
    found = find(Report.of("Paris is quiet. In Paris, Tennessee, a barn burned. Paris slept."), load())
    spots = {mention.place.admin for mention in found if mention.place and mention.mention.text == "Paris"}
    assert spots == {("TN",)}


def test_well_known_cities_stand_without_context_and_keep_what_else_they_may_be() -> None:
    place = read("The talks in Vienna failed.")["Vienna"]
    assert place is not None
    assert place.country == "AT"
    assert any(other.country == "US" for other in place.alternatives)
    assert 0 < place.certainty <= 1


def test_the_outlets_country_speaks_for_its_towns() -> None:
    text = "Councillors in Newcastle met on Monday."
    abroad, home = read(text, outlet="thepost.com.au"), read(text, outlet="thepost.co.uk")
    assert spot(abroad["Newcastle"])[0] == "AU"
    assert spot(home["Newcastle"])[0] == "GB"


def test_streets_and_unlisted_villages_keep_null_coordinates() -> None:
    found = read("He lived on Quillfeather Street and was born in the village of Zzyxqua.")
    assert found["Quillfeather Street"] == Place(
        "Quillfeather Street", None, None, PlacePrecision.STREET, certainty=0.3
    )
    assert found["Zzyxqua"] is not None
    assert found["Zzyxqua"].lat is None


def test_arabic_names_are_read_with_their_prefixes() -> None:
    found = read("قصفت طائرات مدينة الرقة ودير الزور، وقتل ثلاثة في بلدة هجين وفي حلب.")
    assert {name: spot(place) for name, place in found.items()} == {
        "الرقة": ("SY", "Raqqa"),
        "دير الزور": ("SY", "Deir ez-Zor"),
        "هجين": ("SY", "Hajin"),
        "حلب": ("SY", "Aleppo"),
    }


def test_gaza_is_read_by_its_camps_and_quarters() -> None:
    found = read("Strikes hit Khan Yunis, Rafah and the Jabalia refugee camp in the Gaza Strip.")
    assert {place.country for place in found.values() if place} == {"PS"}
    assert {"Khan Yunis", "Rafah", "Jabalia", "Gaza Strip"} <= {name.removesuffix(" refugee camp") for name in found}


def test_acronyms_common_words_and_commanders_are_no_places() -> None:
    text = (
        "SANA said the UN met. IS fighters fled in Week Two. Reading it took a while. Tartar riders came. "
        "Saint-Arnaud told Canrobert. The Duke of Newcastle wrote. Mobile phones rang. The White House agreed."
    )
    assert read(text) == {}


def test_a_towns_own_word_is_a_place_where_the_text_says_so() -> None:
    found = read("The train from Reading, England, stopped. They live in Mobile, Ala., and love the city of Nice.")
    assert {"Reading", "Mobile", "Nice"} <= set(found)


def test_a_namesake_far_away_does_not_stand_for_an_unknown_village() -> None:
    near = "Shells hit Saraqib, Maarat al-Numan and Ariha in Idlib province. Four died in the village of {}."
    place = read(near.format("Ripley"))["Ripley"]
    assert place is not None
    assert (place.lat, place.lon) == (None, None)
    assert place.alternatives
    known = read(near.format("Binnish"))["Binnish"]
    assert known is not None
    assert known.country == "SY"


def test_likeness_is_believed_only_where_the_report_is() -> None:
    inside = read("Jets bombed Idlib and Aleppo. Two died in Jandareess.")
    assert inside["Jandareess"] is not None
    assert inside["Jandareess"].country == "SY"
    assert inside["Jandareess"].certainty < 0.8
    outside = read("Rain fell on Glasgow and Leeds. Two died in Jandareess.")
    assert outside["Jandareess"] is None or outside["Jandareess"].lat is None


def test_lists_of_counties_are_counties() -> None:
    found = read("Flooding reached Jackson and Barrow counties in Georgia.")
    assert {place.precision for name, place in found.items() if place and name != "Georgia"} == {
        PlacePrecision.DISTRICT
    }
    assert all(place.admin == ("GA",) for place in found.values() if place)


PIECES = st.sampled_from(
    [
        *("Abu Kamal", "Paris", "Springfield", "Ill.", "St.", "Mr.", "U.S.", "W.Va.", "'s", "’s", ",", ".", "—", "\n"),
        *("\t", " ", "County", "province", "in", "near", "the village of", "R-", "Main Street", "Interstate", "95"),
        *("الرقة", "ل", "ﷺ", "\ud800", "\x00", "𝔓aris", "İ", "ǅ", "al-", "-", "counties", "and"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join), st.text(max_size=80)
    )
)
def test_any_text_is_read_and_mentions_reslice(text: str) -> None:
    found = find(Report.of(text), load())
    after = 0
    for mention in found:
        assert text[mention.mention.start : mention.mention.end] == mention.mention.text
        assert mention.mention.text.strip() == mention.mention.text != ""
        assert mention.mention.start >= after
        after = mention.mention.end
        assert mention.place is not None
        assert (mention.place.lat is None) == (mention.place.lon is None)
        assert 0 <= mention.place.certainty <= 1


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_reading_twice_gives_the_same(text: str) -> None:
    report = Report.of(text)
    assert find(report, load()) == find(report, load())


@pytest.mark.parametrize("name", ["Homs", "Aleppo", "Raqqa", "Deir ez-Zor", "Idlib", "Hama", "Basra"])
def test_a_bare_name_is_the_city_and_not_the_division_named_for_it(name: str) -> None:
    bare = read(f"Shells fell on {name} on Monday. Four died, the army said.")[name]
    assert bare is not None
    assert bare.precision is PlacePrecision.CITY
    (division,) = read(f"Shells fell in {name} province on Monday.").values()
    assert division is not None
    assert division.precision is PlacePrecision.GOVERNORATE


def test_no_division_of_syria_or_iraq_is_read_where_a_town_of_its_own_bears_the_name() -> None:
    gazetteer = load()
    divisions = [e for e in gazetteer.entries if e.region and e.country in ("SY", "IQ") and e.admin1]
    seats = [
        (division, town)
        for division in divisions
        for town in gazetteer.named(division.name)
        if division.precision is PlacePrecision.GOVERNORATE
        and not town.region
        and (town.country, town.admin1) == (division.country, division.admin1)
    ]
    assert len(seats) >= 10
    for division, _ in seats:
        place = read(f"Shells fell on {division.name} on Monday.")[division.name]
        assert place is not None
        assert place.precision is not PlacePrecision.GOVERNORATE, division.name


def test_the_states_of_the_usa_keep_their_names() -> None:
    place = read("Floods closed roads in Texas and in New York on Monday.")["Texas"]
    assert place is not None
    assert place.precision is PlacePrecision.GOVERNORATE


def settled(text: str, *wheres: str) -> set[str]:
    """The words read as places, where a claim's words are given as well."""
    given = [Mention(text.index(words), text.index(words) + len(words), words) for words in wheres]
    return {found.mention.text for found in find(Report.of(text), load(), given)}


@pytest.mark.parametrize(
    "words",
    [
        "Lord Raglan",
        "General Evans",
        "the Prince of Wales",
        "Raglan's headquarters",
        "Captain Nolan's tent",
        "Cossack",
        "Cossack patrols",
        "the Russians",
        "Tartars",
        "Turkish lines",
    ],
)
def test_a_titled_person_and_a_people_are_no_place(words: str) -> None:
    assert settled(f"Nine men fell with {words} that day, near Balaklava.", words) == {"Balaklava"}
    assert settled(f"Nine men fell at {words}.", words) == set()


@pytest.mark.parametrize(
    "words", ["Saint Petersburg", "Lord Howe Island", "King Abdullah Mosque", "Sheikh Hamad City", "Raglan"]
)
def test_a_place_called_after_a_person_is_a_place(words: str) -> None:
    assert settled(f"Nine died in {words} on Monday.", words) == {words}


def test_a_ships_name_is_no_place() -> None:
    text = "The transport Arabia sank off Balaklava; ten drowned on board the Kangaroo and twelve in HMS London."
    assert settled(text, "Arabia", "the Kangaroo", "HMS London") == {"Balaklava"}
    text = "The British transports Arabia, Cambria and Andes put in at Varna, the frigate “Paris” at Odessa."
    assert settled(text, "Arabia", "Andes") == {"Varna", "Odessa"}


def test_ships_in_a_port_leave_it_a_place() -> None:
    assert settled("The ships left Odessa and Varna. A transport from Malta reached Balaklava.") == {
        "Odessa",
        "Varna",
        "Malta",
        "Balaklava",
    }


def test_rural_and_countryside_mean_the_division() -> None:
    for said in ("rural Homs", "Homs countryside", "Homs's northern countryside"):
        (place,) = read(f"Shells fell in {said} on Monday.").values()
        assert place is not None
        assert place.precision is PlacePrecision.GOVERNORATE, said


def test_a_small_village_is_read_where_the_text_says_in_which_division_it_lies() -> None:
    for words in ("Foua village, Idlib Governorate", "Foua, Idlib Governorate", "Foua, in Idlib province"):
        assert spot(read(f"Rain fell on {words}.")["Foua"]) == ("SY", "Foua"), words


def test_the_division_that_the_text_names_chooses_between_two_spellings_of_one_name() -> None:
    """One Ghassaniyah lies in Homs and is written with the article, another in Idlib."""
    for division, latitude in (("Idlib", 35.8), ("Homs", 34.6)):
        found = read(f"Rain fell on Al Ghassaniya, {division} Governorate.")["Al Ghassaniya"]
        assert found is not None
        assert found.lat == pytest.approx(latitude, abs=0.1), division
