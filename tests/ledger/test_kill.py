"""A kill, or any fault, between any two writes: what was acknowledged stays, the rest never was."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from parallax.errors import LedgerError
from parallax.ledger import log
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Report, Telling

from .told import report_of, statements_of, tell, telling_of

# The program that is killed: it says which report it has been told is kept.
PROGRAM = """
import sys
from parallax.ledger.ledger import Ledger
from parallax.model import Capture, Report
with Ledger.open(sys.argv[1], create=True) as ledger:
    for number in range(int(sys.argv[2]), 100_000):
        with ledger.write() as writer:
            for part in "ab":
                capture = Capture.of(f"{number}{part}".encode(), "n", "text/plain")
                report = Report.of(f"report {number}{part}", capture=capture.sha256)
                writer.add_report(report, capture)
        print(number, flush=True)
"""


class FaultError(Exception):
    """Stands for whatever may go wrong between two writes."""


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path, dice, kept = tmp_path / "killed.ledger", random.Random(3), 0
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", PROGRAM, str(path), str(kept)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            time.sleep(dice.random() * 0.15)
            process.send_signal(signal.SIGKILL)
            said = [line, *process.stdout.read().splitlines()]
        numbers = [int(one) for one in said if one.strip()]
        with Ledger.open(path) as ledger:
            reports = ledger.counts().reports
            # Both reports of a transaction are there or neither; the one in hand may have made it unsaid.
            assert reports % 2 == 0
            assert reports // 2 in (numbers[-1] + 1, numbers[-1] + 2)
            assert list(verify(ledger)) == []
            kept = reports // 2
    assert kept >= 4


def test_a_kill_while_a_ledger_is_made_leaves_a_path_that_can_be_used(tmp_path: Path) -> None:
    dice = random.Random(5)
    for number in range(3):
        path = tmp_path / f"{number}.ledger"
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(path), "0"], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(dice.random() * 0.05)
        process.kill()
        process.wait()
        with Ledger.open(path, create=True) as ledger:
            assert list(verify(ledger)) == []


def test_a_fault_at_any_write_leaves_the_ledger_as_before(new_address: Callable[[], str]) -> None:
    with Ledger.open(new_address()) as ledger:
        with ledger.write() as writer:
            tell(writer, 1)
        before, head = ledger.fingerprint(), ledger.head()
        written = 0

        def fail_at(limit: int) -> bool:
            """Whether writing all of one report got to the end before its write of this number."""
            nonlocal written
            written = 0

            def count(*arguments: object) -> None:
                nonlocal written
                if str(arguments[2]).lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
                    written += 1
                    if written == limit:
                        raise FaultError

            event.listen(ledger._engine, "before_cursor_execute", count)
            try:
                with ledger.write() as writer:
                    tell(writer, 2)
            except FaultError:
                return False
            finally:
                event.remove(ledger._engine, "before_cursor_execute", count)
            return True

        limit = 1
        while not fail_at(limit):
            assert (ledger.fingerprint(), ledger.head()) == (before, head)
            assert ledger.report(report_of(2)[0].key) is None
            limit += 1
        assert limit > 15
        assert ledger.report(report_of(2)[0].key) is not None
        assert list(verify(ledger)) == []


def test_a_fault_in_a_block_undoes_the_block(ledger: Ledger) -> None:

    def fail() -> None:
        with ledger.write() as writer:
            tell(writer, 1)
            assert ledger.counts().reports == 1
            raise FaultError

    with pytest.raises(FaultError):
        fail()
    assert ledger.counts().reports == 0
    assert ledger.log() == ()
    with ledger.write() as writer:
        tell(writer, 1)
    assert ledger.counts().reports == 1


def test_an_error_that_is_swallowed_in_a_block_undoes_the_block(ledger: Ledger) -> None:
    report, capture = report_of(1)
    odd = Report.of("half \ud800 a pair", capture=capture.sha256)
    with (
        pytest.raises(LedgerError, match="nothing of this block is kept"),
        ledger.write() as writer,
        suppress(LedgerError),
    ):
        writer.add_report(odd, capture)
    assert ledger.counts().captures == 0
    with ledger.write() as writer:
        writer.add_report(report, capture)
    assert list(verify(ledger)) == []


@pytest.mark.parametrize("goes_on", [False, True])
def test_an_entry_that_never_came_into_the_log_undoes_the_block(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, goes_on: bool
) -> None:
    """A full disk, and a caller that goes on: the chain would miss a link."""

    def full(*_: object) -> None:
        raise OSError("no space left")

    def note() -> None:
        with ledger.write() as writer:
            with monkeypatch.context() as patched, suppress(OSError):
                patched.setattr(log, "append", full)
                writer.note("looked", "", {})
            if goes_on:
                writer.note("looked again", "", {})

    with pytest.raises(LedgerError, match="nothing of this block is kept"):
        note()
    assert ledger.log() == ()
    with ledger.write() as writer:
        tell(writer, 1)
    assert list(verify(ledger)) == []


def test_a_telling_of_another_report_leaves_what_was_told_before_it_as_it_was(ledger: Ledger) -> None:
    """Several reports are told by one verb, one of them again; an error that is caught breaks no chain."""
    with ledger.write() as writer:
        tell(writer, 1)
        tell(writer, 2)
    (one, _), (two, _) = report_of(1), report_of(2)
    again = telling_of(one, statements_of(one, 1))
    known = ledger.tellings({one.key, two.key})
    wrong: dict[str, list[tuple[Telling, frozenset[str]]]] = {one.key: [], two.key: [(again, frozenset())]}
    unknown: dict[str, list[tuple[Telling, frozenset[str]]]] = {one.key: [], "nobody's": []}
    for told in (wrong, unknown):
        with ledger.write() as writer:
            with pytest.raises(LedgerError):
                writer.add_tellings(told)
            writer.note("looked", "", {})
        assert ledger.tellings({one.key, two.key}) == known
        assert list(verify(ledger)) == []
