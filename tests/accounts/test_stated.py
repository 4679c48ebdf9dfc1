"""What bears on a number where a sentence's own words come to another number of dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from parallax.accounts.stated import counting_the_dead
from parallax.model import Judgement, Kind, Statement, Tally, Verb

from .cases import ends, reason, said, spread, tally


def judged(verb: Verb, of: Statement, slot: str | None = None, value: str | None = None) -> Judgement:
    """What a reader decided about one statement."""
    return Judgement(verb, (of.claim.key,), "A. Reader", "read again", datetime(2026, 1, 1), slot, value)


def best(found: Tally) -> int | None:
    """The best number of all the dead."""
    bound = spread(found, "all").best
    return bound.value if bound is not None else None


def test_people_who_are_said_to_be_hit_bear_on_no_number_of_the_dead_and_the_tally_says_why() -> None:
    hit, died = replace(said("doctor", 6, start=100), dead=0), said("doctor", 1)
    found = tally(hit, died, policy="ucdp")
    assert best(found) == 1
    assert reason(spread(found, "all").high, hit) == "its words say that they were hit, and not that they died"
    assert best(tally(hit, policy="ucdp")) is None
    assert ends(tally(hit)) == (None, None)


def test_of_those_shot_the_dead_of_the_sentence_count_under_every_policy() -> None:
    shot = replace(said("doctor", 6, text="six"), dead=2)
    assert ends(tally(shot)) == (2, 2)
    assert best(tally(shot, policy="ucdp")) == 2
    assert "2 dead by the words of its sentence" in spread(tally(shot)).low.words
    statements, notes = counting_the_dead([shot, said("post", 4)])
    assert [s.claim.count.low for s in statements if s.claim.count] == [2, 4]
    assert statements[0].claim.key == shot.claim.key
    assert list(notes) == [shot.claim.key]


def test_they_dispute_nothing() -> None:
    hit, died = replace(said("doctor", 6), dead=0), said("post", 1)
    assert tally(hit, died).differences == ()
    assert tally(replace(hit, dead=None), died).differences


def test_who_is_hit_and_not_said_to_be_dead_takes_nobody_from_the_hurt() -> None:
    hurt = said("doctor", 1, text="a boy", whom="a boy", kind=Kind.INJURED, start=100)
    hit = said("doctor", 1, text="the boy", whom="the boy", start=200)
    assert ends(tally(hurt, replace(hit, dead=0)), kind=Kind.INJURED) == (1, 1)
    assert ends(tally(hurt, hit), kind=Kind.INJURED) == (None, None)


@pytest.mark.parametrize(
    ("verb", "slot", "value", "number"),
    [
        (Verb.ACCEPT, None, None, 6),
        (Verb.ADD, None, None, 6),
        (Verb.CORRECT, "count", "5", 5),
        (Verb.CORRECT, "when", "1854-10-02", None),
    ],
)
def test_a_persons_word_on_the_number_stands_above_the_words(
    verb: Verb, slot: str | None, value: str | None, number: int | None
) -> None:
    hit = replace(said("doctor", 6), dead=0)
    assert best(tally(hit, policy="ucdp", judgements=[judged(verb, hit, slot, value)])) == number


def test_those_whom_one_sentence_tells_of_together_are_counted_once() -> None:
    mother = replace(said("doctor", 1, text="a mother", whom="a mother"), dead=3)
    children = replace(said("doctor", 2, text="two", whom="children"), dead=3)
    found = tally(mother, children, policy="ucdp")
    assert best(found) == 3
    assert spread(found, "all").low.value == 3
    words = "one of the 3 whom its sentence tells of together"
    assert [reason(spread(found, "all").high, s) for s in (mother, children)].count(words) == 1
    apart = tally(mother, replace(children, claim=replace(children.claim, report="r2")), policy="ucdp")
    assert best(apart) == 3


def test_who_is_told_of_as_dead_with_an_act_alone_counts_where_the_report_counts_nobody() -> None:
    act = replace(said("post", kind=Kind.GROUND_ATTACK, whom="a clerk", own_words=True), dead=1)
    found = tally(act, policy="ucdp")
    assert best(found) == 1
    assert "told of as dead where the report tells of the act" in spread(found, "all").low.words
    assert spread(found, "all").low.claims == (act.claim.key,)
    assert not tally(replace(act, dead=None), policy="ucdp").ranges
    counted = said("post", 3, own_words=True, start=100)
    assert act.claim.report == counted.claim.report
    assert best(tally(act, counted, policy="ucdp")) == 3
    largest = replace(said("post", kind=Kind.GROUND_ATTACK, own_words=True, start=200), dead=2)
    assert best(tally(act, largest, policy="ucdp")) == 2
