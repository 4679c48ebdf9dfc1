"""The word lists of this step, one word or phrase a line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def lexicon(name: str) -> frozenset[str]:
    """The lines of `words/NAME.txt`, blank ones and those that start with # left out."""
    text = files("parallax.accounts").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
