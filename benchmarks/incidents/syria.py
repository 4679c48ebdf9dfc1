"""Incidents of `airwars-syria-sources.jsonl`, from the text of their reports alone.

All reports in one language of all 394 incidents are thrown together, shuffled, and read by
the program under the policy `airwars`; page clutter and all. A report that stands under
several incidents is read, but not scored: there is no one incident to find it in. The
counts are compared with the civilians killed and injured that Airwars coded, over the
incident that holds most of a coded incident's reports.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.ranges.__main__ import best_incidents

Row = Mapping[str, Any]
SEED = 20170404


def rows(path: Path, languages: Sequence[str]) -> list[Row]:
    """The coded incidents, with their reports in these languages; those that have none are left out."""
    with path.open(encoding="utf-8") as file:
        every = [json.loads(line) for line in file if line.strip()]
    kept = [{**row, "reports": [r for r in row["reports"] if r["lang"] in languages]} for row in every]
    return [row for row in kept if row["reports"]]


def contract_lines(incidents: Iterable[Row]) -> list[Row]:
    """Each report once, as the program takes it, shuffled, with nothing of its incident."""
    slots = ("id", "text", "title", "source", "date", "url", "lang")
    found = {
        report["id"]: {slot: report[slot] for slot in slots if report.get(slot)}
        for incident in incidents
        for report in incident["reports"]
    }
    lines: list[Row] = list(found.values())
    random.Random(SEED).shuffle(lines)
    return lines


def gold(incidents: Sequence[Row]) -> list[Row]:
    """What is scored: incidents with the reports that are theirs alone.

    The measure wants one count of each harm, which is not published here; what it says of them is not used.
    """
    held = Counter(report["id"] for row in incidents for report in row["reports"])
    kept = [(row["id"], [{"id": r["id"]} for r in row["reports"] if held[r["id"]] == 1]) for row in incidents]
    return [{"id": name, "killed": 0, "injured": 0, "reports": reports} for name, reports in kept if reports]


def coded(incidents: Iterable[Row]) -> list[Row]:
    """The ranges of civilians that Airwars coded, by incident; None where it coded none."""
    return [{"id": row["id"], "killed": _range(row, "killed"), "injured": _range(row, "injured")} for row in incidents]


def _range(row: Row, harm: str) -> list[int] | None:
    low, high = (row.get(f"civilians_{harm}_{end}") for end in ("min", "max"))
    return None if low is None or high is None else [low, high]


def told_of(incidents: Iterable[Row], printed: Iterable[Row]) -> list[Row]:
    """For each coded incident, the printed one that most of its reports lie in, as if it were that incident's own."""
    best = best_incidents(printed)
    found: list[Row] = []
    for row in incidents:
        held = Counter(best[r["id"]]["id"] for r in row["reports"] if r["id"] in best)
        if held:
            most = max(held, key=lambda name: (held[name], name))
            ranges = next(best[r["id"]] for r in row["reports"] if best.get(r["id"], {}).get("id") == most)["ranges"]
            found.append({"reports": [row["id"]], "claims": [], "ranges": ranges})
    return found
