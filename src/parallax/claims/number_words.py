"""Numbers in words and figures: "two hundred and six", "1.5 million", "dozens"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parallax.claims.lexicons import Phrases, load
from parallax.claims.tokens import Shape, Token

_AMOUNTS: Mapping[str, Any] = load("amounts")
_CARDINALS: Mapping[str, int] = _AMOUNTS["cardinals"]
_SCALES: Mapping[str, int] = _AMOUNTS["scales"]
_SUFFIXES: Mapping[str, int] = _AMOUNTS["suffixes"]
_VAGUE = Phrases({phrase: tuple(ends) if ends else () for phrase, ends in _AMOUNTS["vague"].items()})
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as read: its ends, the index after its last token, and how it was written.

    `form` is `figure`, `words` or `vague`. Both ends are None where the words say that
    the number is not known ("an unknown number of"), or where a figure is no whole number.
    `scale` is what a lone number before it in a range is to be multiplied by: 1000 in
    "three thousand", 1 in "3,000".
    """

    low: int | None
    high: int | None
    after: int
    form: str
    scale: int = 1

    @property
    def scaled(self) -> bool:
        """Whether a word of scale follows the number."""
        return self.scale > 1


def amount(tokens: Sequence[Token], norms: Sequence[str], at: int) -> Amount | None:
    """The number that starts at token `at`; None if none does. `norms` are the tokens in small letters."""
    token = tokens[at]
    if token.shape is Shape.FIGURE:
        return _figure(tokens, norms, at)
    if token.shape is not Shape.WORD:
        return None
    vague = _VAGUE.at(norms, at)
    if vague and not _is_scaled(norms, vague[0]):
        after, ends = vague
        return Amount(ends[0], ends[1], after, "vague") if ends else Amount(None, None, after, "vague")
    return _cardinal(norms, at) if norms[at] in _CARDINALS else None


def _is_scaled(norms: Sequence[str], at: int) -> bool:
    return at < len(norms) and norms[at] in ("thousand", "million", "hundred") and norms[at - 1] in ("hundred", "dozen")


def _whole(value: float) -> int | None:
    return round(value) if value < _LARGEST and abs(value - round(value)) < 1e-6 else None


def _figure(tokens: Sequence[Token], norms: Sequence[str], at: int) -> Amount:
    """A figure with the scale that follows it: "1.5 million", "20k", "13,000"."""
    text = tokens[at].text
    after = at + 1
    factor = 1
    adjoins = after < len(tokens) and tokens[after].start == tokens[at].end
    if adjoins and norms[after] in _SUFFIXES and tokens[after].shape is Shape.WORD:
        factor *= _SUFFIXES[norms[after]]
        after += 1
    else:
        while after < len(norms) and after < at + 4:
            step = after + 1 if norms[after] == "-" and after + 1 < len(norms) else after
            if norms[step] not in _SCALES:
                break
            factor *= _SCALES[norms[step]]
            after = step + 1
    value = _read(text, scaled=factor > 1)
    whole = _whole(value * factor)
    return Amount(whole, whole, after, "figure", factor)


def _read(text: str, scaled: bool) -> float:
    """The value of a figure; a point before three last digits parts thousands unless a scale follows."""
    parts = text.split(".")
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and not scaled and len(parts[0]) <= 3:
        text = text.replace(".", "") if parts[0] not in ("0", "") else text
    for separator in (",", " ", "\u00a0", "\u202f", "\u2009", "’", "'"):
        text = text.replace(separator, "")
    return float(text) if len(text) < 40 else float("inf")


def _cardinal(norms: Sequence[str], at: int) -> Amount | None:
    """A number in words, after the grammar tens-units, hundreds, then thousands and above."""
    total = current = 0
    last: int | None = None
    first: int | None = None
    index = after = at
    while index < len(norms):
        word = norms[index]
        if word in _CARDINALS:
            value = _CARDINALS[word]
            if last is not None and not _may_follow(last, value, current):
                break
            current += value
            first, last = (value if first is None else 0), value
        elif last is not None and word in ("hundred", "dozen") and last < 100:
            current = max(current, 1) * _SCALES[word]
            last = 100
        elif last is not None and word in _SCALES and (last != _SCALES[word] or current):
            total += max(current, 1) * _SCALES[word]
            current, last = 0, _SCALES[word]
        elif last is not None and (word == "-" or (word == "and" and last >= 100)) and _goes_on(norms, index + 1, last):
            index += 1
            continue
        else:
            break
        index += 1
        after = index
    if last is None:
        return None
    total += current
    return Amount(total, total, after, "words", total // first if first and total % first == 0 else 1)


def _may_follow(last: int, value: int, current: int) -> bool:
    """Whether a unit may follow the last part: "twenty" "three", "hundred" "six", but not "three" "four"."""
    if last >= 100:
        return value > 0
    return last >= 20 and 0 < value < 10 and current % 100 == last


def _goes_on(norms: Sequence[str], at: int, last: int) -> bool:
    """Whether the number goes on after a hyphen or "and": not into a number as large as what stands before it."""
    if at >= len(norms) or (norms[at] not in _CARDINALS and norms[at] not in _SCALES):
        return False
    ahead = (_SCALES.get(word, 0) for word in norms[at + 1 : at + 3])
    return last < 1000 or max(ahead, default=0) < last
