"""Claims explained to people: each with its sentence, its slots marked in the text, and how sure the reader is.

A report is not trusted: whatever a terminal would obey rather than show (escapes, marks
that turn the direction of writing) is written out as its code point.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from parallax.exports.amounts import count_words
from parallax.exports.doubt import is_doubtful
from parallax.model import Claim, Mention, Report, Span

SLOTS = ("count", "whom", "whom_class", "who", "where", "when", "voice", "via", "stance", "scope")
BRACKET = "bracket"
_STYLES = {
    "title": "bold",
    "kind": "bold",
    "count": "bold magenta",
    "whom": "yellow",
    "who": "red",
    "where": "green",
    "voice": "cyan",
    "via": "blue",
    "quiet": "dim",
    BRACKET: "dim",
    "doubt": "bold reverse",
}
_LONGEST = 2000
_AROUND = 40
_INDENT = "   "
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one line and what they are: a slot's name, "kind", "bracket", "doubt", or nothing special."""

    words: str
    role: str = ""


Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    slot: str


def safe(text: str) -> str:
    """The text with each run of blanks as one space, and whatever is not shown as it stands as `<U+XXXX>`."""
    return "".join(_shown(char) for char in _BLANK.sub(" ", text))


def _shown(char: str) -> str:
    hidden = unicodedata.category(char).startswith("C")
    return f"<U+{ord(char):04X}>" if hidden else char


def explain(report: Report, claims: Sequence[Claim]) -> tuple[Line, ...]:
    """The lines for one report and its claims, in the order given; the last line is empty."""
    day = report.published.day.isoformat() if report.published else "no date"
    lines: list[Line] = [
        (Part(cut(safe(report.title or report.id)), "title"),),
        (Part(f"report {cut(safe(report.id))}; {cut(safe(report.outlet or 'outlet not known'))}; {day}", "quiet"),),
        (Part(_number(claims)),),
        (),
    ]
    for number, claim in enumerate(claims, 1):
        lines += [_head(number, claim), _sentence(report, claim), *_slots(report, claim), ()]
    return tuple(lines)


def plain(line: Line) -> str:
    """A line without its colours."""
    return "".join(part.words for part in line)


def write(lines: Iterable[Line], out: TextIO) -> None:
    """Print the lines; where `out` is a terminal, in its colours and broken between words at its width."""
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    console.soft_wrap = not console.is_terminal
    for line in lines:
        text = Text()
        for part in line:
            text.append(part.words, _STYLES.get(part.role))
        console.print(text)


def _number(claims: Sequence[Claim]) -> str:
    return f"{len(claims)} {'claim' if len(claims) == 1 else 'claims'}" if claims else "no claim was read here"


def _head(number: int, claim: Claim) -> Line:
    words = f' "{cut(safe(claim.count.text))}"' if claim.count else ""
    told = (Part(f"{number}. "), Part(str(claim.kind).replace("_", " "), "kind"), Part(": "))
    return (*told, Part(count_words(claim.count), "count"), Part(f"{words}; "), *_certainty(claim.certainty))


def _certainty(value: float) -> tuple[Part, ...]:
    sure = Part(f"{value:.2f} sure")
    return (sure, Part("  "), Part("DOUBTFUL", "doubt")) if is_doubtful(value) else (sure,)


def _sentence(report: Report, claim: Claim) -> Line:
    inside = [mark for mark in _marks(report, claim) if claim.start <= mark.start and mark.end <= claim.end]
    return (Part(_INDENT), *marked(report.text, Span(claim.start, claim.end), inside))


def _marks(report: Report, claim: Claim) -> list[_Mark]:
    """The slots that have words in the text; the count's are marked where they stand in the sentence just once."""
    found = [_Mark(words.start, words.end, slot) for slot, words in _mentions(claim)]
    if claim.count and claim.count.text:
        pattern = rf"(?<!\w){re.escape(claim.count.text)}(?!\w)"
        places = list(re.finditer(pattern, report.text[claim.start : claim.end]))
        if len(places) == 1:
            found.append(_Mark(claim.start + places[0].start(), claim.start + places[0].end(), "count"))
    return found


def _mentions(claim: Claim) -> Iterator[tuple[str, Mention]]:
    for slot in ("whom", "who", "where", "voice", "via"):
        mention = getattr(claim, slot)
        if mention is not None:
            yield slot, mention


def marked(text: str, span: Span, marks: Sequence[_Mark]) -> tuple[Part, ...]:
    """The text of a span with each mark in brackets behind its slot's name; a very long one is cut.

    Without the brackets, what is left is the text as `safe` gives it, blanks and all.
    """
    end = min(span.end, len(text), span.start + _LONGEST)
    nested = _nest([_Mark(max(m.start, span.start), min(m.end, end), m.slot) for m in marks])
    parts: list[Part] = []
    open_: list[_Mark] = []
    at = span.start

    def upto(stop: int) -> None:
        nonlocal at
        if at < stop:
            parts.append(Part(safe(text[at:stop]), open_[-1].slot if open_ else ""))
            at = stop

    def close(stop: int) -> None:
        while open_ and open_[-1].end <= stop:
            upto(open_[-1].end)
            open_.pop()
            parts.append(Part("]", BRACKET))

    for mark in nested:
        close(mark.start)
        upto(mark.start)
        parts.append(Part(f"[{mark.slot}: ", BRACKET))
        open_.append(mark)
    close(end)
    upto(end)
    return (*parts, Part(" …", BRACKET)) if end < min(span.end, len(text)) else tuple(parts)


def _nest(marks: Iterable[_Mark]) -> list[_Mark]:
    """The marks, outer before inner; one that crosses the end of another is cut in two there."""
    waiting = {mark for mark in marks if mark.start < mark.end}
    done: list[_Mark] = []
    while waiting:
        mark = min(waiting, key=lambda m: (m.start, -m.end, SLOTS.index(m.slot)))
        waiting.discard(mark)
        crossed = [other.end for other in done if other.start <= mark.start < other.end < mark.end]
        if crossed:
            cut = min(crossed)
            waiting |= {_Mark(mark.start, cut, mark.slot), _Mark(cut, mark.end, mark.slot)}
        else:
            done.append(mark)
    return done


def _slots(report: Report, claim: Claim) -> Iterator[Line]:
    sure = dict(claim.certainties)
    for slot in SLOTS:
        value = _value(report, claim, slot)
        if value is None and slot not in sure:
            continue
        name = Part(f"{_INDENT}{slot.replace('_', ' '):<12}", "quiet")
        certainty = (*_certainty(sure[slot]), Part("  ")) if slot in sure else ()
        yield (name, *certainty, *(value or (Part("none"),)))
    for span in claim.also:
        yield (Part(f"{_INDENT}{'also':<12}", "quiet"), Part(f'"{cut(safe(report.text[span.start : span.end]))}"'))


def _value(report: Report, claim: Claim, slot: str) -> tuple[Part, ...] | None:
    """What a slot holds, in words; None if it holds nothing."""
    if slot == "count":
        return (Part(f'{count_words(claim.count)} "{cut(safe(claim.count.text))}"'),) if claim.count else None
    if slot == "when":
        if claim.when is None:
            return None
        first, last = claim.when.first.isoformat(), claim.when.last.isoformat()
        return (Part(first if first == last else f"{first} to {last}"),)
    if slot in ("whom_class", "stance", "scope"):
        return (Part(str(getattr(claim, slot))),)
    mention: Mention | None = getattr(claim, slot)
    if mention is None:
        return (Part("the report's own"),) if slot == "voice" else None
    words = (Part(f'"{cut(safe(mention.text))}"'),)
    if claim.start <= mention.start and mention.end <= claim.end:
        return words
    return (*words, Part(", elsewhere: "), *_around(report, mention, slot))


def _around(report: Report, mention: Mention, slot: str) -> tuple[Part, ...]:
    """The words, marked, with a few whole words on either side."""
    text = report.text
    start, end = max(0, mention.start - _AROUND), min(len(text), mention.end + _AROUND)
    if start:
        start = text.find(" ", start, mention.start) + 1 or start
    if end < len(text) and (blank := text.rfind(" ", mention.end, end)) >= 0:
        end = blank
    shown = marked(text, Span(start, max(start, end)), [_Mark(mention.start, mention.end, slot)])
    return (Part("… " if start else ""), *shown, Part(" …" if end < len(text) else ""))


def cut(words: str) -> str:
    return words if len(words) <= 200 else f"{words[:200]}…"
