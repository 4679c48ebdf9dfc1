"""Score the parties that mentions mean: `python -m benchmarks.actors`.

`labels.jsonl` holds 150 mentions in 150 places of `syria-news.jsonl` (a report's id, offsets, the
keys of the parties that are right, null where no party can be said): our own reading, of one person,
before anything was tuned. Every second case set the weights of `names.reference` (`--tune` does it
again); the figures are of the others.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.data import folder
from parallax.model import Actor, DateSource, Mention, Published, Report
from parallax.names import parties as packs
from parallax.names import reference, voices

LABELS = Path(__file__).with_name("labels.jsonl")
BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))
# The weights before anything was tuned: what the cases say nothing of stays there.
GUESS = {
    "named": 1.0,
    "last": 1.0,
    "title": 0.6,
    "part": 0.4,
    "loose": 2.2,
    "country": 1.2,
    "own": 0.8,
    "friend": -2.5,
    "people": 3.0,
    "none": 1.0,
}
STEPS = (-0.8, -0.4, -0.2, 0.2, 0.4, 0.8)


@dataclass(frozen=True, slots=True)
class Case:
    """A mention, the scene of its report, the keys that are right (None: no party), and whether it is vague."""

    mention: Mention
    scene: reference.Scene
    right: tuple[str | None, ...]
    vague: bool


def cases(known: packs.Parties) -> list[Case]:
    """Every labelled mention with its report's scene."""
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    wanted = {row["report"] for row in rows}
    path = folder() / "corpora" / "syria-news.jsonl"
    if not path.is_file():
        raise SystemExit(f"no {path.name} under {path.parent}")
    scenes: dict[str, tuple[str, reference.Scene]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            given = json.loads(line)
            if given["id"] in wanted:
                report = _report(given)
                outlet = voices.outlet(report).party
                scenes[given["id"]] = report.text, reference.look(report, known, outlet)
    return [_case(row, *scenes[row["report"]]) for row in rows]


def _report(given: dict[str, Any]) -> Report:
    published = Published(date.fromisoformat(given["date"]), DateSource.GIVEN)
    return Report.of(given["text"], id=given["id"], title=given["title"], outlet=given["source"], published=published)


def _case(row: dict[str, Any], text: str, scene: reference.Scene) -> Case:
    start, end = row["start"], row["end"]
    return Case(Mention(start, end, text[start:end]), scene, tuple(row["parties"]), row["vague"])


def told(case: Case, known: packs.Parties) -> Actor | None:
    """The party that the mention is told to mean; None also for one that a pack has for nobody in particular."""
    actor = reference.meant(case.mention, case.scene, known)
    party = known.party(actor.key) if actor else None
    return None if party is None or party.unnamed else actor


def loss(chosen: Sequence[Case], known: packs.Parties) -> float:
    """The mean of the negative logarithm of what was left for the right answer."""
    total = 0.0
    for case in chosen:
        actor = told(case, known)
        sure = actor.certainty if actor else 0.6
        total -= math.log(max(sure if (actor.key if actor else None) in case.right else 1 - sure, 0.02))
    return total / len(chosen)


def tune(chosen: Sequence[Case], known: packs.Parties) -> dict[str, float]:
    """Weights of a lower loss on these cases, by moving one at a time; far from the first guess costs a little."""
    weights = dict(GUESS)

    def cost() -> float:
        reference.WEIGHTS = weights
        return loss(chosen, known) + 0.01 * sum((value - GUESS[name]) ** 2 for name, value in weights.items())

    least, better = cost(), True
    while better:
        better = False
        for name in GUESS:
            for step in STEPS:
                before = weights[name]
                weights[name] = round(before + step, 2)
                if (now := cost()) < least - 1e-4:
                    least, better = now, True
                else:
                    weights[name] = before
    return weights


def show(name: str, chosen: Iterable[Case], known: packs.Parties) -> None:
    """Print how many are right, and how many of those that are told a party."""
    pairs = [(case, told(case, known)) for case in chosen]
    right = sum((actor.key if actor else None) in case.right for case, actor in pairs)
    given = [(case, actor) for case, actor in pairs if actor]
    sound = sum(actor.key in case.right for case, actor in given)
    kept = sum(bool({actor.key, *actor.alternatives} & set(case.right)) for case, actor in given)
    print(
        f"{name}: right {right / len(pairs):.3f} of {len(pairs)}; a party told for {len(given)}, "
        f"right {sound / max(1, len(given)):.3f}, right or among its alternatives {kept / max(1, len(given)):.3f}"
    )


def calibration(chosen: Iterable[Case], known: packs.Parties) -> None:
    """Print, for each band of certainty, how often it is right, and the mean gap between the two."""
    pairs = [(actor.certainty, actor.key in case.right) for case in chosen if (actor := told(case, known))]
    gap = 0.0
    for low, high in BINS:
        band = [(sure, right) for sure, right in pairs if low <= sure < high]
        if band:
            mean, share = sum(sure for sure, _ in band) / len(band), sum(right for _, right in band) / len(band)
            gap += abs(mean - share) * len(band) / len(pairs)
            print(f"  certainty {low:.1f} to {min(high, 1):.1f}: {len(band)} cases, mean {mean:.2f}, right {share:.2f}")
    print(f"  expected calibration error {gap:.3f}")


def main() -> None:
    """Print the figures of the cases that nothing was tuned on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tune", action="store_true", help="set the weights again on the tuning half, and print them")
    parser.add_argument("--wrong", action="store_true", help="list the wrong ones of the tuning half")
    asked = parser.parse_args()
    known = packs.load()
    every = cases(known)
    even, odd = every[0::2], every[1::2]
    if asked.tune:
        print(json.dumps(tune(even, known)))
    if asked.wrong:
        for case in even:
            actor = told(case, known)
            if (actor.key if actor else None) not in case.right:
                print(case.mention.start, repr(case.mention.text), case.right, actor)
    show("tuned on", even, known)
    show("all", odd, known)
    show("vague", [case for case in odd if case.vague], known)
    show("named", [case for case in odd if not case.vague], known)
    calibration(odd, known)


if __name__ == "__main__":
    main()
