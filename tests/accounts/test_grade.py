"""Grades, strike status and attribution."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from parallax.model import (
    Attribution,
    Grade,
    Kind,
    Mention,
    Scope,
    Stance,
    Statement,
    StrikeStatus,
    VictimClass,
    Voice,
    VoiceType,
)

from .cases import BRITAIN, FRANCE, RUSSIA, ends, said, tally

SHELLING = Kind.SHELLING
CASES: list[tuple[str, list[Statement], Grade, StrikeStatus | None]] = [
    ("one origin", [said("post", 4)], Grade.WEAK, None),
    ("one origin names who", [said("post", 4, who=RUSSIA)], Grade.WEAK, StrikeStatus.SINGLE_SOURCE),
    ("two origins", [said("post", 4), said("doctor", 4)], Grade.FAIR, None),
    (
        "two origins name one side",
        [said("post", 1, kind=SHELLING, who=BRITAIN), said("doctor", 1, kind=SHELLING, who=FRANCE)],
        Grade.FAIR,
        StrikeStatus.LIKELY,
    ),
    (
        "two origins name two sides",
        [said("post", 1, kind=SHELLING, who=RUSSIA), said("doctor", 1, kind=SHELLING, who=FRANCE)],
        Grade.CONTESTED,
        StrikeStatus.CONTESTED,
    ),
    (
        "one origin names both sides: a joint act",
        [
            said("post", 1, kind=SHELLING, who=RUSSIA),
            said("post", 1, kind=SHELLING, who=FRANCE, start=50),
            said("doctor", 1, kind=SHELLING, who=FRANCE),
        ],
        Grade.FAIR,
        StrikeStatus.LIKELY,
    ),
    (
        "a party says that it struck",
        [said("raglan", 1, kind=SHELLING, who=BRITAIN), said("doctor", 4)],
        Grade.FAIR,
        StrikeStatus.DECLARED,
    ),
    (
        "a party accepts the dead",
        [said("raglan", 4, who=BRITAIN), said("doctor", 4)],
        Grade.CONFIRMED,
        StrikeStatus.DECLARED,
    ),
    (
        "only fighters",
        [said("post", 4, whom_class=VictimClass.COMBATANT), said("doctor", 4, whom_class=VictimClass.COMBATANT)],
        Grade.DISCOUNTED,
        None,
    ),
    ("doubted alone", [said("post", 4, stance=Stance.DOUBTED)], Grade.WEAK, None),
    ("a forecast is no report", [said("post", 4), said("doctor", 4, stance=Stance.EXPECTED)], Grade.WEAK, None),
    ("a running total is no report", [said("post", 4), said("doctor", 4, scope=Scope.TOTAL)], Grade.WEAK, None),
]


@pytest.mark.parametrize(("name", "statements", "expected", "status"), CASES, ids=[case[0] for case in CASES])
def test_grade_and_strike_status(
    name: str, statements: list[Statement], expected: Grade, status: StrikeStatus | None
) -> None:
    found = tally(*statements)
    assert found.grade is expected
    assert found.strike_status is status
    assert found.grade_words


def test_who_is_held_responsible_and_denies_it_contests_it() -> None:
    found = tally(
        said("post", 1, kind=SHELLING, who=RUSSIA),
        said("doctor", 1, kind=SHELLING, who=RUSSIA),
        denial := said("menshikov", 1, kind=SHELLING, who=RUSSIA, stance=Stance.DENIED),
    )
    assert found.grade is Grade.CONTESTED
    assert found.strike_status is StrikeStatus.CONTESTED
    assert found.grade_words == "contested: Prince Menshikov denies what the same side is held responsible for"
    assert found.attributed == (Attribution("Russia", ("The Morning Post", "a doctor")),)
    assert any(denial.claim.key in account.current for account in found.accounts)


def test_a_denial_by_someone_else_is_told_in_the_words() -> None:
    found = tally(
        said("post", 1, kind=SHELLING, who=RUSSIA),
        said("doctor", 1, kind=SHELLING, who=RUSSIA),
        said("ministry", 1, kind=SHELLING, who=RUSSIA, stance=Stance.DENIED),
    )
    assert found.grade is Grade.FAIR
    assert found.grade_words == "2 independent origins report it; denied by the Ministry of Health"


def test_a_denial_of_harm_is_no_harm() -> None:
    found = tally(said("post", 4), said("ministry", 9, stance=Stance.DENIED))
    assert ends(found) == (4, 4)
    assert found.origins == 1


def test_several_claims_of_one_voice_are_one_origin() -> None:
    found = tally(said("post", 4), said("post", 6, kind=Kind.INJURED, start=60), said("post", 4, on=5))
    assert found.origins == 1
    assert found.grade is Grade.WEAK
    assert found.links == 2


def test_hearsay_adds_nothing_to_anybodys_word() -> None:
    rumour = replace(
        said("doctor", 4, report="b"), voice=Voice("unnamed:media-reports@x", "reports", VoiceType.UNNAMED)
    )
    assert tally(rumour).origins == 1
    assert tally(rumour, said("monitor", 4)).grade is Grade.WEAK


def test_of_the_nameless_those_tell_who_tell_of_the_dead() -> None:
    def nameless(**slots: Any) -> Statement:
        statement = said("doctor", None, report="b", **slots)
        return replace(statement, voice=Voice("unnamed:residents@x", "residents", VoiceType.UNNAMED))

    dead = said("monitor", 4)
    assert tally(dead, nameless(kind=SHELLING)).origins == 1
    assert tally(dead, nameless()).origins == 2
    assert tally(nameless(kind=SHELLING)).origins == 1


def of(words: str, voice: str = "post", **slots: Any) -> Statement:
    """A count of nine whose voice is told in these words."""
    found = said(voice, 9, **slots)
    return replace(found, claim=replace(found.claim, voice=Mention(0, len(words), words)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Several sources", Grade.FAIR),
        ("most of the papers", Grade.FAIR),
        ("The Post and the Gazette", Grade.FAIR),
        ("the Post, Balaklava News and others", Grade.FAIR),
        ("a neighbour and friend of the mayor", Grade.WEAK),
        ("friends and family", Grade.WEAK),
        ("the Ministry of Health and Welfare", Grade.WEAK),
        ("the Post", Grade.WEAK),
    ],
)
def test_a_voice_told_in_the_plural_is_two_origins_where_it_is_the_only_one(words: str, expected: Grade) -> None:
    assert tally(of(words)).grade is expected
    assert tally(of(words), said("doctor", 9)).origins == 2


def test_several_reports_are_more_than_hearsay() -> None:
    hearsay = replace(said("post", 9), voice=Voice("unnamed:media-reports@post", "media reports", VoiceType.UNNAMED))
    several = replace(hearsay, claim=replace(hearsay.claim, voice=Mention(0, 21, "several media reports")))
    assert tally(hearsay, said("doctor", 9)).origins == 1
    assert tally(several, said("doctor", 9)).origins == 2


def test_who_is_named_tells_though_no_more_is_known_of_him_and_who_is_nameless_does_not() -> None:
    named = replace(said("post", 1, kind=SHELLING), voice=Voice("named:@balaklava", "@balaklava", VoiceType.UNNAMED))
    nameless = replace(named, voice=Voice("unnamed:man@post", "a man", VoiceType.UNNAMED))
    assert tally(said("doctor", 4), named).origins == 2
    assert tally(said("doctor", 4), nameless).origins == 1


def test_a_named_voice_that_is_passed_on_with_doubt_tells_beside_one_without() -> None:
    alleged = said("doctor", 40, stance=Stance.DOUBTED)
    assert tally(said("post", 4), alleged).grade is Grade.FAIR
    assert tally(alleged, said("monitor", 40, stance=Stance.DOUBTED)).grade is Grade.WEAK
    rumour = replace(alleged, voice=Voice("unnamed:rumour@post", "a rumour", VoiceType.UNNAMED))
    assert tally(said("post", 4), rumour).grade is Grade.WEAK
