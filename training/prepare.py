"""Put labels and texts together, set some aside for settling, and learn the first stage.

    python -m training.prepare

`labels/` holds reports that we annotated, and `gold/train.jsonl` as a second annotator left it:
where a report is in both, our reading of it goes. What was annotated by others than those who
made `gold` is marked: the network learns their habits apart. Of `gold/train.jsonl` a fifth is set aside (by
the hash of the id): the floors and the calibration are settled on it, and nothing is trained on
it. Of `gold/dev.jsonl` only ids and words are read here: a report that bears one of its ids is
refused, and one that shares much of its wording with it, or with a report set aside, is left out
and named. The first stage is learnt in parts, so that the network is trained on what the first
stage leaves of reports that it was not learnt from, as in use.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from training import screen, standoff
from training.places import BUILD, DATA, LABELS, NETWORK
from training.standoff import Json

PARTS = 4
_ASIDE = 5
_RUN = 8
_SHARED = 0.2


def is_aside(report: str) -> bool:
    """Whether an annotated report is set aside for settling."""
    return int(hashlib.sha256(report.encode()).hexdigest(), 16) % _ASIDE == 0


def ids(path: Path) -> frozenset[str]:
    """The ids of the reports of a file."""
    return frozenset(json.loads(line)["id"] for line in path.open(encoding="utf-8"))


def main() -> None:
    """Write what is to be trained on and what is set aside, and the weights of the first stage."""
    BUILD.mkdir(parents=True, exist_ok=True)
    gold = [json.loads(line) for line in (DATA / "gold" / "train.jsonl").open(encoding="utf-8")]
    labelled = {row["id"]: row for row in standoff.rows(LABELS, DATA)}
    gold = [labelled.pop(row["id"], row) for row in gold]
    measured = ids(DATA / "gold" / "dev.jsonl")
    if seen := sorted(measured & ({row["id"] for row in gold} | set(labelled))):
        raise SystemExit(f"{seen[0]} is measured on: take its labels out of training/labels")
    aside = [row for row in gold if is_aside(row["id"])]
    dev = [json.loads(line) for line in (DATA / "gold" / "dev.jsonl").open(encoding="utf-8")]
    held = frozenset().union(*(shingles(row["text"]) for row in [*aside, *dev]))
    train = []
    for row in [*gold, *labelled.values()]:
        row["other"] = row["id"] in labelled
    for row in [row for row in gold if not is_aside(row["id"])] + list(labelled.values()):
        shared = share(row["text"], held)
        if shared > _SHARED:
            print(f"{row['id']} is left out: {shared:.0%} of its wording stands in reports that are measured on")
        else:
            train.append(row)
    for number, row in enumerate(train):
        row["part"] = number % PARTS
    _write(BUILD / "aside.jsonl", aside)
    _write(BUILD / "train.jsonl", train)
    for name, rows in (("train", train), ("aside", aside)):
        print(f"{name}: {len(rows)} reports, {sum(len(row['claims']) for row in rows)} claims")
    for part in range(PARTS):
        others = [row for row in train if row["part"] != part]
        np.save(BUILD / f"screen-{part}.npy", screen.fit(others), allow_pickle=False)
    screen.learn(train, aside, NETWORK / "screen.npy")


def shingles(text: str) -> frozenset[int]:
    """The runs of eight words of a text, hashed."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1))


def share(text: str, held: frozenset[int]) -> float:
    """The part of a text's runs of words that stand among others."""
    own = shingles(text)
    return len(own & held) / len(own) if own else 0.0


def _write(path: Path, rows: Sequence[Json]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
