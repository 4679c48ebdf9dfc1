"""What makes gathering hard: digests, parts and wholes, totals, late reports, wrong days, names that are no one."""

from __future__ import annotations

from dataclasses import replace

from parallax.incidents.cluster import gather
from parallax.incidents.context import settle
from parallax.incidents.link import link
from parallax.incidents.score import compare
from parallax.incidents.tell import tell
from parallax.model import (
    Days,
    Incident,
    Kind,
    Link,
    Mention,
    Place,
    PlaceMention,
    PlacePrecision,
    Report,
    Scope,
    Statement,
    VoiceType,
)

from .made import BALAKLAVA, CRIMEA, INKERMAN, SEVASTOPOL, VARNA, day, said, told

SHELLED = day("1854-10-17")
CAMP = Place("Kadikoi", 44.51, 33.61, PlacePrecision.VILLAGE, "UA", 11, ("Crimea",))


def strike(
    report: str, at: int, number: int, place: Place, when: Days | None = SHELLED, **slots: object
) -> list[Statement]:
    """A shelling by the Russians and the number it killed."""
    slots = {"when": when, "place": place, "who": "Russians", "published": "1854-10-18", **slots}
    return [
        said(report, at, Kind.SHELLING, **slots),  # type: ignore[arg-type]
        said(report, at, Kind.KILLED, number=number, whom="sappers", **slots),  # type: ignore[arg-type]
    ]


def gathered(*reports: list[Statement]) -> list[set[str]]:
    """The incidents, each by the reports and sentences of its claims ("a0", "b40")."""
    tellings, known = told(*reports)
    return [whence(incident, known) for incident in gather(tellings, link(tellings, known), known)]


def whence(incident: Incident, known: dict[str, Statement]) -> set[str]:
    return {f"{known[key].claim.report}{known[key].claim.start}" for key in incident.claims}


def compared(a: list[Statement], b: list[Statement]) -> Link | None:
    tellings, known = told(a, b)
    one, other = tellings
    return compare(one, other, known)


def test_each_item_of_a_digest_goes_to_the_report_of_its_own_happening() -> None:
    digest = [*strike("a", 0, 31, BALAKLAVA), *strike("a", 40, 17, VARNA), *strike("a", 80, 12, SEVASTOPOL)]
    found = gathered(digest, strike("b", 0, 17, VARNA), strike("c", 0, 31, BALAKLAVA))
    assert sorted(map(sorted, found)) == [["a0", "c0"], ["a40", "b0"], ["a80"]]


def test_two_digests_of_one_day_do_not_become_one_incident() -> None:
    found = gathered(
        [*strike("a", 0, 31, BALAKLAVA), *strike("a", 40, 17, VARNA)],
        [*strike("b", 0, 17, VARNA), *strike("b", 40, 31, BALAKLAVA)],
    )
    assert sorted(map(sorted, found)) == [["a0", "b40"], ["a40", "b0"]]


def test_a_part_of_a_provinces_toll_is_told_with_its_whole_and_both_are_kept() -> None:
    """Twelve killed in the Crimea, five of them at Balaklava: one telling, in which both numbers stand."""
    whole = [
        said("a", 0, Kind.SHELLING, when=SHELLED, place=CRIMEA),
        said("a", 0, Kind.KILLED, when=SHELLED, place=CRIMEA, number=12, whom="sappers"),
        said("a", 0, Kind.KILLED, when=SHELLED, place=BALAKLAVA, number=5, whom="of them"),
    ]
    (telling,) = tell(whole)
    assert set(telling.claims) == {s.claim.key for s in whole}


def test_another_provinces_part_of_a_toll_is_not_drawn_into_the_town() -> None:
    found = gathered(
        [*strike("a", 0, 12, CRIMEA), *strike("a", 40, 7, VARNA)],
        strike("b", 0, 7, VARNA),
    )
    assert {"a40", "b0"} in found
    assert {"a0"} in found


def test_a_running_total_is_no_part_of_the_day_that_is_told_beside_it() -> None:
    total = said("a", 40, Kind.KILLED, when=Days(day("1854-09-20").first, SHELLED.last), number=4000, scope=Scope.TOTAL)
    found = gathered([*strike("a", 0, 31, BALAKLAVA), total], strike("b", 0, 31, BALAKLAVA))
    assert sorted(map(sorted, found)) == [["a0", "b0"]]


def test_a_running_total_takes_no_place_from_its_report() -> None:
    report = Report.of("Shells hit Balaklava. So far 4,000 have died.", id="a")
    total = said("a", 22, Kind.KILLED, number=4000, scope=Scope.TOTAL)
    event = said("a", 22, Kind.KILLED, number=3)

    mentions = [PlaceMention(Mention(11, 20, "Balaklava"), BALAKLAVA)]
    settled = settle(report, [total, event], mentions)
    assert settled[0].place is None
    assert settled[1].place is not None


def test_a_late_report_that_says_the_day_joins_what_was_printed_then() -> None:
    late = strike("b", 0, 31, BALAKLAVA, published="1855-03-01")
    assert {"a0", "b0"} in gathered(strike("a", 0, 31, BALAKLAVA), late)


def test_a_late_report_that_says_no_day_is_no_part_of_what_happened_months_before() -> None:
    late = strike("b", 0, 31, BALAKLAVA, None, published="1855-03-01")
    assert sorted(map(sorted, gathered(strike("a", 0, 31, BALAKLAVA), late))) == [["a0"], ["b0"]]


def test_a_day_after_the_report_was_printed_is_a_wrong_day() -> None:
    """The report of the 18th cannot tell of the 26th; what is left is the week before it was printed."""
    wrong = strike("a", 0, 31, BALAKLAVA, day("1854-10-26"))
    made = compared(wrong, strike("b", 0, 31, BALAKLAVA))
    assert made is not None
    assert "printed together" in {weight.name for weight in made.weights}


def test_the_day_after_printing_may_be_a_matter_of_time_zones() -> None:
    made = compared(strike("a", 0, 31, BALAKLAVA, day("1854-10-19")), strike("b", 0, 31, BALAKLAVA, day("1854-10-19")))
    assert made is not None
    assert "same day" in {weight.name for weight in made.weights}


def test_one_outlet_tells_two_attacks_on_one_village_in_one_days_print_unless_something_particular_is_shared() -> None:
    first = strike("a", 0, 3, CAMP, outlet="The Herald")
    assert compared(first, strike("b", 0, 7, CAMP, outlet="The Herald")) is None
    assert compared(first, strike("b", 0, 7, CAMP, outlet="The Courier")) is not None
    alike = strike("a", 0, 31, CAMP, outlet="The Herald"), strike("b", 0, 31, CAMP, outlet="The Herald")
    assert compared(*alike) is not None


def test_what_one_outlet_prints_on_another_day_may_be_the_same_attack_grown() -> None:
    first = strike("a", 0, 12, CAMP, outlet="The Herald")
    assert compared(first, strike("b", 0, 15, CAMP, outlet="The Herald", published="1854-10-19")) is not None


def test_the_police_are_no_party_to_a_war() -> None:
    """Two robberies of one town on one day are seldom two."""

    def robbed(report: str) -> list[Statement]:
        one = said(
            report, 0, Kind.GROUND_ATTACK, when=SHELLED, place=INKERMAN, who="the police", published="1854-10-18"
        )
        assert one.who is not None
        return [replace(one, who=replace(one.who, side=None))]

    made = compared(robbed("a"), robbed("b"))
    assert made is not None
    assert not {"same doer", "little particular shared"} & {weight.name for weight in made.weights}


def spoken(report: str, number: int, when: str, by: str) -> list[Statement]:
    """A shelling of Balaklava, on the word of a person."""

    found = strike(report, 0, number, BALAKLAVA, day(when), published=when)
    voiced = [replace(s, claim=replace(s.claim, voice=Mention(0, len(by), by))) for s in found]
    return [replace(s, voice=replace(s.voice, type=VoiceType.PERSON)) for s in voiced]


def test_a_spokesman_speaks_of_more_than_one_happening() -> None:
    made = compared(spoken("a", 31, "1854-10-17", "Ivan Petrov"), spoken("b", 12, "1854-11-05", "Ivan Petrov"))
    assert made is None


def test_a_school_named_after_a_person_is_no_person() -> None:
    def at_school(report: str, when: str) -> list[Statement]:
        return [
            said(report, 0, Kind.SHELLING, when=day(when), where="Pavel Nakhimov School", published=when),
            said(report, 0, Kind.KILLED, when=day(when), where="Pavel Nakhimov School", number=3,
                 whom="three in Pavel Nakhimov", published=when),
        ]  # fmt: skip

    made = compared(at_school("a", "1854-10-17"), at_school("b", "1855-02-01"))
    assert made is None or "same person" not in {weight.name for weight in made.weights}


def test_a_name_of_common_names_alone_links_less_than_one_that_is_rare() -> None:
    def buried(report: str, name: str) -> list[Statement]:
        return [said(report, 0, Kind.KILLED, when=SHELLED, place=BALAKLAVA, number=1, whom=name)]

    common = compared(buried("a", "Mohammad Mahmoud"), buried("b", "Mohammad Mahmoud"))
    rare = compared(buried("a", "Mohammad Totleben"), buried("b", "Mohammad Totleben"))
    assert common is not None
    assert rare is not None
    assert common.score < rare.score


def test_two_strikes_on_neighbouring_villages_a_week_apart_stay_apart_though_their_dead_are_as_many() -> None:
    mill = Place("Kadykoi", 44.51, 33.61, PlacePrecision.VILLAGE, "UA", 21, ("Crimea",))
    found = gathered(strike("a", 0, 31, BALAKLAVA), strike("b", 0, 31, mill, day("1854-10-24"), published="1854-10-26"))
    assert sorted(map(sorted, found)) == [["a0"], ["b0"]]


def test_a_chemical_attack_is_linked_freely_only_to_another_telling_of_one() -> None:
    gas = [said("a", 0, Kind.CHEMICAL_ATTACK, when=SHELLED, place=SEVASTOPOL, who="Russia")]
    assert compared(gas, [said("b", 0, Kind.DAMAGE, when=SHELLED, place=SEVASTOPOL)]) is None
    assert compared(gas, [said("b", 0, Kind.CHEMICAL_ATTACK, when=SHELLED, place=SEVASTOPOL)]) is not None


def test_a_battle_of_late_october_is_not_known_by_its_month() -> None:
    """Two battles of one land and season: a vague day asks for something particular."""
    one = [said("a", 0, Kind.GROUND_ATTACK, when=SHELLED, place=SEVASTOPOL, who="Russia")]
    vague = [said("b", 0, Kind.GROUND_ATTACK, when=day("1854-10-10", "1854-10-31"), place=SEVASTOPOL, who="Russia")]
    assert compared(one, vague) is None
    assert compared(one, [said("b", 0, Kind.GROUND_ATTACK, when=SHELLED, place=SEVASTOPOL, who="Russia")]) is not None
