"""Read the hand-annotated reports with `parallax claims` and score them with the data's own program.

    python -m benchmarks.claims [--gold FILE] [--each] [--chart FILE]
    python -m benchmarks.claims [--gold FILE] --first-stage

Prints the figures for all kinds, then those for the five kinds of harm, then how well the
certainties tell how often the reader is right, then reports a second (the program's start
left in). With `--first-stage`, only what the reader's first stage passes by.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

from benchmarks.claims import calibration, first_stage
from benchmarks.data import folder


def main() -> None:
    """Read, score and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, help="annotated reports; the data's gold/dev.jsonl by default")
    parser.add_argument("--each", action="store_true", help="print every claim missed, spurious or with a wrong slot")
    parser.add_argument("--chart", type=Path, help="write the reliability diagrams to this file, as SVG")
    parser.add_argument("--first-stage", action="store_true", help="print only what the first stage passes by")
    options = parser.parse_args()
    scorer = folder() / "gold" / "claims.py"
    gold = options.gold or folder() / "gold" / "dev.jsonl"
    if options.first_stage:
        print(_passed(scorer, gold).words())
        return
    with tempfile.TemporaryDirectory() as place:
        predicted = Path(place) / "predicted.jsonl"
        rate = _read(gold, predicted)
        _score(scorer, gold, predicted, *(["--each"] if options.each else []))
        print("\nharm: killed, injured, detained, missing, displaced", flush=True)
        _score(scorer, gold, predicted, "--kinds", "harm")
        program = _load(scorer)
        told = calibration.judge(program, program.load(gold), program.load(predicted))
    for name, judged in told.named().items():
        if judged:
            print(f"\n{calibration.diagram(name, judged)}")
    if bare := [name for name, judged in told.named().items() if not judged]:
        print(f"\ncalibration: the reader gives no certainty of {', '.join(bare)}")
    print(f"\n{told.repeats} second mentions of claims already found are left out of the calibration, as of the scores")
    if options.chart:
        options.chart.write_text(calibration.chart(told.named()), encoding="utf-8")
    print(f"\n{rate:.1f} reports a second")


def _read(gold: Path, predicted: Path) -> float:
    """Write what the program reads of the annotated reports, and return reports a second."""
    began = time.perf_counter()
    with predicted.open("wb") as out:
        command = [sys.executable, "-c", "from parallax.cli.main import main; main()", "claims", str(gold)]
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


def _load(scorer: Path) -> ModuleType:
    """The data's own program as a module, for its pairing of claims."""
    spec = importlib.util.spec_from_file_location("claims_scorer", scorer)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no program at {scorer}: it comes with the data")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


def _passed(scorer: Path, gold: Path) -> first_stage.Passed:
    from parallax.claims import rules, screen
    from parallax.reports.lines import parse

    program = _load(scorer)
    lines = [line for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()]
    reports = [parse(line, name=str(gold), number=number) for number, line in enumerate(lines, 1)]
    rows = program.load(gold)
    try:
        return first_stage.measure(program, [(rows[r.id], r) for r in reports], rules.stretches, screen.keep)
    except FileNotFoundError as missing:
        raise SystemExit(f"the first stage has not been trained yet: no {missing.filename}") from missing


if __name__ == "__main__":
    main()
