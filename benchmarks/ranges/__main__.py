"""Casualty ranges under the policy `airwars` against those that Airwars published.

    python -m benchmarks.ranges [--each] [--keep FILE]

Runs the program itself on the 453 narratives and scores what it prints: ranges, grade and
strike status. Rules were tuned on the half of even place in the file only; the other half
measures. Then the same with each report read alone, so that linking across reports takes no
part, and a baseline: the first number that stands before "killed" or "injured", low and high
alike.
"""

from __future__ import annotations

import argparse
import json
import operator
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import folder
from benchmarks.ranges import alone

Row = Mapping[str, Any]
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBER = rf"\b(\d[\d,]*|{'|'.join(NUMBERS)})\b"
FIRST = {
    "killed": re.compile(NUMBER + r"[^.\d]{0,60}?\b(?:killed|dead|died)\b", re.IGNORECASE),
    "injured": re.compile(NUMBER + r"[^.\d]{0,60}?\b(?:injured|wounded)\b", re.IGNORECASE),
}


def lines(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write(rows: Iterable[Row], path: Path) -> Path:
    """The rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def guess(row: Row) -> Row:
    """The baseline's incident for a narrative: the first number before the word."""
    ranges = {}
    for harm, pattern in FIRST.items():
        found = pattern.search(row["text"])
        if found:
            word = found.group(1).lower()
            number = NUMBERS.index(word) + 1 if word in NUMBERS else int(word.replace(",", ""))
            ranges[harm] = {"civilian": {"low": number, "high": number}}
    return {"reports": [row["id"]], "claims": [], "ranges": ranges}


def score(measure: Path, gold: Path, incidents: Path, each: bool) -> str:
    """What the measure prints."""
    command = [sys.executable, str(measure), str(gold), str(incidents), *(["--each"] if each else [])]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def best_incidents(incidents: Iterable[Row]) -> dict[str, Row]:
    """Each report's incident: the one that holds most of its claims, as the measure takes it."""
    best: dict[str, tuple[int, Row]] = {}
    for incident in incidents:
        held = Counter(claim["report"] for claim in incident["claims"])
        for report in incident["reports"]:
            if report not in best or held[report] > best[report][0]:
                best[report] = (held[report], incident)
    return {report: incident for report, (_, incident) in best.items()}


PUBLISHED = {
    "likely strike": "likely",
    "declared strike": "declared",
    "contested strike": "contested",
    "single source claim": "single-source claim",
}


def standing(rows: Sequence[Row], best: Mapping[str, Row]) -> Iterator[str]:
    """How often grade and strike status are as published; beside it, what giving all the commonest one would score."""
    for title, slot in (("grade", "grade"), ("strike status", "strike_status")):
        published = [PUBLISHED.get(row[slot].lower(), row[slot].lower()) if row[slot] else None for row in rows]
        read = [best[row["id"]][slot] if row["id"] in best else None for row in rows]
        right = sum(map(operator.eq, published, read)) / len(rows)
        commonest, number = Counter(published).most_common(1)[0]
        yield f"{title} as published: {right:.3f} ({number / len(rows):.3f} if all were {commonest})"
        for value, held in sorted(Counter(published).items(), key=lambda item: (-item[1], str(item[0]))):
            found = sum(a == b == value for a, b in zip(published, read, strict=True))
            yield f"  {value or 'none'}: {found} of {held} right, given to {read.count(value)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="print every range of the even half that differs")
    parser.add_argument("--keep", type=Path, help="keep what `parallax incidents` printed in this file")
    chosen = parser.parse_args(arguments)
    data = folder()
    rows = lines(data / "corpora" / "airwars-gaza.jsonl")
    measure = data / "measure" / "ranges.py"
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        given = [{k: row[k] for k in ("id", "text", "date")} for row in rows]
        reports = write(given, scratch / "reports.jsonl")
        printed = chosen.keep or scratch / "incidents.jsonl"
        program = Path(sys.executable).with_name("parallax")
        begun = time.perf_counter()
        with printed.open("wb") as out:
            command = [str(program), "incidents", str(reports), "--policy", "airwars"]
            status = subprocess.run(command, stdout=out, check=False).returncode
        seconds = time.perf_counter() - begun
        print(f"parallax incidents: {len(rows)} reports in {seconds:.1f} s, exit status {status}")
        best = best_incidents(lines(printed))
        single = sum(len(incident["reports"]) == 1 for incident in best.values())
        print(f"reports held to tell of an incident of their own, as each does: {single / len(rows):.3f}")
        for line in standing(rows, best):
            print(line)
        halves = {"even half (tuned on)": rows[::2], "odd half (measured on)": rows[1::2], "all": rows}
        baseline = write((guess(row) for row in rows), scratch / "baseline.jsonl")
        by_itself = write(alone.incidents(given), scratch / "alone.jsonl")
        for title, half in halves.items():
            gold = write(half, scratch / "gold.jsonl")
            each = chosen.each and title.startswith("even")
            print(f"{title}\n{score(measure, gold, printed, each)}", end="")
            print(f"{title}, each report read alone\n{score(measure, gold, by_itself, each=False)}", end="")
        gold = write(rows, scratch / "gold.jsonl")
        print(f"baseline, all: the first number before the word\n{score(measure, gold, baseline, each=False)}", end="")


if __name__ == "__main__":
    main()
