"""On whose word it stands where a report says only "he", "it" or "the activist": the voice it named before."""

from __future__ import annotations

from collections.abc import Sequence

from parallax.model import Claim, Voice, VoiceType
from parallax.names.folding import fold

_PRONOUNS = frozenset(["he", "she", "it", "they", "him", "her", "them"])
# Words before the noun that say it was told of before.
_DEFINITE = frozenset(["the", "this", "that", "same"])
# How many code points back a voice is looked for.
REACH = 900


def traced(claims: Sequence[Claim], voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """The voices of the claims of a report, in order, those said by a pronoun or a noun alone as the ones they mean.

    A pronoun means the last voice named before it; "the activist" the last unnamed one of whom that noun was
    said. What means nobody stays as it was.
    """
    named = sorted(
        {
            (claim.voice.start, fold(claim.voice.text), voice.key): voice
            for claim, voice in zip(claims, voices, strict=True)
            if claim.voice is not None and fold(claim.voice.text) not in _PRONOUNS
        }.items()
    )
    return tuple(_meant(claim, voice, named) for claim, voice in zip(claims, voices, strict=True))


def _meant(claim: Claim, voice: Voice, named: Sequence[tuple[tuple[int, str, str], Voice]]) -> Voice:
    if claim.voice is None or voice.type is not VoiceType.UNNAMED:
        return voice
    said = fold(claim.voice.text).split()
    earlier = [
        (words, other)
        for (start, words, _), other in named
        if start < claim.voice.start <= start + REACH and other.key != voice.key
    ]
    if len(said) == 1 and said[0] in _PRONOUNS:
        return next((other for _, other in reversed(earlier)), voice)
    if len(said) == 2 and said[0] in _DEFINITE:
        return next(
            (o for words, o in reversed(earlier) if o.type is VoiceType.UNNAMED and said[1] in words.split()), voice
        )
    return voice
