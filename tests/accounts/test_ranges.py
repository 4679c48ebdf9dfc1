"""Each rule of the design's Ranges, as a table of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from parallax.accounts.policies import POLICIES, named
from parallax.errors import PolicyError
from parallax.model import Days, Judgement, Kind, Origin, Scope, Stance, Statement, Verb, VictimClass

from .cases import BRITAIN, day, ends, reason, said, spread, tally

PEOPLE, FIGHTERS, MIXED = VictimClass.UNKNOWN, VictimClass.COMBATANT, VictimClass.MIXED
Ends = tuple[int | None, int | None]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"post": 3}, (3, 3)),
        ({"post": 3, "monitor": 5}, (3, 5)),
        ({"post": 3, "monitor": 5, "ministry": 5}, (5, 5)),
        ({"post": 1, "monitor": 5, "ministry": 6}, (5, 6)),
        ({"post": 2, "monitor": 2, "ministry": 2, "doctor": 9}, (2, 9)),
        ({"post": 3, "monitor": 3, "ministry": 10, "doctor": 11}, (10, 11)),
    ],
)
def test_the_low_end_is_the_broad_agreement_and_the_high_end_the_highest(
    numbers: dict[str, int], expected: Ends
) -> None:
    assert ends(tally(*[said(voice, number) for voice, number in numbers.items()])) == expected


def test_an_uncorroborated_number_counts_toward_the_high_end_only() -> None:
    low_two, odd = [said("post", 2), said("monitor", 2)], said("doctor", 9)
    one = spread(tally(*low_two, odd))
    assert (one.low.value, one.high.value) == (2, 9)
    assert one.high.claims == (odd.claim.key,)
    assert odd.claim.key in one.low.claims  # it too says that at least 2 died
    assert {reason(one.high, s) for s in low_two} == {"a lower number than 9"}


def test_a_doubted_number_counts_toward_the_high_end_only() -> None:
    rumour = said("doctor", 12, stance=Stance.DOUBTED)
    one = spread(tally(said("post", 4), rumour))
    assert (one.low.value, one.high.value) == (4, 12)
    assert reason(one.low, rumour) == "reported with doubt: counts toward the high end only"


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        (
            said(
                "ministry",
                5000,
                scope=Scope.TOTAL,
                when=Days(day(1).replace(year=1851), day(2)),
            ),
            "a running total since 1851",
        ),
        (said("ministry", 5000, scope=Scope.TOTAL), "a running total"),
        (said("ministry", 5000, stance=Stance.EXPECTED), "expected, not said to have happened"),
        (said("ministry", 0, stance=Stance.DENIED), "denied by the Ministry of Health"),
    ],
)
@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_totals_forecasts_and_denials_set_no_bound(left_out: Statement, why: str, policy: str) -> None:
    one = spread(tally(said("post", 4), left_out, policy=policy))
    assert (one.low.value, one.high.value) == (4, 4)
    assert reason(one.low, left_out) == why
    assert reason(one.high, left_out) == why


def test_a_part_is_never_added() -> None:
    whole = said("post", 12, whom="people", whom_class=PEOPLE)
    part = said("post", 5, whom="children", start=50)
    for policy, civilian in (("airwars", (12, 12)), ("ucdp", (5, 5)), ("acled", (5, 5))):
        found = tally(whole, part, policy=policy)
        assert ends(found) == civilian
        assert ends(found, "all") == (12, 12)
    assert ends(tally(whole, part, policy="ucdp"), "unknown") == (7, 7)


def test_a_part_of_the_same_class_names_its_whole() -> None:
    whole, part = said("post", 12, whom="civilians"), said("post", 5, whom="children", start=50)
    one = spread(tally(whole, part, policy="acled"))
    assert (one.low.value, one.high.value) == (12, 12)
    assert reason(one.low, part) == "part of the 12"


def test_different_people_by_one_voice_are_added() -> None:
    found = tally(
        said("post", 3, whom="civilians"),
        said("post", 5, whom="soldiers", whom_class=FIGHTERS, start=50),
    )
    assert (ends(found), ends(found, "combatant"), ends(found, "all")) == ((3, 3), (5, 5), (8, 8))


def test_named_dead_are_counted_where_no_total_is_given() -> None:
    names = ("Anna Petrova", "Ivan Petrov", "Maria Orlova")
    found = tally(*[said("post", 1, whom=name, text=name, start=50 * n) for n, name in enumerate(names)])
    assert ends(found) == (3, 3)


@pytest.mark.parametrize(
    ("number", "text", "whom"),
    [
        (1, "Ivan", "Ivan"),
        (1, "Ivan’s", "Ivan’s death"),
        (1, "Dr", "Dr. Anna"),
        (3, "Ivan, Petr and Anna", "Ivan, Petr, and Anna"),
    ],
)
def test_given_names_alone_are_no_total(number: int, text: str, whom: str) -> None:
    named = said("doctor", number, text=text, whom=whom)
    one = spread(tally(said("post", 12), said("monitor", 14), named))
    assert (one.low.value, one.high.value) == (12, 14)
    assert reason(one.low, named) == "counts some of them only and gives no total"
    assert ends(tally(named)) == (number, number)


@pytest.mark.parametrize(
    ("number", "text", "whom"),
    [(1, "one", "Briton"), (12, "12", "Russians"), (4, "four", "Britons"), (1, "at least one", "Cossack")],
)
def test_one_of_a_people_is_not_taken_for_a_name(number: int, text: str, whom: str) -> None:
    counted = said("doctor", number, text=text, whom=whom)
    assert ends(tally(said("post", 20), counted)) == (number, 20)


def test_who_tells_of_nobody_sets_no_low_end_beside_the_dead_of_others() -> None:
    nobody = said("ministry", 0, text="no casualties", whom=None)
    named = said("doctor", 1, text="Anna Petrova", whom="Anna Petrova")
    one = spread(tally(nobody, named))
    assert (one.low.value, one.high.value) == (1, 1)
    assert reason(one.low, nobody) == "tells of nobody, where another origin counts some by name or number"
    assert ends(tally(nobody, said("post", 3))) == (3, 3)
    assert ends(tally(nobody, said("post", 3, stance=Stance.DOUBTED))) == (0, 3)
    assert ends(tally(nobody, said("post", 0, text="nobody", whom=None))) == (0, 0)


def test_disputed_civilians_stay_out_of_the_low_end_and_in_both_high_ends() -> None:
    found = tally(
        said("monitor", 8, whom="civilians"), said("doctor", 8, whom="gunmen", whom_class=FIGHTERS), policy="airwars"
    )
    assert ends(found) == (None, 8)
    assert ends(found, "combatant") == (8, 8)
    assert ends(found, "all") == (8, 8)
    assert spread(found).low.words.startswith("unknown: none undisputed")
    assert 'the Monitor ("8", 8 of them of another class to another origin)' in spread(found).high.words


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_a_number_that_nobody_said_is_never_the_civilian_low_end(policy: str) -> None:
    civilians, gunmen = said("monitor", 8, whom="civilians"), said("doctor", 8, whom="gunmen", whom_class=FIGHTERS)
    one = spread(tally(civilians, gunmen, policy=policy))
    if policy == "ibc":  # fighters are no evidence there
        assert (one.low.value, one.high.value) == (8, 8)
        return
    assert one.low.value is None
    assert "none undisputed" in one.low.words
    assert reason(one.low, civilians) == "none undisputed: another origin holds them to be of another class"


def test_some_undisputed_civilians_stay_in_the_low_end() -> None:
    found = tally(
        said("monitor", 8, 12, "8 to 12", whom="civilians"), said("doctor", 5, 9, "5 to 9", whom_class=FIGHTERS)
    )
    assert ends(found) == (None, 12)
    found = tally(said("monitor", 8, whom="people", whom_class=PEOPLE), said("doctor", 5, whom_class=FIGHTERS))
    assert ends(found) == (3, 8)


def test_a_number_far_above_every_other_origins_says_so() -> None:
    found = spread(tally(said("post", 3), said("monitor", 31)))
    assert found.high.words.endswith('by the Monitor ("31"), far above every other origin')
    for other in (said("monitor", 30), said("monitor", 3)):
        assert "far above" not in spread(tally(said("post", 3), other)).high.words
    assert "far above" not in spread(tally(said("post", 300))).high.words
    for policy in ("ucdp", "ibc"):
        words = spread(tally(said("post", 3), said("monitor", 31), policy=policy)).high.words
        assert "far above every other origin" in words


def test_acled_says_that_a_vague_word_names_no_figure() -> None:
    vague = said("doctor", 3, None, "several")
    one = spread(tally(said("post", 4), vague, policy="acled"))
    assert (one.low.value, reason(one.low, vague)) == (4, "names no figure")


def test_a_perpetrators_count_of_militants_is_context() -> None:
    boast = said("raglan", 40, whom="militants", whom_class=FIGHTERS, who=BRITAIN)
    found = tally(said("monitor", 6, whom="civilians"), boast)
    assert ends(found) == (6, 6)
    assert ends(found, "combatant") == (None, None)
    assert (
        reason(spread(found, "combatant").high, boast)
        == "a belligerent's count of its enemy's losses (Lord Raglan): context, not a finding"
    )


def test_the_missing_are_left_out_until_their_fate_is_known() -> None:
    found = tally(said("post", 4), said("post", 9, kind=Kind.MISSING, start=60))
    assert ends(found) == (4, 4)
    assert ends(found, kind=Kind.MISSING) == (9, 9)


def test_people_of_whom_no_more_is_said() -> None:
    people = said("post", 7, whom="people", whom_class=PEOPLE)
    assert ends(tally(people)) == (7, 7)
    assert "count as civilians under this policy" in spread(tally(people), "unknown").low.words
    assert ends(tally(people, policy="ucdp")) == (None, None)
    assert ends(tally(people, policy="ucdp"), "unknown") == (7, 7)
    assert ends(tally(people, policy="ucdp"), "all") == (7, 7)


def test_civilians_and_fighters_in_one_number_stand_in_the_high_ends() -> None:
    found = tally(said("post", 9, whom="civilians and fighters", whom_class=MIXED))
    assert ends(found) == (None, 9)
    assert ends(found, "combatant") == (None, 9)
    assert ends(found, "all") == (9, 9)


def test_a_number_that_civilians_alone_come_to_rests_on_the_claims_that_give_it() -> None:
    """One voice: "more than 120" civilians, and "at least 100, fighters among them"."""
    civilians = said("post", 121, whom="civilians", report="a")
    both = said("post", 100, whom="civilians and fighters", whom_class=MIXED, report="b")
    found = spread(tally(civilians, both), "civilian")
    for bound in (found.low, found.high):
        assert bound.value == 121
        assert bound.claims == (civilians.claim.key,)
    more = said("post", 130, whom="civilians and fighters", whom_class=MIXED, report="b")
    high = spread(tally(civilians, more), "civilian").high
    assert (high.value, set(high.claims)) == (130, {civilians.claim.key, more.claim.key})


@pytest.mark.parametrize("policy", sorted(POLICIES))
@pytest.mark.parametrize("words", ["No general officer", "no children", "no further casualties"])
def test_none_of_some_is_no_total_of_0(words: str, policy: str) -> None:
    none = said("post", 0, text=words.split(maxsplit=1)[0], whom=words)
    one = spread(tally(none, policy=policy))
    assert (one.low.value, one.high.value) == (None, None)
    assert reason(one.low, none) == "none of some of the people, which is no total"
    assert ends(tally(none, said("monitor", 7), policy=policy)) == (7, 7)


@pytest.mark.parametrize("words", ["no casualties", "nobody", "no civilian losses", "No British"])
def test_none_of_all_is_a_total_of_0(words: str) -> None:
    assert ends(tally(said("post", 0, text=words.split(maxsplit=1)[0], whom=words))) == (0, 0)


def test_a_reprint_and_an_outlet_that_cites_the_same_doctor_are_one_origin() -> None:
    first = said("post", 4, own_words=True, report="first")
    copy = said("gazette", 4, own_words=True, report="copy", on=3)
    cited = [said("doctor", 6, report="a"), said("doctor", 6, report="b", on=3)]
    found = tally(first, copy, *cited, origins={"copy": Origin("first", 0.98)})
    assert found.origins == 2
    assert found.links == 4
    assert reason(spread(found).low, copy) == "a copy of The Morning Post's report"
    assert {account.origin for account in found.accounts} == {"post", "doctor"}


def test_a_reports_own_words_for_a_quoted_number_are_no_further_origin() -> None:
    own, quoted = said("post", 4, own_words=True, report="one"), said("doctor", 4, report="one", start=60)
    found = tally(own, quoted)
    assert found.origins == 1
    assert reason(spread(found).low, own) == "the report's own words for the number of a doctor"


def test_a_reports_reckoning_of_its_sources_holds_the_low_end() -> None:
    own = said("post", 14, None, "at least 14", own_words=True, report="one", whom="people")
    few = said("doctor", 3, report="one", start=60, whom="victims")
    many = said("monitor", 17, report="one", start=120)
    found = tally(own, few, many)
    assert ends(found) == (14, 17)
    assert reason(spread(found).low, few) == "the one report that quotes it reckons with 14"
    assert found.origins == 2


def judgement(verb: Verb, *statements: Statement, **slots: str) -> Judgement:
    keys = tuple(s.claim.key for s in statements)
    return Judgement(verb, keys, "A. Reader", "the list repeats names", datetime(2026, 1, 1, 12), **slots)


def test_a_discounted_claim_is_left_out_with_who_and_why() -> None:
    good, bad = said("post", 4), said("doctor", 40)
    one = spread(tally(good, bad, judgements=[judgement(Verb.DISCOUNT, bad)]))
    assert (one.low.value, one.high.value) == (4, 4)
    assert reason(one.high, bad) == "discounted by A. Reader: the list repeats names"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("4-5", (4, 5)), ("4 to 5", (4, 5)), ("4", (4, 4)), ("at least 4", (4, 4)), ("up to 5", (None, 5))],
)
def test_a_corrected_count_takes_the_place_of_what_was_read_and_says_so(value: str, expected: Ends) -> None:
    misread = said("post", 40)
    one = spread(tally(misread, judgements=[judgement(Verb.CORRECT, misread, slot="count", value=value)]))
    assert (one.low.value, one.high.value) == expected
    assert f'("{value}", count corrected by A. Reader: the list repeats names)' in one.high.words


def test_a_corrected_stance_or_class_is_applied_and_said() -> None:
    misread, other = said("post", 40), said("doctor", 4)
    fixed = judgement(Verb.CORRECT, misread, slot="stance", value="denied")
    one = spread(tally(misread, other, judgements=[fixed]))
    assert (one.low.value, one.high.value) == (4, 4)
    assert (
        reason(one.low, misread) == "denied by The Morning Post (stance corrected by A. Reader: the list repeats names)"
    )
    fixed = judgement(Verb.CORRECT, misread, slot="whom_class", value="combatant")
    assert ends(tally(misread, other, judgements=[fixed]), "combatant") == (40, 40)


def test_an_acceptance_takes_a_discount_back() -> None:
    bad = said("doctor", 40)
    later = replace(judgement(Verb.ACCEPT, bad), at=datetime(2026, 1, 2))
    assert ends(tally(bad, judgements=[later, judgement(Verb.DISCOUNT, bad)])) == (40, 40)
    assert ends(tally(bad, judgements=[judgement(Verb.ACCEPT, bad)])) == (40, 40)


@pytest.mark.parametrize("value", ["", "many", "9-4", "-3", "at least 3-4", "at least up to 3", "9999999999"])
def test_a_correction_that_is_no_number_never_sets_one(value: str) -> None:
    misread = said("post", 40)
    found = ends(tally(misread, judgements=[judgement(Verb.CORRECT, misread, slot="count", value=value)]))
    assert found == ((2, 2) if value == "" else (40, 40))  # without a count, "people" is a bare plural


def test_an_unknown_policy_is_named_with_the_known_ones() -> None:
    with pytest.raises(PolicyError, match=r"'body-count'.*acled, airwars, ibc, ucdp"):
        named("body-count")


def test_a_number_for_days_is_none_for_a_day_of_them() -> None:
    sunday, week = Days(day(2), day(2)), Days(date(1854, 9, 27), date(1854, 10, 3))
    today, since = said("monitor", 2, when=sunday), said("doctor", 16, when=week)
    found = tally(today, since)
    assert ends(found) == (2, 2)
    assert reason(spread(found).high, since) == (
        "a number for 27 September 1854 to 3 October 1854, and this is of a day of them"
    )
    assert ends(tally(since)) == (16, 16)
    assert ends(tally(said("monitor", 20, when=sunday), since))[1] == 20


def test_killed_and_hurt_in_one_number_are_no_number_of_killed_beside_one() -> None:
    killed = said("post", None, 40, "40 killed and wounded", report="a")
    hurt = said("post", None, 40, "40 killed and wounded", report="a", kind=Kind.INJURED)
    apart = said("doctor", 12)
    found = tally(killed, hurt, apart)
    assert ends(found) == (12, 12)
    assert reason(spread(found).high, killed) == "counts killed and hurt together, and others count them apart"
    assert ends(tally(killed, hurt)) == (None, 40)
    assert ends(tally(killed, apart))[1] == 40


def hurt(voice: str, low: int, text: str, whom: str | None, **slots: Any) -> Statement:
    return said(voice, low, text=text, whom=whom, kind=Kind.INJURED, report="a", **slots)


@pytest.mark.parametrize(
    ("shot", "died"),
    [
        (("the boy", "the boy"), ("a boy", "a 5-year-old boy")),
        (("Samira Haddad", "Samira Haddad"), ("Samira", "Samira")),
        (("All four", "All four"), ("four", "bodies")),
    ],
    ids=["words for one told of before", "a name in part", "all of them"],
)
def test_who_died_is_not_hurt_as_well(shot: tuple[str, str], died: tuple[str, str]) -> None:
    number = 4 if "four" in died[0] else 1
    killed = said("post", number, text=died[0], whom=died[1], report="a", start=0)
    wounded = hurt("doctor", number, *shot, start=200)
    found = tally(killed, wounded, policy="ucdp")
    assert ends(found, "all", Kind.INJURED) == (None, None)
    assert reason(spread(found, "all", Kind.INJURED).high, wounded) == "told of as killed by the same report"
    assert ends(found, "all") == (number, number)


def test_somebody_else_is_hurt() -> None:
    killed = said("post", 1, text="a man", whom="man", report="a")
    other = hurt("doctor", 1, "a man", "man", start=200)
    assert ends(tally(killed, other, policy="ucdp"), "all", Kind.INJURED) == (1, 1)
    told_of = hurt("doctor", 1, "a girl", "a girl", start=300)
    back = hurt("post", 1, "the man", "the man", start=400)
    assert ends(tally(killed, told_of, back, policy="ucdp"), "all", Kind.INJURED) == (1, 1)


def test_nobody_else_is_nobody_besides() -> None:
    wounded = hurt("post", 2, "two children", "children")
    nobody = hurt("doctor", 0, "no one", None, start=90)
    found = tally(wounded, nobody)
    assert ends(found, kind=Kind.INJURED) == (2, 2)
    assert reason(spread(found, kind=Kind.INJURED).low, nobody) == "of nobody besides those whom its report counts"
    assert ends(tally(nobody), kind=Kind.INJURED) == (0, 0)


def test_a_part_of_a_number_since_replaced_is_no_number_of_its_own() -> None:
    first = said("monitor", 35, report="a", on=2)
    part = said("post", 22, whom="children", report="a", on=2, own_words=True, start=90)
    later = said("monitor", 36, report="b", on=3)
    found = tally(first, part, later)
    assert ends(found) == (36, 36)
    assert reason(spread(found).low, part) == "part of the 35"
