"""Settle what training leaves open, on the reports set aside: when a kind counts as told, and what a certainty means.

    python -m training.settle

Reads the exported network, the one that ships, and writes `settings.json` beside it. A kind's
floor is the one of the best F1 of the claims found, drawn toward the floor that is best for all
kinds together where a kind is rare. The lines of certainty are isotonic regressions.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from parallax.claims import calibration, decode, reader, repeats, trained, windows
from parallax.claims.decode import CERTAIN
from parallax.claims.marks import KINDS
from parallax.claims.repeats import Reading
from parallax.exports import contract
from parallax.model import Kind, Report
from parallax.reports import lines
from training.places import BUILD, NETWORK
from training.scoring import scorer
from training.standoff import Json

LOWEST = 0.15
_STEPS = np.arange(LOWEST, 0.76, 0.05)
_RARE = 40
_LEAST = 30


def told(row: Json, network: decode.Network, floor: float) -> tuple[Report, list[Reading]]:
    """The readings of an annotated report by a network, down to one floor, repeats not joined."""
    given = {key: value for key, value in row.items() if key != "claims"}
    report = lines.parse(json.dumps(given), name=row["id"], number=1)
    seen = reader.look(report)
    cut = windows.cut([one.passage for one in seen])
    return report, decode.read(report.text, seen, cut, network, dict.fromkeys(KINDS, floor))


def claims(report: Report, readings: Sequence[Reading]) -> list[Json]:
    """The readings in the contract's shape."""
    return [contract.claim(claim) for claim in reader.claims(report, readings)]


def floors(rows: Sequence[Json], read: Sequence[tuple[Report, list[Reading]]]) -> dict[Kind, float]:
    """The floor of each kind."""
    score = scorer()
    gold = {row["id"]: row for row in rows}
    hits: dict[float, dict[str, Json]] = {}
    whole: dict[float, float] = {}
    for floor in _STEPS:
        predicted = {
            report.id: {"claims": claims(report, repeats.join([one for one in found if one.certainty >= floor]))}
            for report, found in read
        }
        figures, _ = score.score(gold, predicted)
        hits[floor], whole[floor] = figures["kinds"], figures["found_f1"]
    common = max(whole, key=lambda floor: whole[floor])
    chosen: dict[Kind, float] = {}
    for kind in KINDS:
        own = max(_STEPS, key=lambda floor: (hits[floor].get(kind, {}).get("found_f1", 0.0), -abs(floor - common)))
        size = hits[common].get(kind, {}).get("gold", 0)
        share = size / (size + _RARE)
        chosen[kind] = round(float(share * own + (1 - share) * common), 3)
    return chosen


def line(sure: Sequence[float], right: Sequence[bool]) -> tuple[list[float], list[float]]:
    """The isotonic line through (certainty, right or not): its knots, which rise, and the shares there."""
    hits: dict[float, list[bool]] = defaultdict(list)
    for certainty, hit in zip(sure, right, strict=True):
        hits[round(certainty, 4)].append(hit)
    size = max(_LEAST, len(sure) // 20)
    groups: list[list[float]] = []  # sum of certainties, sum right, number
    for certainty in sorted(hits):
        found = hits[certainty]
        group = [certainty * len(found), float(sum(found)), float(len(found))]
        if groups and groups[-1][2] < size:
            group = [a + b for a, b in zip(groups.pop(), group, strict=True)]
        groups.append(group)
    if len(groups) > 1 and groups[-1][2] < size:
        last = groups.pop()
        groups[-1] = [a + b for a, b in zip(groups[-1], last, strict=True)]
    rising: list[list[float]] = []
    for group in groups:
        rising.append(group)
        while len(rising) > 1 and rising[-2][1] / rising[-2][2] >= rising[-1][1] / rising[-1][2]:
            last = rising.pop()
            rising[-1] = [a + b for a, b in zip(rising[-1], last, strict=True)]
    shares = np.maximum.accumulate([(group[1] + 1) / (group[2] + 2) for group in rising])
    return [round(group[0] / group[2], 6) for group in rising], [round(float(share), 4) for share in shares]


def lines_of(rows: Sequence[Json], read: Sequence[tuple[Report, list[Reading]]]) -> dict[str, Any]:
    """The line of the whole claim and of each slot, from the readings that are told."""
    score = scorer()
    points: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for row, (report, found) in zip(rows, read, strict=True):
        joined = repeats.join(found)
        given = [contract.claim(reader.claims(report, [replace(one)])[0]) for one in joined]
        matched, _, spurious = score.align(row["claims"], given, row["text"])
        pairs = {guess: row["claims"][gold] for gold, guess in matched}
        for number, one in enumerate(joined):
            if number not in pairs and number not in spurious:
                continue
            points[calibration.WHOLE].append((one.certainty, number in pairs))
            if number in pairs:
                for slot, sure in one.certainties:
                    points[calibration.name(one, slot)].append((sure, score.same(slot, pairs[number], given[number])))
    names = [calibration.WHOLE, *CERTAIN, "count none"]
    if bare := [name for name in names if not points[name]]:
        raise SystemExit(f"no reading to settle {bare[0]} on: the reports set aside are too few")
    return {name: line(*zip(*points[name], strict=True)) for name in names}


def main() -> None:
    """Settle and write."""
    rows = [json.loads(text) for text in (BUILD / "aside.jsonl").open(encoding="utf-8")]
    read = [told(row, trained.network(), LOWEST) for row in rows]
    chosen = floors(rows, read)
    above = [(report, [one for one in found if one.certainty >= chosen[one.kind]]) for report, found in read]
    settled = {
        "digest": trained.digest(),
        "floors": {str(kind): floor for kind, floor in chosen.items()},
        "calibration": lines_of(rows, above),
    }
    part = NETWORK / "settings.part"
    part.write_text(json.dumps(settled, indent=1) + "\n", encoding="utf-8")
    part.rename(NETWORK / "settings.json")
    predicted = {report.id: {"claims": claims(report, repeats.join(found))} for report, found in above}
    figures, _ = scorer().score({row["id"]: row for row in rows}, predicted)
    print("floors", {str(kind): floor for kind, floor in chosen.items()})
    print("on the reports set aside: found {found_f1:.3f} core {core_f1:.3f}".format(**figures))


if __name__ == "__main__":
    main()
