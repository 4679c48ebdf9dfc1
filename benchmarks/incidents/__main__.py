"""Incidents read from reports of known incidents, and how long linking takes.

    python -m benchmarks.incidents [--first N] [--each] [--keep FILE]
    python -m benchmarks.incidents --syria [--languages en,ar] [--each] [--keep FILE]
    python -m benchmarks.incidents --told
    python -m benchmarks.incidents --size CLAIMS [--values]

The first reads the first 300 incidents of `gun-violence.jsonl`, the second all of
`airwars-syria-sources.jsonl`: the program itself runs on the reports, shuffled, and what it
prints is scored with the measures that come with the data. The baseline under it takes
every report for an incident of its own. The weights of linking were looked at on the
incidents of `gun-violence.jsonl` from the 301st on; `--first` with another number measures
on more. The third takes news on the war in Syria whose claims are grouped, a claim at a time (`told`).
The fourth makes so many claims by program, links them through a ledger that is kept
under `.build/incidents`, and adds reports to a copy of it; with `--values` it links them
without a ledger first.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import folder
from benchmarks.incidents import load, syria
from benchmarks.incidents import told as grouped

Row = Mapping[str, Any]
SEED = 20170404
DRAWS = 20
EXACT = re.compile(r"(\w+): exact (\d\.\d+)( of \d+)$")
POLICY = "ucdp"  # counts by side with one best number; nobody here counts civilians apart


def lines_of(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


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


def score(measure: Path, gold: Path, printed: Path, each: bool = False, seed: int = 0) -> str:
    """What the measure prints."""
    command = [sys.executable, str(measure), str(gold), str(printed), *(["--each"] if each else [])]
    known = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=known).stdout


def over_ties(measure: Path, gold: Path, printed: Path, each: bool = False) -> str:
    """What the measure prints, each share of right counts as the mean over `DRAWS` runs, with the least and the most.

    Where a known incident's reports lie in two read ones alike, the measure asks the one whose report
    its set of reports yields first, which Python's hash seed decides: a draw.
    """
    draws = [score(measure, gold, printed, seed=seed) for seed in range(DRAWS)]
    lines = []
    for line in score(measure, gold, printed, each).splitlines():
        if (found := EXACT.match(line)) is None:
            lines.append(line)
            continue
        shares = [
            float(m.group(2)) for one in draws for m in map(EXACT.match, one.splitlines()) if m and m[1] == found[1]
        ]
        mean = sum(shares) / len(shares)
        lines.append(f"{found[1]}: exact {mean:.3f}{found[3]}, {min(shares):.3f} to {max(shares):.3f} by how ties fall")
    return "\n".join(lines) + "\n"


def gathered(lines: Sequence[Row], policy: str, scratch: Path, printed: Path) -> None:
    """Run the program on the lines; what it prints is in `printed`, how long it took is said."""
    reports = write(lines, scratch / "reports.jsonl")
    program = Path(sys.executable).with_name("parallax")
    begun = time.perf_counter()
    with printed.open("wb") as out:
        command = [str(program), "incidents", str(reports), "--policy", policy]
        status = subprocess.run(command, stdout=out, check=False).returncode
    seconds = time.perf_counter() - begun
    print(f"parallax incidents: {len(lines)} reports in {seconds:.1f} s, exit status {status}")


def alone(lines: Iterable[Row], scratch: Path) -> Path:
    """The baseline: every report an incident of its own, without a count."""
    own = ({"id": line["id"], "reports": [line["id"]], "claims": []} for line in lines)
    return write(own, scratch / "alone.jsonl")


def shootings(data: Path, scratch: Path, first: int, policy: str, each: bool, keep: Path | None) -> None:
    """Score `gun-violence.jsonl`."""
    rows = lines_of(data / "corpora" / "gun-violence.jsonl")[:first]
    measure = data / "measure" / "incidents.py"
    gold, lines = write(rows, scratch / "gold.jsonl"), contract_lines(rows)
    printed = keep or scratch / "incidents.jsonl"
    gathered(lines, policy, scratch, printed)
    print(over_ties(measure, gold, printed, each), end="")
    print(f"baseline, every report alone\n{over_ties(measure, gold, alone(lines, scratch))}", end="")


def airwars(data: Path, scratch: Path, languages: Sequence[str], each: bool, keep: Path | None) -> None:
    """Score `airwars-syria-sources.jsonl`."""
    rows = syria.rows(data / "corpora" / "airwars-syria-sources.jsonl", languages)
    lines = syria.contract_lines(rows)
    undated = sum(not line.get("date") for line in lines)
    print(f"{undated} of {len(lines)} reports come without a day of publication")
    printed = keep or scratch / "incidents.jsonl"
    gathered(lines, "airwars", scratch, printed)
    measure, gold = data / "measure" / "incidents.py", write(syria.gold(rows), scratch / "gold.jsonl")
    _gathering_alone("reports gathered", score(measure, gold, printed))
    _gathering_alone("baseline, every report alone", score(measure, gold, alone(lines, scratch)))
    coded = write(syria.coded(rows), scratch / "coded.jsonl")
    told = write(syria.told_of(rows, lines_of(printed)), scratch / "told.jsonl")
    print("civilians against the coded ranges")
    print(score(data / "measure" / "ranges.py", coded, told, each), end="")


def _gathering_alone(name: str, printed: str) -> None:
    """The line on gathering, the first that the measure prints."""
    print(f"{name}: {printed.splitlines()[0]}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=300, help="how many incidents to read (default 300)")
    parser.add_argument("--each", action="store_true", help="print every count that differs")
    parser.add_argument("--keep", type=Path, help="keep what `parallax incidents` printed in this file")
    parser.add_argument("--policy", default=POLICY, help=f"the policy of the ranges (default {POLICY})")
    parser.add_argument("--syria", action="store_true", help="read the reports of Airwars' incidents in Syria instead")
    parser.add_argument("--languages", default="en", help="of which languages, with commas between (default en)")
    parser.add_argument("--told", action="store_true", help="say instead which claims of war news are of one happening")
    parser.add_argument("--size", type=int, help="link so many claims made by program instead")
    parser.add_argument("--values", action="store_true", help="with --size: link them without a ledger too")
    chosen = parser.parse_args(arguments)
    if chosen.size is not None:
        load.main(chosen.size, values=chosen.values)
        return
    if chosen.told:
        grouped.main()
        return
    data = folder()
    with tempfile.TemporaryDirectory() as name:
        if chosen.syria:
            airwars(data, Path(name), chosen.languages.split(","), chosen.each, chosen.keep)
        else:
            shootings(data, Path(name), chosen.first, chosen.policy, chosen.each, chosen.keep)


if __name__ == "__main__":
    main()
