"""Reprints and wire copies: which reports are the same text, and which of them came first.

A text is its words as numbers (`wording`). Texts that share marks (`meetings`) are aligned
passage by passage (`passages`) and weighed (`likeness`); what is held a copy is gathered into
groups (`groups`), and the first of each group is the origin of all (`shelf`). That holds up
under what editors do to a wire text: a new headline, a trim, moved paragraphs, a changed word
here and there. Whether two texts are copies depends on these two alone, so a ledger that
grows comes to the same as one that is read at once.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from parallax.model import Origin, Report
from parallax.reports import likeness, meetings
from parallax.reports.shelf import Shelf, Text
from parallax.reports.wording import Marks, marks, words
from parallax.reports.zones import without_clutter

# Raised by hand whenever other bands are made or other texts are held to be copies: what a ledger
# keeps was then made by another rule, and its reports are to be read again.
VERSION = 2
# Reports that share so many bands are worth comparing.
MEET = meetings.MEET
# A band of more reports than this is a turn of phrase.
CROWD = meetings.CROWD


def wording(report: Report) -> str:
    """What of a report is compared: its text without clutter and readers' comments."""
    return without_clutter(report.text, report.zones)


def signature(text: str) -> Marks:
    """A text's marks, sorted; the same text gives the same ones on every machine."""
    return marks(words(text))


def bands(signature: Marks) -> tuple[str, ...]:
    """The names under which to store a signature and look others up: near-copies share `MEET` or more.

    A text without words has none.
    """
    return tuple(f"{mark:08x}" for mark in signature.tolist())


def share(text: str, other: str) -> float:
    """How much of `text` stands in `other`: the part of its words in shared passages, 0 to 1."""
    return likeness.share(words(text), words(other))


def linked(report: Report, candidates: Iterable[Report]) -> tuple[str, ...]:
    """The keys, sorted, of those candidates that are copies of the report, or it of them."""
    return tuple(sorted({one.key for one in candidates if one.key != report.key and _copied(report, one)}))


def component(
    start: Iterable[Report], near: Callable[[Sequence[Report]], Iterable[tuple[str, Report]]]
) -> tuple[Report, ...]:
    """All reports that are linked to those of `start`, and to these in turn, by key.

    `near` gives, for some reports, those of a store that share `MEET` bands with one of them, each
    with the key of that one. What `origins` says of a component stays true whatever else the
    store holds, so a store grows by the components of its new reports and comes to the same as
    if it were read at once.
    """
    known = {report.key: report for report in start}
    fresh = known
    while fresh:
        found: dict[str, Report] = {}
        for key, report in near([fresh[key] for key in sorted(fresh)]):
            if report.key not in known and report.key not in found and _copied(fresh[key], report):
                found[report.key] = report
        known = known | found
        fresh = found
    return tuple(known[key] for key in sorted(known))


def origins(reports: Sequence[Report]) -> dict[str, Origin]:
    """For each report's key, the first report of the same text and the share of this one that stands in it.

    A report that copies nothing has itself, with share 1.0. The first is the earliest
    published, undated reports last, then the smallest id. The result does not depend on the
    order of `reports`, and a group not on reports outside what its members are linked to.
    """
    known = {report.key: report for report in reports}
    shelf = Shelf(io.BytesIO())
    for report in known.values():
        shelf.add(_text(report))
    keys = list(known)
    found = {key: Origin(keys[first], round(part, 4)) for key, (first, part) in zip(keys, shelf.firsts(), strict=True)}
    return {key: found[key] for key in sorted(found)}


def _copied(a: Report, b: Report) -> bool:
    one, other = _text(a), _text(b)
    return meetings.meets(one.marks, other.marks) and likeness.compare(one.words, other.words) is not None


@lru_cache(maxsize=1024)
def _text(report: Report) -> Text:
    return Text.of(report)
