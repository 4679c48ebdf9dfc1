"""Fitting how a report's claims are gathered into what it tells of."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.grouped import FOLDER, OF_NONE, b_cubed
from training.tellings import Choice, fit

CLUSTERS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.sampled_from("xyz"), min_size=1)


@given(CLUSTERS)
def test_the_same_clusters_under_other_names_are_all_right(gold: dict[str, str]) -> None:
    assert b_cubed(gold, {key: cluster * 2 for key, cluster in gold.items()}) == (1.0, 1.0, 1.0)


@given(CLUSTERS)
def test_all_in_one_finds_everything_and_each_alone_is_never_wrong(gold: dict[str, str]) -> None:
    assert b_cubed(gold, dict.fromkeys(gold, "one"))[1] == 1.0
    assert b_cubed(gold, {key: key for key in gold})[0] == 1.0


def test_b_cubed_by_hand() -> None:
    precision, recall, f1 = b_cubed({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "y", "c": "y"})
    assert [precision, recall, f1] == pytest.approx([2 / 3] * 3)
    with pytest.raises(ValueError, match="nothing"):
        b_cubed({}, {})


def test_points_are_learnt_from_choices() -> None:
    often = [Choice("b", ({"near": 1.0}, {"far": 1.0}), 0) for _ in range(60)]
    seldom = [Choice("b", ({"far": 1.0},), None) for _ in range(60)]
    points = fit([*often, *seldom])
    assert points["near"] > 1
    assert points["far"] < 0


def test_what_speaks_seldom_has_no_points() -> None:
    made = [Choice("b", ({"near": 1.0},), 0) for _ in range(60)] + [Choice("b", ({"rare": 1.0},), None)]
    assert fit(made).keys() == {"near"}


def test_no_report_is_both_fitted_on_and_measured() -> None:
    rows = {
        name: [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("fit", "measured")
    }
    assert not {row["text"] for row in rows["fit"]} & {row["text"] for row in rows["measured"]}
    assert not {row["bundle"] for row in rows["fit"]} & {row["bundle"] for row in rows["measured"]}
    groups = {
        claim[4].rstrip("0123456789").strip() for part in rows.values() for row in part for claim in row["claims"]
    }
    assert groups <= {"happening", "sum", *OF_NONE}
