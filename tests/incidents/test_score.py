"""What speaks for and against a link, and how much."""

from __future__ import annotations

from dataclasses import replace

from parallax.incidents.points import POINTS
from parallax.incidents.score import FLOOR, compare
from parallax.model import Actor, Count, Days, Kind, Link, Place, PlacePrecision, Scope, Stance, Statement, VictimClass

from .made import BALAKLAVA, CRIMEA, INKERMAN, SEVASTOPOL, VARNA, day, said, told

BATTLE = day("1854-11-05")


def compared(a: list[Statement], b: list[Statement]) -> Link | None:
    tellings, known = told(a, b)
    assert len(tellings) == 2
    return compare(*tellings, known)


def names(made: Link | None) -> set[str]:
    assert made is not None
    return {weight.name for weight in made.weights}


def battle(report: str, when: Days | None = BATTLE, place: Place | None = INKERMAN) -> Statement:
    return said(report, 0, Kind.GROUND_ATTACK, when=when, place=place)


def test_one_battle_told_twice_is_linked_with_its_reasons() -> None:
    made = compared([battle("a")], [battle("b")])
    assert names(made) == {"same day", "same town", "same act"}


def test_every_weight_comes_from_the_table() -> None:
    made = compared(
        [battle("a"), said("a", 0, Kind.KILLED, number=597, whom="British soldiers", who="Russians")],
        [battle("b"), said("b", 0, Kind.KILLED, number=600, whom="British soldiers", who="Russians")],
    )
    assert made is not None
    for weight in made.weights:
        assert weight.points % POINTS[weight.name] == 0 or weight.points == POINTS[weight.name]


def test_another_day_or_another_town_is_no_link() -> None:
    assert compared([battle("a")], [battle("b", when=day("1854-11-09"))]) is None
    assert compared([battle("a")], [battle("b", place=VARNA)]) is None


def test_the_next_day_is_weaker_than_the_same_day() -> None:
    same, following = compared([battle("a")], [battle("b")]), compared([battle("a")], [battle("b", day("1854-11-06"))])
    assert same is not None
    assert following is not None
    assert FLOOR <= following.score < same.score


def test_an_area_that_holds_the_town_is_weaker_than_the_town() -> None:
    wide = compared([battle("a")], [battle("b", place=CRIMEA)])
    assert "one within the other, wide" in names(wide)


def test_a_truce_is_never_linked_to_a_battle() -> None:
    assert compared([battle("a")], [said("b", 0, Kind.TRUCE, when=BATTLE, place=INKERMAN)]) is None


def test_a_denial_weeks_later_is_linked_to_what_it_denies() -> None:
    rumour = said("a", 0, Kind.SEIZED, place=SEVASTOPOL, who="the Allies", published="1854-10-02")
    denial = said("b", 0, Kind.SEIZED, place=SEVASTOPOL, stance=Stance.DENIED, published="1854-10-12")
    assert "same change of hands" in names(compared([rumour], [denial]))


def test_a_toll_that_grew_costs_nothing_and_one_far_apart_costs() -> None:
    def with_dead(report: str, number: int | tuple[int, None], published: str) -> list[Statement]:
        return [
            said(report, 0, Kind.GROUND_ATTACK, when=BATTLE, place=INKERMAN, published=published),
            said(report, 0, Kind.KILLED, number=number, published=published),
        ]

    first = with_dead("a", 30, "1854-11-10")
    assert "toll may have grown" in names(compared(first, with_dead("b", 45, "1854-11-22")))
    assert "numbers differ" in names(compared(first, with_dead("b", 20, "1854-11-22")))
    assert "numbers differ, one day's print" in names(compared(first, with_dead("b", 20, "1854-11-10")))
    assert "numbers far apart" in names(compared(first, with_dead("b", 500, "1854-11-22")))
    assert "same large number" in names(compared(first, with_dead("b", 30, "1854-11-22")))
    assert "numbers compatible" in names(compared(first, with_dead("b", (20, None), "1854-11-22")))
    assert "heavy tolls" in names(compared(with_dead("a", 90, "1854-11-10"), with_dead("b", 120, "1854-11-22")))


def test_heavy_tolls_of_two_days_are_no_sign_of_one_battle() -> None:
    def siege(report: str, when: Days, number: int) -> list[Statement]:
        return [
            said(report, 0, Kind.SHELLING, when=when, place=INKERMAN, who="the battery"),
            said(report, 0, Kind.KILLED, when=when, place=INKERMAN, number=number),
        ]

    one, next_day = day("1854-10-25"), day("1854-10-26")
    assert "heavy tolls" in names(compared(siege("a", one, 40), siege("b", one, 45)))
    apart = compared(siege("a", one, 40), siege("b", next_day, 45))
    assert apart is None or "heavy tolls" not in names(apart)


def bombed(report: str, number: int | None = None, whom: str = "people", when: Days = BATTLE) -> list[Statement]:
    """An air strike by a party on a city, with its toll."""
    said_of_it = [said(report, 0, Kind.AIR_STRIKE, when=when, place=SEVASTOPOL, who="Russians")]
    return said_of_it + ([said(report, 0, Kind.KILLED, number=number, whom=whom)] if number else [])


def test_a_war_has_many_attacks_so_one_city_and_one_day_are_no_link() -> None:
    assert compared(bombed("a"), bombed("b")) is None
    assert compared(bombed("a", 4), bombed("b", 9)) is None
    made = compared(bombed("a", 27), bombed("b", 27))
    assert {"same large number", "little particular shared"} <= names(made)
    assert "same person" in names(compared(bombed("a", 1, "Ivan Petrov"), bombed("b", 1, "Ivan Petrov")))


def test_what_is_seldom_in_a_war_needs_no_more_than_day_and_town() -> None:
    def gassed(report: str) -> list[Statement]:
        return [said(report, 0, Kind.CHEMICAL_ATTACK, when=BATTLE, place=BALAKLAVA, who="Russians")]

    assert "little particular shared" not in names(compared(gassed("a"), gassed("b")))


def test_the_next_day_asks_for_more_particulars_in_a_war() -> None:
    after = day("1854-11-06")
    assert compared(bombed("a", 27), bombed("b", 27, when=after)) is None
    assert "same person" in names(compared(bombed("a", 1, "Ivan Petrov"), bombed("b", 1, "Ivan Petrov", after)))


def test_tolls_are_compared_and_not_their_parts() -> None:
    def parts(report: str, *numbers: int) -> list[Statement]:
        return [said(report, 0, Kind.GROUND_ATTACK, when=BATTLE, place=BALAKLAVA)] + [
            said(report, 0, Kind.KILLED, number=number, whom=f"{number} of them") for number in numbers
        ]

    assert "numbers far apart" in names(compared(parts("a", 3, 90), parts("b", 3)))
    assert "same large number" in names(compared(parts("a", 3, 90), parts("b", 1, 90)))


def test_dozens_and_dozens_are_no_agreement() -> None:
    def many(report: str) -> list[Statement]:
        return [said(report, 0, Kind.KILLED, number=(24, None), when=BATTLE, place=INKERMAN)]

    (a, b), known = told(many("a"), many("b"))
    vague = {k: replace(s, claim=replace(s.claim, count=Count(24, None, "dozens"))) for k, s in known.items()}
    assert "numbers compatible" in names(compare(a, b, vague))


def test_a_common_given_name_is_no_person() -> None:
    def victim(report: str, whom: str) -> list[Statement]:
        return [said(report, 0, Kind.KILLED, whom=whom, number=1, when=BATTLE, place=BALAKLAVA)]

    assert "same common name" in names(compared(victim("a", "Ahmed Zahri"), victim("b", "Ahmed Tell")))
    assert "same name" in names(compared(victim("a", "Ahmed Zahri"), victim("b", "Omar Zahri")))


def test_a_named_victim_links_reports_of_a_battle_and_of_a_burial_months_later() -> None:
    first = [
        said("a", 0, Kind.GROUND_ATTACK, when=BATTLE, place=INKERMAN),
        said("a", 0, Kind.KILLED, whom="General George Cathcart"),
    ]
    later = [said("b", 0, Kind.KILLED, whom="George Cathcart", place=CRIMEA, published="1855-03-01")]
    assert "same person" in names(compared(first, later))


def test_other_persons_and_other_ages_speak_against() -> None:
    def victim(report: str, whom: str) -> list[Statement]:
        return [said(report, 0, Kind.KILLED, whom=whom, number=1, when=BATTLE, place=SEVASTOPOL)]

    same = compared(victim("a", "a 12-year-old boy, Ivan Petrov"), victim("b", "Ivan Petrov, 12"))
    other = compared(victim("a", "a 12-year-old boy, Ivan Petrov"), victim("b", "Pavel Orlov, 40"))
    assert {"same person", "same age"} <= names(same)
    assert other is None


def test_unresolved_names_in_two_spellings_are_alike() -> None:
    def named(report: str, where: str) -> list[Statement]:
        return [said(report, 0, Kind.GROUND_ATTACK, when=BATTLE, where=where)]

    assert "place names alike" in names(compared(named("a", "the village of Chorgoun"), named("b", "Chorgun")))
    assert compared(named("a", "Chorgun"), named("b", "Karani")) is None


def test_who_did_it_in_dispute_does_not_undo_a_link() -> None:
    def shelled(report: str, who: str) -> list[Statement]:
        return [
            said(report, 0, Kind.SHELLING, when=BATTLE, place=BALAKLAVA, who=who),
            said(report, 0, Kind.KILLED, when=BATTLE, place=BALAKLAVA, who=who, number=9),
        ]

    assert "other side" in names(compared(shelled("a", "Russians"), shelled("b", "Turks")))


def test_actors_of_one_side_agree_in_part() -> None:
    def by(report: str, who: str) -> list[Statement]:
        s = battle(report)
        return [Statement(s.claim, s.voice, s.place, Actor(who, who, side="allies"), published=s.published)]

    assert "same side" in names(compared(by("a", "british"), by("b", "french")))


def test_a_running_total_is_linked_to_nothing() -> None:
    def total(report: str, voice: str, number: int) -> list[Statement]:
        return [said(report, 0, Kind.KILLED, number=number, scope=Scope.TOTAL, voice=voice)]

    assert compared(total("a", "the surgeon", 4000), total("b", "the surgeon", 5000)) is None
    assert compared(total("a", "the surgeon", 4000), [battle("b")]) is None


def test_two_tellings_of_one_report_need_more() -> None:
    apart = [
        said("a", 0, Kind.SHELLING, when=BATTLE, place=SEVASTOPOL),
        said("a", 90, Kind.SHELLING, when=day("1854-11-06"), place=SEVASTOPOL),
    ]
    tellings, known = told(apart)
    assert len(tellings) == 2
    assert compare(*tellings, known) is None


def test_victims_of_another_class_speak_against() -> None:
    def dead(report: str, of: VictimClass) -> list[Statement]:
        return [said(report, 0, Kind.KILLED, when=BATTLE, place=INKERMAN, number=9, whom="dead", whom_class=of)]

    made = compared(dead("a", VictimClass.CIVILIAN), dead("b", VictimClass.COMBATANT))
    assert "other class of victim" in names(made)


def test_a_place_read_in_two_ways_is_maybe_the_same() -> None:
    other = Place("Inkerman", 55.95, -3.99, PlacePrecision.VILLAGE, "GB", 99, alternatives=(INKERMAN,))
    made = compared([battle("a")], [battle("b", place=other)])
    assert "maybe the same place" in names(made)


def test_a_number_and_at_least_that_number_agree_and_words_for_a_size_do_not() -> None:
    def killed(report: str, number: int | tuple[int, None]) -> list[Statement]:
        return [
            said(report, 0, Kind.SHELLING, when=BATTLE, place=SEVASTOPOL, who="Russia"),
            said(report, 0, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=number, who="Russia"),
        ]

    assert "same large number" in names(compared(killed("a", 31), killed("b", (31, None))))
    dozens = replace(killed("b", (24, None))[1].claim, count=Count(24, None, "dozens"))
    words = [replace(s, claim=dozens) if s.claim.kind is Kind.KILLED else s for s in killed("b", 24)]
    made = compared(killed("a", (24, None)), words)
    assert made is None or "same large number" not in {w.name for w in made.weights}


def test_adjoining_months_are_no_adjoining_days() -> None:
    months = (day("1855-01-01", "1855-01-31"), day("1855-02-01", "1855-02-28"))
    january, february = (
        [said(report, 0, Kind.KILLED, when=month, place=SEVASTOPOL, published="1855-06-01")]
        for report, month in zip("ab", months, strict=True)
    )
    assert compared(january, february) is None


def test_what_tells_of_nothing_alike_speaks_against_a_link() -> None:
    fled = [said("a", 0, Kind.DISPLACED, when=BATTLE, place=INKERMAN)]
    burnt = [said("b", 0, Kind.DAMAGE, when=BATTLE, place=INKERMAN)]
    assert "nothing alike told" in names(compared(fled, burnt))
    killed = [said("b", 0, Kind.KILLED, when=BATTLE, place=INKERMAN)]
    assert "nothing alike told" not in names(compared([battle("a")], killed))


def test_who_holds_a_town_is_no_fall_of_it() -> None:
    fall = said("a", 0, Kind.SEIZED, when=BATTLE, place=BALAKLAVA)
    again = said("b", 0, Kind.SEIZED, when=BATTLE, place=BALAKLAVA)
    held = said("b", 0, Kind.SEIZED, place=BALAKLAVA, published="1854-10-27")
    assert "same change of hands" in names(compared([fall], [again]))
    made = compared([fall], [held])
    assert made is None or "same change of hands" not in names(made)
    denial = said("b", 0, Kind.SEIZED, place=BALAKLAVA, stance=Stance.DENIED, published="1854-10-27")
    assert "same change of hands" in names(compared([fall], [denial]))


def test_what_was_damaged_or_who_fled_asks_for_something_particular() -> None:
    blast = [said("a", 0, Kind.BOMBING, when=BATTLE, place=BALAKLAVA), said("a", 0, Kind.INJURED, number=2)]
    windows = said("b", 0, Kind.DAMAGE, when=BATTLE, place=BALAKLAVA)
    fled = said("b", 0, Kind.DISPLACED, when=BATTLE, place=BALAKLAVA)
    robbery = said("b", 0, Kind.BOMBING, when=BATTLE, place=BALAKLAVA)
    assert "little particular shared" not in names(compared(blast, [robbery]))
    for aside in (windows, fled):
        link = compared(blast, [aside])
        assert link is None or "little particular shared" in names(link)
