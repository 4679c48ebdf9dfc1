"""Score `parallax copies` on copies made from real reports: `python -m benchmarks.copies`.

The reports are Syrian news and US reports of shootings; copies are made by `make`. What
decides was set on the copies of one half (`--half tuning`; Syrian news: every second
report; shootings: incidents 301 to 600); the figures to believe are those of the other
(Syrian news: the rest; shootings: incidents 1 to 300), which is what is printed.

Of each group of real reprints one report is used, judged by plain runs of words; real
reports that share less stay in, so all pairs of different reports count as no copies, also
where a person would call them reprints. For each kept share, one file holds every report
of the half and one or two copies of each; a pair is found where both have one origin.

`--tune` fits the weights of `parallax.reports.likeness` on the tuning half and prints them.
`--size N` times N reports made from words instead, and `--write FILE` keeps them.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.copies import many, sources, tune
from benchmarks.copies.make import WAYS, Made, copy, within
from benchmarks.copies.sources import Source

PROGRAM = Path(sys.executable).with_name("parallax")
KEPT = (0.2, 0.3, 0.4, 0.5, 0.7, 0.9)
BARS = {0.3: 0.90, 0.5: 0.97}
SEED = 11


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs: those that are copies, those found, those found that are copies; and the real days of wrong ones."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def run(reports: Iterable[Source]) -> dict[str, str]:
    """What `parallax copies` says is each report's origin, both by id."""
    with tempfile.TemporaryDirectory() as work:
        file = Path(work) / "reports.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for report in reports:
                row = {"id": report.id, "title": report.title, "text": report.text, "source": report.outlet}
                out.write(json.dumps(row | ({"date": report.day} if report.day else {})) + "\n")
        done = subprocess.run([PROGRAM, "copies", str(file)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"parallax copies ended with {done.returncode}: {done.stderr[-500:]}")
    return {row["id"]: row["origin"] for row in map(json.loads, done.stdout.splitlines())}


def score(origins: dict[str, str], of: dict[str, str], only: set[str] | None = None) -> Score:
    """Pairs of reports with one origin against pairs of one source; `of` gives each report's source.

    With `only`, the pairs of which one is among these reports.
    """

    def pairs(label: Callable[[str], object]) -> int:
        every = Counter(label(id) for id in of)
        left_out = Counter(label(id) for id in of if only is not None and id not in only)
        return sum(n * (n - 1) // 2 for n in every.values()) - sum(n * (n - 1) // 2 for n in left_out.values())

    return Score(pairs(lambda id: of[id]), pairs(lambda id: origins[id]), pairs(lambda id: (of[id], origins[id])))


def measure(name: str, reports: list[Source]) -> None:
    """Print the figures of one half of one set."""
    print(f"\n{name}: {len(reports)} reports, {sources.together(reports)} pairs of one day and place")
    print(f"  {'kept':<6}{'way':<12}{'precision':>9}{'recall':>9}{'F1':>9}   bar")
    alone = score(run(reports), {report.id: report.id for report in reports})
    for kept in KEPT:
        made = copies(reports, kept)
        of = {report.id: report.id for report in reports} | {one.report.id: one.of for one in made}
        origins = run([*reports, *(one.report for one in made)])
        whole = score(origins, of)
        bar = f"   {BARS[kept]:.2f}" if kept in BARS else ""
        print(f"  {kept:<6}{'every way':<12}{whole.precision:>9.3f}{whole.recall:>9.3f}{whole.f1:>9.3f}{bar}")
        if kept in BARS:
            for way in WAYS:
                part = score(origins, of, {one.report.id for one in made if one.way == way})
                print(f"  {'':<6}{way:<12}{part.precision:>9.3f}{part.recall:>9.3f}{part.f1:>9.3f}")
    print(f"  the reports without copies: {alone.found} pairs wrongly found")


def copies(reports: list[Source], kept: float) -> list[Made]:
    """One copy of each report, each way in turn, and a second of every third."""
    made: list[Made] = []
    for number, report in enumerate(reports):
        chance = random.Random(f"{SEED} {report.id} {kept}")
        made.append(copy(report, kept, WAYS[number % len(WAYS)], reports, chance))
        if number % 3 == 0:
            made.append(copy(report, kept, WAYS[(number + 1) % len(WAYS)], reports, chance))
    return made


def measure_within(name: str, reports: list[Source], others: list[Source]) -> None:
    """Print how many are found that stand among other matter; the other matter is of no report in the file."""
    print(f"\n{name}, within other matter (no bar; such a report is no copy of what it quotes but by its measure)")
    for kept in KEPT:
        chance = random.Random(f"{SEED} {kept}")
        made = [within(report, kept, chance.choice(others), chance) for report in reports]
        of = {report.id: report.id for report in reports} | {one.report.id: one.of for one in made}
        found = score(run([*reports, *(one.report for one in made)]), of)
        print(f"  {kept} of it the source's: held one in {found.recall:.3f}, precision {found.precision:.3f}")


def main() -> None:
    """Print the figures, the weights or the times that were asked for."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.copies")
    asked.add_argument("--half", choices=("measuring", "tuning"), default="measuring")
    asked.add_argument("--tune", action="store_true", help="fit the weights on the tuning half and print them")
    asked.add_argument("--size", type=int, metavar="N", help="time N reports made from words")
    asked.add_argument(
        "--write",
        type=Path,
        metavar="FILE",
        help="with --size: keep the reports here, and take them from here if they were kept",
    )
    given = asked.parse_args()
    if given.size:
        many.measure(PROGRAM, given.size, given.write)
        return
    halves = {"Syrian news": sources.syria(), "Shootings": sources.shootings()}
    if given.tune:
        tune.main([tuning for tuning, _ in halves.values()])
        return
    print(f"The {given.half} half, as `parallax copies` is run.")
    for name, (tuning, measuring) in halves.items():
        measure(name, tuning if given.half == "tuning" else measuring)
    syria = halves["Syrian news"]
    measure_within("Syrian news", *(syria if given.half == "tuning" else syria[::-1]))


if __name__ == "__main__":
    main()
