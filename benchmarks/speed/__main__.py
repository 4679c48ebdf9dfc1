"""Reports a second and peak memory of the main job, on the 780 real reports.

    python -m benchmarks.speed [--reports N]

Runs `parallax read` into a new ledger, the same again (nothing is new), and `parallax
claims`, each as a person would, start-up included. Memory is the largest resident set of
any one process; the workers are processes of their own.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.data import folder


def main() -> None:
    """Run the jobs and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=780, help="how many of the reports to read")
    wanted = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as place:
        reports = Path(place) / "reports.jsonl"
        with (folder() / "corpora" / "syria-news.jsonl").open("rb") as lines:
            reports.write_bytes(b"".join(islice(lines, wanted)))
        number = sum(1 for _ in reports.open("rb"))
        ledger = Path(place) / "news.ledger"
        print(f"{number} reports, {os.cpu_count()} cores")
        for name, arguments in (
            ("read into a new ledger", ["read", str(reports), "--into", str(ledger)]),
            ("read again, nothing new", ["read", str(reports), "--into", str(ledger)]),
            ("verify", ["verify", str(ledger)]),
            ("claims alone", ["claims", str(reports)]),
        ):
            took = _time(arguments)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{name}: {took:.1f} s, {number / took:.1f} reports a second; peak memory so far {peak:.0f} MB")
        print(f"ledger: {ledger.stat().st_size / 1e6:.1f} MB")


def _time(arguments: list[str]) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "parallax", *arguments]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
