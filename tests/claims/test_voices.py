from __future__ import annotations

import pytest

from parallax.claims.counting import read as parse
from parallax.claims.voices import Memory, attributions, voice_at
from parallax.model import Kind, Mention

from .reading import claims, only

ONE_SENTENCE = {
    "The army said that nine rebels were killed.": "The army",
    "Nine rebels were killed, the army said.": "the army",
    "Nine rebels were killed on Monday activists said.": "activists",
    "According to the Hesna Media Centre, nine people were killed.": "the Hesna Media Centre",
    "Nine people were killed, according to a doctor at the hospital.": "a doctor at the hospital",
    '"We counted nine dead," said Karim Haddad, a resident of Dara.': "Karim Haddad",
    "Karim Haddad, a resident of Dara, said nine people were killed.": "Karim Haddad",
    "Karim Haddad who heads the council said nine people were killed.": "Karim Haddad",
    "On Friday, CENTRAL COMMAND reported nine people killed in a raid.": "CENTRAL COMMAND",
    "The ministry announced on Tuesday that nine soldiers had been killed.": "The ministry",
    "Nine people were killed in the raid said the Amra Network for Rights.": "the Amra Network for Rights",
    "Nine people were killed according to a post by Karim Haddad.": "Karim Haddad",
    "Karim Haddad, a spokesman for the rebels, told Amra Press that nine people were killed.": "Karim Haddad",
    "AMRA NEWS: nine people killed in Dara": "AMRA NEWS",
    "Nine people, the mayor told reporters, were killed in the raid.": "the mayor",
    "The Policy Centre put the death toll from the conflict at more than 4,000.": "The Policy Centre",
}


@pytest.mark.parametrize(("text", "voice"), ONE_SENTENCE.items(), ids=list(ONE_SENTENCE.values()))
def test_the_source_in_one_sentence(text: str, voice: str) -> None:
    found = only(text, Kind.KILLED).voice
    assert found is not None
    assert found.text == voice


CHAINS = {
    "State television quoted a military source as saying that nine rebels were killed.": (
        "a military source",
        "State television",
    ),
    "A medic told Amra Press that nine people were killed.": ("A medic", "Amra Press"),
    "Amra Press reported a medic as saying that nine people were killed.": ("a medic", "Amra Press"),
}


@pytest.mark.parametrize(("text", "chain"), CHAINS.items(), ids=["quoted", "told", "as saying"])
def test_the_last_link_of_a_chain_is_the_voice(text: str, chain: tuple[str, str]) -> None:
    claim = only(text, Kind.KILLED)
    assert (claim.voice and claim.voice.text, claim.via and claim.via.text) == chain


AUTHOR = [
    "Nine people were killed in Hesna.",
    "The raid claimed the lives of nine people.",
    "The group claimed responsibility for the blast, which killed nine people.",
    "Nine people were killed as the minister toured the town.",
]


@pytest.mark.parametrize("text", AUTHOR)
def test_the_report_itself_is_no_mention(text: str) -> None:
    assert only(text, Kind.KILLED).voice is None


@pytest.mark.parametrize("after", ["He added that four tanks were destroyed.", '"They destroyed four tanks."'])
def test_the_voice_goes_on_across_sentences(after: str) -> None:
    text = f"Karim Haddad said nine people were killed. {after}"
    damage = only(text, Kind.DAMAGE)
    assert damage.voice is not None
    assert damage.voice.text == "Karim Haddad"


def test_what_follows_without_a_source_is_the_reports_own() -> None:
    text = "Karim Haddad said nine people were killed. Four tanks were destroyed."
    assert only(text, Kind.DAMAGE).voice is None


def test_each_of_two_sources_covers_its_own_part() -> None:
    text = "The army said it killed 40 rebels, while activists said that six civilians were killed."
    voices = {claim.count.low: claim.voice and claim.voice.text for claim in claims(text, Kind.KILLED) if claim.count}
    assert voices == {40: "The army", 6: "activists"}


def test_a_monitor_named_once_is_the_voice_wherever_a_monitor_speaks() -> None:
    text = (
        "Nine people were killed in Hesna, a monitoring group said. "
        "The Amra Observatory for Human Rights said four tanks were destroyed."
    )
    killed = only(text, Kind.KILLED)
    assert killed.voice is not None
    assert killed.voice.text == "The Amra Observatory for Human Rights"


def test_a_source_mention_lies_in_the_report_not_in_the_sentence() -> None:
    text = "Rain fell. The army said that nine rebels were killed."
    voice = only(text, Kind.KILLED).voice
    assert voice == Mention(text.index("The army"), text.index("The army") + 8, "The army")


def test_no_attribution_where_nobody_speaks() -> None:
    sentence = parse("Nine people were killed.").sentence
    found = attributions(sentence, 0, Memory())
    assert found == []
    assert voice_at(found, 0) is None


OWNED = {
    "The late marshal's telegram had said 1,300 men were killed.": "The late marshal",
    "The mayor's letter says 30 villagers were killed.": "The mayor",
    "A video shows four villagers killed in Hesna.": None,
    "One photograph shows four villagers killed in Hesna.": None,
    "Three days later said nine villagers were killed.": None,
    "No one said nine villagers were killed.": None,
    "Nine villagers were killed in Hesna. Hesna said four were children.": None,
}


@pytest.mark.parametrize(("text", "voice"), OWNED.items(), ids=list(OWNED))
def test_numbers_days_places_and_pictures_are_no_voices(text: str, voice: str | None) -> None:
    for claim in claims(text, Kind.KILLED):
        assert (claim.voice and claim.voice.text) == voice


ANAPHORS = {
    ("Police", "The ministry"): "The ministry",
    ("The interior ministry", "The ministry"): "The interior ministry",
    ("The Amra Observatory", "The group"): "The Amra Observatory",
    ("Police", "The group"): "The group",
    ("Amra Press", "The agency"): "Amra Press",
    ("The mayor", "The agency"): "The agency",
    ("Karim Haddad", "He"): "Karim Haddad",
    ("Police", "He"): None,
    ("Residents", "The statement"): "The statement",
    ("The army", "The statement"): "The army",
}


@pytest.mark.parametrize(("pair", "voice"), ANAPHORS.items(), ids=[" ".join(pair) for pair in ANAPHORS])
def test_an_anaphor_stands_only_for_a_voice_of_its_kind(pair: tuple[str, str], voice: str | None) -> None:
    first, second = pair
    killed = only(f"{first} said nobody was hurt. {second} said 30 people were killed.", Kind.KILLED)
    assert (killed.voice and killed.voice.text) == voice


def test_an_anaphor_passes_over_a_voice_of_another_kind() -> None:
    text = (
        "The interior ministry said nobody was hurt. Residents said six were. The ministry said 30 people were killed."
    )
    killed = only(text, Kind.KILLED)
    assert killed.voice is not None
    assert killed.voice.text == "The interior ministry"


ASIDES = {
    "Foreign newspapers that came on Saturday announce that nine Danes were killed.": "Foreign newspapers",
    "Prince Arvid, whose last letter is of 2 May, announces that nine Danes were killed.": "Prince Arvid",
}


@pytest.mark.parametrize(("text", "voice"), ASIDES.items(), ids=list(ASIDES.values()))
def test_a_relative_clause_parts_no_source_from_its_verb(text: str, voice: str) -> None:
    found = only(text, Kind.KILLED).voice
    assert found is not None
    assert found.text == voice
