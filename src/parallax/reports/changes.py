"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"\S+\s*|\s+")
# Comparing so many words with so many takes about a second; larger parts are shown as changed whole.
MOST = 4_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """A part of the text as it was and as it is; the same words twice where nothing changed."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.before == self.after


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The parts in order: their `before` joined are the one text, their `after` joined the other.

    Lines are held against each other first, then the words of lines that differ (longest common
    runs, Ratcliff and Obershelp 1988, as difflib has them).
    """
    found: list[Change] = []
    for part in _parts(_LINE.findall(before), _LINE.findall(after)):
        words = [part] if part.same else _parts(_WORD.findall(part.before), _WORD.findall(part.after))
        for change in words:
            if found and found[-1].same and change.same:
                found[-1] = Change(found[-1].before + change.before, found[-1].after + change.after)
            else:
                found.append(change)
    return tuple(found)


def _parts(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    if before == after or len(before) * len(after) > MOST:
        if before or after:
            yield Change("".join(before), "".join(after))
        return
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield Change("".join(before[a:b]), "".join(after[c:d]))
