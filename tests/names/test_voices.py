"""Voices: one key for all spellings, and nobody's words put into another's mouth."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import Claim, Kind, Mention, Report, Voice, VoiceType
from parallax.names.voices import resolve


def voice(words: str | None, text: str = "", via: str | None = None, **about: str) -> Voice:
    report = Report.of(text or f"{words} said so.", **about)  # type: ignore[arg-type]
    mention = None if words is None else Mention(0, len(words), words)
    passed = None if via is None else Mention(0, len(via), via)
    return resolve(Claim.of(report.key, 0, 1, Kind.KILLED, voice=mention, via=passed), report)


@pytest.mark.parametrize(
    "words",
    [
        "Syrian Observatory for Human Rights",
        "the Syrian Observatory for Human Rights",
        "SOHR",
        "the SOHR's director Rami Abdel Rahman",
        "the Britain-based Syrian Observatory",
        "المرصد السوري لحقوق الإنسان",
    ],
)
def test_one_voice_for_all_its_spellings(words: str) -> None:
    found = voice(words)
    assert (found.key, found.type) == ("sohr", VoiceType.MONITOR)


def test_a_short_form_needs_its_long_form_in_the_report() -> None:
    text = "The Syrian Network for Human Rights counted ten. The Syrian Observatory for Human Rights counted nine."
    assert voice("the Observatory", text).key == "sohr"
    assert voice("The Observatory", "The Observatory at Greenwich closed.").key != "sohr"
    assert voice("the monitor", "SOHR counted nine. The monitor added two.").key == "sohr"


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("the Russian Defence Ministry", "russia"),
        ("Russia's defence ministry", "russia"),
        ("CENTCOM", "us-led-coalition"),
        ("an SDF spokesman", "sdf"),
        ("the Israeli army", "israel"),
        ("SANA", "syrian-government"),
        ("Lord Raglan", "united-kingdom"),
        ("Prince Menschikoff", "russia"),
        ("a Turkish military source", "turkey"),
        ("the Guatemalan government", "guatemala"),
    ],
)
def test_a_belligerents_voice_says_for_whom_it_speaks(words: str, party: str) -> None:
    assert voice(words).party == party


@pytest.mark.parametrize("words", ["Reuters", "residents of Russian descent", "Human Rights Watch", "local doctors"])
def test_others_speak_for_no_party(words: str) -> None:
    assert voice(words).party is None


@pytest.mark.parametrize("words", ["residents", "activists", "A spokesman", "witnesses", "a source", "they", "نشطاء"])
def test_the_nameless_of_two_papers_are_two_voices(words: str) -> None:
    one, other = voice(words, outlet="The Lantern"), voice(words, outlet="The Beacon")
    assert one.type is other.type is VoiceType.UNNAMED
    assert one.key != other.key
    assert voice(words.upper(), outlet="the lantern").key == one.key


def test_persons_by_title_and_by_surname() -> None:
    text = "Governor Ada B. Quill toured the ward and counted six. Later Quill said seven. Tom Reed saw two; Reed wept."
    titled, later = voice("Governor Ada B. Quill", text), voice("Quill", text)
    assert titled.type is VoiceType.OFFICIAL
    assert titled.key == later.key == "person:ada-quill"
    assert voice("Tom Reed", text).key == voice("Reed", text).key
    assert voice("Reed", text).type is VoiceType.PERSON


def test_the_author_is_the_outlet_then_the_address_then_the_report() -> None:
    assert voice(None, "Five died.", outlet="The Lantern").key == voice(None, "Six died.", outlet="LANTERN").key
    assert voice(None, "Five died.", outlet="Sana").key == "sana"
    assert voice(None, "Five died.", url="https://www.Lantern.example:8080/a?b").key == "outlet:lantern.example"
    assert voice(None, "Five died.").key != voice(None, "Six died.").key


def test_an_unknown_paper_is_one_voice_as_outlet_and_as_source() -> None:
    assert (
        voice("the North Lantern News", outlet="Beacon").key
        == voice(None, "Five died.", outlet="North Lantern News").key
    )


def test_who_passes_it_on_is_kept() -> None:
    found = voice("residents", via="the SANA news agency", outlet="The Lantern")
    assert found.via == "SANA"
    assert found.type is VoiceType.UNNAMED


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_a_voice_with_a_key(words: str, text: str) -> None:
    found = voice(words, text or "x")
    assert found.key
    assert found == voice(words, text or "x")


def test_the_pack_gives_every_voice_one_row_and_no_name_to_two() -> None:
    pack = json.loads(resources.files("parallax.names").joinpath("packs", "voices.json").read_text("utf-8"))
    keys = [row["key"] for row in pack["voices"]]
    assert len(keys) == len(set(keys))
    assert all(VoiceType(row["type"]) for row in pack["voices"])
