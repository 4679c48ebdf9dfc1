from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.claims.nouns import Unit
from parallax.claims.quantities import Quantity, find


def first(text: str) -> Quantity:
    found = [quantity for quantity in find(text) if not quantity.combined]
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("13", 13, 13),
        ("at least 25", 25, None),
        ("more than 400", 400, None),
        ("over 400", 400, None),
        ("no fewer than nine", 9, None),
        ("up to 50", None, 50),
        ("as many as 1,200", None, 1200),
        ("fewer than 50", None, 50),
        ("less than a dozen", None, 12),
        ("400 to 600", 400, 600),
        ("400-600", 400, 600),
        ("400 or 500", 400, 500),
        ("between 7,308 and 11,629", 7308, 11629),
        ("from 12 to 15", 12, 15),
        ("one to two", 1, 2),
        ("two to three hundred", 200, 300),
        ("some 30 or 40", 30, 40),
        ("about 1,500", 1500, 1500),
        ("nearly 50", 50, 50),
        ("an estimated 900", 900, 900),
        ("roughly 1.5 million", 1_500_000, 1_500_000),
        ("13 000", 13_000, 13_000),
        ("50.000", 50_000, 50_000),
        ("20k", 20_000, 20_000),
        ("1m", 1_000_000, 1_000_000),
        ("twenty-three", 23, 23),
        ("two hundred and six", 206, 206),
        ("a dozen", 12, 12),
        ("half a dozen", 6, 6),
        ("two dozen", 24, 24),
        ("at least two dozen", 24, None),
        ("dozens of", 24, None),
        ("scores of", 24, None),
        ("tens of", 24, None),
        ("hundreds of", 200, None),
        ("thousands of", 2000, None),
        ("tens of thousands of", 20_000, None),
        ("hundreds of thousands of", 200_000, None),
        ("a couple of", 2, 2),
        ("several", 3, None),
        ("a number of", 3, None),
        ("a few", 3, None),
        ("many", 3, None),
        ("a large number of", 3, None),
        ("a few hundred", 300, None),
        ("several thousand", 3000, None),
        ("30 or more", 30, None),
        ("100-plus", 100, None),
        ("100+", 100, None),
        ("no", 0, 0),
    ],
)
def test_words_of_number_are_read_as_the_guide_says(words: str, low: int | None, high: int | None) -> None:
    text = f"Fire left {words} civilians dead in the valley."
    quantity = first(text)
    assert (quantity.count.low, quantity.count.high) == (low, high)
    assert quantity.head == "civilians"
    assert quantity.unit is Unit.PEOPLE
    assert text[quantity.start : quantity.end] == quantity.count.text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("A man died at the gate.", "man"),
        ("It killed one civilian.", "civilian"),
        ("It killed an elderly woman.", "woman"),
        ("They buried a 14-year-old girl.", "girl"),
        ("A US airstrike hit the mill.", "airstrike"),
        ("A U.S. drone was lost.", "drone"),
        ("A March 2019 strike was denied.", "strike"),
        ("A chemical weapons attack was denied.", "attack"),
        ("A command and control centre burned.", "centre"),
        ("6-year-old boy found alive", "boy"),
        ("A 20-year old woman was hurt.", "woman"),
        ("Tuesday’s attack was denied.", "attack"),
        ("His wife was hurt.", "wife"),
        ("One of its fighters fell.", "fighters"),
        ("A wounded soldier was carried off.", "soldier"),
        ("Woman dies under shellfire", "woman"),
    ],
)
def test_one_in_the_singular_is_one(text: str, head: str) -> None:
    quantity = first(text)
    assert (quantity.count.low, quantity.count.high, quantity.head) == (1, 1, head)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("a man and his two sons were killed", 3),
        ("three women, two children and a man were killed", 6),
        ("It buried a woman and her four children.", 5),
        ("Two teachers, a nurse and 11 pupils were in the school.", 14),
    ],
)
def test_a_list_is_given_in_parts_and_in_sum(text: str, total: int) -> None:
    found = find(text)
    sums = [quantity for quantity in found if quantity.combined]
    assert [(q.count.low, q.count.high) for q in sums] == [(total, total)]
    inside = [q for q in found if not q.combined and sums[0].start <= q.start and q.end <= sums[0].end]
    assert sum(q.count.low or 0 for q in inside) == total


def test_a_range_in_a_list_widens_the_sum() -> None:
    sums = [q for q in find("Between 5 and 7 men and at least two women died.") if q.combined]
    assert [(q.count.low, q.count.high) for q in sums] == [(7, None)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The post lies 20 km from here.", Unit.DISTANCE),
        ("He was aged 14.", Unit.AGE),
        ("Omar Hadid, 34, fled.", Unit.AGE),
        ("The war began in 2013.", Unit.YEAR),
        ("It cost $5 million.", Unit.MONEY),
        ("The 3rd Brigade moved.", Unit.ORDINAL),
        ("It burned for 12 hours.", Unit.TIME),
        ("A 10 percent share was lost.", Unit.PERCENT),
        ("They met on October 7 at noon.", Unit.DATE),
        ("They met on 7 October at noon.", Unit.DATE),
        ("They sit under resolution 2254.", Unit.LABEL),
        ("They fired 155 mm rounds.", Unit.CALIBRE),
        ("They brought 40 tonnes of flour.", Unit.WEIGHT),
    ],
)
def test_what_counts_nothing_says_so(text: str, unit: Unit) -> None:
    numbered = [quantity for quantity in find(text) if quantity.form in ("figure", "words")]
    assert [quantity.unit for quantity in numbered] == [unit]
    assert not numbered[0].countable


@pytest.mark.parametrize(
    "text", ["An M-16 and a T-72 were shown.", "Call +44 20 7946 0000 at 10:35 or write.", "Su-34"]
)
def test_designations_are_no_counts(text: str) -> None:
    assert not [
        q for q in find(text) if q.form in ("figure", "words") and q.countable and q.count.low not in (20, 7946, 0)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It was one of the worst nights.",
        "One can hardly say.",
        "How many died?",
        "That is the one who fled.",
        "So many fled",
    ],
)
def test_one_and_many_are_not_always_numbers(text: str) -> None:
    assert not [quantity for quantity in find(text) if quantity.form in ("words", "vague")]


@pytest.mark.parametrize(
    "text",
    [
        "There were no casualties.",
        "Nobody was hurt.",
        "No one was hurt.",
        "It did not cause any casualties.",
        "They left without casualties.",
        "There were no immediate reports of casualties.",
        "It did not injure anyone.",
    ],
)
def test_none_is_zero(text: str) -> None:
    assert (0, 0) in [(q.count.low, q.count.high) for q in find(text) if q.form == "zero"]


def test_no_ship_is_not_nobody() -> None:
    assert not [q for q in find("No Russian ship left port.") if q.form == "zero"]


def test_parts_and_mixed_numbers_are_marked() -> None:
    whole, *rest = find("It killed 12 people, including five children and two men.")
    assert (whole.count.low, whole.partial) == (12, False)
    assert {q.count.low for q in rest if q.partial} == {5, 2, 7}
    assert first("In all 12 people were killed and wounded.").mixed
    assert first("They took up to 12 casualties.").mixed
    assert any(q.mixed and q.count.low == 9 for q in find("It led to the death and injury of nine people."))
    assert not first("In all 12 people were killed.").mixed
    assert not first("It hit 12 houses, without casualties.").mixed


def test_another_may_stand_alone() -> None:
    found = find("It killed one sailor and seriously hurt another.")
    assert [(q.count.low, q.count.high) for q in found] == [(1, 1), (1, 1)]


def test_a_change_is_no_range() -> None:
    found = find("Tolls rose from 12 to 15 overnight.")
    assert [(q.count.low, q.count.high) for q in found if q.form == "figure"] == [(12, 12), (15, 15)]


PIECES = st.sampled_from(
    [
        "at least",
        "more than",
        "between",
        "and",
        "from",
        "to",
        "12",
        "1",
        "300",
        "2.5",
        "million",
        "dozens",
        "of",
        "a",
        "man",
        "his",
        "two",
        "sons",
        "including",
        "no",
        "casualties",
        "-",
        "–",
        "$",
        "%",
        "km",
        "one",
        "hundred",
        "several",
        "1854",
        "October",
        "7/10/2023",
        "10:35",
        "+",
        "or more",
        "people",
        "the",
        "any",
        "not",
        "another",
        "٣",
        "½",
        "²",
        "US",
        "'s",
        "“",
        "”",
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=20).map(" ".join), st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)
    )
)
def test_find_holds_its_laws_on_any_text(text: str) -> None:
    last = 0
    for quantity in find(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.count.text
        low, high = quantity.count.low, quantity.count.high
        assert low is not None or high is not None
        assert low is None or high is None or low <= high
        if quantity.noun is not None:
            assert text[quantity.noun_start : quantity.noun_end] == quantity.noun
        if not quantity.combined:
            assert quantity.start >= last
            last = quantity.end


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9999), st.integers(1, 9999))
def test_any_range_is_read_from_low_to_high(one: int, other: int) -> None:
    low, high = sorted((one, other + 1 if one == other else other))
    quantity = first(f"They buried between {low:,} and {high:,} civilians.")
    assert (quantity.count.low, quantity.count.high) == (low, high)
