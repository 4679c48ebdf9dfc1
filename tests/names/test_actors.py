"""Parties by the words that name them."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import VictimClass
from parallax.names.actors import harmed, resolve
from parallax.names.parties import LOOSE

NOW, THEN = date(2018, 12, 1), date(1854, 11, 6)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Syrian regime warplanes", "syrian-government"),
        ("Assad's army", "syrian-government"),
        ("President Assads forces", "syrian-government"),
        ("Russian jets", "russia"),
        ("the Russians", "russia"),
        ("US-led coalition air strikes", "us-led-coalition"),
        ("American-led anti-ISIS coalition", "us-led-coalition"),
        ("the Syrian Democratic Forces (SDF)", "sdf"),
        ("US-backed Kurdish fighters", "sdf"),
        ("Da'esh militants", "isis"),
        ("Jabhat al-Nusra", "hts"),
        ("Turkish-backed rebels", "syrian-opposition"),
        ("Russian-backed Syrian troops", "syrian-government"),
        ("Iran-backed militiamen", "iran-backed-militias"),
        ("Israeli soldiers", "israel"),
        ("Al-Qassam Brigades", "hamas"),
        ("Lebanese Hezbollah fighters", "hezbollah"),
        ("two police officers", "police"),
        ("masked gunmen", "unknown-gunmen"),
        ("الطيران الروسي", "russia"),
        ("تنظيم الدولة", "isis"),
    ],
)
def test_the_party_is_named(words: str, key: str) -> None:
    actor = resolve(words, NOW)
    assert actor is not None
    assert actor.key == key


@pytest.mark.parametrize(
    "words",
    ["three Syrian children", "people", "helicopters", "", "   ", "the town", "Russian civilians", "the Syrian Sea"],
)
def test_who_is_no_party_stays_unnamed(words: str) -> None:
    assert resolve(words, NOW) is None


@pytest.mark.parametrize(
    ("words", "key", "side"),
    [
        ("Lord Raglan", "united-kingdom", "allies-1854"),
        ("the Light Brigade", "united-kingdom", "allies-1854"),
        ("General Canrobert's Zouaves", "france", "allies-1854"),
        ("Marshal Saint-Arnaud", "france", "allies-1854"),
        ("Omar Pasha", "turkey", "allies-1854"),
        ("Prince Menshikov", "russia", "russia"),
        ("Liprandi's column", "russia", "russia"),
        ("Cossacks", "russia", "russia"),
        ("the allies", "allies-1854", "allies-1854"),
    ],
)
def test_commanders_and_corps_of_1854_stand_for_their_party(words: str, key: str, side: str) -> None:
    actor = resolve(words, THEN)
    assert actor is not None
    assert (actor.key, actor.side) == (key, side)


def test_one_key_and_another_side_at_another_time() -> None:
    then, now = resolve("Russian troops", THEN), resolve("Russian troops", NOW)
    assert then is not None
    assert now is not None
    assert then.key == now.key
    assert then.side != now.side
    assert resolve("Lord Raglan", NOW) is None


def test_general_words_are_less_sure_and_several_parties_are_kept() -> None:
    general, named = resolve("the regime", NOW), resolve("the Syrian regime", NOW)
    assert general is not None
    assert named is not None
    assert general.key == named.key
    assert general.certainty <= LOOSE < named.certainty
    either = resolve("Russian or Syrian regime warplanes", NOW)
    assert either is not None
    assert {either.key, *either.alternatives} == {"syrian-government", "russia"}


def test_a_party_adds_no_unnamed_soldiers_to_itself() -> None:
    actor = resolve("soldiers of the Turkish army", NOW)
    assert actor is not None
    assert (actor.key, actor.alternatives) == ("turkey", ())


WORDS = st.lists(
    st.sampled_from(
        [
            "Syrian",
            "regime",
            "Russian",
            "jets",
            "the",
            "US-led",
            "coalition",
            "IS",
            "rebels",
            "backed",
            "Kurdish",
            "army",
            "Şarq",
        ]
    ),
    min_size=1,
    max_size=6,
)


@given(WORDS, st.sampled_from([" ", "  ", "\n", "\t "]))
def test_case_and_spacing_make_no_difference(words: list[str], gap: str) -> None:
    plain = resolve(" ".join(words))
    assert resolve(gap.join(words).upper()) == plain
    assert resolve(f"{gap}{gap.join(words).lower()}{gap}") == plain


@given(st.text(max_size=60))
def test_any_words_are_taken(words: str) -> None:
    actor = resolve(words)
    assert actor is None or (0 < actor.certainty <= 1 and actor.key not in actor.alternatives)


def test_the_packs_agree_on_what_a_key_is_called() -> None:
    folder = resources.files("parallax.names").joinpath("packs")
    rows = [
        row
        for file in folder.iterdir()
        if file.name.startswith("actors-")
        for row in json.loads(file.read_text("utf-8"))["actors"]
    ]
    keys = {row["key"] for row in rows}
    assert all(row.get("parent", row["key"]) in keys for row in rows)
    assert all(row["key"] == row["key"].lower() and " " not in row["key"] for row in rows)


@pytest.mark.parametrize("whom_class", [VictimClass.CIVILIAN, VictimClass.UNKNOWN, VictimClass.MIXED])
@pytest.mark.parametrize(
    "words", ["Six Palestinians", "Nine Russians", "three Turks", "the Russians", "two Kurds", "Two Syrian men"]
)
def test_people_of_a_nation_who_are_harmed_are_of_no_party(words: str, whom_class: VictimClass) -> None:
    assert harmed(words, whom_class, NOW) is None


@pytest.mark.parametrize(
    ("words", "whom_class", "day", "key"),
    [
        ("the Russians", VictimClass.COMBATANT, THEN, "russia"),
        ("5,709 Russian soldiers", VictimClass.UNKNOWN, THEN, "russia"),
        ("Turkish troops", VictimClass.UNKNOWN, NOW, "turkey"),
        ("two Kurdish fighters", VictimClass.UNKNOWN, NOW, "sdf"),
        ("Palestinian gunmen", VictimClass.COMBATANT, NOW, "palestinian-armed-groups"),
        ("nine ISIS members", VictimClass.UNKNOWN, NOW, "isis"),
        ("a White Helmets rescuer", VictimClass.CIVILIAN, NOW, "white-helmets"),
    ],
)
def test_fighters_who_are_harmed_are_of_their_party(words: str, whom_class: VictimClass, day: date, key: str) -> None:
    actor = harmed(words, whom_class, day)
    assert actor is not None
    assert actor.key == key


@pytest.mark.parametrize("words", ["civilians who fled from ISIS", "the wife of a Hamas man", "Kurdish villagers"])
def test_civilians_are_on_no_side_that_fights(words: str) -> None:
    assert harmed(words, VictimClass.CIVILIAN, NOW) is None


def test_a_people_that_does_something_is_its_nation_and_no_armed_group() -> None:
    russians = resolve("the Russians", NOW)
    assert russians is not None
    assert russians.key == "russia"
    assert resolve("Palestinians", NOW) is None
    assert resolve("Palestinian prisoners", NOW) is None
    rockets = resolve("Palestinian rockets", NOW)
    assert rockets is not None
    assert rockets.key == "palestinian-armed-groups"


PEOPLES = st.sampled_from(["Russian", "Turkish", "Syrian", "Israeli", "Palestinian", "Iraqi", "British", "Kurdish"])


@given(
    PEOPLES, st.sampled_from(["families", "children", "farmers", "women", "nationals"]), st.sampled_from(VictimClass)
)
def test_whatever_their_class_no_nation_owns_its_families(people: str, whom: str, whom_class: VictimClass) -> None:
    actor = harmed(f"four {people} {whom}", whom_class, NOW)
    assert actor is None or whom_class is VictimClass.COMBATANT


def test_the_dead_of_two_sides_in_one_number_belong_to_neither() -> None:
    combatant = VictimClass.COMBATANT
    assert harmed("Syrian regime and rebel fighters", combatant, date(2016, 6, 30)) is None
    soldiers = harmed("Syrian regime soldiers", combatant, date(2016, 6, 30))
    rebels = harmed("rebel fighters", combatant, date(2016, 6, 30))
    assert soldiers is not None
    assert rebels is not None
    assert soldiers.side != rebels.side
