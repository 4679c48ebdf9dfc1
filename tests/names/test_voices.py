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


def heard(words: str, text: str, nth: int = 0, **about: str) -> Voice:
    """The voice of words where they stand in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    report = Report.of(text, **about)  # type: ignore[arg-type]
    mention = Mention(start, start + len(words), words)
    return resolve(Claim.of(report.key, 0, 1, Kind.KILLED, voice=mention), report)


def test_a_title_alone_is_the_one_person_named_with_it_before() -> None:
    text = (
        "The mayor was late. Mayor Ada Quill then counted six dead. The army's General Ivan Osk said nine. "
        "The mayor said the general was wrong; the admiral agreed."
    )
    assert heard("The mayor", text, 1).key == heard("Mayor Ada Quill", text).key == "person:ada-quill"
    assert heard("the general", text).key == "person:ivan-osk"
    assert heard("The mayor", text).type is VoiceType.UNNAMED
    assert heard("the admiral", text).type is VoiceType.UNNAMED


def test_a_title_that_two_bear_is_nobody_in_particular() -> None:
    text = "General Ivan Osk counted six. General Tom Reed counted nine. The general said ten."
    assert heard("The general", text).type is VoiceType.UNNAMED
    told = "Governor Ada Quill of the coast spoke. The northern governor said ten."
    assert heard("The northern governor", told).key != heard("Governor Ada Quill", told).key


def test_an_apposed_title_is_the_persons_too() -> None:
    text = "Six died, said Ada Quill, the mayor of Norwick. Later the mayor said seven."
    assert heard("the mayor", text, 1).key == heard("Ada Quill", text).key == "person:ada-quill"


def test_parts_of_one_name_are_one_voice_within_a_report() -> None:
    text = (
        "General Osk reported nine dead. The brigade of De Vere Osk lost four, De Vere said. "
        "Osk sent word at noon, and Sir De Vere Osk wrote again."
    )
    parts = ("General Osk", "De Vere Osk", "De Vere", "Osk", "Sir De Vere Osk")
    assert {heard(part, text).key for part in parts} == {"person:de-vere-osk"}


def test_two_of_one_surname_stay_two() -> None:
    text = "Ada Quill counted six. Tom Quill counted nine. Governor Quill said ten."
    assert len({heard(part, text).key for part in ("Ada Quill", "Tom Quill", "Governor Quill")}) == 3


@pytest.mark.parametrize("said", ["the Prince", "The Prince", "Menschikoff", "Prince Menshikov"])
def test_a_known_person_wins_over_an_unknown_one(said: str) -> None:
    text = f"Prince Menshikov wrote that the Russians had lost few. On Friday {said} wrote again."
    assert heard(said, text, text.count(said) - 1).key == "menshikov"


def test_a_prince_without_a_name_is_one_voice_whatever_the_case() -> None:
    text = "The Prince wrote on Monday. On Friday the prince wrote again."
    first, then = heard("The Prince", text, outlet="Lantern"), heard("the prince", text, outlet="Lantern")
    assert first.key == then.key == "unnamed:prince@outlet:lantern"


@pytest.mark.parametrize("words", ["three days", "no", "1,400", "two", "the", "Several weeks", "about 30", "—", "9"])
def test_words_that_name_nobody_are_the_authors_own_voice(words: str) -> None:
    assert voice(words, outlet="The Lantern") == voice(None, "Six died.", outlet="The Lantern")


@given(
    st.lists(
        st.sampled_from(
            [
                "Prime",
                "Minister's",
                "General",
                "Prince",
                "Ada",
                "Quill",
                "the",
                "de",
                "Evans’s",
                "said.",
                "mayor,",
                "of",
            ]
        ),
        min_size=1,
        max_size=9,
    ),
    st.integers(0, 8),
    st.integers(1, 4),
)
def test_any_run_of_titles_and_names_is_a_voice(parts: list[str], first: int, length: int) -> None:
    text = " ".join(parts)
    words = " ".join(parts[first : first + length]) or "Ada"
    found = heard(words, f"{text} {words}")
    assert found.key
    assert found == heard(words, f"{text} {words}")


def test_a_peoples_name_is_an_unnamed_voice() -> None:
    one, other = voice("Palestinians", outlet="The Lantern"), voice("Palestinians", outlet="The Beacon")
    assert one.type is VoiceType.UNNAMED
    assert one.key != other.key


def test_short_titles_and_honorifics_make_no_difference() -> None:
    text = "Spokesman Col. Ivan Osk said two. The colonel said three, the spokesman four; Mr Osk and Dr. Quill agreed."
    assert {heard(said, text).key for said in ("Col. Ivan Osk", "The colonel", "the spokesman", "Mr Osk")} == {
        "person:ivan-osk"
    }
    assert voice("Dr. Ada Quill").key == voice("Ada Quill").key
    assert heard("The field marshal", "The field marshal said so.").type is VoiceType.UNNAMED


def test_a_word_caught_before_a_name_is_no_part_of_it() -> None:
    text = "From our man in Norwick Ada Quill. It was the worst day, Ada Quill said. Later Quill wrote again."
    assert {heard(said, text).key for said in ("Ada Quill", "Quill")} == {"person:ada-quill"}
    text = "NORWICK, Wednesday Ada Quill counted six."
    assert heard("Ada Quill", text).key == "person:ada-quill"
    assert voice("The North Lantern Front").key == voice("North Lantern Front").key


def test_an_article_makes_a_surname_no_longer() -> None:
    text = "Mona Al-Osk counted six. Later Al-Osk wept, and the cousin of Abu Reed, Tom Abu Reed, came."
    assert heard("Mona Al-Osk", text).key == heard("Al-Osk", text, 1).key == "person:mona-al-osk"
    assert heard("Tom Abu Reed", text).key == "person:tom-abu-reed"
