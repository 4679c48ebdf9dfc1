"""Calibration and the first stage's losses, on numbers worked out by hand and by a scorer of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.claims.calibration import BINS, Judged, bins, chart, diagram, error, judge
from benchmarks.claims.first_stage import measure
from parallax.model import Passage, Report, ZoneKind

JUDGED = st.lists(st.builds(Judged, st.floats(0, 1), st.booleans()), max_size=60)
Row = Mapping[str, Any]


def scorer() -> ModuleType:
    """A scorer in the shape of the data's own: a claim is paired by its name, a repeat is marked as one."""
    module = ModuleType("scorer")

    def align(gold: Sequence[Row], guesses: Sequence[Row], _: str) -> tuple[list[tuple[int, int]], set[int], set[int]]:
        names = [claim["name"] for claim in gold]
        paired = [(names.index(g["name"]), j) for j, g in enumerate(guesses) if g["name"] in names]
        left = {j for j, g in enumerate(guesses) if g["name"] not in names and g["name"] != "repeat"}
        return paired, set(), left

    def spans(claim: Row, text: str) -> list[tuple[int, int]]:
        quotes = [claim["quote"], *claim.get("also", [])]
        return [(text.find(quote), text.find(quote) + len(quote)) for quote in quotes]

    module.__dict__.update(
        SLOTS=["count", "voice"],
        align=align,
        same=lambda slot, one, other: one.get(slot) == other.get(slot),
        spans=spans,
        touch=lambda one, other: any(a < d and c < b for a, b in one for c, d in other),
    )
    return module


def test_the_error_by_hand() -> None:
    # 0.8 to 0.9: four, mean 0.85, half right: 0.35 apart; 0.2 to 0.3: one, 0.2 apart.
    judged = [Judged(0.8, True), Judged(0.8, False), Judged(0.9 - 1e-9, True), Judged(0.9 - 1e-9, False)]
    assert error([*judged, Judged(0.2, False)]) == pytest.approx((4 * 0.35 + 1 * 0.2) / 5)
    assert [(one.low, one.number, one.right) for one in bins(judged)] == [(0.8, 4, 0.5)]


def test_a_certainty_of_one_is_in_the_last_bin() -> None:
    assert [(one.low, one.number) for one in bins([Judged(1.0, True), Judged(0.0, False)])] == [(0.0, 1), (0.9, 1)]
    assert error([Judged(1.0, True), Judged(0.0, False)]) == 0


@given(JUDGED)
def test_the_bins_hold_each_once_and_the_error_is_a_share(judged: list[Judged]) -> None:
    held = bins(judged)
    assert sum(one.number for one in held) == len(judged)
    assert sum(one.number * one.right for one in held) == pytest.approx(sum(one.right for one in judged))
    assert len(held) <= BINS
    assert 0 <= error(judged) <= 1
    assert error(judged) == pytest.approx(error(judged[::-1]))


@given(JUDGED)
def test_the_diagrams_have_a_row_and_a_dot_for_each_bin(judged: list[Judged]) -> None:
    lines = diagram("voice", judged).splitlines()
    assert len(lines) == 2 + len(bins(judged))
    assert f"{len(judged)} claims" in lines[0]
    assert all(line.count("|") == 1 for line in lines[2:])
    drawn = ElementTree.fromstring(chart({"voice": judged, "count": []}))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == len(bins(judged))


def test_repeats_are_left_out_and_slots_asked_of_the_paired_alone() -> None:
    gold = {"r": {"text": "", "claims": [{"name": "a", "count": 2, "voice": "x"}, {"name": "missed"}]}}
    sure = {"count": 0.9, "voice": 0.4}
    predicted = {
        "r": {
            "claims": [
                {"name": "a", "count": 2, "voice": "y", "certainty": 0.8, "certainties": sure},
                {"name": "spurious", "certainty": 0.3, "certainties": sure},
                {"name": "repeat", "certainty": 0.1, "certainties": sure},
            ]
        },
        "not annotated": {"claims": [{"name": "a", "certainty": 0.5}]},
    }
    told = judge(scorer(), gold, predicted)
    assert told.whole == [Judged(0.8, True), Judged(0.3, False)]
    assert told.slots == {"count": [Judged(0.9, True)], "voice": [Judged(0.4, False)]}
    assert told.repeats == 1
    assert list(told.named()) == ["whole claim", "count", "voice"]


def test_a_reader_without_certainties_of_slots_is_judged_whole() -> None:
    told = judge(
        scorer(), {"r": {"text": "", "claims": [{"name": "a"}]}}, {"r": {"claims": [{"name": "a", "certainty": 1.0}]}}
    )
    assert told.whole == [Judged(1.0, True)]
    assert told.slots == {"count": [], "voice": []}


def test_a_claim_is_lost_if_neither_its_quote_nor_a_repeat_is_kept() -> None:
    text = "One. Two. Three. Four."
    passages = [
        Passage(text.index(word), text.index(word) + len(word), word, ZoneKind.BODY, 0)
        for word in ("One.", "Two.", "Three.")
    ]
    claims = [{"quote": "One."}, {"quote": "Two."}, {"quote": "Two.", "also": ["Three."]}, {"quote": "Four."}]
    found = measure(
        scorer(), [({"text": text, "claims": claims}, Report.of(text))], lambda _: passages, lambda some: [some[2]]
    )
    assert (found.claims, found.lost, found.outside, found.passages, found.kept) == (4, 2, 1, 3, 1)
    assert "2 of 4 annotated claims" in found.words()
    assert "50.00%" in found.words()
