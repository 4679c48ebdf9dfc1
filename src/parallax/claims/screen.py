"""The first stage: passes by the passages that can carry no claim, so that the rest of the reader need not look.

A weight for each word and pair of words (hashed), learnt from annotated reports; a passage
whose weights add up to less than nothing is passed by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from zlib import crc32

import numpy as np
import numpy.typing as npt

from parallax.model import Passage

SIZE = 1 << 15
_WORD = re.compile(r"[^\W\d_]+|\d+")


def features(text: str) -> frozenset[int]:
    """The hashed words and pairs of words of a passage; figures are one word."""
    return frozenset(crc32(name.encode("utf-8", "surrogatepass")) % SIZE for name in _names(text))


def _names(text: str) -> Iterator[str]:
    before = "^"
    for match in _WORD.finditer(text.lower()):
        word = match.group() if match.group()[0].isalpha() else "#"
        yield word
        yield f"{before} {word}"
        before = word


@cache
def _learnt() -> npt.NDArray[np.float32]:
    data = files("parallax.claims").joinpath("network/screen.npy").read_bytes()
    learnt: npt.NDArray[np.float32] = np.load(BytesIO(data), allow_pickle=False).astype(np.float32)
    return learnt


def score(text: str, weights: npt.NDArray[np.float32]) -> float:
    """How much the passage looks as if it carries a claim; the last weight is the constant."""
    return float(weights[-1] + weights[list(features(text))].sum())


def keep(passages: Sequence[Passage], weights: npt.NDArray[np.float32] | None = None) -> list[Passage]:
    """The passages that may carry a claim, in order; by the weights of the package if no others are given."""
    weights = _learnt() if weights is None else weights
    return [passage for passage in passages if score(passage.text, weights) >= 0]
