"""How often Python looks for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from parallax.engine.garbage import SELDOM, collect_seldom
from parallax.engine.local import FEW, Local


@pytest.fixture
def restored() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("restored")
def test_cycles_still_go() -> None:
    collect_seldom()
    assert gc.isenabled()
    before = gc.get_stats()[0]["collected"]
    for _ in range(SELDOM * 2):
        cycle: list[object] = []
        cycle.append(cycle)
    assert gc.get_stats()[0]["collected"] - before >= SELDOM


def _threshold(_: int) -> int:
    return gc.get_threshold()[0]


def test_workers_look_as_seldom() -> None:
    with Local(2) as local:
        assert set(local.map(_threshold, range(FEW + 1))) == {SELDOM}
