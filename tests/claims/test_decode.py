"""The decoder with a network of its own making, whose numbers are known."""

from __future__ import annotations

import numpy as np
import pytest

from parallax.claims import decode, rules, tolls, windows
from parallax.claims.decode import Ints
from parallax.claims.marks import CLASSES, KINDS, SCOPES, SLOTS, STANCES, Array, marks, pieces
from parallax.claims.repeats import Reading
from parallax.claims.rules import Seen
from parallax.claims.windows import Window
from parallax.model import Kind

from .reading import report

TEXT = "Warplanes killed at least 25 civilians in Hesna on Monday, the Observatory said."


class Fixed:
    """Tells what it is told to tell: kinds at words, and words for slots."""

    def __init__(self, window: Window, told: dict[str, Kind], slots: dict[str, str]) -> None:
        self.window, self.told, self.filled = window, told, slots

    def _at(self, word: str) -> tuple[int, int]:
        if not word:
            return 1, 1
        start = TEXT.index(word)
        span = pieces(self.window, start, start + len(word))
        assert span is not None
        return span

    def encode(self, ids: Ints, marks: Array) -> tuple[Array, Array]:
        logits = np.full((len(ids), len(KINDS)), -9.0, dtype=np.float32)
        for word, kind in self.told.items():
            logits[self._at(word)[0], KINDS.index(kind)] = 3.0
        return np.zeros((len(ids), 4), dtype=np.float32), logits

    def slots(
        self, hidden: Array, marks: Array, passages: Ints, piece: Ints, kind: Ints, facts: Array, hinted: Array
    ) -> tuple[Array, Array]:
        pointers = np.zeros((len(piece), 2 * len(SLOTS), len(hidden)), dtype=np.float32)
        for slot, name in enumerate(SLOTS):
            first, last = self._at(self.filled[name]) if name in self.filled else (0, 0)
            pointers[:, 2 * slot, first] = pointers[:, 2 * slot + 1, last] = 9.0
        classes = np.zeros((len(piece), len(CLASSES) + len(STANCES) + len(SCOPES)), dtype=np.float32)
        classes[:, [0, len(CLASSES), len(CLASSES) + len(STANCES)]] = 5.0
        return pointers, classes


def _read(told: dict[str, Kind], floor: float = 0.5, /, **slots: str) -> list[Reading]:
    given = report(TEXT)
    seen = rules.look(given, rules.stretches(given))
    (window,) = windows.cut([one.passage for one in seen])
    network = Fixed(window, told, slots)
    return decode.read(TEXT, seen, [window], network, dict.fromkeys(KINDS, floor))


def test_a_claim_takes_its_number_from_where_it_is_told_and_its_words_from_the_pointers() -> None:
    (reading,) = _read(
        {"25": Kind.KILLED}, whom="civilians", who="Warplanes", where="Hesna", voice="the Observatory", when="Monday"
    )
    assert reading.count is not None
    assert (reading.count.low, reading.count.high, reading.count.text) == (25, None, "at least 25")
    named = [reading.whom, reading.who, reading.where, reading.voice]
    assert [mention and mention.text for mention in named] == ["civilians", "Warplanes", "Hesna", "the Observatory"]
    assert reading.when is not None
    assert reading.when.first.isoformat() == "2020-05-04"
    assert (reading.whom_class, reading.stance, reading.scope) == (CLASSES[0], STANCES[0], SCOPES[0])


def test_a_claim_told_at_the_passage_has_no_number_and_empty_slots_stay_empty() -> None:
    (reading,) = _read({"": Kind.AIR_STRIKE})
    assert reading.count is None
    assert [reading.whom, reading.who, reading.where, reading.when, reading.voice] == [None] * 5


def test_pieces_of_one_number_tell_one_claim_of_a_kind() -> None:
    readings = _read({"at least": Kind.KILLED, "25": Kind.KILLED})
    assert [reading.kind for reading in readings] == [Kind.KILLED]
    assert {reading.kind for reading in _read({"25": Kind.KILLED, "at": Kind.INJURED})} == {Kind.KILLED, Kind.INJURED}


def test_below_the_floor_nothing_is_told() -> None:
    assert _read({"25": Kind.KILLED}, 0.99) == []
    assert _read({}) == []


@pytest.mark.parametrize(("slot", "word", "whole"), [("where", "Hes", "Hesna"), ("who", "plane", "Warplanes")])
def test_words_are_taken_whole(slot: str, word: str, whole: str) -> None:
    (reading,) = _read({"25": Kind.KILLED}, 0.5, **{slot: word})
    assert getattr(reading, slot).text == whole


def test_marks_show_what_the_rules_found_where_the_network_would_tell_it() -> None:
    given = report(TEXT)
    seen: list[Seen] = rules.look(given, rules.stretches(given))
    (window,) = windows.cut([one.passage for one in seen])
    found = marks(window, seen)
    at = pieces(window, TEXT.index("25"), TEXT.index("25") + 2)
    first = pieces(window, TEXT.index("at least"), TEXT.index("at least") + 2)
    assert at is not None
    assert first is not None
    assert found.shape[0] == len(window)
    assert found[first[0], KINDS.index(Kind.KILLED)] == 1
    assert set(np.unique(found)) <= {0.0, 1.0}


@pytest.mark.parametrize(
    ("text", "word", "ends"),
    [
        ("The dead included 65-year-old Tomas Varga.", "65", (1, 1)),
        ("Among the dead were Ilona, Pavel, Mirek and Anton Varga.", "Ilona", (4, 4)),
        ("The dead were Tomas Varga, 36, Pavel Varga, 5, and Anton Lenk.", "Tomas", (3, 3)),
        ("Tomas Varga, Jr. was killed in the raid.", "Tomas", (1, 1)),
        ("Tomas Varga was killed in the raid.", "Tomas", (1, 1)),
        ("The victims were buried on Monday.", "victims", None),
        ("A nurse was killed in Marwa.", "A nurse", (1, 1)),
        ("12 killed and wounded in Marwa.", "12", (None, 12)),
    ],
)
def test_a_number_is_never_made_of_an_age_or_of_words_that_no_rule_reads(
    text: str, word: str, ends: tuple[int | None, int] | None
) -> None:
    given = report(text)
    (one,) = rules.look(given, rules.stretches(given))
    start = text.index(word)
    count, _ = tolls.toll(one, Kind.KILLED, start, start + len(word))
    assert (count and (count.low, count.high)) == ends
