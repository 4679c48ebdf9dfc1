"""How many dead the words of a sentence come to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.incidents.context import settle
from parallax.incidents.deaths import dead, told
from parallax.model import Claim, Count, Kind, Mention, Report, Scope, Span, Stance, Statement, Voice, VoiceType

NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def claim(report: Report, sentence: str, count: str | None = None, kind: Kind = Kind.KILLED, **slots: object) -> Claim:
    """A claim of a sentence of the report, which counts by these words; a word that is no number counts one."""
    start = report.text.index(sentence)
    number = NUMBERS.get(count.lower().removeprefix("all "), 1) if count else 0
    return Claim.of(
        report.key,
        start,
        start + len(sentence),
        kind,
        count=Count(number, number, count) if count else None,
        whom=Mention(start, start + len(count), count) if count else None,
        **slots,
    )


def read(sentence: str, count: str | None = None, around: str = "One of them died on Friday.") -> int | None:
    """What the words come to of a claim that counts `count` in a sentence of a report."""
    report = Report.of(f"{sentence} {around}", language="en")
    return dead(report, claim(report, sentence, count))


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Four boatmen were shot on the quay.", "Four"),
        ("The guards found three men with gunshot wounds behind the mill.", "three"),
        ("All six were taken to the naval hospital.", "six"),
        ("He opened fire on two porters.", "two"),
    ],
)
def test_who_is_said_to_be_hit_and_not_to_be_dead_is_none_of_the_dead(sentence: str, count: str) -> None:
    assert read(sentence, count) == 0


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Four boatmen were shot dead on the quay.", "Four"),
        ("Two porters were shot and died at the scene.", "Two"),
        ("Gunmen killed three millers and wounded a fourth.", "three"),
        ("Six bodies with gunshot wounds lay behind the mill.", "Six"),
        ("Two porters, who were shot on Monday, will be buried today.", "Two"),
        ("Ten people perished when the shell struck the ferry.", "Ten"),
    ],
)
def test_a_word_for_death_leaves_the_number_as_it_is(sentence: str, count: str) -> None:
    assert read(sentence, count) is None


@pytest.mark.parametrize(
    ("sentence", "count", "died"),
    [
        ("Six boatmen were shot, two of whom have died.", "Six", 2),
        ("Six boatmen were shot, one fatally.", "Six", 1),
        ("Ten people were shot and one killed on the quay.", "Ten", 1),
        ("Ten people were shot late on Sunday, three of them fatally.", "Ten", 3),
        ("A gunman shot five guests.", "five", 0),
        ("Four people were struck by bullets, leaving 2 dead.", "Four", 2),
        ("Five millers were wounded, including two who later died.", "Five", None),
    ],
)
def test_of_the_shot_those_are_counted_whom_the_sentence_tells_of_as_dead(
    sentence: str, count: str, died: int | None
) -> None:
    assert read(sentence, count) == died


@pytest.mark.parametrize(
    ("sentence", "count", "died"),
    [
        ("He killed a guard before injuring four clerks.", "four", 0),
        ("A guard died in the shooting of six clerks.", "six", 0),
        ("A guard died in the fatal shooting of six clerks.", "six", None),
        ("Shells killed and wounded six clerks.", "six", None),
        ("Guards found four gunshot victims, and Petrov died on the way.", "four", 0),
        ("Guards found four gunshot victims dead in the mill.", "four", None),
        ("Three men with gunshot wounds were taken to the ward, where they died.", "Three", None),
        ("Three clerks were shot, and the gunman killed himself.", "Three", 0),
        ("Three clerks were shot, and both guards were hurt; all died.", "Three", None),
        ("Two clerks were shot in the upper body.", "Two", 0),
    ],
)
def test_the_death_of_others_makes_nobody_dead_who_is_told_of_as_hit(
    sentence: str, count: str, died: int | None
) -> None:
    assert read(sentence, count) == died


def test_in_a_report_of_a_shooting_nobody_is_dead_without_a_word_for_it() -> None:
    around = "The gunman fled. The shooting began at noon; one clerk was shot dead."
    assert read("Four clerks were in front of the mill.", "Four", around) == 0
    assert read("All four clerks lived in the mill.", "All four", around) is None
    assert read("Four clerks were in front of the mill.", "Four", "The raid left one dead.") is None


def test_one_person_who_is_said_to_be_shot_may_have_died_by_another_sentence() -> None:
    assert read("The ferryman was shot on the quay.", "The ferryman") is None
    assert read("The ferryman was shot on the quay.", "The ferryman", around="He is at home again.") == 0


def test_a_report_without_any_word_for_death_tells_of_nobody_killed() -> None:
    assert read("Two porters were at the mill.", "Two", around="The road is closed.") == 0
    assert read("Two porters were at the mill.", "Two", around="A funeral was held.") is None
    told = Report.of("Two porters were at the mill.", title="Two die at the mill", language="en")
    assert dead(told, claim(told, told.text, "Two")) is None


def test_what_a_claim_says_elsewhere_too_counts() -> None:
    report = Report.of("Four boatmen were shot. Four boatmen lie dead.", language="en")
    also = (Span(24, 46),)
    assert dead(report, claim(report, "Four boatmen were shot.", "Four", also=also)) is None
    assert dead(report, claim(report, "Four boatmen were shot.", "Four")) == 0


def test_other_claims_and_other_languages_are_left_alone() -> None:
    text = "Four boatmen were shot on the quay."
    report = Report.of(text, language="en")
    assert dead(report, claim(report, text, "Four", Kind.INJURED)) is None
    assert dead(report, claim(report, text, "Four", stance=Stance.DENIED)) is None
    foreign = Report.of(text, language="fr")
    assert dead(foreign, claim(foreign, text, "Four")) is None
    nobody = Claim.of(report.key, 0, len(text), Kind.KILLED, count=Count(0, 0, "none"))
    assert dead(report, nobody) is None


def test_settling_says_it_and_changes_no_claim() -> None:
    report = Report.of("Six boatmen were shot, two of whom have died.", language="en")
    one = Statement(claim(report, report.text, "Six"), Voice("post", "The Post", VoiceType.OUTLET))
    (settled,) = settle(report, [one], [])
    assert settled.dead == 2
    assert settled.claim == one.claim


@given(st.text(alphabet="shot, twofaldie.()—and killed", max_size=80), st.sampled_from(["six", "one", "(", ""]))
def test_whatever_the_words_the_number_is_below_the_one_counted(words: str, count: str) -> None:
    report = Report.of(f"six {words}", language="en")
    number = 6
    told = Claim.of(report.key, 0, len(report.text), Kind.KILLED, count=Count(number, number, count))
    found = dead(report, told)
    assert found is None or 0 <= found < number
    assert (found == 0) <= (re.search(r"\b(?:kill|die|dead)", report.text) is None or "shot" in report.text)


@pytest.mark.parametrize(
    ("sentence", "count", "number"),
    [
        ("A farmer and his two sons were found dead in the barn.", "A farmer", 3),
        ("A farmer and his two sons were found dead in the barn.", "two", 3),
        ("The clerk killed two of his brothers before shooting himself.", "two", 3),
        ("The clerk killed his brother and two friends, then himself.", "two", 4),
        ("Two men and three women were killed, the surgeon said.", "three", 5),
        ("Two men were killed, the surgeon said.", "Two", None),
    ],
)
def test_who_is_told_of_as_dead_together_is_counted_together(sentence: str, count: str, number: int | None) -> None:
    report = Report.of(sentence, language="en")
    at = sentence.index(count)
    made = claim(report, sentence, count)
    one = Claim.of(
        report.key, 0, len(sentence), Kind.KILLED, count=made.count, whom=Mention(at, at + len(count), count)
    )
    assert dead(report, one) == number


def test_of_an_act_those_are_counted_whom_its_sentence_tells_of_as_dead() -> None:
    report = Report.of("A guard is held for the fatal shooting of two teachers.", language="en")
    assert dead(report, Claim.of(report.key, 0, len(report.text), Kind.GROUND_ATTACK)) == 2
    assert dead(report, Claim.of(report.key, 0, len(report.text), Kind.GROUND_ATTACK, scope=Scope.TOTAL)) is None
    assert dead(report, Claim.of(report.key, 0, len(report.text), Kind.DETAINED)) is None


def test_an_act_tells_of_dead_where_its_report_counts_nobody_killed() -> None:
    text = "Guards look into a raid. A raid killed two teachers. Two teachers died."
    report = Report.of(text, title="Two teachers killed in Varna", language="en")
    bare = claim(report, "Guards look into a raid.", kind=Kind.GROUND_ATTACK)
    named = claim(report, "A raid killed two teachers.", kind=Kind.GROUND_ATTACK)
    counted = claim(report, "Two teachers died.", "Two")
    assert told(report, [named, bare]) == [2, None]
    assert told(report, [named, bare, counted]) == [None, None, None]
    assert told(report, [bare]) == [2]
    assert told(Report.of(text, language="en"), [bare]) == [None]
    assert told(report, []) == []
