"""Reports a second and peak memory of the main job, on the 780 real reports.

    python -m benchmarks.speed [--reports N] [--claims]

Runs `parallax read` into a new ledger, the same again (nothing is new), and `parallax
claims`, each as a person would, start-up included; then, on the same reports, a spaCy
pipeline of the small English shape, with as many processes as `parallax claims` has
workers and with one. With `--claims`, only `parallax claims` and the pipeline.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.data import REPOSITORY, folder
from benchmarks.speed.memory import Peaks, watch
from parallax import config

PIPELINE = "benchmarks.speed.pipeline"


@dataclass(frozen=True, slots=True)
class Run:
    """One program run to its end: how long it took in seconds, its memory, and what it printed."""

    seconds: float
    peaks: Peaks
    printed: bytes

    def words(self, reports: int) -> str:
        """The run in one line."""
        return f"{self.seconds:.1f} s, {reports / self.seconds:.2f} reports a second; {self.peaks.words()}"


def main() -> None:
    """Run the jobs and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=780, help="how many of the reports to read")
    parser.add_argument("--claims", action="store_true", help="only `parallax claims` and the spaCy pipeline")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        reports = Path(place) / "reports.jsonl"
        with (folder() / "corpora" / "syria-news.jsonl").open("rb") as lines:
            reports.write_bytes(b"".join(islice(lines, options.reports)))
        number = sum(1 for _ in reports.open("rb"))
        ledger = Path(place) / "news.ledger"
        workers = config.load().workers
        print(f"{number} reports, {os.cpu_count()} cores, {workers} workers")
        jobs = [
            ("read into a new ledger", ["read", str(reports), "--into", str(ledger)]),
            ("read again, nothing new", ["read", str(reports), "--into", str(ledger)]),
            ("verify", ["verify", str(ledger)]),
            ("claims alone", ["claims", str(reports)]),
        ]
        for name, arguments in jobs[3:] if options.claims else jobs:
            print(f"{name}: {_run('parallax', *arguments).words(number)}", flush=True)
        if not options.claims:
            print(f"ledger: {ledger.stat().st_size / 1e6:.1f} MB")
        _beside(reports, number, workers)


def _beside(reports: Path, number: int, workers: int) -> None:
    """The spaCy pipeline on the same reports."""
    if importlib.util.find_spec("spacy") is None:
        print("spaCy is not installed here: run `make .build/bench`, then this again, to time it beside `claims`")
        return
    if not (folder() / "language").is_dir():
        print("spaCy is not timed: its pipeline is trained on the data's `language` folder, which is not there")
        return
    trained = _told(_run(PIPELINE, "train"))
    right = f"tags {trained['tag_acc']:.2f}, LAS {trained['dep_las']:.2f}, names F1 {trained['ents_f']:.2f}"
    print(
        f"spaCy {trained['spacy']}: tok2vec, tagger, parser and ner in the sizes of en_core_web_sm, trained briefly "
        f"here ({right} on text kept aside); better parses might be read somewhat faster or slower"
    )
    for processes in sorted({workers, 1}, reverse=True):
        run = _run(PIPELINE, str(reports), str(processes))
        told = _told(run)
        print(
            f"spaCy, {processes} {'process' if processes == 1 else 'processes'}: {run.words(number)}; "
            f"{number / told['seconds']:.2f} a second without its start; "
            f"{told['sentences'] / number:.1f} sentences and {told['names'] / number:.1f} names a report",
            flush=True,
        )


def _told(run: Run) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run.printed)
    return told


def _run(module: str, *arguments: str) -> Run:
    """Run a module of Python to its end; ends this program with its faults if it fails."""
    command: Sequence[str] = [sys.executable, "-m", module, *arguments]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as faults:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=faults, cwd=REPOSITORY)
        peaks = watch(process)
        took = time.perf_counter() - began
        faults.seek(0)
        if process.returncode:
            raise SystemExit(faults.read().decode("utf-8", "replace"))
        out.seek(0)
        return Run(took, peaks, out.read())


if __name__ == "__main__":
    main()
