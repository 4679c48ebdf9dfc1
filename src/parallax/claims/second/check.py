"""An answer held against the report: what stands in the text becomes claims, and nothing else does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from parallax.claims.second.occurrences import find, nearest
from parallax.claims.second.schema import TOLD, Number, Told
from parallax.errors import EndpointError
from parallax.model import Claim, Count, Days, Mention, Report, Span

# The endpoint's own sureness is not calibrated and not asked for; that a slot which had to be
# emptied is rightly empty is the less sure thing.
SURE, EMPTIED = 0.5, 0.25
_LARGEST = 10**15
_SENTENCE_WORDS = 4
_MENTIONS = ("whom", "who", "where", "voice", "via")
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"```[^\n`]*\n(.*?)```", re.DOTALL)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Checked:
    """The claims that stand, and a line for everything that was told and does not."""

    claims: tuple[Claim, ...]
    dropped: tuple[str, ...]


def told(content: str) -> list[Any]:
    """The claims of an answer, unchecked: JSON, alone or in a code fence or after other words.

    Raises `EndpointError` where there is no object with a list of claims.
    """
    for text in _readings(content):
        try:
            # NaN and the infinities are no JSON: as words they fail their own slot and no other.
            found = json.loads(text, parse_constant=str)
        except (ValueError, RecursionError):
            continue
        claims = found.get("claims") if isinstance(found, dict) else found
        if isinstance(claims, list):
            return claims
    raise EndpointError("the answer is no JSON with a list of claims" if content.strip() else "the answer is empty")


def _readings(content: str) -> Iterator[str]:
    bare = _THOUGHT.sub("", content).strip()
    yield bare
    yield from _FENCED.findall(bare)
    first, last = bare.find("{"), bare.rfind("}")
    if 0 <= first < last:
        yield bare[first : last + 1]


def check(answer: Sequence[Any], report: Report, stretches: Sequence[Span]) -> Checked:
    """Each claim of the answer that keeps to the schema and whose quote stands in these stretches of the report.

    A slot whose words do not stand in the report is emptied, and `certainties` tell of it.
    """
    kept: dict[str, Claim] = {}
    dropped: list[str] = []
    for number, one in enumerate(answer, 1):
        lost: list[tuple[str, str]] = []
        try:
            claim = _claim(TOLD.validate_python(one), report, stretches, lost)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(step) for step in first["loc"]) or "claim"
            claim, lost = None, [("", f"not kept, {place}: {first['msg']}")]
        if claim is not None:
            kept.setdefault(claim.key, claim)
        dropped += [f"claim {number} of the answer: {words}" for _, words in lost]
    return Checked(tuple(kept.values()), tuple(dropped))


def _claim(one: Told, report: Report, stretches: Sequence[Span], lost: list[tuple[str, str]]) -> Claim | None:
    text = report.text
    places = [span for stretch in stretches for span in find(text, one.quote, stretch)]
    if not places:
        lost.append(("", f"not kept, its quote does not stand in the text: {_short(one.quote)}"))
        return None
    quote = places[0]
    slots: dict[str, Any] = {slot: _mention(slot, one, report, quote, lost) for slot in _MENTIONS}
    slots |= {
        "count": _count(one.count, text, quote, lost),
        "when": _days(one.when, lost),
        "also": _also(one, text, quote, places, lost),
        "whom_class": one.whom_class,
        "stance": one.stance,
        "scope": one.scope,
    }
    certainties = tuple((slot, EMPTIED) for slot, _ in lost if slot in slots and slot != "also")
    return Claim.of(report.key, quote.start, quote.end, one.kind, **slots, certainty=SURE, certainties=certainties)


def _mention(slot: str, one: Told, report: Report, quote: Span, lost: list[tuple[str, str]]) -> Mention | None:
    words = getattr(one, slot)
    if words is None or not words.strip() or (slot == "voice" and _is_own(words, report)):
        return None
    mention = nearest(report.text, words, quote)
    if mention is None:
        left = "the claim stands as the report's own" if slot == "voice" else "the slot is left empty"
        lost.append((slot, f"{slot} does not stand in the text, {left}: {_short(words)}"))
    return mention


def _is_own(voice: str, report: Report) -> bool:
    """Whether the voice is the report itself, by the guide's word or by the name of its outlet or author."""
    name = " ".join(voice.split())
    return name == "author" or name in (report.outlet, report.author)


def _count(number: Number | None, text: str, quote: Span, lost: list[tuple[str, str]]) -> Count | None:
    if number is None or (number.low is None and number.high is None):
        return None
    ends = [end for end in (number.low, number.high) if end is not None]
    span = next(find(text, number.text, quote), None)
    if ends != sorted(ends) or not 0 <= ends[0] <= ends[-1] <= _LARGEST:
        lost.append(("count", "count runs backward or out of bounds, and is left out"))
    elif span is None:
        lost.append(("count", f"count does not stand in the quote, and is left out: {_short(number.text)}"))
    else:
        return Count(number.low, number.high, text[span.start : span.end])
    return None


def _days(days: tuple[str, ...] | None, lost: list[tuple[str, str]]) -> Days | None:
    if not days:
        return None
    try:
        if len(days) != 2 or not all(map(_DAY.fullmatch, days)):
            raise ValueError
        return Days(*map(date.fromisoformat, days))
    except ValueError:
        lost.append(("when", f"when is no first and last day, and is left out: {_short(', '.join(days))}"))
        return None


def _also(one: Told, text: str, quote: Span, places: Sequence[Span], lost: list[tuple[str, str]]) -> tuple[Span, ...]:
    """Where else the claim is made: its sentence, wherever it is said again, and the repeats that were told."""
    spans = set(places[1:]) if len(one.quote.split()) >= _SENTENCE_WORDS else set()
    for words in one.also:
        span = next((span for span in find(text, words, Span(0, len(text))) if not span.touches(quote)), None)
        if span is not None:
            spans.add(span)
        elif next(find(text, words, Span(0, len(text))), None) is None:
            lost.append(("also", f"a repeat does not stand in the text, and is left out: {_short(words)}"))
    return tuple(sorted(spans))


def _short(words: str) -> str:
    flat = " ".join(words[:400].split())
    return repr(flat if len(flat) <= 80 else flat[:79] + "…")
