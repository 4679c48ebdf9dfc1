"""Why two claims differ."""

from __future__ import annotations

import pytest

from parallax.model import Difference, DifferenceType, Origin, Scope, Stance, Statement, VictimClass

from .cases import BRITAIN, RUSSIA, said, tally

FIGHTERS = VictimClass.COMBATANT


@pytest.mark.parametrize(
    ("a", "b", "expected", "words"),
    [
        (
            said("monitor", 12),
            said("post", 20, on=3),
            DifferenceType.DISPUTE,
            'the Monitor\'s "12" against The Morning Post\'s "20"',
        ),
        (
            said("monitor", 12),
            said("doctor", 12, on=3, whom="gunmen", whom_class=FIGHTERS),
            DifferenceType.DISPUTE,
            'the Monitor\'s "12" against a doctor\'s "12": civilians to the one, fighters to the other',
        ),
        (
            said("monitor", 12),
            said("monitor", 5, whom="children", start=50),
            DifferenceType.SCOPE,
            'the Monitor\'s "5" counts a part of those in the Monitor\'s "12"',
        ),
        (
            said("monitor", 900, scope=Scope.TOTAL),
            said("monitor", 5, start=50),
            DifferenceType.SCOPE,
            'the Monitor\'s "900" is a running total, the Monitor\'s "5" is of this incident',
        ),
        (
            said("raglan", 362, actor=BRITAIN, whom_class=FIGHTERS),
            said("raglan", 1800, actor=RUSSIA, whom_class=FIGHTERS, start=50),
            DifferenceType.SCOPE,
            "Lord Raglan's ",
        ),
        (
            said("monitor", 12),
            said("ministry", 12, stance=Stance.DENIED, on=3),
            DifferenceType.DENIAL,
            "the Ministry of Health denies what the Monitor said",
        ),
    ],
)
def test_a_difference_has_a_type_and_words(a: Statement, b: Statement, expected: DifferenceType, words: str) -> None:
    for order in ((a, b), (b, a)):
        (difference,) = tally(*order).differences
        assert difference.type is expected
        assert difference.words.startswith(words)
        assert {difference.a, difference.b} == {a.claim.key, b.claim.key}


def test_a_copy_names_whose_report_it_copies() -> None:
    first, copy = said("post", 4, own_words=True, report="a"), said("gazette", 4, own_words=True, report="b", on=3)
    found = tally(first, copy, origins={"b": Origin("a", 0.97)})
    assert found.differences == (
        Difference(DifferenceType.COPY, first.claim.key, copy.claim.key, "a copy of The Morning Post's report"),
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (said("monitor", 10, None, "at least 10"), said("post", 12)),
        (said("monitor", 12), said("post", 12)),
        (said("monitor", None, 20, "up to 20"), said("post", 12)),
        (said("monitor", 12), said("post", 5, whom="soldiers", whom_class=FIGHTERS)),
        (said("monitor", 12), said("post", 5, whom="children")),
        (said("monitor", 900, scope=Scope.TOTAL), said("post", 5)),
    ],
)
def test_numbers_that_can_both_hold_do_not_differ(a: Statement, b: Statement) -> None:
    assert tally(a, b).differences == ()


def test_one_number_for_killed_and_hurt_is_a_difference_of_scope() -> None:
    from parallax.model import Kind

    killed = said("post", None, 12, "12 killed and wounded")
    hurt = said("post", None, 12, "12 killed and wounded", kind=Kind.INJURED)
    (difference,) = tally(killed, hurt).differences
    assert difference.type is DifferenceType.SCOPE
    assert difference.words == '"12 killed and wounded" counts killed and hurt together'
