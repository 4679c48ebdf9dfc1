"""From the network's numbers for a window to readings: where claims are told, how many, whose words fill each slot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from parallax.claims import classed, tolls
from parallax.claims.finer import finer
from parallax.claims.marks import CLASSES, KINDS, SCOPES, SLOTS, STANCES, Array, Hint, hint, marks, pieces
from parallax.claims.repeats import Reading
from parallax.claims.rules import Seen, is_headline
from parallax.claims.windows import Window
from parallax.model import Count, Days, Kind, Mention, Stance

CERTAIN = ("count", "whom_class", "whom", "who", "where", "when", "voice", "stance", "scope")
_FARTHEST = 24
_STARTS = 2
_DENIAL = 20 / 22
_DENIED = 0.5
_BESIDE = 2
_NEVER = -1e4

Ints = npt.NDArray[np.int64]


class Network(Protocol):
    """What reads the windows: the exported network, or the one in training."""

    def encode(self, ids: Ints, marks: Array) -> tuple[Array, Array]:
        """A window's pieces to (pieces, width) and the logits of a claim told: (pieces, kinds)."""

    def slots(
        self, hidden: Array, marks: Array, passages: Ints, piece: Ints, kind: Ints, facts: Array, hinted: Array
    ) -> tuple[Array, Array]:
        """Pointers (claims, 2 * slots, pieces) and classes (claims, classes + stances + scopes), as logits."""


class Told(NamedTuple):
    """A claim told at a piece of a window, and how sure the network is that it is."""

    piece: int
    kind: Kind
    certainty: float


def read(
    text: str, seen: Sequence[Seen], windows: Sequence[Window], network: Network, floors: Mapping[Kind, float]
) -> list[Reading]:
    """The readings of a report's windows, in order; `floors` are the least certainties at which a kind is told."""
    readings = []
    for window in windows:
        marked = marks(window, seen)
        hidden, logits = network.encode(np.array(window.ids, dtype=np.int64), marked)
        told = _told(window, seen, _sigmoid(logits), floors)
        if told:
            readings.extend(_fill(text, window, seen, network, hidden, marked, told))
    return readings


def _told(window: Window, seen: Sequence[Seen], sure: Array, floors: Mapping[Kind, float]) -> list[Told]:
    """Where claims are told; of pieces of one number, or side by side, the surest."""
    found = []
    for number, kind in enumerate(KINDS):
        column = sure[:, number]
        likely = window.owned + np.flatnonzero(column[window.owned :] >= floors[kind] * _DENIED)
        above = [at for at in likely.tolist() if column[at] >= _floor(seen[window.passages[at]], kind, floors)]
        taken: list[tuple[int, int]] = []
        for at in sorted(above, key=lambda at: (-column[at], at)):
            first, last = _reach(window, seen, at)
            if any(first <= b and a <= last for a, b in taken):
                continue
            taken.append((first, last))
            found.append(Told(at, kind, float(column[at])))
    return sorted(found)


def _floor(one: Seen, kind: Kind, floors: Mapping[Kind, float]) -> float:
    """The least certainty at which the kind is told in a passage; half where the rules see a claim of it denied.

    Too few denials were there to teach the network.
    """
    denied = any(reading.kind is kind and reading.stance is Stance.DENIED for reading in one.readings)
    return floors[kind] * (_DENIED if denied else 1)


def _reach(window: Window, seen: Sequence[Seen], at: int) -> tuple[int, int]:
    """The pieces that tell no second claim of the kind once one is told here."""
    if window.is_marker(at):
        return at, at
    offset = seen[window.passages[at]].passage.start
    quantity = tolls.quantity(seen[window.passages[at]], window.starts[at] - offset, window.ends[at] - offset)
    span = pieces(window, offset + quantity.start, offset + quantity.end) if quantity else None
    return span or (at - _BESIDE + 1, at + _BESIDE - 1)


def hinted(hints: Sequence[Hint], length: int) -> Array:
    """The rules' pieces for each slot of each claim: (claims, 2 * slots, pieces), 0 or 1."""
    found = np.zeros((len(hints), 2 * len(SLOTS), length), dtype=np.float32)
    for claim, given in enumerate(hints):
        for slot in range(len(SLOTS)):
            if given.firsts[slot] >= 0:
                found[claim, 2 * slot, given.firsts[slot]] = 1
                found[claim, 2 * slot + 1, given.lasts[slot]] = 1
    return found


def _fill(
    text: str,
    window: Window,
    seen: Sequence[Seen],
    network: Network,
    hidden: Array,
    marked: Array,
    told: Sequence[Told],
) -> list[Reading]:
    hints = [hint(window, seen, one.piece, one.kind) for one in told]
    pointers, classes = network.slots(
        hidden,
        marked,
        np.array(window.passages, dtype=np.int64),
        np.array([one.piece for one in told], dtype=np.int64),
        np.array([KINDS.index(one.kind) for one in told], dtype=np.int64),
        np.stack([given.facts for given in hints]),
        hinted(hints, len(window)),
    )
    likely = _log_softmax(pointers)
    return [
        _reading(text, window, seen, one, hints[number], likely[number], classes[number])
        for number, one in enumerate(told)
    ]


def _reading(
    text: str, window: Window, seen: Sequence[Seen], told: Told, given: Hint, likely: Array, classes: Array
) -> Reading:
    one = seen[window.passages[told.piece]]
    found = {slot: _span(window, likely[2 * at], likely[2 * at + 1]) for at, slot in enumerate(SLOTS)}
    place = SLOTS.index("where")
    found["where"] = _at_home(window, told.piece, one, found["where"], likely[2 * place], likely[2 * place + 1])
    spans = {slot: span for slot, (span, _) in found.items()}
    words = {slot: _words(text, window, spans[slot], slot) for slot in SLOTS[:4]}
    filled: dict[str, Any] = {**words, "when": _day(window, seen, spans["when"])}
    carried = {slot: _afar(given, slot) for slot in SLOTS if filled[slot] is None}
    filled |= carried
    if filled["where"] is not None:
        filled["where"] = finer(text, _passage(seen, filled["where"]), filled["where"])
    stances, scopes = len(CLASSES), len(CLASSES) + len(STANCES)
    count, part = _count(window, seen, told)
    stance, stance_certainty = _stance(given, classes[stances:scopes])
    whom_class = classed.settled(told.kind, filled["whom"].text if filled["whom"] else None)
    named = {
        "whom_class": classed.RIGHT if whom_class else _surest(classes[:stances]),
        "stance": stance_certainty,
        "scope": _surest(classes[scopes:]),
        "count": told.certainty,
    }
    sure = {slot: 0.0 if carried.get(slot) else certainty for slot, (_, certainty) in found.items()} | named
    return Reading(
        start=one.passage.start,
        end=one.passage.end,
        kind=told.kind,
        count=count,
        whom=filled["whom"],
        whom_class=whom_class or CLASSES[int(classes[:stances].argmax())],
        who=filled["who"],
        where=filled["where"],
        when=filled["when"],
        voice=filled["voice"],
        via=_via(one, filled["voice"]),
        stance=stance,
        scope=SCOPES[int(classes[scopes:].argmax())],
        certainty=told.certainty,
        certainties=tuple((slot, sure[slot]) for slot in CERTAIN),
        part=part,
        headline=is_headline(one.passage),
        at=window.starts[told.piece],
    )


def _span(window: Window, first: Array, last: Array) -> tuple[tuple[int, int] | None, float]:
    """The likeliest first and last piece of a slot's words, in one passage, or None; and how likely they are.

    `first` and `last` are logarithms of probabilities; those of piece 0 are for "none".
    """
    best, span = float(first[0] + last[0]), None
    for start in _highest(first):
        stop = min(start + _FARTHEST, len(window))
        while window.passages[stop - 1] != window.passages[start]:
            stop -= 1
        end = start + int(last[start:stop].argmax())
        if (score := float(first[start] + last[end])) > best:
            best, span = score, (start, end)
    return span, float(np.exp(best / 2))


def _at_home(
    window: Window, piece: int, one: Seen, chosen: tuple[tuple[int, int] | None, float], first: Array, last: Array
) -> tuple[tuple[int, int] | None, float]:
    """The place chosen; but one of the claim's own passage, the likeliest, where that names any.

    Measured on the reports set aside: a place of another sentence was right less often.
    """
    home = np.array(window.passages) == window.passages[piece]
    span = chosen[0]
    if span is None or home[span[0]] or not one.places:
        return chosen
    inside = _span(window, np.where(home, first, _NEVER), np.where(home, last, _NEVER))
    return chosen if inside[0] is None else inside


def _stance(given: Hint, logits: Array) -> tuple[Stance, float]:
    """The likeliest stance; but a denial that the rules see stands.

    Where both told a claim of the reports trained on, 20 of 22 denials of the rules were denials.
    """
    if given.reading is not None and given.reading.stance is Stance.DENIED:
        return Stance.DENIED, _DENIAL
    return STANCES[int(logits.argmax())], _surest(logits)


def _afar(given: Hint, slot: str) -> Any:
    """What the rules carry over where the pointers found nothing: from beyond the window; a day always.

    A day told before holds for what is told next more often than annotators' texts could teach the
    network (measured on the reports set aside: `docs/method.md`).
    """
    if given.reading is None or (given.firsts[SLOTS.index(slot)] >= 0 and slot != "when"):
        return None
    return getattr(given.reading, slot)


def _highest(values: Array) -> list[int]:
    """The pieces of the highest values after the first, the highest first, the earlier of equal ones first."""
    size = min(_STARTS, len(values) - 1)
    found = np.argpartition(-values[1:], size - 1)[:size] + 1
    return sorted((int(at) for at in found), key=lambda at: (-values[at], at))


def _surest(logits: Array) -> float:
    """The probability of the likeliest class."""
    return float(np.exp(_log_softmax(logits).max()))


def _sigmoid(logits: Array) -> Array:
    result: Array = (1 / (1 + np.exp(-logits))).astype(np.float32)
    return result


def _log_softmax(values: Array) -> Array:
    """The logarithms of the probabilities along the last axis."""
    above = values - values.max(axis=-1, keepdims=True)
    result: Array = (above - np.log(np.exp(above).sum(axis=-1, keepdims=True))).astype(np.float32)
    return result


def _words(text: str, window: Window, span: tuple[int, int] | None, slot: str) -> Mention | None:
    """The words of these pieces, whole words always; but a place is named without the "s" that is no part of it."""
    if span is None:
        return None
    start, end = window.starts[span[0]], window.ends[span[1]]
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    if not (slot == "where" and text[start].isupper() and lost_apostrophe(text, end)):
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
    return Mention(start, end, text[start:end])


def lost_apostrophe(text: str, end: int) -> bool:
    """Whether a name ends here before an "s" whose apostrophe was lost, as in many texts kept on the web."""
    return text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum() and text[end - 1 : end].isalpha()


def _day(window: Window, seen: Sequence[Seen], span: tuple[int, int] | None) -> Days | None:
    """The days of the words that these pieces are part of."""
    if span is None:
        return None
    one = seen[window.passages[span[0]]]
    start, end = window.starts[span[0]] - one.passage.start, window.ends[span[1]] - one.passage.start
    return next((day.days for day in one.days if day.start < end and start < day.end), None)


def _passage(seen: Sequence[Seen], mention: Mention) -> int:
    """Where the passage begins that holds these words."""
    return max((one.passage.start for one in seen if one.passage.start <= mention.start), default=mention.start)


def _count(window: Window, seen: Sequence[Seen], told: Told) -> tuple[Count | None, bool]:
    """The number told at a piece, and whether it is a part of another; none at a passage's marker."""
    if window.is_marker(told.piece):
        return None, False
    one = seen[window.passages[told.piece]]
    offset = one.passage.start
    return tolls.toll(one, told.kind, window.starts[told.piece] - offset, window.ends[told.piece] - offset)


def _via(one: Seen, voice: Mention | None) -> Mention | None:
    """Who passes this voice on, by the rules."""
    if voice is None:
        return None
    return next(
        (
            given.via
            for given in one.attributed
            if given.source is not None and given.source.span.touches(voice.span) and given.via is not None
        ),
        None,
    )
