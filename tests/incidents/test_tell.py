"""Claims of one report, grouped into the happenings it tells of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.incidents.tell import tell
from parallax.model import Count, Kind, Place, PlacePrecision, Scope, Stance, Statement

from .made import BALAKLAVA, CRIMEA, INKERMAN, ODESSA, SEVASTOPOL, VARNA, day, said

ALMA = day("1854-09-20")
BATTLE = day("1854-10-25")
INKERMAN_DAY = day("1854-11-05")


def groups(statements: list[Statement]) -> list[set[str]]:
    return [set(telling.claims) for telling in tell(statements)]


def test_an_act_and_its_harm_are_one_telling() -> None:
    act = said("r", 0, Kind.SHELLING, when=BATTLE, place=SEVASTOPOL)
    harm = said("r", 0, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=12)
    assert groups([act, harm]) == [{act.claim.key, harm.claim.key}]


def test_a_second_voice_on_the_same_battle_joins_it() -> None:
    one = said("r", 0, Kind.KILLED, when=BATTLE, place=BALAKLAVA, number=(400, None), voice="the British")
    other = said("r", 60, Kind.KILLED, when=BATTLE, place=BALAKLAVA, number=600, voice="the Russians")
    assert len(groups([one, other])) == 1


def test_what_names_no_day_and_no_place_belongs_to_what_was_told_just_before() -> None:
    battle = said("r", 0, Kind.GROUND_ATTACK, when=BATTLE, place=BALAKLAVA)
    harm = said("r", 40, Kind.INJURED, number=80)
    assert len(groups([battle, harm])) == 1


def test_two_days_are_two_tellings_even_in_one_sentence() -> None:
    first = said("r", 0, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=10)
    second = said("r", 0, Kind.KILLED, when=INKERMAN_DAY, place=SEVASTOPOL, number=20)
    assert len(groups([first, second])) == 2


def test_a_day_that_the_reader_is_hardly_sure_of_starts_no_other_telling() -> None:
    first = said("r", 0, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=10)
    carried = said("r", 90, Kind.KILLED, when=INKERMAN_DAY, place=SEVASTOPOL, number=7, certainties=(("when", 0.55),))
    read = said("r", 90, Kind.KILLED, when=INKERMAN_DAY, place=SEVASTOPOL, number=7, certainties=(("when", 0.9),))
    assert len(groups([first, carried])) == 1
    assert len(groups([first, read])) == 2
    assert len(groups([first, carried, replace(read, claim=replace(read.claim, key="other", start=140, end=160))])) == 2


def test_a_day_that_a_person_set_speaks_against_days_that_the_reader_is_hardly_sure_of() -> None:
    unsure, settled = (("when", 0.55),), (("when", 1.0),)
    carried = said("r", 0, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=10, certainties=unsure)
    corrected = said("r", 90, Kind.KILLED, when=INKERMAN_DAY, place=SEVASTOPOL, number=7, certainties=settled)
    assert len(groups([carried, corrected])) == 2
    assert len(groups([carried, replace(corrected, claim=replace(corrected.claim, certainties=unsure))])) == 1


def test_two_places_apart_are_two_tellings() -> None:
    a = said("r", 0, Kind.SHELLING, when=BATTLE, place=ODESSA)
    b = said("r", 40, Kind.SHELLING, when=BATTLE, place=SEVASTOPOL)
    assert len(groups([a, b])) == 2


def test_a_place_within_the_area_named_joins_it() -> None:
    a = said("r", 0, Kind.GROUND_ATTACK, when=BATTLE, place=CRIMEA)
    b = said("r", 40, Kind.KILLED, when=BATTLE, place=BALAKLAVA, number=3)
    assert len(groups([a, b])) == 1


def test_a_running_total_stands_apart_from_the_battle_in_whose_report_it_is() -> None:
    battle = said("r", 0, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=12)
    total = said("r", 40, Kind.KILLED, when=day("1854-09-14", "1854-11-20"), number=4000, scope=Scope.TOTAL)
    assert groups([battle, total]) == [{battle.claim.key}, {total.claim.key}]


def test_totals_of_one_voice_are_one_telling_and_of_two_voices_two() -> None:
    killed = said("r", 0, Kind.KILLED, number=4000, scope=Scope.TOTAL, voice="the surgeon")
    hurt = said("r", 40, Kind.INJURED, number=9000, scope=Scope.TOTAL, voice="the surgeon")
    other = said("r", 80, Kind.KILLED, number=6000, scope=Scope.TOTAL, voice="the consul")
    assert sorted(map(len, groups([killed, hurt, other]))) == [1, 2]


def test_strength_a_truce_and_aid_are_no_part_of_the_battle() -> None:
    battle = said("r", 0, Kind.GROUND_ATTACK, when=INKERMAN_DAY, place=INKERMAN)
    strength = said("r", 0, Kind.STRENGTH, when=INKERMAN_DAY, place=INKERMAN, number=35000)
    truce = said("r", 40, Kind.TRUCE, when=INKERMAN_DAY, place=INKERMAN)
    aid = said("r", 80, Kind.AID, when=INKERMAN_DAY, place=INKERMAN)
    assert len(groups([battle, strength, truce, aid])) == 4


def test_a_denial_and_a_forecast_belong_to_the_happening_they_are_about() -> None:
    fall = said("r", 0, Kind.SEIZED, place=SEVASTOPOL, who="the Allies")
    denial = said("r", 60, Kind.SEIZED, place=SEVASTOPOL, stance=Stance.DENIED, voice="the consul at Varna")
    forecast = said("r", 90, Kind.SEIZED, place=SEVASTOPOL, stance=Stance.EXPECTED)
    assert len(groups([fall, denial, forecast])) == 1


def test_background_of_another_date_is_not_glued_on() -> None:
    news = said("r", 0, Kind.GROUND_ATTACK, when=INKERMAN_DAY, place=INKERMAN)
    hurt = said("r", 40, Kind.KILLED, number=600)
    background = said("r", 80, Kind.GROUND_ATTACK, when=ALMA)
    assert groups([news, hurt, background]) == [{news.claim.key, hurt.claim.key}, {background.claim.key}]


def test_the_items_of_a_digest_are_separate() -> None:
    items = [
        said("r", 0, Kind.SHELLING, when=BATTLE, place=ODESSA),
        said("r", 0, Kind.KILLED, number=3, place=ODESSA),
        said("r", 100, Kind.SHELLING, when=BATTLE, place=SEVASTOPOL),
        said("r", 130, Kind.KILLED, number=9),
        said("r", 200, Kind.DETAINED, when=BATTLE, place=VARNA, number=4),
    ]
    found = groups(items)
    assert found == [{items[0].claim.key, items[1].claim.key}, {s.claim.key for s in items[2:4]}, {items[4].claim.key}]


def test_no_statements_make_no_telling() -> None:
    assert tell([]) == ()


PLACES = [None, BALAKLAVA, INKERMAN, SEVASTOPOL, VARNA, CRIMEA]
DAYS = [None, ALMA, BATTLE, day("1854-10-24", "1854-10-26"), INKERMAN_DAY, day("1854-01-01", "1854-12-31")]
STATEMENTS = st.lists(
    st.builds(
        lambda at, kind, when, place, number, scope, voice: said(
            "r", at * 30, kind, when=when, place=place, number=number, scope=scope, voice=voice
        ),
        st.integers(0, 8),
        st.sampled_from(list(Kind)),
        st.sampled_from(DAYS),
        st.sampled_from(PLACES),
        st.one_of(st.none(), st.integers(0, 40)),
        st.sampled_from(list(Scope)),
        st.sampled_from(["author", "the Russians"]),
    ),
    max_size=12,
    unique_by=lambda s: s.claim.key,
)


@settings(deadline=None)
@given(STATEMENTS, st.randoms())
def test_every_claim_is_in_exactly_one_telling_whatever_the_order(made: list[Statement], random: object) -> None:
    tellings = tell(made)
    held = [key for telling in tellings for key in telling.claims]
    assert sorted(held) == sorted(s.claim.key for s in made)
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tell(shuffled) == tellings
    assert len({telling.key for telling in tellings}) == len(tellings)


@settings(deadline=None)
@given(STATEMENTS)
def test_no_telling_mixes_two_days_two_places_apart_or_a_total_with_an_event(made: list[Statement]) -> None:
    known = {s.claim.key: s for s in made}
    for telling in tell(made):
        members = [known[key] for key in telling.claims]
        sharp = [s.claim.when for s in members if s.claim.when and s.claim.when.length <= 31]
        if all(s.claim.scope is Scope.EVENT and s.claim.kind is not Kind.STRENGTH for s in members):
            assert all(a.meets(b) for a in sharp for b in sharp)
            assert not {"Varna", "Sevastopol"} <= {s.place.name for s in members if s.place}
        else:
            assert all(s.claim.scope is Scope.TOTAL or s.claim.kind is Kind.STRENGTH for s in members)


def item(at: int, place: Place, number: int, **slots: Any) -> list[Statement]:
    """An attack told whole: act, place and dead."""
    return [
        said("r", at, Kind.SHELLING, when=BATTLE, place=place, **slots),
        said("r", at, Kind.KILLED, when=BATTLE, place=place, number=number, **slots),
    ]


def test_a_provinces_toll_is_no_part_of_one_of_two_towns_in_it() -> None:
    """Thirty in the Crimea, twelve of them at Balaklava and nine at Sevastopol: a day's tally and two happenings."""
    found = groups([*item(0, CRIMEA, 30), *item(40, BALAKLAVA, 12), *item(80, SEVASTOPOL, 9)])
    assert sorted(map(len, found)) == [2, 2, 2]
    assert len(groups([*item(0, CRIMEA, 30), *item(40, BALAKLAVA, 12)])) == 1


def test_two_villages_side_by_side_with_their_own_dead_are_two() -> None:
    mill = Place("Kadykoi", 44.51, 33.61, PlacePrecision.VILLAGE, "UA", 21, ("Crimea",))
    assert len(groups([*item(0, BALAKLAVA, 12), *item(40, mill, 7)])) == 2


def test_a_place_that_no_gazetteer_has_is_not_the_place_its_report_is_about() -> None:
    """Each with its own dead; both stand about Sevastopol, of which the report is."""
    behind = replace(SEVASTOPOL, certainty=0.7)
    names = ("Chorgun Heights", "Mekenzi")
    redoubt, mill = (Place(name, None, None, PlacePrecision.VILLAGE, alternatives=(behind,)) for name in names)
    assert len(groups([*item(0, redoubt, 12), *item(40, mill, 7)])) == 2


def test_a_separate_attack_is_another_happening_and_what_follows_joins_either() -> None:
    first, other = item(0, BALAKLAVA, 12), item(40, BALAKLAVA, 3)
    separate = [replace(s, another=True) for s in other]
    assert len(groups([*first, *other])) == 1
    assert sorted(map(len, groups([*first, *separate]))) == [2, 2]


def test_another_six_at_another_place_are_another_happening() -> None:
    near = Place("Inkerman", 44.56, 33.61, PlacePrecision.LANDMARK, "UA", 22, ("Crimea",))
    added = said("r", 40, Kind.KILLED, when=BATTLE, place=near, number=6)
    assert added.claim.count is not None
    more = replace(added, claim=replace(added.claim, count=replace(added.claim.count, text="another six")))
    assert len(groups([*item(0, BALAKLAVA, 12), more])) == 2


def test_who_holds_a_place_is_no_part_of_an_attack_on_it_and_its_fall_is_part_of_the_battle() -> None:
    held = said("r", 40, Kind.SEIZED, place=BALAKLAVA)
    assert len(groups([*item(0, BALAKLAVA, 12), held])) == 2
    battle = said("r", 0, Kind.GROUND_ATTACK, when=BATTLE, place=BALAKLAVA)
    assert len(groups([battle, held])) == 1


def quarter(name: str, lat: float | None = None) -> Place:
    """A part of Sevastopol; one without a latitude is in no gazetteer, and stands about the city."""
    behind = replace(SEVASTOPOL, certainty=0.7)
    if lat is None:
        return Place(name, None, None, PlacePrecision.VILLAGE, alternatives=(behind,))
    return Place(name, lat, 33.53, PlacePrecision.NEIGHBOURHOOD, "UA", int(lat * 1000), ("Crimea", "Sevastopol"))


def test_two_quarters_with_their_own_dead_are_two_and_the_citys_toll_is_neither_ones() -> None:
    found = quarter("Korabelnaya", 44.605)
    lost = quarter("Malakhov neighbourhood")
    whole, first, second = item(0, SEVASTOPOL, 9), item(40, found, 5), item(80, lost, 4)
    assert sorted(map(len, groups([*whole, *first, *second]))) == [2, 2, 2]
    assert len(groups([*whole, *first])) == 1
    assert len(groups([*whole, *first, *item(80, lost, 5)])) == 1, "the same number again may be the same dead"


def test_a_citys_toll_of_fewer_than_its_quarters_come_to_is_one_of_theirs() -> None:
    whole, first = item(0, SEVASTOPOL, 5), item(40, quarter("Korabelnaya", 44.605), 5)
    second = item(80, quarter("Malakhov neighbourhood"), 4)
    assert sorted(map(len, groups([*whole, *first, *second]))) == [2, 4]


def test_one_voice_means_two_villages_by_two_names_though_one_is_in_no_gazetteer() -> None:
    lost = Place("Mekenzi", None, None, PlacePrecision.VILLAGE, alternatives=(replace(BALAKLAVA, certainty=0.7),))
    part = replace(lost, name="Mekenzi market")
    assert len(groups([*item(0, BALAKLAVA, 12), *item(40, lost, 7)])) == 2
    assert len(groups([*item(0, BALAKLAVA, 12), *item(40, part, 7)])) == 1, "a market may lie in the town"
    quoted = [
        replace(s, claim=replace(s.claim, voice=s.claim.where), voice=replace(s.voice, key="x"))
        for s in item(40, lost, 7)
    ]
    assert len(groups([*item(0, BALAKLAVA, 12), *quoted])) == 1, "another voice may call the town otherwise"


def test_killed_and_hurt_at_a_place_are_told_whole_without_an_act() -> None:
    lost = Place("Mekenzi", None, None, PlacePrecision.VILLAGE, alternatives=(replace(BALAKLAVA, certainty=0.7),))
    harms = [
        said("r", 40, kind, when=BATTLE, place=lost, number=number)
        for kind, number in ((Kind.KILLED, 7), (Kind.INJURED, 20))
    ]
    assert len(groups([*item(0, BALAKLAVA, 12), *harms])) == 2
    assert len(groups([*item(0, BALAKLAVA, 12), harms[0]])) == 1


def test_claims_of_a_sentence_that_take_their_place_from_the_same_words_are_together() -> None:
    wide, narrow = quarter("the lines of Malakhov and Redan"), quarter("Redan")
    killed = said("r", 0, Kind.KILLED, when=BATTLE, place=wide, number=7)
    hurt = said("r", 0, Kind.INJURED, when=BATTLE, place=narrow, number=20)
    assert len(groups([killed, hurt])) == 1


def unsure(name: str, lat: float, lon: float) -> Place:
    """A village found under a name that others bear as well."""
    return Place(name, lat, lon, PlacePrecision.VILLAGE, "UA", int(lat * 1000), ("Crimea",), certainty=0.6)


def test_two_attacks_at_two_villages_far_from_each_other_are_two() -> None:
    far = unsure("Karasubazar", 45.05, 34.60)
    assert len(groups([*item(0, BALAKLAVA, 12), *item(40, far, 9)])) == 2
    late = said("r", 40, Kind.KILLED, when=BATTLE, place=far, number=2)
    assert len(groups([*item(0, BALAKLAVA, 12), late])) == 1, "who died elsewhere may have been hurt in the attack"
    denial = said("r", 40, Kind.SHELLING, when=BATTLE, place=far, stance=Stance.DENIED)
    assert len(groups([*item(0, BALAKLAVA, 12), denial])) == 1, "denied at a capital far off"
    respelt = replace(far, name="Balaclava")
    assert len(groups([*item(0, BALAKLAVA, 12), *item(40, respelt, 12)])) == 1, "one name, read as two places"


def with_dead(at: int, kind: Kind, number: int, voice: str = "the surgeon") -> list[Statement]:
    return [
        said("r", at, kind, when=BATTLE, place=SEVASTOPOL, voice=voice),
        said("r", at, Kind.KILLED, when=BATTLE, place=SEVASTOPOL, number=number, voice=voice),
    ]


def test_one_voice_counts_dead_from_the_air_and_of_shells_of_one_town_and_day_in_two_attacks() -> None:
    raids = with_dead(0, Kind.AIR_STRIKE, 13)
    assert len(groups([*raids, *with_dead(40, Kind.SHELLING, 9)])) == 2
    assert len(groups([*raids, *with_dead(40, Kind.GROUND_ATTACK, 9)])) == 2
    assert len(groups([*raids, *with_dead(40, Kind.AIR_STRIKE, 9)])) == 1, "a growing toll of the raids"
    assert len(groups([*raids, *with_dead(40, Kind.SHELLING, 13)])) == 1, "the same dead, told otherwise"
    both = [*raids, said("r", 0, Kind.SHELLING, when=BATTLE, place=SEVASTOPOL, voice="the surgeon")]
    assert len(groups([*both, *with_dead(40, Kind.SHELLING, 9)])) == 1
    scores = [
        replace(s, claim=replace(s.claim, count=Count(20, None, "scores"))) if s.claim.count else s for s in raids
    ]
    assert len(groups([*scores, *with_dead(40, Kind.SHELLING, 51)])) == 1, "scores may be the 51"
    least = [
        replace(s, claim=replace(s.claim, count=Count(7, None, "at least seven"))) if s.claim.count else s
        for s in raids
    ]
    assert len(groups([*least, *with_dead(40, Kind.SHELLING, 51)])) == 2
    assert len(groups([*with_dead(0, Kind.AIR_STRIKE, 80), *with_dead(40, Kind.SHELLING, 86)])) == 1, "rounded"


def test_shells_before_an_assault_are_of_the_assault() -> None:
    shells = said("r", 0, Kind.SHELLING, when=BATTLE, place=SEVASTOPOL)
    assault = said("r", 40, Kind.GROUND_ATTACK, when=BATTLE, place=SEVASTOPOL)
    assert len(groups([shells, assault])) == 1


def test_who_holds_a_place_is_part_of_no_battle_that_others_fight_and_opens_none() -> None:
    battle = said("r", 0, Kind.GROUND_ATTACK, when=BATTLE, place=BALAKLAVA, who="Britain")
    held_by_others = said("r", 40, Kind.SEIZED, place=BALAKLAVA, who="Russia")
    assert len(groups([battle, held_by_others])) == 2
    raid = said("r", 80, Kind.SHELLING, when=BATTLE, place=BALAKLAVA, number=20)
    assert {raid.claim.key} in groups([held_by_others, raid])
    headline = said("r", 0, Kind.SEIZED, place=BALAKLAVA, who="Russia")
    fall = said("r", 40, Kind.SEIZED, when=BATTLE, place=BALAKLAVA, who="Russia")
    assert len(groups([headline, fall])) == 1


def test_a_year_surely_read_rules_out_a_day_of_another_year() -> None:
    """A toll of an earlier year is background, and no part of what the day's raid cost."""
    year = day("1852-01-01", "1852-12-31")
    raid = item(0, BALAKLAVA, 12)
    for certainties in ((), (("when", 1.0),)):
        toll = said("r", 40, Kind.KILLED, when=year, place=BALAKLAVA, number=1400, certainties=certainties)
        assert len(groups([*raid, toll])) == 2
