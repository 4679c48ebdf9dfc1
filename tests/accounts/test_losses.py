"""Whose people a party to the fighting counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parallax.accounts.losses import Losses, actors, counted, whose
from parallax.model import Actor, Statement, VictimClass

from .cases import BRITAIN, FRANCE, RUSSIA, ends, said, tally

FIGHTERS, PEOPLE = VictimClass.COMBATANT, VictimClass.UNKNOWN
ARMY = Actor("syria", "Syria", "syria", certainty=0.5)
KNOWN = actors([said("post", 1, actor=actor) for actor in (BRITAIN, FRANCE, RUSSIA)])

CASES: list[tuple[Statement, Losses, str | None]] = [
    (said("raglan", 9, actor=BRITAIN, whom="British soldiers", whom_class=FIGHTERS), Losses.OWN, "britain"),
    (said("raglan", 9, actor=FRANCE, whom="the French", whom_class=FIGHTERS), Losses.OWN, "france"),
    (said("raglan", 9, actor=RUSSIA, whom="the Russians", whom_class=PEOPLE), Losses.ENEMY, "russia"),
    (said("raglan", 9, actor=RUSSIA, whom="Russian villagers"), Losses.OTHER, "russia"),
    (said("raglan", 9, whom="our people", whom_class=PEOPLE), Losses.OWN, "britain"),
    (said("raglan", 9, whom="his men", whom_class=FIGHTERS), Losses.OWN, "britain"),
    (said("raglan", 9, whom="the army", whom_class=FIGHTERS, actor=ARMY), Losses.OWN, "britain"),
    (said("raglan", 9, whom="the enemy's army", whom_class=FIGHTERS), Losses.ENEMY, None),
    (said("raglan", 9, whom="militants", whom_class=FIGHTERS), Losses.ENEMY, None),
    (said("raglan", 9, whom="men", whom_class=FIGHTERS, who=BRITAIN), Losses.ENEMY, None),
    (said("raglan", 9, whom="men", whom_class=FIGHTERS, who=RUSSIA), Losses.OTHER, None),
    (said("raglan", 9, whom="people", whom_class=PEOPLE), Losses.OTHER, None),
    (said("post", 9, whom="militants", whom_class=FIGHTERS), Losses.OTHER, None),
]


@pytest.mark.parametrize(("statement", "expected", "side"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_whose_losses(statement: Statement, expected: Losses, side: str | None) -> None:
    losses = whose(statement, KNOWN)
    assert losses is expected
    found = counted(statement, losses, KNOWN)
    assert (found.key if found else None) == side


def test_officers_are_a_part_of_their_side_and_police_are_not_a_side_by_themselves() -> None:
    police = Actor("police", "Police")
    found = tally(
        said("raglan", 362, actor=BRITAIN, whom="British", whom_class=FIGHTERS),
        said("raglan", 26, actor=police, whom="officers", whom_class=FIGHTERS, start=50),
        said("menshikov", 1800, actor=RUSSIA, whom="Russians", whom_class=FIGHTERS),
    )
    assert ends(found, "combatant") == (2162, 2162)


def test_police_and_gunmen_counted_by_one_voice_in_one_report_are_different_people() -> None:
    police, gunmen = Actor("police", "Police"), Actor("gunmen", "Gunmen")
    one = said("post", 4, actor=police, whom="police", whom_class=FIGHTERS)
    other = said("post", 10, actor=gunmen, whom="gunmen", whom_class=FIGHTERS, start=50)
    assert ends(tally(one, other), "combatant") == (14, 14)
    apart = replace(other, voice=replace(other.voice, key="gazette"))
    assert ends(tally(one, apart), "combatant") == (4, 10)
