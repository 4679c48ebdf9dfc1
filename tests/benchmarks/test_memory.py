"""The memory of a program and of what it starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.speed.memory import Peaks, family, watch

CHILD = "held = bytearray(64 << 20); import time; time.sleep(1.5)"
PARENT = f"import subprocess, sys; held = bytearray(96 << 20); subprocess.run([sys.executable, '-c', {CHILD!r}])"

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")


def test_a_program_and_its_child_are_both_seen_and_added_up() -> None:
    process = subprocess.Popen([sys.executable, "-c", PARENT])
    peaks = watch(process)
    assert process.returncode == 0
    sizes = sorted(peaks.each.values())
    assert len(sizes) == 2
    assert 64 << 20 < sizes[0] < 96 << 20
    assert sizes[1] > 96 << 20
    assert 160 << 20 < peaks.together <= sum(sizes)


def test_a_family_is_those_that_descend_from_one() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert family(child.pid) == [child.pid]
        child.communicate(b"\n")


def test_the_largest_alone_is_no_more_than_all_together() -> None:
    assert Peaks({1: 300 << 20, 2: 100 << 20}, 250 << 20).words() == (
        "peak memory 300 MB together (300, 100 MB by process)"
    )
    assert Peaks().words() == "memory not measured: no /proc here"
