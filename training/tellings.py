"""Fit the points by which a report's claims are gathered into what it tells of (`parallax.incidents.belonging`).

    python -m training.tellings [--write]

Each sentence of a grouped report is a choice: one of the happenings told before it, as they are
grouped, or another one. The points are those of a conditional logit (McFadden, 1974) with a
ridge, found by Newton's method; facts seen fewer than `LEAST` times stay out. What is printed is
measured on bundles left out in turn. `--write` puts the points into the package.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.data import folder
from parallax.incidents import belonging, tell
from parallax.incidents.pieces import Piece
from training.grouped import Grouped, b_cubed, grouped

POINTS = Path(belonging.__file__).with_name("belonging.json")
RIDGE = 1.0
LEAST = 15  # choices in which a fact speaks
FOLDS = 6
STEPS = 30

Facts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """One sentence's choice among what was told before it; `right` is None where it starts another happening.

    It is None too where a rule bars the sentence from its own: the points are fitted beside the rules as they are.
    """

    bundle: str
    told: tuple[Facts, ...]
    right: int | None


def pieces_of(report: Grouped) -> list[tuple[Piece, str]]:
    """The report's pieces with the group that most of each one's claims are in; those in none are left out."""
    found = []
    for piece in tell.cut(report.statements):
        groups = Counter(report.groups[s.claim.key] for s in piece.statements if s.claim.key in report.groups)
        if groups:
            found.append((piece, min(groups, key=lambda group: (-groups[group], group))))
    return found


def choices(report: Grouped) -> list[Choice]:
    """Every choice in the report that has an alternative, those before it taken as they are grouped."""
    told: dict[str, Piece] = {}
    last: Piece | None = None
    found = []
    for piece, group in pieces_of(report):
        options = {name: belonging.facts(piece, one, last) for name, one in told.items()}
        known = {name: facts for name, facts in options.items() if facts is not None}
        if known:
            found.append(
                Choice(report.bundle, tuple(known.values()), [*known].index(group) if group in known else None)
            )
        if group in told:
            told[group].add(piece)
        else:
            told[group] = Piece(list(piece.statements), piece.first, piece.last)
        last = told[group]
    return found


def fit(made: Sequence[Choice]) -> dict[str, float]:
    """The points of each fact, sorted by name."""
    seen = Counter(name for choice in made for name in {name for facts in choice.told for name in facts})
    names = sorted(name for name, number in seen.items() if number >= LEAST)
    at = {name: n for n, name in enumerate(names)}
    tables = [_table(choice.told, at) for choice in made]
    points = np.zeros(len(names))
    for _ in range(STEPS):
        slope, bend = RIDGE * points, RIDGE * np.eye(len(names))
        for choice, table in zip(made, tables, strict=True):
            shares = _shares(table @ points)
            expected = shares @ table
            right = table[choice.right] if choice.right is not None else 0.0
            slope += expected - right
            bend += (table.T * shares) @ table - np.outer(expected, expected)
        step = np.linalg.solve(bend, slope)
        points = points - step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {name: round(float(value), 3) for name, value in zip(names, points, strict=True)}


def _table(told: Iterable[Facts], at: Mapping[str, int]) -> np.ndarray:
    rows = list(told)
    table = np.zeros((len(rows), len(at)))
    for n, facts in enumerate(rows):
        for name, value in facts.items():
            if name in at:
                table[n, at[name]] = value
    return table


def _shares(scores: np.ndarray) -> np.ndarray:
    """The probability of each option; starting another happening, at no points, has the rest."""
    most = max(0.0, float(scores.max()))
    odds = np.exp(scores - most)
    return np.asarray(odds / (odds.sum() + np.exp(-most)))


def measure(reports: Iterable[Grouped], points: Mapping[str, float]) -> tuple[dict[str, str], dict[str, str]]:
    """The claims that are told of happenings: the group of each within its report, and as told."""
    gold, found = {}, {}
    for report in reports:
        for n, told in enumerate(tell.happenings(tell.cut(report.statements), points)):
            for s in told.statements:
                if s.claim.key in report.groups:
                    gold[s.claim.key] = f"{report.report} {report.groups[s.claim.key]}"
                    found[s.claim.key] = f"{report.report} {n}"
    return gold, found


def left_out(reports: Sequence[Grouped], made: Sequence[Choice]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of all, of war news and of the others, with points fitted without the bundle told."""
    bundles = sorted({report.bundle for report in reports})
    gold: dict[str, str] = {}
    found: dict[str, str] = {}
    field: dict[str, str] = {}
    for fold in range(FOLDS):
        out = set(bundles[fold::FOLDS])
        points = fit([choice for choice in made if choice.bundle not in out])
        for report in reports:
            if report.bundle in out:
                ours, theirs = measure([report], points)
                gold |= ours
                found |= theirs
                field |= dict.fromkeys(ours, report.bundle.split("-")[0])
    return {
        name: b_cubed({key: group for key, group in gold.items() if name in ("all", field[key])}, found)
        for name in ("all", *sorted(set(field.values())))
    }


def main() -> None:
    """Fit, print what it measures, and write the points if asked."""
    parser = argparse.ArgumentParser(prog="python -m training.tellings", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the points into the package")
    options = parser.parse_args()
    reports = grouped("fit.jsonl", folder())
    made = [choice for report in reports for choice in choices(report)]
    lost = sum(report.unmatched for report in reports)
    joins = sum(choice.right is not None for choice in made)
    print(f"{len(reports)} reports; {len(made)} choices, {joins} of them join; {lost} grouped claims read no more")
    for name, (precision, recall, f1) in left_out(reports, made).items():
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, bundles left out in turn")
    points = fit(made)
    for name, value in sorted(points.items(), key=lambda found: found[1]):
        print(f"{value:7.3f} {name}")
    if options.write:
        POINTS.write_text(json.dumps(points, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
