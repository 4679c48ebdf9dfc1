"""Markdown, with or without front matter, to a report; the marks go, the words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Report, ZoneKind
from parallax.reports import dates, frontmatter, language, zones
from parallax.reports.decode import decode
from parallax.reports.fault import Fault, Taken
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import flat, normalise
from parallax.reports.source import Source
from parallax.reports.text import EMPTY

_HEADING = re.compile(r"#{1,6}\s+(?P<words>.+)")
_UNDERLINE = re.compile(r"(?:=+|-+)\Z")
_RULE = re.compile(r"(?:[*_-]\s*){3,}\Z")
_FENCE = re.compile(r"(?:```|~~~)")
_QUOTE = re.compile(r"(?:>\s?)+")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")
# What a mark can hold is bounded, so that a line of nothing but marks takes no longer than any other.
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]\n]{0,1000})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,1000})\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_AUTOLINK = re.compile(r"<(?P<words>https?://[^<>\s]{1,2000})>")
_STRONG = re.compile(r"(?<![\w*])(?P<mark>\*\*|__)(?=[^\s*_])(?P<words>[^\n*]{1,1000}?)(?<=\S)(?P=mark)(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*_])(?P<mark>[*_])(?=\S)(?P<words>[^\n*_]{1,1000}?)(?<=\S)(?P=mark)(?![\w*_])")
_CODE = re.compile(r"`(?P<words>[^`\n]{1,1000})`")
_ESCAPE = re.compile(r"\\(?P<mark>[\\`*_{}\[\]()#+.!>-])")


def read(source: Source) -> Iterator[Taken | Fault]:
    """The one report of a Markdown file.

    Raises `UnreadableError` where the front matter cannot be read. Headings, emphasis and
    links lose their marks; a quotation and an image's caption become zones of their own.
    """
    data = source.data()
    text = normalise(decode(data))
    values, body = frontmatter.split(text)
    blocks = _blocks(_uncommented(body))
    first = next((block for block in blocks if block.kind is ZoneKind.HEADLINE), None)
    title = flat(values.get("title", "")) or (flat(first.text) if first else None)
    if title and (first is None or flat(first.text).casefold() != title.casefold()):
        blocks = [Block(ZoneKind.HEADLINE, title), *blocks]
    if not any(block.kind is not ZoneKind.HEADLINE and block.text.strip() for block in blocks):
        raise UnreadableError(EMPTY)
    laid, marked = lay(blocks)
    capture = Capture.of(data, source.label, "text/markdown")
    given = values.get("date", "")
    url = values.get("url") or source.url
    published, words = dates.choose(
        (
            (DateSource.GIVEN, dates.parse(given)),
            (DateSource.URL, dates.in_url(url)),
            (DateSource.DATELINE, dates.in_dateline(laid)),
        )
    )
    yield Taken(
        Report.of(
            laid,
            id=flat(values.get("id", "")) or None,
            title=title,
            outlet=flat(values.get("outlet", "")) or None,
            author=flat(values.get("author", "")) or None,
            published=published,
            language=language.named(values.get("language")) or language.told(laid),
            url=url or None,
            zones=zones.refine(laid, marked),
            capture=capture.sha256,
        ),
        capture,
    )
    if given and not dates.parse(given):
        yield Fault(source.name, "front matter", dates.unused(given), kept=True)
    if words:
        yield Fault(source.name, None, words, kept=True)


def _blocks(text: str) -> list[Block]:
    """The paragraphs; lines of one paragraph are joined, as Markdown shows them."""
    blocks: list[Block] = []
    lines: list[str] = []
    kind = ZoneKind.BODY
    fenced = False

    def close() -> None:
        if lines:
            blocks.append(Block(kind, "\n".join(lines)))
            lines.clear()

    for raw in text.split("\n"):
        line = raw.strip()
        if _FENCE.match(line):
            close()
            fenced, kind = not fenced, ZoneKind.BODY
        elif fenced:
            lines.append(raw)
        elif not line or (_RULE.match(line) and not lines):
            close()
            kind = ZoneKind.BODY
        elif heading := _HEADING.match(line):
            close()
            _heading(blocks, heading["words"].rstrip("#"))
            kind = ZoneKind.BODY
        elif _UNDERLINE.match(line) and len(lines) == 1 and kind is ZoneKind.BODY:
            words = lines.pop()
            _heading(blocks, words)
        elif image := _IMAGE.fullmatch(line):
            close()
            blocks.append(Block(ZoneKind.CAPTION, _bare(image["alt"])))
        elif quote := _QUOTE.match(line):
            if kind is not ZoneKind.QUOTED:
                close()
            kind = ZoneKind.QUOTED
            _join(lines, line[quote.end() :])
        elif item := _ITEM.match(line):
            lines.append(_bare(line[item.end() :]))
        else:
            _join(lines, line)
    close()
    return blocks


def _uncommented(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


def _heading(blocks: list[Block], words: str) -> None:
    """The first heading, above any text, is the headline; a later one is a line of the body."""
    kind = ZoneKind.BODY if blocks else ZoneKind.HEADLINE
    blocks.append(Block(kind, _bare(words)))


def _join(lines: list[str], line: str) -> None:
    words = _bare(line)
    if lines:
        lines[-1] = f"{lines[-1]} {words}"
    else:
        lines.append(words)


def _bare(line: str) -> str:
    line = _IMAGE.sub(r"\g<alt>", line)
    line = _LINK.sub(r"\g<words>", line)
    for pattern in (_AUTOLINK, _CODE, _STRONG, _EMPHASIS):
        line = pattern.sub(r"\g<words>", line)
    return _ESCAPE.sub(r"\g<mark>", line)
