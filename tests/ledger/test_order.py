"""Reading in any order, in any batches, and on either database gives the same ledger."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify

from .told import tell

COUNT = 4


def test_any_order_and_any_batches_give_the_same_ledger(new_address: Callable[[], str], tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "straight.ledger", create=True) as straight:
        with straight.write() as writer:
            for number in range(COUNT):
                tell(writer, number)
        expected = straight.fingerprint()

    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.nested_given])
    @given(order=st.permutations(range(COUNT)), cuts=st.sets(st.integers(1, COUNT - 1)))
    def law(order: list[int], cuts: set[int]) -> None:
        with Ledger.open(new_address()) as mixed:
            for start, end in pairwise(sorted({0, COUNT, *cuts})):
                with mixed.write() as writer:
                    for number in order[start:end]:
                        tell(writer, number)
            assert mixed.fingerprint() == expected
            assert list(verify(mixed)) == []

    law()


def test_other_content_has_another_fingerprint(ledger: Ledger) -> None:
    seen = {ledger.fingerprint()}
    for number in range(3):
        with ledger.write() as writer:
            tell(writer, number, link=False)
        seen.add(ledger.fingerprint())
        with ledger.write() as writer:
            tell(writer, number)
        seen.add(ledger.fingerprint())
    assert len(seen) == 7
