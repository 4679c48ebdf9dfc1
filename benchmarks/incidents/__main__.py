"""Incidents of the first 300 of `gun-violence.jsonl`, from the text of their reports alone.

    python -m benchmarks.incidents [--first N] [--each] [--keep FILE]

Runs the program itself on the reports, shuffled, and scores what it prints with the
measure that comes with the data. The baseline under it takes every report for an
incident of its own. The weights of linking were looked at on the incidents from the
301st on; `--first` with another number measures on more.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import folder

Row = Mapping[str, Any]
SEED = 20170404
POLICY = "ucdp"  # counts by side with one best number; nobody here counts civilians apart


def write(rows: Iterable[Row], path: Path) -> Path:
    """The rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def contract_lines(incidents: Iterable[Row]) -> list[Row]:
    """The reports of the incidents as the program takes them, shuffled, with nothing of their incident."""
    slots = ("id", "text", "title", "date", "url")
    lines: list[Row] = [
        {slot: report[slot] for slot in slots if report.get(slot)}
        for incident in incidents
        for report in incident["reports"]
    ]
    random.Random(SEED).shuffle(lines)
    return lines


def score(measure: Path, gold: Path, printed: Path, each: bool) -> str:
    """What the measure prints."""
    command = [sys.executable, str(measure), str(gold), str(printed), *(["--each"] if each else [])]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=300, help="how many incidents to read (default 300)")
    parser.add_argument("--each", action="store_true", help="print every count that differs")
    parser.add_argument("--keep", type=Path, help="keep what `parallax incidents` printed in this file")
    parser.add_argument("--policy", default=POLICY, help=f"the policy of the ranges (default {POLICY})")
    chosen = parser.parse_args(arguments)
    data = folder()
    with (data / "corpora" / "gun-violence.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line, _ in zip(file, range(chosen.first), strict=False)]
    measure = data / "measure" / "incidents.py"
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        gold = write(rows, scratch / "gold.jsonl")
        lines = contract_lines(rows)
        reports = write(lines, scratch / "reports.jsonl")
        printed = chosen.keep or scratch / "incidents.jsonl"
        program = Path(sys.executable).with_name("parallax")
        begun = time.perf_counter()
        with printed.open("wb") as out:
            command = [str(program), "incidents", str(reports), "--policy", chosen.policy]
            status = subprocess.run(command, stdout=out, check=False).returncode
        seconds = time.perf_counter() - begun
        print(f"parallax incidents: {len(lines)} reports in {seconds:.1f} s, exit status {status}")
        print(score(measure, gold, printed, chosen.each), end="")
        alone = write(({"id": line["id"], "reports": [line["id"]], "claims": []} for line in lines), scratch / "alone")
        print(f"baseline, every report alone\n{score(measure, gold, alone, each=False)}", end="")


if __name__ == "__main__":
    main()
