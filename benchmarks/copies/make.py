"""Copies made from real reports by program: cut, moved, given another headline, edited here and there."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.copies.sources import Source, later

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+[\"'”’]*|\n|\Z)\s*")
_WORD = re.compile(r"[^\W\d_]+")
_KEPT_WORDS = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|"
    r"thousands?|\w+day|january|february|march|april|june|july|august|september|october|november|december)\Z",
    re.IGNORECASE,
)
# Of the words of an edited copy that are no numbers, so many are changed, dropped or added to.
EDITED = (0.03, 0.15)


@dataclass(frozen=True, slots=True)
class Made:
    """A copy: the id of its source, how it was made, and itself."""

    of: str
    way: str
    report: Source


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly: at full stops and line ends."""
    return [found[0].strip() for found in _SENTENCE.finditer(text) if _WORD.search(found[0])]


def _top(parts: list[str], wanted: int, chance: random.Random) -> list[str]:
    return _until(parts, wanted)


def _stretch(parts: list[str], wanted: int, chance: random.Random) -> list[str]:
    start = chance.randrange(len(parts))
    return _until(parts[start:] + parts[:start], wanted)


def _here_and_there(parts: list[str], wanted: int, chance: random.Random) -> list[str]:
    order = list(range(len(parts)))
    chance.shuffle(order)
    size = 0
    chosen: list[int] = []
    for number in order:
        if size < wanted:
            chosen.append(number)
            size += len(parts[number].split())
    return [parts[number] for number in sorted(chosen)]


CUTS: tuple[Callable[[list[str], int, random.Random], list[str]], ...] = (_top, _stretch, _here_and_there)
WAYS = ("cut", "moved", "edited", "all of it")


def copy(source: Source, kept: float, way: str, others: Sequence[Source], chance: random.Random) -> Made:
    """A copy that keeps about so much of the source's words.

    Every way cuts, from the top, in one stretch or here and there. "moved" also puts the
    sentences in another order, "edited" changes 3 to 15 in a hundred of the words that are
    no numbers, "all of it" does both. All but "cut" bear the headline of another report,
    one of the same day where there is one. Cuts end with the sentence, so a little more may be kept.
    """
    parts = sentences(source.text)
    whole = sum(len(part.split()) for part in parts)
    parts = chance.choice(CUTS)(parts, round(kept * whole), chance)
    if way in ("moved", "all of it"):
        chance.shuffle(parts)
    if way in ("edited", "all of it"):
        words = [word for other in others[:40] for word in _WORD.findall(other.text)]
        rate = chance.uniform(*EDITED)
        parts = [_edit(part, rate, words, chance) for part in parts]
    title = source.title
    if way != "cut":
        near = [other for other in others if other.day == source.day and other.id != source.id]
        title = chance.choice(near or list(others)).title
    text = " ".join(parts)
    if chance.random() < 0.5:
        text = f"{title}\n\n{text}"
    made = Source(f"{source.id}~{way}", title, text, f"copier {chance.randrange(40)}", "", source.place)
    day = later(source.day, chance.choice((0, 0, 0, 1, 1, 2, 4)))
    return Made(source.id, way, Source(made.id, made.title, made.text, made.outlet, day, made.place))


def within(source: Source, kept: float, other: Source, chance: random.Random) -> Made:
    """A report of which so much is the source's and the rest another's: sentences in turn, the other's first."""
    mine = copy(source, min(1.0, kept), "edited", [other], chance)
    room = round(len(mine.report.text.split()) * (1 - kept) / kept)
    text = " ".join([*_until(sentences(other.text), room), mine.report.text])
    told = Source(f"{source.id}~within", other.title, text, "copier", mine.report.day, source.place)
    return Made(source.id, "within other matter", told)


def _until(parts: list[str], wanted: int) -> list[str]:
    size = 0
    chosen: list[str] = []
    for part in parts:
        if size >= wanted and chosen:
            break
        chosen.append(part)
        size += len(part.split())
    return chosen


def _edit(part: str, rate: float, words: list[str], chance: random.Random) -> str:
    edited: list[str] = []
    for token in part.split(" "):
        found = _WORD.search(token)
        if not found or _KEPT_WORDS.match(found[0]) or chance.random() >= rate:
            edited.append(token)
            continue
        what = chance.random()
        if what < 0.6:
            edited.append(token[: found.start()] + chance.choice(words) + token[found.end() :])
        elif what < 0.8:
            edited.extend([token, chance.choice(words)])
    return " ".join(edited)
