"""JSON Lines in and out: reports from files or standard input, results to standard output, faults to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeVar

import typer

from parallax import config
from parallax.engine.local import Local
from parallax.errors import UnreadableError
from parallax.model import Report
from parallax.progress import Progress
from parallax.reports.fault import Fault
from parallax.reports.lines import parse, parse_bare, unused_date
from parallax.reports.shelf import Shelf, Text

Result = TypeVar("Result")
Row = tuple[str, int, bytes]

# So many lines are handed to a worker at once where one line is little work.
PORTION = 100


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
    for row in _rows(files, faults):
        report, said = _read(parse, row)
        if report:
            yield report
        for fault in said:
            faults.say(fault)


def copies(files: list[str]) -> None:
    """Print one line for each report: its id, the first report of the same text, and how much of it stands there."""
    faults = Faults()
    with (
        Progress(unit="reports") as progress,
        Local(config.load().workers) as engine,
        TemporaryFile(prefix="parallax-") as file,
    ):
        shelf = Shelf(file)
        for taken in engine.map(_texts, _portions(_rows(files, faults))):
            for text, said in taken:
                if text:
                    shelf.add(text)
                    progress.advance()
                for fault in said:
                    faults.say(fault)
        for number, (first, share) in enumerate(shelf.firsts(engine.map)):
            emit({"id": shelf.id(number), "origin": shelf.id(first), "share": round(share, 4)})
    faults.exit()


def _rows(files: list[str], faults: Faults) -> Iterator[Row]:
    for name in files:
        try:
            yield from (row for row in lines([name]) if row[2].strip())
        except OSError as error:
            faults.say(f"{name}: {error.strerror or error}; check the path and its permissions")


def _portions(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while portion := list(islice(rows, PORTION)):
        yield portion


def _texts(rows: list[Row]) -> list[tuple[Text | None, list[Fault | str]]]:
    found = (_read(parse_bare, row) for row in rows)
    return [(Text.of(report) if report else None, said) for report, said in found]


def _read(how: Callable[..., Report], row: Row) -> tuple[Report | None, list[Fault | str]]:
    """The report on a line, and what is to be said of it."""
    source, number, raw = row
    try:
        told = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        report = how(told, name=source, number=number)
        odd = None if report.published else unused_date(told)
        return report, [Fault(source, f"line {number}", odd, kept=True)] if odd else []
    except UnicodeDecodeError as error:
        return None, [f"{source}, line {number}: not UTF-8 at byte {error.start}; save the file as UTF-8"]
    except UnreadableError as error:
        return None, [str(error)]


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
