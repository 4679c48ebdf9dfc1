"""Both engines give the same answers: the same suite on each."""

from __future__ import annotations

import shutil
import signal
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.engine.local import FEW, Local

words = st.lists(st.text(max_size=8), max_size=40)


def _spark() -> Any:
    pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime, and there is none")
    from parallax.engine.spark import Spark

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings_ = pyspark.SparkConf().setMaster("local[1]").set("spark.ui.enabled", "false")
        return Spark(pyspark.SparkContext.getOrCreate(settings_))


@pytest.fixture(scope="module", params=["one process", "two processes", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "spark":
        yield _spark()
        return
    with Local(1 if request.param == "one process" else 2) as local:
        yield local


@given(words)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_map_keeps_the_order(engine: Any, items: list[str]) -> None:
    assert list(engine.map(len, items)) == [len(item) for item in items]


@given(words)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_groups_hold_every_item_once_in_order(engine: Any, items: list[str]) -> None:
    groups = list(engine.group(items, len))
    assert [key for key, _ in groups] == sorted({len(item) for item in items})
    for key, members in groups:
        assert list(members) == [item for item in items if len(item) == key]


def test_what_a_step_raises_is_raised_at_its_turn() -> None:
    with Local(2) as local:
        results = local.map(int, ["1", "2", "three", *"4" * FEW])
        assert [next(results), next(results)] == [1, 2]
        with pytest.raises(ValueError, match="three"):
            next(results)


def test_an_endless_stream_is_drawn_as_needed() -> None:
    drawn = 0

    def endless() -> Iterator[int]:
        nonlocal drawn
        while True:
            drawn += 1
            yield drawn

    with Local(2) as local:
        assert next(local.map(str, endless())) == "1"
        assert drawn <= 16 + FEW


def _held(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_workers_never_hear_an_interrupt_and_the_parent_still_does() -> None:
    with Local(2) as local:
        assert all(local.map(_held, range(FEW + 1)))
    assert not _held(0)
