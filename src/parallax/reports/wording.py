"""The words of a report as numbers: what copies are found and compared by.

A word is one number of 32 bits, the same on every machine: a checksum of its letters, the
lowest bit kept to say that it is a figure (digits, a number in words, a weekday, a month).
Figures are told apart because that is where two formulaic reports of two days differ and a
copy does not.

`bits` says how much a word tells: common words of news tell little. The table of common
words (`common.json`) is fixed and ships with the program, so what is held a copy depends on
the two texts and on nothing else that happens to be at hand.

A text's marks are what others are looked up by: of every `WINDOW` runs of `RUN` words, the
one whose hash is smallest (winnowing: Schleimer, Wilkerson and Aiken, 2003). Two texts that
share a passage of `WINDOW + RUN - 1` words share a mark, wherever it stands and however long
the rest. Runs of common words alone ("said in a statement on") are no marks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

RUN = 4
WINDOW = 8
SHORT = 40
# What a run must tell to be a mark, in bits: "said in a statement" tells 30, four rare words 60.
TELLING = 36
# What a word tells that is not among the common ones, in bits.
RARE = 15
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NONE = np.uint32(0xFFFFFFFF)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Words = NDArray[np.uint32]
Marks = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Table:
    words: Words
    bits: NDArray[np.uint8]
    figures: frozenset[str]


@cache
def _table() -> _Table:
    data = json.loads(files("parallax.reports").joinpath("common.json").read_text("utf-8"))
    figures = frozenset(data["figures"])
    told = {_number(word, figures): int(bits) for bits, common in data["bits"].items() for word in common.split()}
    numbers = sorted(told)
    return _Table(np.array(numbers, np.uint32), np.array([told[one] for one in numbers], np.uint8), figures)


def _number(word: str, figures: frozenset[str]) -> int:
    sum_ = crc32(word.encode("utf-8", "surrogatepass"))
    return sum_ | 1 if word[0].isdigit() or word in figures else sum_ & ~1


def words(text: str) -> Words:
    """The words of a text, in order, case and punctuation aside."""
    figures = _table().figures
    return np.array([_number(word, figures) for word in _WORD.findall(text.casefold())], np.uint32)


def are_figures(words: Words) -> NDArray[np.bool_]:
    """Which of the words are figures."""
    return (words & np.uint32(1)).astype(np.bool_)


def bits(words: Words) -> NDArray[np.uint8]:
    """How much each word tells, in bits."""
    table = _table()
    at = np.minimum(np.searchsorted(table.words, words), len(table.words) - 1)
    return np.where(table.words[at] == words, table.bits[at], np.uint8(RARE))


def runs(words: Words, length: int) -> NDArray[np.uint64]:
    """A number for each run of so many words; none if there are fewer."""
    if len(words) < length:
        return np.empty(0, np.uint64)
    count = len(words) - length + 1
    found = np.zeros(count, np.uint64)
    for at in range(length):
        found = (found ^ words[at : at + count]) * _FACTOR
        found ^= found >> np.uint64(29)
    return found


def marks(words: Words) -> Marks:
    """The marks of a text, sorted, each once.

    In a text of at most `SHORT` words every run that tells enough is one. A text that has
    fewer than two gets two that stand for the whole of it, so that it meets its like.
    """
    length = min(RUN, len(words))
    if not length:
        return np.empty(0, np.uint32)
    found = (runs(words, length) >> np.uint64(32)).astype(np.uint32)
    told = np.concatenate(([0], np.cumsum(bits(words), dtype=np.int64)))
    found[told[length:] - told[:-length] < TELLING * length // RUN] = _NONE
    if len(words) > SHORT:
        found = sliding_window_view(found, WINDOW).min(axis=1)
    chosen: Marks = np.unique(found[found != _NONE])
    if len(chosen) > 1:
        return chosen
    whole = crc32(words.tobytes())
    return np.unique(np.array([whole, whole ^ 0x5BD1E995], np.uint32))
