"""The zones of a plain text: what of it is headline, body, caption, comment or page clutter.

A captured page often comes as bare text, its menus and its links to other stories run
together with the report. Lines are judged one by one, by rules that err on the side of
body, since a claim lost to clutter is lost for good and clutter read as body is only noise:

- **Headline**: the first line, where it is the title or the start of it.
- **A control** of a page, alone on its line ("Retweet", "Prev Post", "Comments are closed."):
  clutter. After "Prev Post" and "Next Post" the one line that follows is clutter as well,
  where it looks like a link.
- **A heading over links** ("Related articles", "Most read"): clutter, with the lines below it
  for as long as they look like links: short, and not ending as a sentence does.
- **A link that tells of the report's own happening** stays body: the annotation guide lets
  such a line carry claims. It is one that shares three longer words with the title and the
  first lines.
- **A lead-in to a link** ("Read more: ..."): clutter, that line alone.
- **A menu**: a run of at least six very short lines of which at least three are names of
  pages or sections ("Home", "Sport", "Contact us"). A list of the dead is also a run of
  very short lines, so a run without such names stays body.
- **Comments**: from a line "Comments" on, if a report of some length stands above it.
- **Quoted**: a line that starts with "> ", as in letters.
- **Caption**: a line that says so ("FILE: ...", "(Photo: ...)").

The words are in `clutter.json`, in English and Arabic.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parallax.model import Zone, ZoneKind

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?؟。…][\"'”’»)\]]*\s*\Z")
_CAPTION = re.compile(
    r"(?:file(?: photo)?\s*[:–—-]\s|photo\s*:|credit\s*:|\(photo\b)|"
    r"\((?:photo|archive|file photo|image)[^)]*\)\.?\s*\Z",
    re.IGNORECASE,
)
_VOWELS = re.compile("[\u0640\u064b-\u0652]")
_MARKS = re.compile(r"[^\w\s]|_")
_COUNTED = re.compile(r"\A\d+\s+")
_CONTROL_LENGTH = 80
_LINK_LENGTH = 160
_LINKS = 15
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_SAME = 3
_OPENING = 400
_CAPTION_LENGTH = 300
_MENU_WORDS = 4
_MENU_RUN = 6
_MENU_NAMES = 3
_REPORT_BEFORE_COMMENTS = 300


@dataclass(frozen=True, slots=True)
class _Words:
    controls: frozenset[str]
    neighbours: frozenset[str]
    headings: frozenset[str]
    leads: tuple[str, ...]
    sections: frozenset[str]
    comments: frozenset[str]


@cache
def _words() -> _Words:
    data = json.loads(files("parallax.reports").joinpath("clutter.json").read_text("utf-8"))
    return _Words(
        frozenset(data["controls"]),
        frozenset(data["neighbours"]),
        frozenset(data["headings"]),
        tuple(data["leads"]),
        frozenset(data["sections"]),
        frozenset(data["comments"]),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    plain: str


def find(text: str, title: str | None = None) -> tuple[Zone, ...]:
    """The zones of `text`, in order and apart; together they hold everything but blanks."""
    lines = [
        _Line(found.start(), found.end(), found[0].strip(), _plain(found[0]))
        for found in _LINE.finditer(text)
        if found[0].strip()
    ]
    heading = _plain(title) if title else ""
    opening = frozenset(_LONG_WORD.findall(f"{heading} {_plain(text[:_OPENING])}"))
    kinds = _kinds(lines, heading, opening)
    zones: list[Zone] = []
    for line, kind in zip(lines, kinds, strict=True):
        if zones and zones[-1].kind is kind and kind is not ZoneKind.HEADLINE:
            zones[-1] = Zone(kind, zones[-1].start, line.end)
        else:
            zones.append(Zone(kind, line.start, line.end))
    return tuple(zones)


def refine(text: str, marked: tuple[Zone, ...]) -> tuple[Zone, ...]:
    """The zones that a page's own marks gave, its body judged line by line as in a plain text."""
    zones: list[Zone] = []
    for zone in marked:
        if zone.kind is not ZoneKind.BODY:
            zones.append(zone)
            continue
        for found in find(text[zone.start : zone.end]):
            zones.append(Zone(found.kind, zone.start + found.start, zone.start + found.end))
    return tuple(zones)


def without_clutter(text: str, zones: tuple[Zone, ...]) -> str:
    """The text without its clutter and its readers' comments, for comparing reports."""
    if not zones:
        return text
    kept = (zone for zone in zones if zone.kind not in (ZoneKind.CLUTTER, ZoneKind.COMMENT))
    return "\n".join(text[zone.start : zone.end] for zone in kept)


def _kinds(lines: list[_Line], title: str, opening: frozenset[str]) -> list[ZoneKind]:
    words = _words()
    kinds = [ZoneKind.BODY] * len(lines)
    menus = _menus(lines, words)
    links = 0
    comments = False
    for index, line in enumerate(lines):
        if index == 0 and _is_headline(line, title):
            kinds[index] = ZoneKind.HEADLINE
        elif index in menus or _is_control(line, words):
            kinds[index] = ZoneKind.CLUTTER
        elif line.plain in words.neighbours:
            kinds[index] = ZoneKind.CLUTTER
            links, comments = 1, False
        elif line.plain in words.headings:
            kinds[index] = ZoneKind.CLUTTER
            links, comments = _LINKS, False
        elif line.plain in words.comments and line.start >= _REPORT_BEFORE_COMMENTS:
            kinds[index] = ZoneKind.CLUTTER
            links, comments = 0, True
        elif _is_lead(line, words):
            kinds[index] = ZoneKind.CLUTTER
        elif links and _looks_like_link(line):
            links -= 1
            if len(opening.intersection(_LONG_WORD.findall(line.plain))) < _SAME:
                kinds[index] = ZoneKind.CLUTTER
        elif comments:
            kinds[index] = ZoneKind.COMMENT
        else:
            links = 0
            if line.text.startswith("> "):
                kinds[index] = ZoneKind.QUOTED
            elif len(line.text) <= _CAPTION_LENGTH and _CAPTION.search(line.text):
                kinds[index] = ZoneKind.CAPTION
    return kinds


def _plain(line: str) -> str:
    return " ".join(_MARKS.sub(" ", _VOWELS.sub("", line.casefold())).split())


def _is_headline(line: _Line, title: str) -> bool:
    if not title or not line.plain:
        return False
    return line.plain == title or (len(line.plain.split()) >= 4 and title.startswith(line.plain + " "))


def _is_control(line: _Line, words: _Words) -> bool:
    if len(line.text) > _CONTROL_LENGTH:
        return False
    return line.plain in words.controls or _COUNTED.sub("", line.plain, count=1) in words.controls


def _is_lead(line: _Line, words: _Words) -> bool:
    folded = line.text.casefold()
    return len(line.text) <= _LINK_LENGTH and folded.startswith(words.leads)


def _looks_like_link(line: _Line) -> bool:
    return len(line.text) <= _LINK_LENGTH and not _SENTENCE_END.search(line.text[-20:])


def _menus(lines: list[_Line], words: _Words) -> frozenset[int]:
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and _could_be_menu(lines[index]):
            run.append(index)
            continue
        names = sum(lines[at].plain in words.sections for at in run)
        if len(run) >= _MENU_RUN and names >= _MENU_NAMES:
            found.update(run)
        run = []
    return frozenset(found)


def _could_be_menu(line: _Line) -> bool:
    return len(line.plain.split()) <= _MENU_WORDS and not _SENTENCE_END.search(line.text[-20:])
