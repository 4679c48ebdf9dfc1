"""What people decided, read from the latest to the earliest."""

from __future__ import annotations

from parallax.incidents.judge import divide, rulings
from parallax.model import Telling, Verb

from .made import judged

A = Telling("a", "report a", ("a1", "a2"))
B = Telling("b", "report b", ("b1", "b2"))
C = Telling("c", "report c", ("c1", "c2"))


def test_a_later_split_undoes_what_earlier_merges_joined_through_a_third() -> None:
    merges = [judged(Verb.MERGE, "a1", "b1"), judged(Verb.MERGE, "b1", "c1")]
    assert rulings([A, B, C], merges).together == {("a", "b"), ("b", "c")}
    ruled = rulings([A, B, C], [*merges, judged(Verb.SPLIT, "a1", "c1")])
    assert ruled.asunder == {("a", "c")}
    assert ruled.together == {("b", "c")}


def test_a_later_merge_undoes_a_split() -> None:
    split = judged(Verb.SPLIT, "a1", "b1")
    assert rulings([A, B], [split, judged(Verb.MERGE, "a2", "b2")]).asunder == frozenset()


def test_a_split_of_one_claim_leaves_its_telling_alone_until_it_is_merged() -> None:
    split = judged(Verb.SPLIT, "a1")
    assert rulings([A, B], [split]).alone == {"a"}
    merged = rulings([A, B], [split, judged(Verb.MERGE, "a1", "b1")])
    assert merged.together == {("a", "b")}
    assert not merged.alone


def test_claims_that_no_telling_holds_are_passed_over() -> None:
    ruled = rulings([A, B], [judged(Verb.MERGE, "a1", "gone"), judged(Verb.SPLIT, "gone", "gone too")])
    assert (ruled.together, ruled.asunder, ruled.alone) == (frozenset(), frozenset(), frozenset())


def test_a_telling_is_cut_at_the_claims_named_and_the_first_piece_keeps_its_key() -> None:
    whole = Telling("t", "r", ("x", "y", "z"))
    rest, piece = divide(whole, [judged(Verb.SPLIT, "x", "z")])
    assert rest == Telling("t", "r", ("x", "y"))
    assert piece.claims == ("z",)
    assert piece.key != "t"
    assert divide(whole, [judged(Verb.SPLIT, "x", "elsewhere")]) == (whole,)
    assert divide(whole, []) == (whole,)
