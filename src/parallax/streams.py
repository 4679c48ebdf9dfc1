"""JSON Lines in and out: reports from files or standard input, results to standard output, faults to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import typer

from parallax import config
from parallax.engine.local import Local
from parallax.errors import UnreadableError
from parallax.model import Report
from parallax.progress import Progress
from parallax.reports.fault import Fault
from parallax.reports.lines import parse, unused_date

Result = TypeVar("Result")


class Faults:
    """Says each fault in one line, and counts what could not be read.

    A report that was taken with only a part of it unused is said, but is no failure.
    """

    def __init__(self) -> None:
        self.count = 0

    def say(self, fault: Fault | str) -> None:
        """Print the fault."""
        if not (isinstance(fault, Fault) and fault.kept):
            self.count += 1
        print(f"parallax: {fault}", file=sys.stderr, flush=True)

    def exit(self) -> None:
        """End the command with status 1 if anything could not be read."""
        if self.count:
            raise typer.Exit(1)


def line(shape: dict[str, Any]) -> str:
    """One result as a line."""
    return json.dumps(shape, ensure_ascii=False) + "\n"


def emit(shape: dict[str, Any]) -> None:
    """Print one result."""
    sys.stdout.write(line(shape))


def lines(files: Iterable[str]) -> Iterator[tuple[str, int, bytes]]:
    """The lines of the files, each with its file's name and its number from 1; `-` is standard input."""
    for name in files:
        if name == "-":
            yield from (("standard input", number, line) for number, line in enumerate(sys.stdin.buffer, 1))
            continue
        with Path(name).open("rb") as stream:
            yield from ((name, number, line) for number, line in enumerate(stream, 1))


def reports(files: list[str], faults: Faults) -> Iterator[Report]:
    """The reports of the files' lines; what cannot be read is said, and the rest goes on."""
    for name in files:
        try:
            for source, number, raw in lines([name]):
                if not raw.strip():
                    continue
                try:
                    told = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                    yield parse(told, name=source, number=number)
                    if odd := unused_date(told):
                        faults.say(Fault(source, f"line {number}", odd, kept=True))
                except UnicodeDecodeError as error:
                    faults.say(f"{source}, line {number}: not UTF-8 at byte {error.start}; save the file as UTF-8")
                except UnreadableError as error:
                    faults.say(str(error))
        except OSError as error:
            faults.say(f"{name}: {error.strerror or error}; check the path and its permissions")


def each(
    files: list[str],
    step: Callable[[Report], Result | Fault],
    shape: Callable[[Result], list[dict[str, Any]]],
    slot: str,
) -> None:
    """Print one line for each report: its id and what the step finds in it; both functions run in the workers."""
    faults = Faults()
    with Progress(unit="reports") as progress, Local(config.load().workers) as engine:
        for result in engine.map(partial(_line, step, shape, slot), reports(files, faults)):
            progress.advance()
            if isinstance(result, Fault):
                faults.say(result)
            else:
                sys.stdout.write(result)
    faults.exit()


def _line(
    step: Callable[[Report], Result | Fault], shape: Callable[[Result], list[dict[str, Any]]], slot: str, report: Report
) -> str | Fault:
    found = step(report)
    return found if isinstance(found, Fault) else line({"id": report.id, slot: shape(found)})
