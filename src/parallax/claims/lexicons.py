"""The word lists of the reader: data files beside this one, loaded once.

An entry of a verb list is a base form (`kill`), whose other forms are built by the rules
of English spelling, or a base with its irregular forms (`shoot/shot`), or a phrase whose
forms are spelled out (`took hostage/taken hostage`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

LEXICONS = (
    "abbreviations", "actors", "acts", "amounts", "calendar", "countables", "grammar", "harms", "people", "stances",
    "states", "things", "voices", "words",
)  # fmt: skip
_VOWELS = frozenset("aeiou")


@cache
def load(name: str) -> Any:
    """The lexicon of that name, as its JSON says."""
    return json.loads(files("parallax.claims").joinpath(f"lexicons/{name}.json").read_text(encoding="utf-8"))


@cache
def words(name: str, list_name: str) -> frozenset[str]:
    """One list of a lexicon as a set."""
    return frozenset(load(name)[list_name])


def forms(entry: str) -> tuple[str, ...]:
    """Every form of a verb entry: base, third person, past, gerund, and the irregular ones given."""
    base, *given = entry.split("/")
    if " " in base:
        return (base, *given)
    built = [base, _third(base), _gerund(base)]
    if all(form.endswith("ing") for form in given):
        built.append(_past(base))
    return (*built, *given)


def all_forms(entries: Iterable[str]) -> Iterator[str]:
    """Every form of every entry."""
    for entry in entries:
        yield from forms(entry)


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + "ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + "ing"


class Phrases:
    """Phrases of one or more words, each with what it stands for; the longest match wins."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for phrase, meaning in entries.items():
            parts = tuple(phrase.split())
            self._by_first.setdefault(parts[0], []).append((parts, meaning))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def at(self, norms: Sequence[str], index: int) -> tuple[int, Any] | None:
        """The index after the longest phrase that starts at `index`, and its meaning."""
        for parts, meaning in self._by_first.get(norms[index], ()):
            end = index + len(parts)
            if tuple(norms[index:end]) == parts:
                return end, meaning
        return None

    def all(self, norms: Sequence[str]) -> Iterator[tuple[int, int, Any]]:
        """Every match from left to right, none overlapping: first index, index after, meaning."""
        index = 0
        while index < len(norms):
            match = self.at(norms, index)
            if match is None:
                index += 1
            else:
                yield index, match[0], match[1]
                index = match[0]
