"""Whom a report means by a word for a kind of body, by a pronoun, and whose wire it prints."""

from __future__ import annotations

import pytest

from parallax.model import Claim, Kind, Mention, Report, Voice, VoiceType
from parallax.names.anaphora import traced
from parallax.names.credits import credited
from parallax.names.voices import resolve

AGENCIES = ("Reuters", "AFP", "AP", "Agence France-Presse")


def voice(words: str, text: str, outlet: str = "The Lantern") -> Voice:
    at = text.index(words)
    report = Report.of(text, outlet=outlet)
    return resolve(Claim.of(report.key, 0, 1, Kind.KILLED, voice=Mention(at, at + len(words), words)), report)


OBSERVATORY = "The Syrian Observatory for Human Rights counted nine."


@pytest.mark.parametrize(
    "words",
    [
        "a monitor",
        "A monitoring group",
        "the Britain-based group",
        "a war monitor",
        "an organisation that tracks the war",
        "an organisation monitoring the war",
        "a monitor and activists",
    ],
)
def test_a_word_for_a_monitor_is_the_one_that_the_report_names(words: str) -> None:
    assert voice(words, f"{words} said nine died. {OBSERVATORY}").key == "sohr"
    assert voice(words, f"{OBSERVATORY} So {words} said.").key == "sohr"
    assert voice(words, f"{words} said nine died.").type is not VoiceType.MONITOR


def test_of_two_monitors_the_one_named_last_is_meant() -> None:
    text = "Amnesty International saw six graves. The Syrian Network for Human Rights saw two. The watchdog wept."
    assert voice("The watchdog", text).key == "snhr"


def test_relief_is_no_monitor() -> None:
    assert voice("a monitor", "a monitor said. UNICEF and the Red Cross came.").type is VoiceType.UNNAMED


def test_the_ministry_is_the_one_named() -> None:
    text = "The Russian Defence Ministry spoke of a raid. The Turkish army did not. Later the ministry spoke again."
    found = voice("the ministry", text)
    assert (found.key, found.party) == ("russian-defence-ministry", "russia")
    assert voice("the health ministry", f"{text} So the health ministry said.").key != "russian-defence-ministry"


def test_an_ally_is_another_than_whose_ally_it_is() -> None:
    assert voice("the Russian ally", "the Russian ally spoke.").party is None
    assert voice("critics of Turkey", "critics of Turkey spoke.").party is None


def test_who_speaks_is_named_before_whom_he_is_with() -> None:
    text = "The Free Syrian Army left. An activist with the opposition Lantern Centre wept."
    assert voice("An activist with the opposition Lantern Centre", text).party is None


def test_a_spokeswoman_speaks_for_the_land_named_before_her_title() -> None:
    text = "Belgian army spokeswoman Ada Quill said no. Quill said it twice."
    assert voice("Ada Quill", text).party == voice("Quill", text).party == "belgium"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("RAVENNA (Reuters) - Nine people died.", "Reuters"),
        ("RAVENNA, May 3 (AFP) — Nine people died.", "AFP"),
        ("Nine dead AFP Tuesday 3 May 2016 Nine people died.", "AFP"),
        ("Nine people died.\nSource: AFP", "AFP"),
        ("Nine people died. Reporting by Ada Quill; Editing by Tom Reed", "Reuters"),
        ("A man looks on. (AFP Photo) Nine people died.", None),
        ("Nine people died, he told AFP on Tuesday.", None),
        ("Nine people died, said the ap on his phone.", None),
        ("Nine people died.\nSource: AFP. RAVENNA (Reuters) - Nine died.", None),
        ("", None),
    ],
)
def test_the_mark_of_a_wire(text: str, agency: str | None) -> None:
    assert credited(text, AGENCIES) == agency


def test_the_own_words_of_a_printed_wire_are_the_agencys() -> None:
    text = "RAVENNA (Reuters) - Nine people died in the harbour."
    report = Report.of(text, outlet="The Lantern")
    own = resolve(Claim.of(report.key, 0, len(text), Kind.KILLED), report)
    assert (own.key, own.type, own.via) == ("reuters", VoiceType.AGENCY, "The Lantern")
    agency = Report.of(text, outlet="Reuters")
    assert resolve(Claim.of(agency.key, 0, len(text), Kind.KILLED), agency).via is None


def claims(text: str, *words: str) -> tuple[list[Claim], list[Voice]]:
    made, voices, at = [], [], 0
    for said in words:
        at = text.index(said, at)
        made.append(Claim.of("r", at, at + 1, Kind.KILLED, voice=Mention(at, at + len(said), said)))
        sort = VoiceType.UNNAMED if said.split()[0].lower() in ("it", "the", "an", "he") else VoiceType.PERSON
        voices.append(Voice(f"{sort}:{said}", said, sort))
    return made, voices


def test_a_pronoun_is_the_voice_named_last() -> None:
    made, voices = claims("Ada said six. Tom said five. He said four. It said three.", "Ada", "Tom", "He", "It")
    assert [v.name for v in traced(made, voices)] == ["Ada", "Tom", "Tom", "Tom"]
    assert [v.name for v in traced(made[3:], voices[3:])] == ["It"]


def test_the_activist_is_the_activist_told_of_before() -> None:
    made, voices = claims(
        "an activist of Bari wept. Ada said. the activist left.", "an activist", "Ada", "the activist"
    )
    assert [v.name for v in traced(made, voices)] == ["an activist", "Ada", "an activist"]


def test_the_nearest_voice_is_no_longer_meant_after_a_page() -> None:
    made, voices = claims(f"Ada said six. {'x ' * 500} He said four.", "Ada", "He")
    assert [v.name for v in traced(made, voices)] == ["Ada", "He"]


def test_an_acronym_with_two_letters_changed_about_is_the_one_that_the_report_names() -> None:
    assert voice("SORH", f"{OBSERVATORY} SORH added two.").key == "sohr"
    assert voice("SORH", "SORH counted nine.").key != "sohr"
    assert voice("SNHR", f"{OBSERVATORY} SNHR added two.").key == "snhr"
