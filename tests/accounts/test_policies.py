"""What the policies but Airwars' make of the same accounts, and how they count by side."""

from __future__ import annotations

from parallax.model import Stance, VictimClass

from .cases import BRITAIN, FRANCE, RUSSIA, ends, reason, said, spread, tally

PEOPLE, FIGHTERS = VictimClass.UNKNOWN, VictimClass.COMBATANT


def test_a_people_is_no_side_unless_its_fighters_or_a_partys_own_losses_are_counted() -> None:
    people = said("post", 6, actor=RUSSIA, whom="Russians", whom_class=PEOPLE)
    assert not [r for r in tally(people, policy="ucdp").ranges if r.whom.startswith("side")]
    fighters = said("monitor", 5, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS)
    assert ends(tally(people, fighters, policy="ucdp"), "side: Russia") == (5, 5)
    own = said("menshikov", 4, actor=RUSSIA, whom="Russians", whom_class=PEOPLE)
    assert ends(tally(own, policy="ucdp"), "side: Russia") == (4, 4)


def test_a_named_dead_man_is_no_total_for_his_side_where_fighters_are_counted() -> None:
    admiral = said("post", 1, text="Admiral", actor=RUSSIA, whom="Admiral Ivan Petrov", whom_class=FIGHTERS)
    garrison = said("doctor", 500, whom="the garrison", whom_class=FIGHTERS)
    found = tally(admiral, garrison, policy="ucdp")
    assert ends(found, "side: Russia") == (None, None)
    assert "only some of this side's dead" in spread(found, "side: Russia").low.words
    assert ends(tally(admiral, policy="ucdp"), "side: Russia") == (1, 1)


def test_some_of_the_dead_never_set_the_high_end_beside_an_unreliable_total() -> None:
    named = said("post", 1, whom="Anna Petrova")
    rumour = said("doctor", 40, stance=Stance.DOUBTED)
    one = spread(tally(named, rumour, policy="ucdp"))
    assert (one.low.value, one.high.value) == (1, 40)
    assert one.best is not None
    assert one.best.value is None


ALMA = (
    said("raglan", 362, actor=BRITAIN, whom="our men", whom_class=FIGHTERS, on=22),
    said("canrobert", 60, actor=FRANCE, whom="French soldiers", whom_class=FIGHTERS, on=23),
    said("menshikov", 1800, actor=RUSSIA, whom="men", whom_class=FIGHTERS, on=24),
    said("raglan", 5000, actor=RUSSIA, whom="the enemy", whom_class=FIGHTERS, on=22, start=70),
)


def test_losses_of_different_sides_are_different_people() -> None:
    found = tally(*ALMA)
    one = spread(found, "combatant")
    assert (one.low.value, one.high.value) == (2222, 2222)
    assert ends(found, "all") == (2222, 2222)
    assert "counts of different people, added" in one.low.words
    assert 'Lord Raglan ("362", a party\'s count of its own losses)' in one.low.words
    assert reason(one.low, ALMA[3]) == (
        "a belligerent's count of its enemy's losses (Lord Raglan): context, not a finding"
    )


def test_ucdp_counts_by_side_and_leaves_enemy_counts_out_of_the_reliable() -> None:
    found = tally(*ALMA, policy="ucdp")
    assert ends(found, "side: Britain") == (362, 362)
    assert ends(found, "side: France") == (60, 60)
    assert ends(found, "side: Russia") == (1800, 1800)
    low = spread(found, "side: Russia").low
    assert reason(low, ALMA[3]) == "a belligerent's count of its enemy's losses: not held to be reliable"


def test_an_enemy_count_alone_is_a_high_end_only_under_ucdp() -> None:
    found = tally(ALMA[3], policy="ucdp")
    assert ends(found, "combatant") == (None, 5000)
    assert "none is held to be reliable" in spread(found, "combatant").high.words


def test_one_sides_dead_counted_by_two_origins_are_not_added() -> None:
    found = tally(
        said("monitor", 20, actor=RUSSIA, whom="Russian soldiers", whom_class=FIGHTERS),
        said("doctor", 25, actor=RUSSIA, whom="Russians", whom_class=FIGHTERS),
    )
    assert ends(found, "combatant") == (20, 25)


def test_allies_are_counted_together_unless_counted_apart() -> None:
    two_voices = (
        said("monitor", 20, actor=BRITAIN, whom_class=FIGHTERS),
        said("doctor", 25, actor=FRANCE, whom_class=FIGHTERS),
        said("ministry", 7, actor=RUSSIA, whom_class=FIGHTERS),
    )
    assert ends(tally(*two_voices), "combatant") == (27, 32)
    one_voice = (
        said("monitor", 20, actor=BRITAIN, whom_class=FIGHTERS),
        said("monitor", 25, actor=FRANCE, whom_class=FIGHTERS, start=50),
        said("ministry", 7, actor=RUSSIA, whom_class=FIGHTERS),
    )
    assert ends(tally(*one_voice), "combatant") == (52, 52)


def test_ucdp_gives_the_number_most_origins_give_as_best() -> None:
    numbers = {"post": 3, "monitor": 5, "ministry": 5, "doctor": 9}
    one = spread(tally(*[said(voice, n) for voice, n in numbers.items()], policy="ucdp"))
    assert one.best is not None
    assert (one.low.value, one.best.value, one.high.value) == (3, 5, 9)


def test_ibc_is_provisional_on_one_origin_and_counts_civilians_only() -> None:
    one = spread(tally(said("post", 4), policy="ibc"))
    assert one.low.words.startswith("provisional (fewer than two independent origins): 4")
    fighters = said("doctor", 9, whom="soldiers", whom_class=FIGHTERS)
    found = tally(said("post", 4), said("monitor", 6), fighters, policy="ibc")
    assert not spread(found).low.words.startswith("provisional")
    assert ends(found) == (4, 6)
    assert ends(found, "combatant") == (None, None)
    assert reason(spread(found, "combatant").low, fighters) == "fighters: this policy counts civilians only"


def test_acled_gives_one_conservative_number() -> None:
    one = spread(tally(said("post", 4), said("monitor", 6), policy="acled"))
    assert one.best is not None
    assert one.low.value == one.high.value == one.best.value == 4
