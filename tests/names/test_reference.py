"""Whom a report means by words that several parties go by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import Actor, Claim, DateSource, Kind, Mention, Published, Report, VictimClass
from parallax.names.parties import load
from parallax.names.reference import doers_and_harmed, look, meant

KNOWN = load()


def _report(text: str, day: date, outlet: str | None = None) -> Report:
    return Report.of(text, published=Published(day, DateSource.GIVEN), outlet=outlet)


def _mention(text: str, words: str) -> Mention:
    start = text.rindex(words)
    return Mention(start, start + len(words), words)


def _meant(text: str, words: str, day: date, outlet: str | None = None, against: str | None = None) -> Actor | None:
    scene = look(_report(text, day), KNOWN, outlet)
    return meant(_mention(text, words), scene, KNOWN, against=against)


YPG_DAY, SDF_DAY = date(2014, 12, 1), date(2017, 6, 1)


@pytest.mark.parametrize(
    ("text", "words", "day", "key"),
    [
        ("Islamic State lost the bridge on Monday. The group fled at night.", "The group", SDF_DAY, "isis"),
        ("Ahrar al-Sham lost the bridge on Monday. The group fled at night.", "The group", SDF_DAY, "ahrar-al-sham"),
        ("Iraqi soldiers drove on to Hit, in Iraq. The army took a bridge.", "The army", SDF_DAY, "iraqi-government"),
        ("Turkish troops crossed the border of Turkey. The army lost a tank.", "The army", SDF_DAY, "turkey"),
        ("Shells fell on Aleppo in Syria. The army took a bridge.", "The army", SDF_DAY, "syrian-government"),
        (
            "Jets bombed Sanaa in Yemen again. The coalition was silent.",
            "The coalition",
            SDF_DAY,
            "saudi-led-coalition",
        ),
        ("Jets bombed Raqqa in Syria again. The coalition was silent.", "The coalition", SDF_DAY, "us-led-coalition"),
        (
            "A patrol was hit near Basra in Iraq. The coalition lost two men.",
            "The coalition",
            date(2006, 5, 1),
            "multi-national-force-iraq",
        ),
        ("Kurdish-led forces took two farms near Raqqa in Syria.", "Kurdish-led forces", SDF_DAY, "sdf"),
        ("Kurdish forces held the north of Syria.", "Kurdish forces", YPG_DAY, "ypg"),
        ("Peshmerga lines held near Mosul in Iraq. Kurdish forces dug in.", "Kurdish forces", SDF_DAY, "peshmerga"),
        ("Government forces shelled a village in Yemen, near Taiz.", "Government forces", SDF_DAY, "yemeni-government"),
        ("Russian jets bombed a village in Syria.", "Russian jets", SDF_DAY, "russia"),
        (
            "The Nusra Front held the hill in Syria. A drone hit the jihadists at dawn, and Nusra buried three.",
            "the jihadists",
            date(2015, 6, 1),
            "hts",
        ),
        ("Daesh dug in at Tabqa. Bombs killed twelve of the jihadists in Syria.", "the jihadists", SDF_DAY, "isis"),
    ],
)
def test_the_report_tells_who_is_meant(text: str, words: str, day: date, key: str) -> None:
    actor = _meant(text, words, day)
    assert actor is not None
    assert actor.key == key
    assert actor.certainty < 1
    assert actor.key not in actor.alternatives


def test_a_name_of_its_own_is_its_own_whatever_the_report_tells() -> None:
    text = "Islamic State attacked. Islamic State won. Islamic State stayed. Then came Hezbollah fighters."
    actor = _meant(text, "Hezbollah fighters", SDF_DAY)
    assert actor is not None
    assert (actor.key, actor.certainty) == ("hezbollah", 0.95)


def test_a_group_that_nobody_named_stays_unnamed() -> None:
    assert _meant("It rained in the hills. The group fled at night.", "The group", SDF_DAY) is None
    actor = _meant("It rained in the hills. Militants fled at night.", "Militants", SDF_DAY)
    assert actor is not None
    assert actor.key == "militants"
    assert actor.certainty <= 0.5


def test_two_that_are_as_likely_are_both_kept() -> None:
    text = "Ahrar al-Sham and Jaysh al-Islam met in Syria. The group left."
    actor = _meant(text, "The group", SDF_DAY)
    assert actor is None or {actor.key, *actor.alternatives} >= {"ahrar-al-sham", "jaysh-al-islam"}
    assert actor is None or actor.certainty < 0.9


def test_terrorists_are_not_the_friends_of_who_calls_them_so() -> None:
    text = "Hezbollah and Ahrar al-Sham fought near Zabadani in Syria. The terrorists lost nine men."
    plain, told = (_meant(text, "The terrorists", SDF_DAY, outlet) for outlet in (None, "syrian-government"))
    assert plain is not None
    assert told is not None
    assert {"hezbollah", "ahrar-al-sham"} <= {plain.key, *plain.alternatives}
    assert "ahrar-al-sham" in {told.key, *told.alternatives}
    assert "hezbollah" not in {told.key, *told.alternatives}


def test_nobody_is_set_against_a_friend() -> None:
    text = "Jaysh al-Islam and Islamic State both hold farms in Syria. The militants were shelled."
    open_, shut = (_meant(text, "The militants", SDF_DAY, against=key) for key in (None, "isis"))
    assert open_ is not None
    assert shut is not None
    assert {"isis", "jaysh-al-islam"} <= {open_.key, *open_.alternatives}
    assert (shut.key, *shut.alternatives)[0] == "jaysh-al-islam"


def test_who_backs_them_is_not_who_they_are() -> None:
    text = "Rebels in Syria fired rockets. Rebels affiliated to the Turkish government fired more."
    actor = _meant(text, "Rebels affiliated to the Turkish government", SDF_DAY)
    assert actor is not None
    assert actor.key == "syrian-opposition"


def test_places_and_pronouns_name_no_party() -> None:
    scene = look(_report("Fighting is heavy in Syria, near Damascus. It is with us. It is ours.", SDF_DAY), KNOWN)
    assert scene.namings == ()
    assert [codes for _, codes in scene.lands] == [frozenset(["SY"]), frozenset(["SY"])]


def _claim(text: str, who: str | None, whom: str | None, kind: Kind, whom_class: VictimClass) -> Claim:
    named = {"who": _mention(text, who) if who else None, "whom": _mention(text, whom) if whom else None}
    return Claim.of("r", 0, len(text), kind, whom_class=whom_class, **named)


def test_a_claim_sets_its_two_parties_against_each_other() -> None:
    text = "Islamic State and the Syrian army fight over Palmyra in Syria. Islamic State killed nine soldiers."
    claims = [_claim(text, "Islamic State", "nine soldiers", Kind.KILLED, VictimClass.COMBATANT)]
    ((who, whom),) = doers_and_harmed(claims, look(_report(text, SDF_DAY), KNOWN), KNOWN)
    assert who is not None
    assert whom is not None
    assert (who.key, whom.key) == ("isis", "syrian-government")


@pytest.mark.parametrize("whom_class", [VictimClass.CIVILIAN, VictimClass.UNKNOWN, VictimClass.MIXED])
def test_those_who_do_not_fight_are_of_no_party_that_does(whom_class: VictimClass) -> None:
    text = "Islamic State shelled the farms in Syria. Three Syrian children were killed."
    claims = [_claim(text, None, "Three Syrian children", Kind.KILLED, whom_class)]
    assert doers_and_harmed(claims, look(_report(text, SDF_DAY), KNOWN), KNOWN) == ((None, None),)


def test_the_dead_of_two_sides_in_one_number_are_of_neither() -> None:
    text = "Clashes in Syria killed 30 regime soldiers and Islamic State fighters."
    claims = [_claim(text, None, "30 regime soldiers and Islamic State fighters", Kind.KILLED, VictimClass.COMBATANT)]
    assert doers_and_harmed(claims, look(_report(text, SDF_DAY), KNOWN), KNOWN) == ((None, None),)


WORDS = st.lists(
    st.sampled_from(["The group", "Islamic State", ".", "Syria", "Iraq", "army", "coalition", "Kurdish forces"])
    | st.sampled_from(["Russian jets", "rebels", "and", "in", "militants", "Ahrar al-Sham", "النصرة", "US", "is", "’s"])
    | st.text(max_size=4),
    min_size=1,
    max_size=40,
)


@given(WORDS, st.data(), st.none() | st.dates(date(1990, 1, 1), date(2026, 1, 1)))
def test_any_words_of_any_report_are_taken(words: list[str], data: st.DataObject, day: date | None) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    report = Report.of(text, published=Published(day, DateSource.GIVEN) if day else None)
    scene = look(report, KNOWN)
    actor = meant(Mention(start, end, text[start:end]), scene, KNOWN)
    assert meant(Mention(start, end, text[start:end]), look(report, KNOWN), KNOWN) == actor
    assert list(scene.namings) == sorted(scene.namings, key=lambda naming: naming.start)
    assert actor is None or (0 < actor.certainty < 1 and actor.key not in actor.alternatives)


@pytest.mark.parametrize(
    ("text", "key", "other"),
    [
        ("Rebels shelled the army near Idlib in Syria, and the rebels ran.", "syrian-opposition", "houthis"),
        ("Rebels shelled the army near Sanaa in Yemen, and the rebels ran.", "houthis", "syrian-opposition"),
    ],
)
def test_a_loose_word_is_of_a_party_of_the_land_spoken_of(text: str, key: str, other: str) -> None:
    actor = _meant(text, "the rebels", date(2016, 7, 1))
    assert actor is not None
    assert actor.key == key
    assert other not in actor.alternatives
