"""Running totals of a war are no single happening, and a single happening stays one however large."""

from __future__ import annotations

import pytest

from parallax.model import Kind, Scope

from .reading import claims, only

TOTALS = (
    "More than 40,000 people have been killed and millions forced from their homes.",
    "More than 9,000 people have been killed in the two-year-old rebellion.",
    "Tens of thousands of civilians have been killed in the war.",
    "The fighting has cost the lives of more than 60,000 people.",
    "Over a quarter of a million people have been killed across the battered country.",
    "About 3,500 villagers have died during the country's four-year conflict, the ministry said on Monday.",
    "Aid workers say thousands of villagers have been killed.",
    "Some 210,000 people were killed and the capital was emptied.",
)
EVENTS = (
    "A gas attack that killed more than 1,400 people was condemned on Monday.",
    "More than 1,100 people have been killed in a gas attack on the town of Hesna.",
    "Twelve people have been killed in an air strike on Hesna.",
    "The prince lost 18,000 men killed before the town of Hesna.",
    "The war minister has been killed in a car bombing on Monday.",
    "Two clerks of the war office have been killed in Hesna.",
)


@pytest.mark.parametrize("text", TOTALS)
def test_what_a_whole_war_has_cost_is_a_total(text: str) -> None:
    assert {claim.scope for claim in claims(text, Kind.KILLED)} == {Scope.TOTAL}


@pytest.mark.parametrize("text", EVENTS)
def test_one_happening_stays_an_event(text: str) -> None:
    assert {claim.scope for claim in claims(text, Kind.KILLED)} == {Scope.EVENT}


def test_a_total_takes_over_no_day_from_the_sentence_before() -> None:
    text = "A shell killed two men in Hesna on Monday. More than 40,000 people have been killed in the war."
    days = {claim.scope: claim.when for claim in claims(text, Kind.KILLED)}
    assert days[Scope.EVENT] is not None
    assert days[Scope.TOTAL] is None


def test_those_driven_out_by_the_war_are_a_total() -> None:
    assert only("Millions of people have been displaced in the war.", Kind.DISPLACED).scope is Scope.TOTAL
