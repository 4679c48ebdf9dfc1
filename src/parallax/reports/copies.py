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
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from parallax.model import Likeness, Origin, Report
from parallax.reports import likeness, meetings
from parallax.reports.groups import groups
from parallax.reports.likeness import Shares
from parallax.reports.shelf import UNDATED, Shelf, Text
from parallax.reports.wording import Marks, marks, words
from parallax.reports.zones import without_clutter

# Raised by hand whenever other bands are made or other texts are held to be copies: what a ledger
# keeps was then made by another rule, and its reports are to be read again.
VERSION = 3
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


def alike(pairs: Iterable[tuple[Report, Report]]) -> dict[tuple[str, str], Likeness]:
    """Those of the pairs of which one is a copy of the other, by their two keys in order, and in their order."""
    distinct = {(a.key, b.key): (a, b) for one, other in pairs for a, b in [sorted((one, other), key=_key)]}
    found: dict[tuple[str, str], Likeness] = {}
    for names in sorted(distinct):
        a, b = (_text(report) for report in distinct[names])
        if a.key != b.key and meetings.meets(a.marks, b.marks) and (shares := likeness.compare(a.words, b.words)):
            found[names] = Likeness(*shares, same=np.array_equal(a.words, b.words))
    return found


def firsts(
    published: Mapping[str, tuple[date | None, str]], alike: Mapping[tuple[str, str], Likeness]
) -> dict[str, tuple[str, float | None]]:
    """For each report's key, the first report of the same text and the share of this one that stands in it.

    `published` are the reports' days and ids, by key, and `alike` those pairs of them of which one is a copy
    of the other. The share is None where a report came to its first by way of others, and is no copy of it by
    itself. Given all such pairs of all reports that hang together, it comes to what `origins` says of them.
    """
    ordered = sorted(published, key=lambda key: (published[key][0] or date.max, published[key][1], key))
    days = [UNDATED if day is None else day.toordinal() for day, _ in (published[key] for key in ordered)]
    place = {key: number for number, key in enumerate(ordered)}
    pairs = {(place[a], place[b]) if place[a] < place[b] else (place[b], place[a]): (a, b) for a, b in alike}
    # Reports of the very same words count as the first of them.
    stand_in = list(range(len(ordered)))
    for one, other in sorted(pairs):
        if alike[pairs[one, other]].same:
            stand_in[other] = min(stand_in[other], stand_in[one])
    shares: dict[tuple[int, int], Shares] = {}
    for (one, other), names in pairs.items():
        told = alike[names] if names[0] == ordered[one] else alike[names].turned
        here, there = stand_in[one], stand_in[other]
        if here < there:
            shares[here, there] = told.a_in_b, told.b_in_a
        elif there < here:
            shares[there, here] = told.b_in_a, told.a_in_b
    first_of = {number: group[0] for group in groups(days, shares) for number in group}
    found: dict[str, tuple[str, float | None]] = {}
    for number, key in enumerate(ordered):
        own = stand_in[number]
        first = first_of.get(own, own)
        known = (0.0, 1.0) if first == own else shares.get((first, own))
        found[key] = ordered[first], None if known is None else known[1]
    return found


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


def _key(report: Report) -> str:
    return report.key


@lru_cache(maxsize=1024)
def _text(report: Report) -> Text:
    return Text.of(report)
