"""Days and places of the telling, and what is told before, which later sentences take over."""

from __future__ import annotations

from datetime import date

import pytest

from parallax.claims.days import find
from parallax.claims.tellings import is_telling
from parallax.model import Claim, DateSource, Days, Kind, Published, Report, Stance

from .reading import claims, only, read

PUBLISHED = date(2020, 5, 6)  # a Wednesday


def _day(number: int, month: int = 5) -> Days:
    return Days(date(2020, month, number), date(2020, month, number))


TELLINGS = {
    "The ministry said on Monday that nine men fell.": True,
    "A list printed on 20 April named nine men.": True,
    "The letter of 20 April names nine men.": True,
    "A despatch from Hesna dated 20 April names nine men.": True,
    "HESNA, 20 April.": True,
    "Nine men were killed on Monday.": False,
    "The armies met on 20 April.": False,
    "The battle of 20 April cost nine men.": False,
}


@pytest.mark.parametrize(("text", "expected"), TELLINGS.items(), ids=list(TELLINGS))
def test_a_day_of_telling_is_known_by_its_words(text: str, expected: bool) -> None:
    (mention,) = find(text, PUBLISHED)
    assert is_telling(text, mention) is expected


def _killed(text: str, title: str | None = None) -> list[Claim]:
    report = Report.of(text, title=title, published=Published(PUBLISHED, DateSource.GIVEN))
    return [claim for claim in read(report) if claim.kind is Kind.KILLED]


def test_a_later_telling_does_not_move_the_day() -> None:
    text = "The armies met at Hesna on 20 April. The ministry said on Monday that 36 soldiers were killed."
    assert [claim.when for claim in _killed(text)] == [_day(20, 4)]


def test_the_day_of_telling_stands_where_no_other_is_known() -> None:
    assert [claim.when for claim in _killed("Nine men were killed in Hesna, the ministry said on Monday.")] == [_day(4)]


def test_the_day_of_the_event_goes_before_that_of_the_telling() -> None:
    text = "The ministry said on Monday that 36 soldiers were killed on Saturday in Hesna."
    assert [claim.when for claim in _killed(text)] == [_day(2)]


def test_the_next_day_counts_from_the_day_told_before() -> None:
    text = "The army took Hesna on 20 April. On the next day shelling killed 36 villagers."
    assert [claim.when for claim in _killed(text)] == [_day(21, 4)]


def test_weekdays_count_from_a_dateline() -> None:
    text = "From our correspondent. HESNA, 28 April. Shelling killed 36 villagers on Monday."
    assert [claim.when for claim in _killed(text)] == [_day(27, 4)]


def test_a_day_told_again_in_another_calendar_is_one_day() -> None:
    for style in ("8 April by our calendar", "8 April old style"):
        text = f"The armies met at Hesna on 20 April ({style}). The general reports 36 killed."
        assert [claim.when for claim in _killed(text)] == [_day(20, 4)]


def test_troops_in_a_battle_keep_its_day_and_a_population_does_not() -> None:
    text = (
        "The armies met at Hesna on 20 April. The enemy brought 30,000 men. The town has a population of 12,000 people."
    )
    report = Report.of(text, published=Published(PUBLISHED, DateSource.GIVEN))
    found = {claim.count.low: claim.when for claim in read(report) if claim.kind is Kind.STRENGTH and claim.count}
    assert found == {30000: _day(20, 4), 12000: None}


def test_the_title_says_where_until_the_text_does() -> None:
    text = "The general reports 36 killed. The road to Hesna is open. Shelling killed nine men in Nahr."
    found = {claim.count.low: claim.where for claim in _killed(text, "The battle at Hesna") if claim.count}
    assert {low: where and where.text for low, where in found.items()} == {36: "Hesna", 9: "Nahr"}


def test_where_a_despatch_comes_from_is_not_where_it_happened() -> None:
    text = "Shelling killed nine men in Nahr. A despatch from Hesna puts the dead at 36."
    assert {claim.where.text for claim in _killed(text) if claim.where} == {"Nahr"}


def test_those_who_withdraw_to_a_place_left_another() -> None:
    claim = only("The armies met at Hesna on Monday. The rebels withdrew to the Nahr.", Kind.WITHDREW)
    assert claim.where is not None
    assert claim.where.text == "Hesna"


def test_a_fort_blown_up_is_not_where_the_rest_happened() -> None:
    text = "The army stormed the town of Hesna on Monday. The shells destroyed Fort Daniel. Gunfire killed 36 soldiers."
    assert [claim.where.text for claim in _killed(text) if claim.where] == ["Hesna"]


def test_a_title_that_begins_with_the_place_says_where() -> None:
    text = "The general reports 36 killed. Letters left Vahr on Monday for the camp in Hesna."
    (claim,) = _killed(text, "Hesna is stormed")
    assert claim.where is not None
    assert claim.where.text == "Hesna"


def test_a_title_that_names_no_place_of_the_text_says_nothing() -> None:
    (claim,) = _killed("The general reports 36 killed.", "Hesna is stormed")
    assert claim.where is None


def test_a_place_that_has_fallen_is_taken_and_a_person_is_not() -> None:
    claim = only("A courier brings word that Hesna has fallen.", Kind.SEIZED)
    assert claim.where is not None
    assert (claim.where.text, claim.stance) == ("Hesna", Stance.ASSERTED)
    assert not claims("General Marlow has fallen in the trench.", Kind.SEIZED)


def test_a_place_that_has_not_fallen_is_denied_to_be_taken() -> None:
    assert only("Hesna has not fallen, the ministry said.", Kind.SEIZED).stance is Stance.DENIED
