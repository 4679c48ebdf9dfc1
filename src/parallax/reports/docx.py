"""A Word document (DOCX) to a report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

import docx
from docx.table import Table

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Report, ZoneKind
from parallax.reports import dates, language
from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import flat
from parallax.reports.source import Source, too_large
from parallax.reports.text import EMPTY, headline

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEND = "open it in a word processor and save it again"
_INFLATED = 20


def read(source: Source) -> Iterator[Taken | Fault]:
    """The one report of a document; raises `UnreadableError` where it is damaged or empty."""
    data = source.data()
    _guard(data, source.max_bytes)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document))
        properties = document.core_properties
        title, author, language_tag = flat(properties.title or ""), flat(properties.author or ""), properties.language
        created = properties.created
    except Exception as error:
        # python-docx raises whatever a damaged part happens to break.
        raise UnreadableError(f"is not a whole Word document ({brief(error)}); {_MEND}") from None
    text, marked = lay(blocks)
    if not text:
        raise UnreadableError(EMPTY)
    head = next((flat(block.text) for block in blocks if block.kind is ZoneKind.HEADLINE), None)
    published, words = dates.choose(
        (
            (DateSource.METADATA, created.date() if isinstance(created, datetime) else None),
            (DateSource.DATELINE, dates.in_dateline(text)),
        )
    )
    capture = Capture.of(data, source.label, _MEDIA_TYPE)
    yield Taken(
        Report.of(
            text,
            title=title or head or headline(text),
            author=author or None,
            published=published,
            language=language.named(language_tag) or language.told(text),
            url=source.url,
            zones=marked,
            capture=capture.sha256,
        ),
        capture,
    )
    if words:
        yield Fault(source.name, None, words, kept=True)


def _guard(data: bytes, limit: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError(f"is not a whole Word document ({brief(error)}); {_MEND}") from None
    if size > limit * _INFLATED:
        raise UnreadableError(f"unpacked, {too_large(limit)}")


def _blocks(document: docx.document.Document) -> Iterator[Block]:
    started = False
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                # A merged cell comes once for every column that it spans.
                cells = list({id(cell._tc): flat(cell.text) for cell in row.cells}.values())
                yield Block(ZoneKind.BODY, " | ".join(cell for cell in cells if cell))
            continue
        if not part.text.strip():
            continue
        style = (part.style.name if part.style is not None else "") or ""
        yield Block(_kind(style.casefold(), started), part.text)
        started = True


def _kind(style: str, started: bool) -> ZoneKind:
    if style == "title" or (not started and style == "heading 1"):
        return ZoneKind.HEADLINE
    if style == "caption":
        return ZoneKind.CAPTION
    return ZoneKind.QUOTED if "quote" in style else ZoneKind.BODY
