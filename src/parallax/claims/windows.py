"""A report cut into windows of word pieces: as much as the network looks at at once.

A window is `[CLS]`, then for each passage `[SEP]` (its marker) and its pieces. It owns the
passages it answers for; those before them are there to be looked at. Every passage is owned
by one window, or piece by piece by several where it is longer than a window holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tokenizers import Tokenizer

from parallax.model import Passage

LONGEST = 256
CONTEXT = 64
_CLS, _SEP = 101, 102
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Window:
    """Word pieces with where each stands in the report; markers have neither words nor offsets (start == end).

    `passages` is the index of each piece's passage (-1 for the first, `[CLS]`); `owned` are the
    piece indexes, from the first to the last excluded, of the passages that the window answers for.
    """

    ids: list[int] = field(default_factory=lambda: [_CLS])
    starts: list[int] = field(default_factory=lambda: [0])
    ends: list[int] = field(default_factory=lambda: [0])
    passages: list[int] = field(default_factory=lambda: [-1])
    owned: int = 1

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, run: Run) -> None:
        """Append a marker and a run of pieces."""
        self.ids += [_SEP, *run.ids]
        self.starts += [run.at, *run.starts]
        self.ends += [run.at, *run.ends]
        self.passages += [run.passage] * (1 + len(run.ids))

    def is_marker(self, index: int) -> bool:
        """Whether the piece is a passage's marker."""
        return self.starts[index] == self.ends[index]


@dataclass(frozen=True, slots=True)
class Run:
    """The pieces of one passage, or as many of them as a window holds."""

    passage: int
    at: int
    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    def tail(self, size: int) -> Run:
        """The last pieces of the run."""
        return Run(self.passage, self.starts[-size:][0], self.ids[-size:], self.starts[-size:], self.ends[-size:])


@cache
def tokenizer() -> Tokenizer:
    """The word pieces of the encoder that the network was trained from."""
    found = Tokenizer.from_str(files("parallax.claims").joinpath("network/tokenizer.json").read_text(encoding="utf-8"))
    found.no_truncation()
    found.no_padding()
    found.encode_special_tokens = True  # "[SEP]" in a hostile text is words, no marker
    return found


def cut(passages: Sequence[Passage]) -> list[Window]:
    """The windows of these passages, in order."""
    runs = list(_runs(passages))
    windows: list[Window] = []
    at = 0
    while at < len(runs):
        window = Window()
        # A passage that leaves no room for context goes without.
        room = min(CONTEXT, LONGEST - len(window) - 1 - len(runs[at].ids))
        back = at
        while back > 0 and len(runs[back - 1].ids) < room:
            back -= 1
            room -= len(runs[back].ids) + 1
        if back == at and back > 0 and room > 1:
            window.add(runs[back - 1].tail(room - 1))
        for run in runs[back:at]:
            window.add(run)
        window.owned = len(window)
        while at < len(runs) and (len(window) == window.owned or len(window) + len(runs[at].ids) < LONGEST):
            window.add(runs[at])
            at += 1
        windows.append(window)
    return windows


def _runs(passages: Sequence[Passage]) -> Iterator[Run]:
    room = LONGEST - 2
    texts = [_SURROGATE.sub("\ufffd", passage.text) for passage in passages]
    told = [tokenizer().encode(text, add_special_tokens=False) for text in texts]
    for number, (passage, pieces) in enumerate(zip(passages, told, strict=True)):
        ids = pieces.ids
        starts = [passage.start + start for start, _ in pieces.offsets]
        ends = [passage.start + end for _, end in pieces.offsets]
        for first in range(0, len(ids), room):
            part = slice(first, first + room)
            yield Run(number, starts[first], ids[part], starts[part], ends[part])
