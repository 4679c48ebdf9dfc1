"""How words become numbers under a policy."""

from __future__ import annotations

import pytest

from parallax.model import Kind, Statement

from .cases import ends, reason, said, spread, tally

Ends = tuple[int | None, int | None]


@pytest.mark.parametrize(
    ("statement", "policy", "expected"),
    [
        (said("monitor", 25, None, "at least 25"), "airwars", (25, 25)),
        (said("monitor", 400, None, "more than 400"), "airwars", (401, 401)),
        (said("monitor", 400, None, "over 400"), "airwars", (401, 401)),
        (said("monitor", 24, None, "dozens"), "airwars", (12, 24)),
        (said("monitor", 24, None, "dozens"), "ucdp", (12, 24)),
        (said("monitor", 200, None, "hundreds"), "airwars", (100, 200)),
        (said("monitor", 24, None, "tens"), "acled", (10, 10)),
        (said("monitor", 24, None, "dozens"), "acled", (12, 12)),
        (said("monitor", 200, None, "hundreds"), "acled", (100, 100)),
        (said("monitor", 24, None, "two dozen"), "airwars", (24, 24)),
        (said("monitor", 20000, None, "tens of thousands"), "airwars", (20000, 20000)),
        (said("monitor", whom="residents"), "airwars", (2, 2)),
        (said("monitor", whom="members of a household"), "airwars", (2, 2)),
        (said("monitor", 3, None, "several"), "airwars", (2, 2)),
        (said("monitor", 3, None, "a large number"), "airwars", (12, 24)),
        (said("monitor", whom="an unknown number of people"), "airwars", (2, 2)),
        (said("monitor", whom="28-year-old Ivan Petrov"), "airwars", (1, 1)),
        (said("monitor", whom="Ivan and Anna Petrov"), "airwars", (2, 2)),
        (said("monitor", whom="Anna Petrova's grandson"), "airwars", (1, 1)),
        (said("monitor", whom="a daughter of the mayor"), "ucdp", (1, 1)),
        (said("monitor", whom="the mayor and a guard"), "airwars", (2, 2)),
        (said("monitor", whom="Martyrs"), "airwars", (2, 2)),
        (said("monitor", whom="the Petrov Family"), "airwars", (None, None)),
        (said("monitor", whom="the Light Dragoons"), "airwars", (None, None)),
        (said("monitor", whom="the Light Brigade"), "airwars", (None, None)),
        (said("monitor", whom="a family"), "airwars", (None, None)),
        (said("monitor", whom=None), "airwars", (None, None)),
        (said("monitor", 0), "airwars", (0, 0)),
        (said("monitor", None, 50, "up to 50"), "airwars", (None, 50)),
        (said("monitor", None, 50, "fewer than 50"), "airwars", (None, 49)),
        (said("monitor", 400, 600, "400 to 600"), "airwars", (400, 600)),
    ],
)
def test_words_become_numbers(statement: Statement, policy: str, expected: Ends) -> None:
    found = tally(statement, policy=policy)
    assert ends(found) == expected
    assert ends(found, "all") == expected


def test_killed_without_a_number_is_unknown_and_says_so() -> None:
    silent = said("monitor", whom=None)
    low = spread(tally(silent)).low
    assert low.value is None
    assert "unknown" in low.words
    assert reason(low, silent) == "says killed but gives no number, which is unknown and not 0"


def test_injuries_without_a_number_are_a_plural_without_a_number() -> None:
    hurt = said("monitor", whom=None, kind=Kind.INJURED)
    one = spread(tally(hurt), kind=Kind.INJURED)
    assert (one.low.value, one.high.value) == (2, 2)
    assert "people injured, a plural without a number" in one.high.words
    assert ends(tally(hurt, policy="ucdp"), kind=Kind.INJURED) == (None, None)


def test_deaths_and_injuries_told_in_one_sentence_are_plurals_and_a_deadly_strike_is_unknown() -> None:
    dead, hurt = said("monitor", whom=None), said("monitor", whom=None, kind=Kind.INJURED)
    assert ends(tally(dead, hurt)) == (2, 2)
    assert ends(tally(dead)) == (None, None)
    elsewhere = said("monitor", whom=None, kind=Kind.INJURED, start=300)
    assert ends(tally(dead, elsewhere)) == (None, None)


def test_civilian_casualties_are_a_plural_and_a_family_is_not() -> None:
    hurt = said("monitor", whom="civilian", kind=Kind.INJURED)
    assert ends(tally(said("monitor", whom="civilian"), hurt)) == (2, 2)
    assert ends(tally(said("monitor", whom="the Petrov family"), hurt)) == (None, None)


def test_what_gives_no_number_takes_nothing_from_one_that_does() -> None:
    beside = said("doctor", whom=None, kind=Kind.INJURED)
    five = said("post", 5, kind=Kind.INJURED)
    assert ends(tally(five, beside), kind=Kind.INJURED) == (5, 5)
    assert ends(tally(said("post", 1, kind=Kind.INJURED), beside), kind=Kind.INJURED) == (1, 2)


def test_a_sentence_that_gives_a_number_adds_none_without() -> None:
    one = said("doctor", 1, text="a guard", whom="a guard", kind=Kind.INJURED)
    again = said("doctor", whom=None, kind=Kind.INJURED)
    assert ends(tally(one, again), kind=Kind.INJURED) == (1, 1)


def test_who_counts_one_and_tells_of_more_without_a_number_tells_of_two_at_most() -> None:
    child = said("post", 1, None, "at least one", own_words=True)
    more = said("post", whom="residents", own_words=True, start=300)
    one = spread(tally(child, more))
    assert (one.low.value, one.high.value) == (1, 2)
    assert set(one.high.claims) == {child.claim.key, more.claim.key}
    assert ends(tally(said("post", 3, own_words=True), more)) == (3, 3)
    elsewhere = said("monitor", whom="residents")
    assert ends(tally(child, elsewhere)) == (1, 2)
