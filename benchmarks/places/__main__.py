"""Score `parallax places`: `python -m benchmarks.places`.

LGL's local news: the weights and word lists were set on every second report (the even half) and
never on the others, so the odd half is the figure to believe; the whole is printed as well. Then
the names of two sets on Syria (`theatre.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import folder
from benchmarks.places import theatre

PROGRAM = Path(sys.executable).with_name("parallax")


def score(gold: Path, name: str, lines: list[str]) -> None:
    """Print the measure's figures for these lines of gold, and how long reading them took."""
    measure = folder() / "measure" / "places.py"
    with tempfile.TemporaryDirectory() as work:
        part, read = Path(work) / f"{gold.stem}-{name}.jsonl", Path(work) / "read.jsonl"
        part.write_text("".join(lines), encoding="utf-8")
        # Places that a person has added would make the figures theirs.
        env = {**os.environ, "PARALLAX_GAZETTEERS": work}
        begun = time.perf_counter()
        with read.open("wb") as out:
            command = [str(PROGRAM), "places", str(part)]
            ended = subprocess.run(command, check=False, stdout=out, stderr=subprocess.PIPE, env=env)
        seconds = time.perf_counter() - begun
        if ended.returncode:
            raise SystemExit(f"parallax places ended with {ended.returncode}: {ended.stderr.decode()[-500:]}")
        command = [sys.executable, str(measure), str(part), str(read)]
        figures = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"{name}: {len(lines) / seconds:.0f} reports a second, {seconds:.1f} s with loading the gazetteer")
    print("  " + figures.strip().replace("\n", "\n  "))


def main() -> None:
    """Score LGL and its two halves, then the names of the sets on Syria."""
    corpora = folder() / "corpora"
    gold = corpora / "lgl.jsonl"
    if not gold.is_file():
        raise SystemExit(f"no {gold.name} under {gold.parent}")
    with gold.open(encoding="utf-8") as rows:
        lines = list(rows)
    print("lgl.jsonl")
    score(gold, "all", lines)
    score(gold, "even", lines[0::2])
    score(gold, "odd", lines[1::2])
    for name, named in (("airwars-syria-incidents.jsonl", theatre.airwars), ("ucdp-ged-syria.csv", theatre.ucdp)):
        if not (corpora / name).is_file():
            raise SystemExit(f"no {name} under {corpora}")
        print(f"{name}: within {theatre.RIGHT_KM:.0f} km")
        for line in theatre.lines(named(corpora / name)):
            print(line)


if __name__ == "__main__":
    main()
