"""A passage that denies as a whole what was told before it: "the general denies it", "the story is false"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from parallax.claims import voices
from parallax.claims.lexicons import Phrases, load, words
from parallax.claims.repeats import Reading
from parallax.claims.sentences import Sentence
from parallax.model import Passage, Stance

_BE = frozenset(("is", "are", "was", "were", "as"))


@cache
def _plainly() -> Phrases:
    return Phrases(dict.fromkeys(load("stances")["denied_plainly"], True))


@cache
def _as() -> Phrases:
    return Phrases(dict.fromkeys(load("stances")["denied_as"], True))


def place(sentence: Sentence) -> int | None:
    """The token at which the passage denies the whole of what went before; None where it does not."""
    for first, _, _ in _plainly().all(sentence.norms):
        return first
    for first, _, _ in _as().all(sentence.norms):
        if first > 1 and sentence.norms[first - 1] in _BE and _is_telling(sentence, first - 2):
            return first
    for index, norm in enumerate(sentence.norms[:-1]):
        if (
            norm in words("grammar", "voices_deny")
            and sentence.tags[index] == "V"
            and _has_telling(sentence, index + 1)
        ):
            return index + 1
    return None


def denied(passage: Passage, at: int, attributed: list[voices.Attribution], told: Sequence[Reading]) -> list[Reading]:
    """What was told before, denied by whoever speaks at this token; the numbers are not said again."""
    by = voices.voice_at(attributed, at)
    voice, via = (by.source, by.via) if by is not None else (None, None)
    return [
        replace(
            reading,
            start=passage.start,
            end=passage.end,
            count=None,
            voice=voice,
            via=via,
            stance=Stance.DENIED,
            certainty=0.5,
            part=False,
            headline=False,
            anaphor=False,
        )
        for reading in told
        if reading.stance is Stance.ASSERTED
        and not reading.part
        and (voice is None or not _is_own(reading, voice.text))
    ]


def _is_own(reading: Reading, voice: str) -> bool:
    return reading.voice is not None and reading.voice.text.lower() == voice.lower()


def _is_telling(sentence: Sentence, index: int) -> bool:
    """Whether the words that end here stand for what was told: "it", "the report"."""
    return sentence.norms[index] in words("stances", "denied_subjects")


def _has_telling(sentence: Sentence, index: int) -> bool:
    """Whether the object that starts here is what was told, with no clause of its own to say what that is."""
    while index < len(sentence) and (sentence.tags[index] == "D" or sentence.norms[index] in ("all", "such", "both")):
        if _is_telling(sentence, index):
            break
        index += 1
    if index >= len(sentence) or not _is_telling(sentence, index):
        return False
    following = sentence.norms[index + 1 : index + 2]
    return not following or following[0] in (".", ",", ";", "in", "as", "and", "but", "on", "entirely", "outright", "!")
