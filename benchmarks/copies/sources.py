"""Real reports to make copies of: one of each group of real reprints, in two halves."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from benchmarks.data import folder

# Real reports of which the shorter has so much of its runs of five words in the longer are one.
REPRINT = 0.6
# Shorter reports have too few sentences to be cut to a fifth.
LEAST_WORDS = 100
_FIRST_INCIDENTS = 300


@dataclass(frozen=True, slots=True)
class Source:
    """One real report; `day` is ISO, empty where it has none."""

    id: str
    title: str
    text: str
    outlet: str
    day: str
    place: str


def syria() -> tuple[list[Source], list[Source]]:
    """Syrian news, for tuning and for measuring: every second report, reprints of one left out."""
    alone = one_of_each(_long(_syria()))
    return alone[0::2], alone[1::2]


def shootings() -> tuple[list[Source], list[Source]]:
    """Reports of shootings, for tuning (after the first 300 incidents) and for measuring (those)."""
    rows = _rows("gun-violence.jsonl")
    return (
        one_of_each(_long(_told(rows[_FIRST_INCIDENTS : 2 * _FIRST_INCIDENTS]))),
        one_of_each(_long(_told(rows[:_FIRST_INCIDENTS]))),
    )


def one_of_each(reports: Iterable[Source]) -> list[Source]:
    """The reports without those that repeat an earlier one in the list.

    Judged by plain runs of five words, apart from the program that is measured. What
    shares less stays, also where it is in truth a reprint much edited: a pair of such
    counts as wrongly found.
    """
    kept: list[Source] = []
    shelves: defaultdict[int, list[int]] = defaultdict(list)
    sets: list[set[int]] = []
    for report in reports:
        words = re.findall(r"\w+", report.text.casefold())
        runs = {hash(tuple(words[at : at + 5])) for at in range(len(words) - 4)}
        common = Counter(number for run in runs for number in shelves[run])
        if any(shared >= REPRINT * min(len(runs), len(sets[number])) for number, shared in common.items()):
            continue
        for run in runs:
            shelves[run].append(len(kept))
        kept.append(report)
        sets.append(runs)
    return kept


def together(reports: list[Source]) -> int:
    """How many pairs are of one day and place."""
    groups = Counter((report.day, report.place) for report in reports if report.day)
    return sum(len(list(combinations(range(size), 2))) for size in groups.values())


def _long(reports: Iterable[Source]) -> Iterator[Source]:
    return (report for report in reports if len(report.text.split()) >= LEAST_WORDS)


def _rows(name: str) -> list[dict[str, object]]:
    file = folder() / "corpora" / name
    if not file.is_file():
        raise SystemExit(f"no {name} under {file.parent}")
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _syria() -> Iterator[Source]:
    for row in _rows("syria-news.jsonl"):
        yield Source(*(str(row[name]) for name in ("id", "title", "text", "source", "date", "place")))


def _told(rows: list[dict[str, object]]) -> Iterator[Source]:
    for row in rows:
        reports = row["reports"]
        assert isinstance(reports, list)
        place = f"{row['city']}, {row['state']}"
        for told in reports:
            yield Source(str(told["id"]), str(told.get("title") or ""), str(told["text"]), "", _day(told, row), place)


def _day(told: dict[str, object], row: dict[str, object]) -> str:
    given = told.get("date")
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        return given
    try:
        return datetime.strptime(str(row["date"]), "%B %d, %Y").date().isoformat()
    except ValueError:
        return ""


def later(day: str, days: int) -> str:
    """So many days after an ISO day."""
    return date.fromordinal(date.fromisoformat(day).toordinal() + days).isoformat() if day else ""
