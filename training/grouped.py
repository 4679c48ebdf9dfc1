"""Reports whose claims are grouped by the happening that each is of: by a language model, after a written guide.

`labels/tellings` holds them in bundles of reports that may tell of the same: for each claim its place in
the text, its key, and its group. "happening" and "sum" (over several happenings of a day or so) with a
number are groups across the bundle; "total", "state", "passing" and "wrong" are of no happening at all.
`fit.jsonl` is for fitting how claims belong together, `measured.jsonl` for measuring it, and nothing of
that is fitted on the latter; the reader itself was trained on most of these reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from parallax.engine.local import Local
from parallax.model import Statement
from parallax.pipeline import Study, study_safely
from parallax.reports.lines import parse
from training.standoff import texts

FOLDER = Path(__file__).resolve().parent / "labels" / "tellings"
OF_NONE = frozenset({"total", "state", "passing", "wrong"})


@dataclass(frozen=True, slots=True)
class Grouped:
    """One report: its bundle, what the program reads in it, and the group of each claim by key.

    A claim of no happening is grouped with those of its sentence that are of none either. `unmatched`
    claims were grouped, and are not read any more.
    """

    bundle: str
    report: str
    statements: tuple[Statement, ...]
    groups: Mapping[str, str]
    unmatched: int


def grouped(name: str, data: Path) -> list[Grouped]:
    """The reports of one of the two files, read by this program, in the file's order.

    Raises ValueError where the data does not hold a report, or cannot be read.
    """
    lines = [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]
    known = texts(data)
    missing = sorted(line["id"] for line in lines if (line["id"], line["text"]) not in known)
    if missing:
        raise ValueError(f"{name}: the data holds no report {missing[0]} with this text; fetch the data again")
    rows = [known[line["id"], line["text"]] for line in lines]
    reports = [parse(json.dumps(row), name=name, number=n) for n, row in enumerate(rows, start=1)]
    found = []
    with Local(2) as engine:
        for line, report, read in zip(lines, reports, engine.map(study_safely, reports), strict=True):
            if not isinstance(read, Study):
                raise ValueError(f"{line['id']} cannot be read: {read.message}")
            found.append(_matched(line["bundle"], report.key, read.statements, line["claims"]))
    return found


def _matched(
    bundle: str, report: str, statements: tuple[Statement, ...], claims: Iterable[tuple[int, int, str, str, str]]
) -> Grouped:
    """The groups for the claims as read now: by key, or else by place and kind where those have one group."""
    by_key: dict[str, str] = {}
    by_place: dict[tuple[int, int, str], set[str]] = {}
    places: dict[str, tuple[int, int, str]] = {}
    for start, end, kind, key, known in claims:
        by_key[key] = known
        places[key] = start, end, kind
        by_place.setdefault((start, end, kind), set()).add(known)
    groups = {}
    for s in statements:
        one_place = by_place.get((s.claim.start, s.claim.end, s.claim.kind.value), set())
        group = by_key.get(s.claim.key) or (min(one_place) if len(one_place) == 1 else None)
        if group is not None:
            alone = f"{report} {s.claim.start}"
            groups[s.claim.key] = f"{bundle} none {alone}" if group in OF_NONE else f"{bundle} {group}"
    read = {(s.claim.start, s.claim.end, s.claim.kind.value) for s in statements}
    keys = {s.claim.key for s in statements}
    lost = [place for key, place in places.items() if key not in keys and place not in read]
    return Grouped(bundle, report, statements, groups, len(lost))


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of clusters, an item at a time (Bagga and Baldwin, 1998); both map items to clusters."""
    if not gold:
        raise ValueError("nothing to measure")
    known, ours = members(gold), members({key: found[key] for key in gold})
    both = {key: len(known[gold[key]] & ours[found[key]]) for key in gold}
    precision = sum(both[key] / len(ours[found[key]]) for key in gold) / len(gold)
    recall = sum(both[key] / len(known[gold[key]]) for key in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def members(clusters: Mapping[str, str]) -> dict[str, set[str]]:
    """The items of each cluster."""
    members: dict[str, set[str]] = {}
    for key, cluster in clusters.items():
        members.setdefault(cluster, set()).add(key)
    return members
