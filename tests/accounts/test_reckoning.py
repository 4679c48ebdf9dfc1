"""What a report's own words stand for beside the voices that it quotes."""

from __future__ import annotations

import pytest

from parallax.model import Kind, Span, Statement, VictimClass

from .cases import ends, reason, said, spread, tally

QUOTED = (
    said("doctor", 3, report="one", start=200, whom="victims"),
    said("monitor", 17, report="one", start=300, whom="victims"),
)


def own(low: int, text: str | None = None, *, start: int = 0, whom: str = "people", high: int | None = -1) -> Statement:
    return said("post", low, high, text, own_words=True, report="one", start=start, whom=whom)


def test_a_report_opens_with_its_reckoning_and_tells_details_further_down() -> None:
    found = tally(own(14), own(9, start=400), *QUOTED)
    assert ends(found) == (14, 17)


def test_an_opening_that_counts_men_stands_for_all_unless_a_wider_count_follows() -> None:
    assert ends(tally(own(6, whom="men"), *QUOTED)) == (6, 17)
    assert ends(tally(own(6, whom="men"), own(9, start=400), *QUOTED)) == (9, 17)


def test_a_quoted_number_told_ahead_in_the_reports_own_words_is_its_reckoning() -> None:
    ahead = said("ministry", 12, report="one", start=250, also=(Span(0, 40),))
    one = spread(tally(ahead, *QUOTED))
    assert (one.low.value, one.high.value) == (12, 17)
    assert reason(one.low, QUOTED[0]) == "the one report that quotes it reckons with 12"
    after = said("ministry", 12, report="one", start=250, also=(Span(280, 290),))
    assert ends(tally(after, *QUOTED)) == (12, 17)
    assert reason(spread(tally(after, *QUOTED)).low, QUOTED[0]) == "fewer than the 12 that most origins reach"


def test_a_quoted_number_told_ahead_of_its_voice_but_after_the_opening_is_no_reckoning() -> None:
    opening, later = (
        own(38, "at least 38", high=None),
        said("ministry", 20, report="one", start=250, also=(Span(90, 120),)),
    )
    one = spread(tally(opening, later, *QUOTED))
    assert (one.low.value, one.high.value) == (38, 38)
    assert reason(one.low, later) == "the one report that quotes it reckons with 38"


def test_details_of_an_opening_that_a_quoted_voice_stands_for_are_no_total() -> None:
    opening, detail = own(9, "at least nine", high=None), own(4, start=90)
    quoted = said("ministry", 9, report="one", start=250)
    one = spread(tally(opening, detail, quoted))
    assert (one.low.value, one.high.value) == (9, 9)
    assert (
        reason(one.low, detail)
        == 'told further down than the "at least nine" that its report opens with: a detail of it'
    )
    more = own(11, start=90)
    assert ends(tally(opening, more, quoted)) == (9, 11)
    earlier = own(4, start=0)
    later_opening = own(9, "at least nine", start=90, high=None)
    assert ends(tally(earlier, later_opening, quoted)) == (4, 9)


def test_a_voice_that_other_reports_carry_too_is_weighed_for_itself() -> None:
    elsewhere = said("monitor", 17, report="two", whom="victims")
    assert ends(tally(own(14), *QUOTED, elsewhere)) == (14, 17)
    low = spread(tally(own(14), *QUOTED, elsewhere)).low
    assert set(low.claims) == {own(14).claim.key, QUOTED[1].claim.key, elsewhere.claim.key}


def test_a_total_never_falls_below_a_part_that_its_voice_counts() -> None:
    part = own(7, whom="children", start=0)
    assert ends(tally(own(1, "at least one", high=None), own(11, start=300), part, *QUOTED)) == (7, 17)


@pytest.mark.parametrize(
    ("vague", "expected"),
    [
        (said("monitor", whom="victims"), (1, 2)),
        (said("monitor", 3, None, "several"), (1, 2)),
        (said("monitor", 3, None, "a large number"), (1, 12)),
    ],
)
def test_words_that_name_no_figure_raise_the_high_end_no_further_than_their_least(
    vague: Statement, expected: tuple[int, int]
) -> None:
    assert ends(tally(said("post", 1), vague)) == expected


def test_a_name_or_a_friend_is_no_total_where_others_give_one() -> None:
    friend = said("doctor", 1, text="his friend", whom="his friend")
    one = spread(tally(said("post", 5), friend))
    assert (one.low.value, one.high.value) == (5, 5)
    assert reason(one.low, friend) == "counts some of them only and gives no total"


def test_injured_are_ranged_by_the_same_rules() -> None:
    told = [said(voice, n, kind=Kind.INJURED) for voice, n in (("post", 20), ("monitor", 30), ("doctor", 55))]
    assert ends(tally(*told), kind=Kind.INJURED) == (30, 55)


def test_people_of_whom_no_more_is_said_yield_to_a_count_of_fighters() -> None:
    found = tally(
        said("post", 10, whom_class=VictimClass.UNKNOWN),
        said("monitor", 4, whom="soldiers", whom_class=VictimClass.COMBATANT),
    )
    assert ends(found) == (6, 10)
    assert ends(found, "combatant") == (4, 4)


def test_what_a_report_opens_with_holds_the_low_end_against_the_one_voice_that_it_quotes_further_down() -> None:
    opening, quoted = own(9, "at least nine", high=None), said("ministry", 4, report="one", start=250)
    one = spread(tally(opening, quoted))
    assert (one.low.value, one.high.value) == (9, 9)
    assert reason(one.low, quoted) == "the one report that quotes it reckons with 9"
    later = own(9, "at least nine", high=None, start=400)
    assert ends(tally(later, quoted)) == (4, 9)


def test_a_smaller_number_in_the_opening_sentence_is_no_opening_of_its_own() -> None:
    opening = own(38, "at least 38", high=None)
    beside = said("ministry", 20, report="one", start=250, also=(Span(0, 40),))
    one = spread(tally(opening, beside, *QUOTED))
    assert (one.low.value, one.high.value) == (38, 38)
    assert reason(one.low, beside) == "the one report that quotes it reckons with 38"
    larger = said("ministry", 40, report="one", start=250, also=(Span(0, 40),))
    low = spread(tally(opening, larger, *QUOTED)).low
    assert (low.value, reason(low, larger)) == (38, None)
