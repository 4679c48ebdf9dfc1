"""A party's own numbers against those of others."""

from __future__ import annotations

from parallax.model import Contrast, ContrastType, Kind, Stance, Statement, VictimClass

from .cases import BRITAIN, RUSSIA, said, tally

FIGHTERS = VictimClass.COMBATANT


def keys(*statements: Statement) -> tuple[str, ...]:
    return tuple(sorted(s.claim.key for s in statements))


def test_what_a_party_concedes_stands_against_what_others_put_down_to_it() -> None:
    conceded = said("raglan", 2, who=BRITAIN, whom="villagers")
    alleged = [said("monitor", 14, who=BRITAIN, whom="villagers"), said("doctor", 9, who=BRITAIN, whom="villagers")]
    of_others = said("ministry", 30, who=RUSSIA, whom="villagers")
    found = tally(conceded, *alleged, of_others).contrasts
    assert found == (
        Contrast(
            ContrastType.CONCEDED,
            Kind.KILLED,
            "Britain",
            keys(conceded),
            keys(*alleged),
            'Britain concedes "2"; a doctor and the Monitor put '
            + " and ".join(
                f'"{s.claim.count.text}"' for s in sorted(alleged, key=lambda s: s.claim.key) if s.claim.count
            )
            + " down to it",
        ),
    )


def test_a_number_without_a_doer_is_put_down_to_the_doer_of_its_reports_act() -> None:
    conceded = said("raglan", 0, text="no", who=BRITAIN, whom="villagers")
    act = said("monitor", 1, kind=Kind.SHELLING, whom=None, who=BRITAIN, start=60)
    bare, elsewhere = said("monitor", 14), said("monitor", 15, report="another")
    (found,) = tally(conceded, act, bare, elsewhere).contrasts
    assert found.others == keys(bare)


def test_a_boast_of_fighters_killed_is_no_concession() -> None:
    boast = said("raglan", 400, who=BRITAIN, actor=RUSSIA, whom_class=FIGHTERS)
    assert [c.type for c in tally(boast).contrasts] == [ContrastType.LOSSES]


def test_a_sides_dead_by_its_own_count_and_by_its_enemys() -> None:
    own = said("menshikov", 1800, actor=RUSSIA, whom="our men", whom_class=FIGHTERS)
    enemy = said("raglan", 5000, actor=RUSSIA, whom="the enemy", whom_class=FIGHTERS)
    other = said("monitor", 2500, actor=RUSSIA, whom_class=FIGHTERS)
    (found,) = tally(own, enemy, other).contrasts
    assert (found.type, found.actor) == (ContrastType.LOSSES, "Russia")
    assert (found.own, found.others) == (keys(own), keys(enemy))
    assert found.words == 'Russia: "1800" by its own side\'s count; "5000" by its enemy\'s'


def test_what_was_replaced_denied_or_told_by_nobody_else_makes_no_contrast_of_two() -> None:
    early, late = said("raglan", 2, who=BRITAIN, on=2), said("raglan", 3, who=BRITAIN, on=4)
    denial = said("monitor", 3, who=BRITAIN, stance=Stance.DENIED)
    (found,) = tally(early, late, denial).contrasts
    assert (found.own, found.others) == (keys(late), ())
    assert found.words == 'Britain concedes "3"; nobody else counts it'
    assert tally(said("monitor", 4), said("post", 5)).contrasts == ()
