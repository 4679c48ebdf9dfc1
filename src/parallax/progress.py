"""Progress for people: a bar with rate and time left on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

Item = TypeVar("Item")

QUIET_SECONDS = 2.0
LINE_SECONDS = 10.0


class Progress:
    """Says on standard error how work goes on, once it has lasted two seconds.

    `whole` is the size of all the work in bytes, where it is known: it gives the bar
    its length and the time left.
    """

    def __init__(self, *, unit: str, whole: int | None = None) -> None:
        self._unit = unit
        self._whole = whole
        self._begun = time.monotonic()
        self._said = self._begun
        self._done = 0
        self._size = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._stage = "reading"

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, count: int = 1, size: int = 0) -> None:
        """So many more are done, and so many bytes of the whole are gone through."""
        self._done += count
        self._size += size
        self._show(self._stage, self._done, self._unit, self._size, self._whole)

    def stage(self, name: str, done: int, total: int) -> None:
        """Another stage of the work stands at `done` of `total`."""
        if name != self._stage:
            self._stage, self._begun = name, time.monotonic()
        self._show(name, done, self._unit, done, total)

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each counted as it passes."""
        for item in items:
            yield item
            self.advance()

    def pause(self, say: Callable[[], None]) -> None:
        """Say something between the lines of the bar."""
        if self._bar is not None:
            self._bar.stop()
        say()
        if self._bar is not None:
            self._bar.start()

    def _show(self, stage: str, done: int, unit: str, size: int, whole: int | None) -> None:
        now = time.monotonic()
        if now - self._begun < QUIET_SECONDS:
            return
        rate = done / (now - self._begun)
        words = f"{stage} {done} {unit}, {rate:.1f} a second"
        if sys.stderr.isatty():
            if self._bar is None or self._task is None:
                columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
                self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
                self._task = self._bar.add_task(words, total=whole)
                self._bar.start()
            self._bar.update(self._task, description=words, completed=size, total=whole)
        elif now - self._said >= LINE_SECONDS:
            self._said = now
            left = (
                f", about {(now - self._begun) * (whole - size) / size:.0f} s left"
                if whole and 0 < size <= whole
                else ""
            )
            print(f"{words}{left}", file=sys.stderr, flush=True)
