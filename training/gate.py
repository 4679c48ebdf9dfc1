"""The gate: the shipped reader is measured, and nothing may fall below its floor.

    python -m training.gate            measure, compare, exit 1 below a floor
    python -m training.gate --raise    write floors that are higher than those kept
    python -m training.gate --lower    write the floors as measured, lower ones too

`floors.json` keeps the figures with the digest of the data that they were measured on: on other
data nothing is compared. Read through `parallax claims`, as a user would.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.places import DATA, ROOT
from training.scoring import scorer

FLOORS = ROOT / "training" / "floors.json"
_SLACK = 0.002  # what another processor's rounding may move

Figures = dict[str, float]


def measure(gold: Path) -> Figures:
    """The figures of the shipped reader on annotated reports."""
    command = [sys.executable, "-m", "parallax", "claims", str(gold)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    predicted = {row["id"]: row for row in map(json.loads, told.splitlines())}
    score = scorer()
    rows = score.load(gold)
    whole, _ = score.score(rows, predicted)
    harm, _ = score.score(rows, predicted, score.HARM)
    figures = {"found": whole["found_f1"], "core": whole["core_f1"], "full": whole["full_f1"]}
    figures |= {"harm found": harm["found_f1"], "harm core": harm["core_f1"]}
    figures |= {f"slot {name}": right for name, right in whole["slots"].items()}
    return {name: round(value, 4) for name, value in figures.items()}


def fallen(floors: Mapping[str, float], figures: Figures) -> list[str]:
    """What is below its floor, in words."""
    return [
        f"{name}: {figures.get(name, 0.0):.4f}, below its floor of {floor:.4f}"
        for name, floor in sorted(floors.items())
        if figures.get(name, 0.0) < floor - _SLACK
    ]


def main() -> None:
    """Measure and judge."""
    parser = argparse.ArgumentParser(prog="python -m training.gate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--raise", action="store_true", dest="higher", help="keep what is higher than the floors")
    parser.add_argument("--lower", action="store_true", help="keep the figures as they are, lower ones too")
    options = parser.parse_args()
    gold = DATA / "gold" / "dev.jsonl"
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    kept: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    same = kept.get("data") == digest
    floors: Figures = kept.get("floors", {}) if same else {}
    figures = measure(gold)
    for name, value in figures.items():
        print(f"{name:16} {value:.4f}" + (f"  floor {floors[name]:.4f}" if name in floors else ""))
    below = fallen(floors, figures)
    if options.lower or (options.higher and not below):
        if kept and not same and not options.lower:
            raise SystemExit("the floors were measured on other data; --lower writes new ones")
        best = figures if options.lower else {name: max(value, floors.get(name, 0)) for name, value in figures.items()}
        FLOORS.write_text(json.dumps({"data": digest, "floors": best}, indent=1) + "\n", encoding="utf-8")
        return
    if not same:
        raise SystemExit("no floors were measured on this data; --lower writes them")
    if below:
        raise SystemExit("\n".join([*below, "the reader has become worse; --lower keeps it all the same"]))


if __name__ == "__main__":
    main()
