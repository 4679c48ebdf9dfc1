"""Whose dead are fighters although the words call them neither fighters nor civilians."""

from __future__ import annotations

from datetime import datetime

import pytest

from parallax.accounts.policies import POLICIES
from parallax.model import Judgement, Origin, Statement, Verb, VictimClass

from .cases import BRITAIN, FRANCE, RUSSIA, ends, said, spread, tally

FIGHTERS, PEOPLE, CIVILIANS = VictimClass.COMBATANT, VictimClass.UNKNOWN, VictimClass.CIVILIAN
BATTLE = (
    said("raglan", 400, actor=BRITAIN, whom="British soldiers", whom_class=FIGHTERS),
    said("menshikov", 3000, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS),
)


@pytest.mark.parametrize(
    "alone",
    [
        said("menshikov", 18000, actor=RUSSIA, whom="our men", whom_class=PEOPLE),
        said("menshikov", 18000, actor=RUSSIA, whom="our men", whom_class=CIVILIANS),
        said("post", 18000, whom="the garrison", whom_class=PEOPLE),
        said("post", 18000, whom="the French army", whom_class=PEOPLE, actor=FRANCE),
    ],
)
def test_a_force_or_a_partys_own_men_are_fighters(alone: Statement) -> None:
    found = tally(alone)
    assert ends(found) == (None, None)
    assert ends(found, "combatant") == (18000, 18000)
    assert "taken for fighters: the words name a force" in spread(found, "combatant").low.words


@pytest.mark.parametrize(
    ("statement", "civilian"),
    [
        (said("post", 40, actor=RUSSIA, whom="Russians", whom_class=PEOPLE), None),
        (said("post", 40, actor=RUSSIA, whom="Russian villagers"), 40),
        (said("post", 40, whom="people", whom_class=PEOPLE), 40),
        (said("post", 40, whom="children", whom_class=PEOPLE), 40),
        (said("post", 40, whom="residents"), 40),
        (said("post", 40, whom="men"), None),
        (said("post", 40, whom=None), None),
        (said("post", 1, whom="Sir Ivan Petrov", actor=BRITAIN), None),
    ],
)
def test_in_a_battle_only_words_for_civilians_make_civilians(statement: Statement, civilian: int | None) -> None:
    assert spread(tally(*BATTLE, statement)).high.value == civilian


def test_in_a_battle_that_harmed_civilians_a_bare_number_is_not_taken_for_fighters() -> None:
    bare = said("doctor", 40, whom=None, whom_class=PEOPLE)
    assert spread(tally(*BATTLE, bare, said("post", 7, whom="villagers"))).high.value == 40


def test_a_bare_number_in_a_battle_is_never_added_to_the_sides_own_numbers() -> None:
    bare = said("post", 5000, None, "not less than 5000", whom=None)
    found = tally(*BATTLE, bare)
    assert ends(found, "all") == (3400, 5000)
    assert "the sides' own numbers add up to 3400" in spread(found, "all").high.words
    assert ends(tally(*BATTLE, said("doctor", 7, whom="villagers"), bare), "all") == (3407, 5000)


def test_a_people_alone_are_no_fighters() -> None:
    people = said("post", 6, actor=RUSSIA, whom="Russians", whom_class=PEOPLE)
    assert ends(tally(people)) == (6, 6)
    fewer = said("monitor", 2, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS)
    assert spread(tally(people, fewer)).high.value == 6
    as_many = said("monitor", 6, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS)
    assert ends(tally(people, as_many)) == (None, None)


def test_a_partys_word_of_its_enemys_fighters_makes_nobody_a_fighter() -> None:
    people = said("post", 6, actor=RUSSIA, whom="Russians", whom_class=PEOPLE)
    boast = said("raglan", 60, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS)
    assert ends(tally(people, boast, BATTLE[0])) == (6, 6)


def test_a_copy_of_a_boast_is_no_evidence_either() -> None:
    people = said("post", 6, actor=RUSSIA, whom="Russians", whom_class=PEOPLE)
    boast = said("raglan", 60, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS, own_words=True, report="a")
    copy = said("gazette", 60, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS, own_words=True, report="b")
    assert ends(tally(people, boast, copy, BATTLE[0], origins={"b": Origin("a", 1.0)})) == (6, 6)


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_what_a_person_decided_is_left_as_it_is(policy: str) -> None:
    garrison = said("post", 9, whom="the garrison", whom_class=PEOPLE)
    decided = Judgement(
        Verb.CORRECT,
        (garrison.claim.key,),
        "A. Reader",
        "camp followers",
        datetime(2026, 1, 1),
        "whom_class",
        "civilian",
    )
    assert ends(tally(garrison, policy=policy, judgements=[decided])) == (9, 9)
    assert ends(tally(garrison, policy=policy)) == (None, None)
