"""Read the hand-annotated reports with `parallax claims` and score them with the data's own program.

    python -m benchmarks.claims [--gold FILE] [--each]

Prints the figures for all kinds, then those for the five kinds of harm, then reports a second
(the program's start left in).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import folder


def main() -> None:
    """Read, score and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, help="annotated reports; the data's gold/dev.jsonl by default")
    parser.add_argument("--each", action="store_true", help="print every claim missed, spurious or with a wrong slot")
    options = parser.parse_args()
    scorer = folder() / "gold" / "claims.py"
    gold = options.gold or folder() / "gold" / "dev.jsonl"
    with tempfile.TemporaryDirectory() as place:
        predicted = Path(place) / "predicted.jsonl"
        rate = _read(gold, predicted)
        _score(scorer, gold, predicted, *(["--each"] if options.each else []))
        print("\nharm: killed, injured, detained, missing, displaced", flush=True)
        _score(scorer, gold, predicted, "--kinds", "harm")
    print(f"\n{rate:.1f} reports a second")


def _read(gold: Path, predicted: Path) -> float:
    """Write what the program reads of the annotated reports, and return reports a second."""
    began = time.perf_counter()
    with predicted.open("wb") as out:
        command = [sys.executable, "-c", "from parallax.cli import main; main()", "claims", str(gold)]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    with predicted.open("rb") as lines:
        return sum(1 for _ in lines) / took


def _score(scorer: Path, gold: Path, predicted: Path, *options: str) -> None:
    done = subprocess.run([sys.executable, str(scorer), "score", str(gold), str(predicted), *options], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
