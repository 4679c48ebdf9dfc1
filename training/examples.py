"""Annotated reports as examples: the windows that the reader sees, and what it should answer there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from parallax.claims import rules, screen
from parallax.claims.decode import lost_apostrophe
from parallax.claims.marks import CLASSES, KINDS, SCOPES, SLOTS, STANCES, hint, marks, pieces
from parallax.claims.windows import Window, cut
from parallax.model import Days, Kind
from parallax.reports import lines

IGNORED = 2
_BESIDE = 12
Ints = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]


@dataclass(slots=True)
class Target:
    """One claim told at one piece, with the pieces at which its slots may begin and end; 0 is none in the window."""

    piece: int
    kind: int
    whom_class: int
    stance: int
    scope: int
    facts: npt.NDArray[np.float32]
    hint_firsts: tuple[int, ...]
    hint_lasts: tuple[int, ...]
    firsts: tuple[tuple[int, ...], ...]
    lasts: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Example:
    """A window with its marks, and for every piece and kind whether a claim is told there (0, 1, IGNORED).

    `other` tells that the report was annotated by others than those whose habits count.
    """

    report: str
    other: bool
    ids: Ints
    passages: Ints
    marks: npt.NDArray[np.float32]
    told: npt.NDArray[np.uint8]
    targets: list[Target]


def of(row: dict[str, Any], weights: Weights | None = None) -> Iterator[Example]:
    """The examples of one annotated report; `weights` are the first stage's, if not those of the package."""
    given = {key: value for key, value in row.items() if key != "claims"}
    report = lines.parse(json.dumps(given), name=row["id"], number=1)
    seen = rules.look(report, screen.keep(rules.stretches(report), weights))
    for window in cut([one.passage for one in seen]):
        found = np.zeros((len(window), len(KINDS)), dtype=np.uint8)
        found[: window.owned] = IGNORED
        targets: dict[tuple[int, int], Target] = {}
        doubtful: list[tuple[int, int]] = []
        # Every claim's own sentence comes before any repeat, which would else take its place.
        for main in (True, False):
            for claim in row["claims"]:
                for quote in [claim["quote"]] if main else claim.get("also") or ():
                    for start in _all(report.text, quote):
                        _add(window, seen, report.text, claim, (start, start + len(quote)), main, targets, doubtful)
        for at, kind in doubtful:
            found[at, kind] = IGNORED
        for at, kind in targets:
            found[at, kind] = 1
        yield Example(
            row["id"],
            bool(row.get("other")),
            np.array(window.ids),
            np.array(window.passages),
            marks(window, seen),
            found,
            [targets[key] for key in sorted(targets)],
        )


def _add(
    window: Window,
    seen: Sequence[rules.Seen],
    text: str,
    claim: dict[str, Any],
    quote: tuple[int, int],
    main: bool,
    targets: dict[tuple[int, int], Target],
    doubtful: list[tuple[int, int]],
) -> None:
    """Add what the window should answer for this mention of a claim."""
    span = pieces(window, *quote)
    if span is None or span[1] < window.owned:
        return
    kind = KINDS.index(Kind(claim["kind"]))
    piece = _told_at(window, seen, claim, *quote, main)
    if piece is None:
        doubtful += [(at, kind) for at in range(max(window.owned, span[0] - 1), span[1] + 1)]
    elif piece >= window.owned and (piece, kind) not in targets:
        targets[piece, kind] = _target(window, seen, text, claim, piece, quote, main)


def _all(text: str, words: str) -> Iterator[int]:
    """Where the words stand as whole words, or as a name before an "s" that lost its apostrophe."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        before = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
        after = end < len(text) and text[end].isalnum() and words[-1].isalnum()
        if after and words[0].isupper() and lost_apostrophe(text, end):
            after = False
        if not before and not after:
            yield at
        at = text.find(words, at + 1)


def _told_at(
    window: Window, seen: Sequence[rules.Seen], claim: dict[str, Any], start: int, end: int, main: bool
) -> int | None:
    """The piece at which the claim is told: its number's first, or the marker of its passage if it has none.

    None where a repeat says it in words that cannot be found again.
    """
    span = pieces(window, start, end)
    assert span is not None
    marker = next((at for at in range(span[0], -1, -1) if at and window.is_marker(at)), None)
    count = claim["count"]
    if count is None:
        return marker
    inside = sorted(set(window.passages[span[0] : span[1] + 1]) - {-1})
    said = [
        (seen[number].passage.start + q.start, q)
        for number in inside
        for q in seen[number].parsed.quantities.values()
        if q.countable and start <= seen[number].passage.start + q.start < end
    ]
    same = [at for at, q in said if (q.count.low, q.count.high) == (count["low"], count["high"])]
    text = "".join(seen[number].passage.text for number in inside)
    offset = seen[inside[0]].passage.start
    heard = [offset + at for at in _all(text, count["text"]) if len(inside) == 1 and start <= offset + at < end]
    looser = [at for at, q in said if q.count.low is not None and q.count.low == count["low"] and not main]
    for at in [*(at for at in same if any(abs(at - other) <= _BESIDE for other in heard)), *heard, *same, *looser]:
        there = pieces(window, at, at + 1)
        if there:
            return there[0]
    return marker if main else None


def _target(
    window: Window,
    seen: Sequence[rules.Seen],
    text: str,
    claim: dict[str, Any],
    piece: int,
    quote: tuple[int, int],
    main: bool,
) -> Target:
    kind = Kind(claim["kind"])
    given = hint(window, seen, piece, kind)
    spans = [_spans(window, text, claim, slot, quote, main) for slot in SLOTS[:4]]
    spans.append(_days(window, seen, claim, quote))
    return Target(
        piece,
        KINDS.index(kind),
        CLASSES.index(claim["whom_class"]),
        STANCES.index(claim["stance"]),
        SCOPES.index(claim["scope"]),
        given.facts,
        given.firsts,
        given.lasts,
        tuple(tuple(first for first, _ in slot) for slot in spans),
        tuple(tuple(last for _, last in slot) for slot in spans),
    )


def _spans(
    window: Window, text: str, claim: dict[str, Any], slot: str, quote: tuple[int, int], main: bool
) -> list[tuple[int, int]]:
    value = claim[slot]
    if value is None or value == "author":
        return [(0, 0)]
    names = [value, *(claim.get(f"{slot}_also") or ())]
    if slot == "where" and any(pieces(window, at, at + len(value)) for at in _all(text, value)):
        names = [value]  # of the places that would do, the most specific
    places = [(at, at + len(name)) for name in names if name != "author" for at in _all(text, name)]
    within = [span for span in places if quote[0] <= span[0] and span[1] <= quote[1]]
    found = [there for span in within or places if (there := pieces(window, *span)) is not None]
    if "author" in names or (slot == "voice" and not main and not within):
        found.append((0, 0))
    return sorted(set(found)) or [(0, 0)]


def _days(
    window: Window, seen: Sequence[rules.Seen], claim: dict[str, Any], quote: tuple[int, int]
) -> list[tuple[int, int]]:
    if claim["when"] is None:
        return [(0, 0)]
    wanted = Days(*(date.fromisoformat(day) for day in claim["when"]))
    exact: list[tuple[int, int]] = []
    near: list[tuple[int, int]] = []
    for number in sorted(set(window.passages[1:])):
        one = seen[number]
        for day in one.days:
            there = pieces(window, one.passage.start + day.start, one.passage.start + day.end)
            if there is None or day.days is None or not day.days.meets(wanted):
                continue
            (exact if day.days == wanted else near).append(there)
    return exact or near or [(0, 0)]
