"""A PDF with text in it to a report."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Report, ZoneKind
from parallax.reports import dates, language
from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import flat, normalise
from parallax.reports.source import Source
from parallax.reports.text import headline

_PAGES = 2_000
_SENTENCE_END = re.compile(r"[.!?:؟。][\"'”’»)\]]*\Z")
_NUMBER = re.compile(r"\d+")
_FULL_LINE = 0.7
_LONG_PAGE = 12

# pypdf logs every oddity of a file as it goes; what matters comes back as a fault.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(source: Source) -> Iterator[Taken | Fault]:
    """The one report of a PDF.

    Raises `UnreadableError` where a password is needed, the file is damaged, or it holds
    pictures of text only. Lines that a page breaks are joined again to paragraphs, and
    running heads and page numbers become clutter.
    """
    data = source.data()
    document = _open(data)
    pages: list[str] = []
    faults: list[Fault] = []
    for number, page in enumerate(document.pages, 1):
        if number > _PAGES:
            faults.append(
                Fault(
                    source.name, f"page {number}", f"and later pages were left out; split it to {_PAGES:,} pages", True
                )
            )
            break
        try:
            pages.append(normalise(page.extract_text() or ""))
        except Exception as error:
            pages.append("")
            words = f"cannot be read ({brief(error)}); print the file to a new PDF"
            faults.append(Fault(source.name, f"page {number}", words, kept=True))
    if not any(page.strip() for page in pages):
        raise UnreadableError("holds no text, only pictures of it or nothing; run text recognition (OCR) on it first")
    text, marked = lay(_blocks(pages))
    title, author, created = _said(document)
    title = title or headline(text)
    published, disagreement = dates.choose(
        ((DateSource.METADATA, dates.parse(created)), (DateSource.DATELINE, dates.in_dateline(text)))
    )
    capture = Capture.of(data, source.label, "application/pdf")
    yield Taken(
        Report.of(
            text,
            title=title,
            author=author,
            published=published,
            language=language.told(text),
            url=source.url,
            zones=marked,
            capture=capture.sha256,
        ),
        capture,
    )
    yield from faults
    if disagreement:
        yield Fault(source.name, None, disagreement, kept=True)


def _open(data: bytes) -> pypdf.PdfReader:
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise UnreadableError("is locked with a password; remove the password and save it again")
        if not len(document.pages):
            raise UnreadableError("is a PDF without pages; save it again")
    except DependencyError:
        raise UnreadableError("is encrypted; remove the protection and save it again") from None
    except NotImplementedError:
        raise UnreadableError(
            "is protected in a way that is not read; remove the protection and save it again"
        ) from None
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise UnreadableError(f"is not a whole PDF ({brief(error)}); save or download it again") from None
    return document


def _said(document: pypdf.PdfReader) -> tuple[str | None, str | None, str]:
    """Title, author and day of making, as the file's own properties give them."""
    try:
        properties: Any = document.metadata or {}
        title, author, created = (str(properties.get(key) or "") for key in ("/Title", "/Author", "/CreationDate"))
    except Exception:
        # Damaged properties are no reason to lose the text.
        return None, None, ""
    named = flat(title)
    # Word processors put a file's name where nobody gave a title.
    if re.search(r"\.\w{2,4}\Z", named) or named.casefold() in ("untitled", "document") or " - " in named[:20]:
        named = ""
    return named or None, flat(author) or None, flat(created)


def _blocks(pages: list[str]) -> Iterator[Block]:
    running = _running(pages)
    for page in pages:
        lines = [line.strip() for line in page.split("\n")]
        width = max((len(line) for line in lines), default=0)
        depth = _edge(lines)
        paragraph: list[str] = []
        for index, line in enumerate(lines):
            edge = index < depth or index >= len(lines) - depth
            aside = edge and bool(line) and (_pattern(line) in running or _NUMBER.fullmatch(line) is not None)
            if aside or not line:
                yield from _close(paragraph)
                if aside:
                    yield Block(ZoneKind.CLUTTER, line)
                continue
            paragraph.append(line)
            # A short line that ends a sentence ends its paragraph.
            if len(line) < width * _FULL_LINE and _SENTENCE_END.search(line[-20:]):
                yield from _close(paragraph)
        yield from _close(paragraph)


def _close(paragraph: list[str]) -> Iterator[Block]:
    if not paragraph:
        return
    text = paragraph[0]
    for line in paragraph[1:]:
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}"
    paragraph.clear()
    yield Block(ZoneKind.BODY, text)


def _running(pages: list[str]) -> frozenset[str]:
    """The first and last lines that stand on three pages or more, their numbers aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        depth = _edge(lines)
        seen.update({_pattern(line) for line in (*lines[:depth], *lines[-depth:])})
    return frozenset(pattern for pattern, times in seen.items() if times >= 3)


def _edge(lines: list[str]) -> int:
    """How many lines at the top and at the foot of a page can be running ones."""
    return 2 if len(lines) >= _LONG_PAGE else 1


def _pattern(line: str) -> str:
    return _NUMBER.sub("0", line)
