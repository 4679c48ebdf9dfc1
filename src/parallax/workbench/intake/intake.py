"""Dropped files are read in the background: one import at a time, told of as it goes, stopped at will.

What an import brought in, and how it ended, stands in the ledger's log (`ledger.imports`); what is
kept here is how the one that goes on is doing, and the faults of those since the program began.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from parallax import pipeline
from parallax.config import Settings
from parallax.engine.local import AHEAD, Local
from parallax.errors import LedgerError, ParallaxError
from parallax.ledger import imports
from parallax.ledger.imports import CUT_OFF, Gained
from parallax.ledger.ledger import Ledger
from parallax.ledger.writer import Writer
from parallax.reports.fault import Fault, printable

Item = TypeVar("Item")
Result = TypeVar("Result")

# More faults than this are counted, and stand on the page of what could not be read.
MOST_FAULTS = 200
KEPT = 20
NAME = 120
PREPARING, READING, LINKING, DONE, STOPPED, BROKEN = "preparing", "reading", "gathering", "done", "stopped", "broken"
LOG = logging.getLogger(__name__)
_ENDED = (DONE, STOPPED, BROKEN, CUT_OFF)


@dataclass(slots=True)
class Job:
    """One import as it goes: what is given, how far it is, what could not be read.

    `number` is the log's (`ledger.imports`), 0 before it has begun. `size` and `through` are bytes;
    `read` counts reports as each is read, `new` and `seen` those that are safely in the ledger.
    `stage_done` of `stage_total` are reports of the other stages.
    """

    number: int
    who: str
    files: tuple[str, ...]
    size: int
    begun: datetime
    state: str = READING
    through: int = 0
    read: int = 0
    new: int = 0
    seen: int = 0
    claims: int = 0
    stage_done: int = 0
    stage_total: int = 0
    stage_begun: float = field(default_factory=time.monotonic)
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    why: str = ""
    ended: datetime | None = None
    stopping: bool = False
    at_once: bool = False
    closing: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing of it goes on."""
        return self.state in _ENDED

    @property
    def gained(self) -> Gained:
        """What it has brought in so far."""
        return Gained(self.new, self.seen, self.claims, self.faulty)

    @property
    def share(self) -> float:
        """How much of the present stage is done, 0 to 1."""
        done, whole = (self.through, self.size) if self.state == READING else (self.stage_done, self.stage_total)
        return 1.0 if self.over else min(done / whole, 1.0) if whole else 0.0

    @property
    def rate(self) -> float:
        """Reports a second in the present stage."""
        done = self.read if self.state == READING else self.stage_done
        return done / max(time.monotonic() - self.stage_begun, 0.001)

    @property
    def left(self) -> float | None:
        """Seconds until the present stage ends, if it goes on as it did; None before anything is known."""
        share = self.share
        return (time.monotonic() - self.stage_begun) * (1 - share) / share if 0 < share < 1 else None


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the pages are served; then the import that goes on is stopped, so that the program can end."""
    yield
    await run_in_threadpool(app.state.intake.close)


class StoppedError(ParallaxError):
    """A person stopped the import."""


class Intake:
    """The imports of one served ledger, the newest first in `jobs`; one runs at a time."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._ledger = ledger
        self._settings = settings
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.jobs: list[Job] = []

    @property
    def running(self) -> Job | None:
        """The import that goes on, if one does."""
        return next((job for job in self.jobs if not job.over), None)

    def begin(self, files: Sequence[tuple[str, BinaryIO]], who: str) -> Job | None:
        """Take these files, by name, and begin to read them; None while another import goes on.

        The files lie in a folder of their own that goes away when the import ends. Raises LedgerError
        where the ledger cannot be written to.
        """
        with self._lock:
            if self.running is not None:
                return None
            job = Job(0, who, tuple(safe_name(name) for name, _ in files), 0, datetime.now(UTC))
            self.jobs[:] = [job, *self.jobs][:KEPT]
        folder = tempfile.mkdtemp(prefix="parallax-import-")
        try:
            paths = [_keep(Path(folder), at, name, stream) for at, (name, stream) in enumerate(files)]
            job.size = sum(path.stat().st_size for path in paths)
            with self._ledger.write(who) as writer:
                job.number = imports.begin(writer, job.files, job.size)
            self._thread = threading.Thread(target=self._run, args=(job, folder, paths), daemon=True)
            self._thread.start()
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            self._end(job, BROKEN, f"the files could not be kept ({printable(str(error), 200)}); nothing was read")
            raise
        return job

    def stop(self) -> Job | None:
        """Ask the import that goes on to stop: what it has read stays, and is gathered; a second time, at once."""
        job = self.running
        if job is not None:
            job.at_once = job.stopping
            job.stopping = True
        return job

    def close(self, seconds: float = 10.0) -> None:
        """Stop what goes on, and wait for it a while; said when the program ends."""
        job, thread = self.running, self._thread
        if job is not None and thread is not None:
            job.closing = job.stopping = job.at_once = True
            thread.join(seconds)

    def _run(self, job: Job, folder: str, paths: Sequence[Path]) -> None:
        def keeping(writer: Writer, batch: pipeline.Acknowledged) -> None:
            now = Gained(job.new + batch.new, job.seen + batch.seen, job.claims + batch.claims, job.faulty)
            imports.go_on(writer, job.number, now)

        try:
            with _Watched(self._settings.workers, lambda: _stage(job)) as engine:
                try:
                    events = pipeline.read(
                        [str(path) for path in paths],
                        self._ledger,
                        engine,
                        max_bytes=self._settings.max_bytes,
                        inside=folder,
                        who=job.who,
                        keeping=keeping,
                    )
                    _follow(job, events)
                    self._end(job, DONE)
                except StoppedError:
                    self._link(job)
        except ParallaxError as error:
            self._end(job, BROKEN, f"{error}. What was read before is kept; drop the files again to read the rest.")
        except Exception as error:
            # Whoever dropped the files reads what broke; whoever runs the program, where.
            LOG.exception("import %d broke", job.number)
            words = f"This import broke Parallax ({type(error).__name__}). What was read before is kept."
            self._end(job, BROKEN, words)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if not job.over:
                self._end(job, BROKEN, "The import ended before its time. What was read before is kept.")

    def _link(self, job: Job) -> None:
        """Gather what was read before the stop, so that it stands in the incidents."""
        try:
            _turn(job, LINKING)
            for event in pipeline.link_new(self._ledger):
                job.stage_done, job.stage_total = event.done, event.total
                if job.at_once:
                    break
        finally:
            ended, words = (CUT_OFF, "The program was stopped. ") if job.closing else (STOPPED, "")
            self._end(job, ended, words + "Drop the files again to read the rest: what is kept is not read twice.")

    def _end(self, job: Job, state: str, why: str = "") -> None:
        """Write down how it ended, then show it."""
        if job.number:
            try:
                with self._ledger.write(job.who) as writer:
                    imports.end(writer, job.number, job.gained, state, why)
            except LedgerError as error:
                LOG.warning("the end of import %d was not written down: %s", job.number, error)
        job.why, job.ended, job.state = why, datetime.now(UTC), state


class _Watched(Local):
    """An engine that tells of each report as it is read, and can be stopped between two."""

    def __init__(self, workers: int, each: Callable[[], None]) -> None:
        super().__init__(workers)
        self._each = each

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], *, ahead: int = AHEAD) -> Iterator[Result]:
        for result in super().map(function, items, ahead=ahead):
            if function is pipeline.study_safely:  # copies are compared by it as well
                self._each()
            yield result


def _stage(job: Job) -> None:
    if job.stopping:
        raise StoppedError("stopped")
    job.read += 1


def _follow(job: Job, events: Iterable[pipeline.Acknowledged | pipeline.Linked | Fault]) -> None:
    begun = False
    for event in events:
        if isinstance(event, Fault):
            job.faulty += 1
            if len(job.faults) < MOST_FAULTS:
                job.faults.append(event)
        elif isinstance(event, pipeline.Acknowledged):
            begun = True
            job.through += event.size
            job.new, job.seen, job.claims = job.new + event.new, job.seen + event.seen, job.claims + event.claims
        else:
            # What an earlier run left over is taken up first; then the new files' turn comes.
            stage = LINKING if begun else READING if event.done >= event.total else PREPARING
            if job.state != stage:
                _turn(job, stage)
            job.stage_done, job.stage_total = event.done, event.total
        if job.stopping and job.state != LINKING:
            raise StoppedError("stopped")


def _turn(job: Job, state: str) -> None:
    job.state, job.stage_begun, job.stage_done, job.stage_total = state, time.monotonic(), 0, 0
    job.read = 0 if state == READING else job.read


def _keep(folder: Path, at: int, name: str, stream: BinaryIO) -> Path:
    """Copy a file to a place of its own, under its own name as far as that is safe."""
    place = folder / f"{at:05d}"
    place.mkdir()
    path = place / safe_name(name)
    with path.open("xb") as target:
        shutil.copyfileobj(stream, target, 1 << 20)
    return path


def safe_name(name: str) -> str:
    """A file's name without folders, control characters or a leading dot, at most 120 characters with its suffix."""
    base = re.split(r"[/\\]", printable(name, 4000))[-1]
    base = re.sub(r'[<>:"|?*\x00]', "_", base).strip(" .")
    if len(base.encode("utf-8", "replace")) > NAME:
        stem, dot, suffix = base.rpartition(".")
        suffix = f".{suffix}" if dot and len(suffix) <= 10 else ""
        room = NAME - len(suffix.encode("utf-8", "replace"))
        base = (stem if suffix else base).encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + suffix
    return base.rstrip(" .") or "file"
