"""Run every benchmark and print docs/measured.md.

    python -m benchmarks > docs/measured.md

Each section is what one command prints, with the day and the commit it was printed at.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

from benchmarks.data import REPOSITORY

COMMANDS = (
    ("Claims", ["benchmarks.claims"], "The 67 reports of `gold/dev.jsonl`, read twice by people."),
    ("First stage", ["benchmarks.claims", "--first-stage"], "The same reports: what the reader passes by unread."),
    (
        "Claims of the demo",
        ["benchmarks.claims", "--gold", "demo/labels.jsonl"],
        "The bundled dispatches, by our labels.",
    ),
    (
        "Places",
        ["benchmarks.places"],
        "`lgl.jsonl`: local US news; then the place names of two coded sets.",
    ),
    ("Actors", ["benchmarks.actors"], "150 mentions in `syria-news.jsonl` by our labels: whom a party's words mean."),
    ("Copies", ["benchmarks.copies"], "Copies made by program from real reports, among other stories of their days."),
    ("Incidents", ["benchmarks.incidents"], "The first 300 incidents of `gun-violence.jsonl`, all read together."),
    (
        "Incidents of a war",
        ["benchmarks.incidents", "--syria"],
        "The English reports of `airwars-syria-sources.jsonl`, all read together.",
    ),
    (
        "Which claims are of one happening",
        ["benchmarks.incidents", "--told"],
        "Claims of 97 reports of `syria-news.jsonl`, grouped by a language model after a written guide.",
    ),
    (
        "Incidents at scale",
        ["benchmarks.incidents", "--size", "100000"],
        "Claims of an invented war, made by program: linked as values, through a ledger, then one report more.",
    ),
    ("Ranges", ["benchmarks.ranges"], "`airwars-gaza.jsonl`, 453 narratives, policy `airwars`."),
    (
        "Copies at scale",
        ["benchmarks.copies", "--size", "100000"],
        "Reports made from words; `--size 1000000` is the bar's size and takes some twenty minutes.",
    ),
    (
        "Pages",
        ["benchmarks.pages"],
        "Every page of the workbench on a made ledger of 1,000,000 claims, kept under `.build` for the next time.",
    ),
    ("Speed and memory", ["benchmarks.speed"], "`syria-news.jsonl`, 780 reports."),
)


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=REPOSITORY, capture_output=True, check=True, text=True
    ).stdout.strip()


def main() -> None:
    """Print the page."""
    commit = _git("rev-parse", "--short=12", "HEAD")
    if _git("status", "--porcelain", "--", "src", "benchmarks", "demo"):
        raise SystemExit("commit your changes first: a figure without its commit is worth little")
    print("# Measured\n")
    print("Every figure below was printed by the command above it. Bars and what is weak: `docs/method.md`.\n")
    print(f"Commit {commit}, {datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}.")
    for name, arguments, words in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=REPOSITORY, capture_output=True, check=False, text=True
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
        print(
            f"\n## {name}\n\n{words}\n\n```console\n$ python -m {' '.join(arguments)}\n{done.stdout.strip()}\n```",
            flush=True,
        )


if __name__ == "__main__":
    main()
