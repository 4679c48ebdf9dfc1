"""The steps of finding copies: words and marks, passages, weights, meetings, groups, the shelf."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.reports import likeness, meetings, passages, wording
from parallax.reports.groups import groups
from parallax.reports.shelf import UNDATED, Shelf, Text
from parallax.reports.wording import Words, marks, words

Item = TypeVar("Item")
Result = TypeVar("Result")

NEWS = (
    "The ferry Albatross ran aground off the mole at dusk with ninety carters aboard, the harbour master said. "
    "Boatmen took most of them off before the swell broke her back, but eleven had drowned by morning. "
    "The pilot, one Marchetti, told a court of inquiry that the light on the spit had not been lit. "
    "Its keeper could not be found on Thursday, and his lodgings had been emptied. "
    "A second vessel waited outside the bar until the wind went round to the north. "
)
BACKGROUND = (
    "The strait has been fought over since spring, when the duke's garrison mutinied and both banks were fortified. "
    "Thousands of islanders have fled to the mainland, where camps were pitched on the drill ground of the fortress. "
    "An armistice signed at midsummer broke down within a fortnight, each side blaming the other's privateers. "
)
MARKET = (
    "Quarrymen at the upper pits laid down their picks over the price of lamp oil, and the owners sent for dragoons. "
    "By noon the road to the lime kilns was blocked with sledges, a schoolmaster who lives there wrote to us. "
    "Two foremen were beaten, and a clerk's ledgers thrown into the mill race before the dragoons drew their sabres. "
)


def test_a_figure_is_told_from_a_word() -> None:
    seen = words("Four of 12 boats, on MONDAY in May; forlorn ٣")
    assert wording.are_figures(seen).tolist() == [True, False, True, False, False, True, False, True, False, True]


def test_common_words_tell_less_than_rare_ones() -> None:
    the, town, rare = wording.bits(words("the town albatross")).tolist()
    assert the < town < rare == wording.RARE


def test_stock_phrases_are_no_marks() -> None:
    phrase, rare = words("and the man said that he was in the"), words("Albatross Marchetti quarry sledges lodgings")
    assert len(np.intersect1d(marks(np.concatenate((phrase, rare))), marks(phrase))) == 0
    assert len(marks(words("and"))) == 2
    assert len(marks(words(""))) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 150), st.integers(0, 150))
def test_texts_that_share_a_passage_share_a_mark(seed: int, before: int, after: int) -> None:
    chance = random.Random(seed)

    def coined(count: int) -> list[str]:
        return ["".join(chance.choices("bcdfgklmnprstvz", k=7)) for _ in range(count)]

    shared = coined(wording.WINDOW + wording.RUN - 1)
    one = words(" ".join(coined(before + wording.SHORT) + shared + coined(after)))
    other = words(" ".join(coined(after + wording.SHORT) + shared + coined(before)))
    assert len(np.intersect1d(marks(one), marks(other))) >= 1


def test_passages_are_found_moved_and_over_changed_words() -> None:
    parts = NEWS.split(". ")
    moved = words(". ".join(parts[::-1]))
    assert passages.common(moved, words(NEWS)).a_covered.mean() > 0.95
    edited = words(NEWS.replace("dusk", "nightfall").replace("most of them", "most").replace("had drowned", "drowned"))
    shared = passages.common(edited, words(NEWS))
    assert shared.a_covered.all()
    assert shared.b_covered.all()
    assert shared.changed == 0
    assert not passages.common(words(MARKET), words(NEWS)).a_covered.any()


def test_a_turn_of_phrase_is_no_passage() -> None:
    a, b = words("It was at the end of the day that he came"), words("They were at the end of the day not there")
    assert not passages.common(a, b).a_covered.any()


def test_changed_figures_are_counted() -> None:
    shared = passages.common(words(NEWS.replace("ninety", "forty").replace("Thursday", "Friday")), words(NEWS))
    assert (shared.kept, shared.changed) == (3, 2)


def test_a_new_headline_does_not_weigh_against_a_short_cut() -> None:
    cut = ". ".join(NEWS.split(". ")[:2])
    headed = "Disaster in the strait leaves many families of carters without a breadwinner this winter " + cut
    assert likeness.compare(words(headed), words(NEWS + MARKET)) is not None


def test_stories_that_share_their_background_are_no_copies() -> None:
    assert likeness.compare(words(NEWS + BACKGROUND), words(MARKET + BACKGROUND)) is None


def test_what_differs_in_most_figures_is_no_copy() -> None:
    form = "On {} the battery fired {} shells at the lower town, the bulletin says; {} houses burnt, {} men were hurt."
    one, other = words(form.format("Monday", 40, 3, 7)), words(form.format("Friday", 65, 9, 2))
    assert likeness.compare(one, other) is None
    assert likeness.compare(one, words(form.format("Monday", 40, 3, 8))) is not None


PARTS = st.lists(st.sampled_from([*NEWS.split(". "), *BACKGROUND.split(". "), *MARKET.split(". ")]), max_size=9)


@settings(max_examples=80, deadline=None)
@given(PARTS, PARTS)
def test_comparing_is_the_same_both_ways(one: list[str], other: list[str]) -> None:
    a, b = words(" ".join(one)), words(" ".join(other))
    there, back = likeness.compare(a, b), likeness.compare(b, a)
    assert there == (back and (back[1], back[0]))
    assert likeness.share(a, b) == pytest.approx(there[0] if there else likeness.share(a, b))
    assert 0.0 <= likeness.share(a, b) <= 1.0


MARKS = st.lists(st.lists(st.integers(0, 40), max_size=12, unique=True).map(sorted), max_size=14)


@settings(max_examples=100, deadline=None)
@given(MARKS, st.sampled_from([1, 3, 1000]))
def test_meetings_are_those_of_every_pair_held_together(rows: list[list[int]], at_once: int) -> None:
    each = [np.array(row, np.uint32) for row in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meetings, "AT_ONCE", at_once)
        found = [tuple(pair) for some in meetings.pairs(each) for pair in some.tolist()]
    assert found == [(a, b) for a, b in combinations(range(len(each)), 2) if meetings.meets(each[a], each[b])]


def test_a_mark_of_a_crowd_brings_none_together() -> None:
    crowd = [np.array([1, 2], np.uint32)] * (meetings.CROWD + 1)
    assert sum(len(some) for some in meetings.pairs(crowd)) == 0
    assert sum(len(some) for some in meetings.pairs(crowd[1:])) == meetings.CROWD * (meetings.CROWD - 1) // 2


def test_a_cut_that_is_all_background_joins_one_story() -> None:
    # Two stories with one background; the third text is a cut of it.
    shares = {(0, 2): (0.2, 0.9), (1, 2): (0.25, 0.9)}
    assert groups([1, 1, 2], shares) == [[1, 2]]


def test_two_cuts_of_one_text_of_the_same_day_are_one_with_it() -> None:
    shares = {(0, 1): (0.95, 0.3), (1, 2): (0.3, 0.95)}
    assert groups([4, 4, 4], shares) == [[0, 1, 2]]
    # Dated after both, the long one is a round-up.
    assert groups([4, 4 + 1, 4], shares) == []


def shelved(texts: Iterable[Text], file: io.BufferedRandom | io.BytesIO | None = None) -> Shelf:
    shelf = Shelf(file or io.BytesIO())
    for text in texts:
        shelf.add(text)
    return shelf


def text_of(name: str, told: str, day: int = UNDATED) -> Text:
    seen: Words = words(told)
    return Text(name, name, day, seen, marks(seen))


TEXTS = [
    text_of("late", NEWS + BACKGROUND, 9),
    text_of("first", NEWS + BACKGROUND, 3),
    text_of("cut", NEWS[:260], 5),
    text_of("other", MARKET, 4),
    text_of("undated", MARKET),
    text_of("again", NEWS[:260], 6),
    text_of("none", "…", 1),
]


def test_the_first_text_is_the_origin() -> None:
    shelf = shelved(TEXTS)
    named = {shelf.id(number): shelf.id(first) for number, (first, _) in enumerate(shelf.firsts())}
    assert named == {
        "late": "first",
        "first": "first",
        "cut": "first",
        "other": "other",
        "undated": "other",
        "again": "first",
        "none": "none",
    }


def test_a_file_serves_as_memory_does(tmp_path: Path) -> None:
    def at_once(function: Callable[[Item], Result], items: Iterable[Item], /) -> Iterator[Result]:
        yield from [function(item) for item in items]

    with (tmp_path / "words").open("w+b") as file:
        assert shelved(TEXTS, file).firsts(at_once) == shelved(TEXTS).firsts()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PARTS, st.integers(1, 4)), max_size=10), st.randoms(use_true_random=False))
def test_firsts_do_not_depend_on_the_order_on_the_shelf(
    parts: list[tuple[list[str], int]], chance: random.Random
) -> None:
    texts = [text_of(str(number), " ".join(told), day) for number, (told, day) in enumerate(parts)]

    def named(given: list[Text]) -> dict[str, tuple[str, float]]:
        shelf = shelved(given)
        return {shelf.id(number): (shelf.id(first), share) for number, (first, share) in enumerate(shelf.firsts())}

    shuffled = texts[:]
    chance.shuffle(shuffled)
    assert named(shuffled) == named(texts)
