"""Statements: claims with their places, actors and voices."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.model import (
    Claim,
    DateSource,
    Kind,
    Mention,
    PlacePrecision,
    Published,
    Report,
    Statement,
    VictimClass,
)
from parallax.names.gazetteer import load
from parallax.names.statements import state

TEXT = (
    "Russian jets struck Albu Kamal, in Deir ez-Zor province, on Monday, residents said. "
    "Two shells fell south of Hajin. Later the town was hit again. "
    "Nine ISIS fighters died at Qxyville, in the Qoxx valley. They died everywhere."
)
REPORT = Report.of(TEXT, outlet="The Lantern", published=Published(date(2018, 12, 3), DateSource.GIVEN))


def at(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words)


def told(**slots: Mention) -> Statement:
    claim = Claim.of(REPORT.key, 0, 10, Kind.AIR_STRIKE, **slots)
    (statement,) = state(REPORT, [claim], load())
    assert statement.claim is claim
    return statement


def test_the_place_is_the_finest_of_its_words() -> None:
    place = told(where=at("Albu Kamal, in Deir ez-Zor province")).place
    assert place is not None
    assert (place.name, place.country, place.precision) == ("Abu Kamal", "SY", PlacePrecision.TOWN)
    province = told(where=at("Deir ez-Zor province")).place
    assert province is not None
    assert province.precision is PlacePrecision.GOVERNORATE


def test_beside_a_town_is_less_exact_than_in_it() -> None:
    place = told(where=at("Hajin")).place
    assert place is not None
    assert (place.name, place.precision) == ("Hajin", PlacePrecision.SUBDISTRICT)


def test_the_town_is_the_last_one_named() -> None:
    place = told(where=at("the town")).place
    direct = told(where=at("Albu Kamal")).place
    assert place is not None
    assert direct is not None
    assert place.name == "Abu Kamal"
    assert place.certainty < direct.certainty


def test_a_place_that_nobody_knows_keeps_its_name() -> None:
    place = told(where=at("Qxyville")).place
    assert place is not None
    assert (place.name, place.lat, place.lon) == ("Qxyville", None, None)


def test_words_that_name_no_place_give_none() -> None:
    assert told(where=at("everywhere")).place is None


def test_actors_voice_outlet_and_day() -> None:
    statement = told(who=at("Russian jets"), whom=at("Nine ISIS fighters"), voice=at("residents"))
    assert statement.who is not None
    assert statement.who.key == "russia"
    assert statement.whom is not None
    assert statement.whom.key == "isis"
    assert statement.voice.key == "unnamed:residents@outlet:lantern"
    assert (statement.outlet, statement.published) == ("The Lantern", date(2018, 12, 3))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30), st.sampled_from(["where", "who", "voice"])))
)
def test_one_statement_for_each_claim_in_order(slots: list[tuple[int, int, str]]) -> None:
    claims = []
    for start, length, slot in slots:
        end = min(len(TEXT), start + length)
        claims.append(Claim.of(REPORT.key, start, end, Kind.KILLED, **{slot: Mention(start, end, TEXT[start:end])}))
    stated = state(REPORT, claims, load())
    assert [statement.claim for statement in stated] == claims


def test_a_people_is_a_party_where_it_acts_and_a_nationality_where_it_is_harmed() -> None:
    text = "Nine Russians died when the Russians shelled the ridge."
    report = Report.of(text, published=Published(date(2018, 12, 3), DateSource.GIVEN))
    who, whom = Mention(22, 34, text[22:34]), Mention(0, 13, text[0:13])
    (statement,) = state(report, [Claim.of(report.key, 0, 30, Kind.KILLED, who=who, whom=whom)], load())
    assert statement.who is not None
    assert statement.who.key == "russia"
    assert statement.whom is None
    fought = Claim.of(report.key, 0, 30, Kind.KILLED, whom=whom, whom_class=VictimClass.COMBATANT)
    (statement,) = state(report, [fought], load())
    assert statement.whom is not None
    assert statement.whom.key == "russia"
    army = Claim.of(report.key, 0, 30, Kind.STRENGTH, whom=whom)
    (statement,) = state(report, [army], load())
    assert statement.whom is not None
    assert statement.whom.key == "russia"
