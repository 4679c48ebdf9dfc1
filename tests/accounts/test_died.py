"""Who is told of as hurt and as killed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.accounts.persons import Person, is_of_one
from parallax.model import Kind, Mention, Statement, VictimClass

from .cases import ends, reason, said, spread, tally

SAME, LATER = "told of as killed by the same report", "told of as killed by a report that came no earlier"


def killed(count: str, whom: str | None = None, **slots: Any) -> Statement:
    return said("post", 1, text=count, whom=whom or count, report=slots.pop("report", "a"), own_words=True, **slots)


def hurt(count: str, whom: str | None = None, **slots: Any) -> Statement:
    return killed(count, whom, kind=Kind.INJURED, **slots)


def beside(statement: Statement) -> Statement:
    """The statement, its people named further on in its sentence."""
    whom = statement.claim.whom
    assert whom is not None
    later = Mention(whom.start + 20, whom.end + 20, whom.text)
    return replace(statement, claim=replace(statement.claim, whom=later))


def hurt_of(*statements: Statement) -> tuple[int | None, int | None]:
    return ends(tally(*statements, policy="ucdp"), "all", Kind.INJURED)


def why(statement: Statement, *others: Statement) -> str | None:
    found = tally(statement, *others, policy="ucdp")
    return reason(spread(found, "all", Kind.INJURED).high, statement)


@pytest.mark.parametrize(
    ("wounded", "dead"),
    [
        (hurt("a 14-year-old boy", start=200), killed("a boy, 14", start=0)),
        (hurt("a victim", start=200), killed("a carter", start=0)),
        (hurt("the lad", "the lad", start=200), killed("a sailor", start=0)),
        (hurt("a young girl", start=100), killed("the girl", start=200)),
        (hurt("Anna Petrova", start=100), killed("she", start=200)),
        (hurt("Petrova", start=200), killed("Anna Petrova", start=0)),
    ],
    ids=["one age", "somebody", "told of before", "found, then dead", "a name, then she", "a surname"],
)
def test_one_who_was_hurt_and_died_is_not_among_the_hurt(wounded: Statement, dead: Statement) -> None:
    assert why(wounded, dead) == SAME
    assert hurt_of(wounded, dead) == (None, None)
    assert hurt_of(wounded) == (1, 1)


@pytest.mark.parametrize(
    ("wounded", "dead"),
    [
        (hurt("the woman", start=200), killed("a man", start=0)),
        (hurt("a 30-year-old man", start=200), killed("a man, 25", start=0)),
        (hurt("another man", start=200), killed("a man", start=0)),
        (beside(hurt("a girl", start=0)), killed("a boy", start=0)),
        (hurt("her mother", start=200), killed("a girl", start=0)),
        (hurt("Olga Petrova", start=200), killed("Anna Petrova", start=0)),
        (hurt("a man", start=200), killed("a man", start=0)),
    ],
    ids=["sex", "age", "another", "in one sentence", "stage of life", "given name", "told of anew"],
)
def test_somebody_else_stays_among_the_hurt(wounded: Statement, dead: Statement) -> None:
    assert why(wounded, dead) is None
    assert hurt_of(wounded, dead) == (1, 1)


def test_later_words_mean_whoever_was_hurt_beside_the_dead() -> None:
    dead, brother = killed("a boy", start=0), beside(hurt("his brother", start=0))
    back = hurt("the boy", start=200)
    assert why(back, dead, brother) != SAME
    assert why(back, dead) == SAME


def test_a_first_report_knows_of_the_hurt_alone() -> None:
    first = hurt("a 9-year-old girl", report="a", on=2)
    died = killed("the girl", "Mary Seacole, a girl", report="b", on=3)
    assert why(first, died) == LATER
    assert hurt_of(first, died) == (None, None)
    assert hurt_of(first, killed("the girl", report="b", on=1)) == (1, 1), "it came after the death"
    assert hurt_of(first, killed("the man", report="b", on=3)) == (1, 1)
    two = said("post", 2, text="two girls", whom="girls", report="b", on=3, own_words=True, start=90)
    assert hurt_of(first, died, two) == (1, 1), "of several dead one fits by chance"
    survived = beside(hurt("a girl", report="b", on=3, start=300))
    also = killed("a boy", report="b", on=3, start=300)
    assert hurt_of(first, also, survived) == (1, 1)


def test_words_that_may_mean_one_person_are_not_added() -> None:
    some = [hurt(f"{who}", start=at) for who, at in (("the driver", 0), ("the victim", 90))]
    assert hurt_of(*some) == (1, 1)
    ages = [said("post", whom=f"a {age}-year-old", report="a", start=at) for age, at in ((14, 0), (17, 90))]
    assert ends(tally(*ages, policy="ucdp"), "all") == (2, 2)


def test_one_told_by_an_age_is_one_and_a_part_of_more() -> None:
    child = said("post", whom="a 3-year-old", report="a", start=90)
    assert ends(tally(child)) == (1, 1)
    four = said("post", 4, text="four", whom="people", report="a")
    assert ends(tally(child, four)) == (4, 4)
    assert reason(spread(tally(child, four)).low, child) == "part of the 4"


COUNTS = st.sampled_from(["a man", "the girl", "he", "a 5-year-old", "Anna Petrova", "one", "the victim", "a teen", ""])
CLASSES = st.sampled_from(list(VictimClass))


@given(COUNTS, COUNTS, CLASSES, CLASSES)
def test_one_person_may_be_himself_and_likeness_goes_both_ways(
    a: str, b: str, of_a: VictimClass, of_b: VictimClass
) -> None:
    one, other = killed(a, whom_class=of_a).claim, killed(b, whom_class=of_b).claim
    first, second = Person.of(one), Person.of(other)
    assert first.may_be(first)
    assert first.may_be(second) == second.may_be(first)
    assert first.is_like(second) == second.is_like(first)
    assert is_of_one(one)


@given(st.permutations(["the girl", "a victim", "Anna Petrova", "she", "a boy", "another girl"]))
def test_who_died_depends_on_no_order(names: list[str]) -> None:
    told = {name: hurt(name, start=100 * (1 + sorted(names).index(name))) for name in names}
    dead = killed("a 12-year-old girl", start=0)
    found = tally(dead, *(told[name] for name in names), policy="ucdp")
    assert found == tally(*(told[name] for name in sorted(names)), dead, policy="ucdp")
