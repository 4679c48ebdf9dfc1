"""The weights of `parallax.reports.likeness`, fitted on copies of the tuning half."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import astuple

import numpy as np

from benchmarks.copies.make import WAYS, copy
from benchmarks.copies.sources import Source
from parallax.reports import likeness, lines, meetings, passages
from parallax.reports.shelf import Text
from parallax.reports.wording import Words

KEPT = (0.2, 0.3, 0.4, 0.5, 0.7)
# Keeps weights finite where the two classes lie apart.
RIDGE = 1e-5
STEPS = 200


def main(sets: list[list[Source]]) -> None:
    """Print the weights fitted anew, and how the shipped ones do on the same pairs."""
    rows = [row for reports in sets for row in _pairs(reports)]
    seen = np.array([[1.0, *row] for row, _ in rows])
    copied = np.array([is_copy for _, is_copy in rows])
    shipped = np.array([likeness.BIAS, likeness.OWN, likeness.OTHER, likeness.FIRST, likeness.TELLING])
    print(f"{len(rows)} pairs that meet, {int(copied.sum())} of them copies")
    for name, weights in (("fitted", fit(seen, copied)), ("shipped", shipped)):
        held = seen @ weights > 0
        right = int((held & copied).sum())
        told = ", ".join(f"{slot} {weight:.2f}" for slot, weight in zip(SLOTS, weights, strict=True))
        print(f"{name}: {told}; precision {right / held.sum():.4f}, recall {right / copied.sum():.4f}")


SLOTS = ("bias", "own", "other", "top", "telling")


def fit(seen: np.ndarray, copied: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's steps, with a small ridge."""
    weights = np.zeros(seen.shape[1])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-(seen @ weights)))
        slope = seen.T @ (odds - copied) / len(seen) + RIDGE * weights
        curve = (seen * (odds * (1 - odds))[:, None]).T @ seen / len(seen) + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _pairs(reports: list[Source]) -> Iterator[tuple[tuple[float, ...], bool]]:
    chance = random.Random(5)
    texts: list[tuple[str, bool, Text]] = []
    for report in reports:
        texts.append((report.id, True, _text(report)))
        for kept in KEPT:
            made = copy(report, kept, chance.choice(WAYS), reports, chance)
            texts.append((report.id, False, _text(made.report)))
    for met in meetings.pairs([text.marks for _, _, text in texts]):
        for a, b in met.tolist():
            if (texts[a][1] or texts[b][1]) and (found := _seen(texts[a][2].words, texts[b][2].words)):
                yield found, texts[a][0] == texts[b][0]


def _seen(a: Words, b: Words) -> tuple[float, ...] | None:
    shorter, longer = sorted((a, b), key=len)
    shared = passages.common(shorter, longer)
    return astuple(likeness.evidence(shorter, shared)) if shared.a_covered.any() else None


def _text(source: Source) -> Text:
    return Text.of(lines.parse(json.dumps({"text": source.text, "title": source.title}), name="made", number=1))
