"""The words of one rich case, as people read them before they sign it off.

To renew the golden text after a change that is meant, run this file with `--renew`:
`python -m tests.accounts.test_golden --renew`, then read what changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from parallax.model import Bound, Kind, Origin, Scope, Stance, Statement, Tally, VictimClass

from .cases import BRITAIN, FRANCE, RUSSIA, said, tally

GOLDEN = Path(__file__).parent / "golden"
FIGHTERS, PEOPLE = VictimClass.COMBATANT, VictimClass.UNKNOWN

BATTLE: dict[str, Statement] = {
    "early": said("raglan", 300, None, "at least 300", actor=BRITAIN, whom="our men", whom_class=FIGHTERS, on=2),
    "return": said("raglan", 362, actor=BRITAIN, whom="our men", whom_class=FIGHTERS, on=5),
    "enemy": said("raglan", 5000, actor=RUSSIA, whom="the enemy", whom_class=FIGHTERS, on=5, start=60),
    "officers": said("raglan", 26, whom="officers", whom_class=FIGHTERS, on=5, start=120),
    "french": said("canrobert", None, 1340, "1,340 killed and wounded", actor=FRANCE, whom_class=FIGHTERS, on=6),
    "letter": said("doctor", 60, actor=FRANCE, whom_class=FIGHTERS, stance=Stance.DOUBTED, on=6),
    "russian": said("menshikov", 1800, actor=RUSSIA, whom_class=FIGHTERS, on=9),
    "monitor": said("monitor", 1500, None, "more than 1,500", actor=RUSSIA, whom_class=FIGHTERS, on=10),
    "village": said("post", 12, whom="villagers", report="post", on=4, own_words=True),
    "children": said("post", 5, whom="children", report="post", on=4, own_words=True, start=60),
    "reprint": said("gazette", 12, whom="villagers", report="gazette", on=6, own_words=True),
    "ministry": said("ministry", 9, whom="villagers", on=7),
    "rumour": said("doctor", 40, whom="villagers", stance=Stance.DOUBTED, on=7, start=60),
    "since": said("ministry", 41600, actor=RUSSIA, whom_class=PEOPLE, scope=Scope.TOTAL, on=12),
    "denial": said("menshikov", 12, whom="villagers", stance=Stance.DENIED, on=11),
    "shelling": said("post", 1, kind=Kind.SHELLING, whom="the village", report="post", who=RUSSIA, on=4, start=120),
}


def told(policy: str) -> Tally:
    return tally(*BATTLE.values(), policy=policy, origins={"gazette": Origin("post", 0.99)})


def explained(found: Tally) -> str:
    """The tally as plain text, claims by their short names."""
    names = {statement.claim.key: name for name, statement in BATTLE.items()}

    def bound(end: str, value: Bound) -> list[str]:
        lines = [
            f"  {end}: {value.words}",
            f"    rests on: {', '.join(names[key] for key in value.claims) or 'nothing'}",
        ]
        return lines + [f"    left out: {names[left.claim]}: {left.reason}" for left in value.left_out]

    lines = [f"policy {found.policy}", f"grade {found.grade}: {found.grade_words}", f"strike {found.strike_status}"]
    lines += [f"attributed to {each.actor} by {', '.join(each.by)}" for each in found.attributed]
    lines += [f"{found.links} reports, {found.origins} origins"]
    for one in found.ranges:
        lines += [f"{one.kind}, {one.whom}", *bound("low", one.low), *bound("high", one.high)]
        lines += bound("best", one.best) if one.best else []
    for each in found.accounts:
        before = ", ".join(names[key] for key in each.superseded)
        lines.append(
            f"{each.voice.name} says {', '.join(names[k] for k in each.current)}"
            + (f"; before: {before}" if before else "")
        )
    lines += [f"{each.type}: {names[each.a]}, {names[each.b]}: {each.words}" for each in found.differences]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("policy", ["airwars", "ucdp"])
def test_the_words_of_a_battle(policy: str) -> None:
    golden = GOLDEN / f"battle-{policy}.txt"
    assert explained(told(policy)) == golden.read_text(encoding="utf-8")


if __name__ == "__main__" and "--renew" in sys.argv:
    for name in ("airwars", "ucdp"):
        (GOLDEN / f"battle-{name}.txt").write_text(explained(told(name)), encoding="utf-8")
