"""Which kind of file this is, and the reports in it; the one place that knows every format.

A file is known by its content first, then by the suffix of its name. Containers (archives,
messages, web archives) give sources, which come back here, until everything is read or a
limit is reached.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from parallax.errors import UnreadableError
from parallax.reports import archive, docx, eml, feed, html, lines, markdown, pdf, table, text, warc
from parallax.reports.decode import binary
from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.source import Source

_Read = Callable[[Source], Iterator[Taken | Fault | Source]]

_DEPTH = 4
_SOURCES = 200_000
_SWELL = 20

_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".eml": "eml",
    ".mht": "eml",
    ".mhtml": "eml",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "table",
    ".tsv": "table",
    ".rss": "feed",
    ".atom": "feed",
}
_BY_MEDIA_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "eml",
    "text/markdown": "markdown",
}
# A name that promises bytes which the content did not show.
_PROMISES = frozenset((".pdf", ".docx", ".zip", ".gz", ".tgz", ".tar", ".warc"))
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "is an old Microsoft Office or Outlook file; save it as DOCX, CSV or EML"),
    (b"{\\rtf", "is rich text (RTF); save it as DOCX or plain text"),
    (b"\x89PNG", "is a picture; run text recognition (OCR) on it and save the text"),
    (b"\xff\xd8\xff", "is a picture; run text recognition (OCR) on it and save the text"),
    (b"GIF8", "is a picture; run text recognition (OCR) on it and save the text"),
    (b"SQLite format 3\x00", "is a database; export its reports as CSV or JSON Lines"),
    (b"7z\xbc\xaf'\x1c", "is a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "is a RAR archive; unpack it first"),
    (b"BZh", "is a bzip2 file; unpack it first"),
    (b"\xfd7zXZ\x00", "is an xz file; unpack it first"),
    (b"%!PS", "is PostScript; save it as PDF"),
)
_UNKNOWN = "is no kind of file that is read here; save it as text, HTML, PDF, DOCX, CSV or JSON Lines"
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|meta|title)[\s>]", re.IGNORECASE)
_XML_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?(?P<root>[\w.-]+)")
_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?.*")
_MAIL_HEADERS = frozenset(
    (
        "received", "from", "to", "subject", "date", "message-id", "mime-version", "return-path", "delivered-to",
        "content-type", "reply-to", "x-received", "dkim-signature", "snapshot-content-location",
    )
)  # fmt: skip
_PAIR = re.compile(r"---[ \t]*\r?\n[A-Za-z][\w .-]{0,60}:(?:\s|\Z)")


def extract(source: Source, *, mapping: Mapping[str, str] | None = None) -> Iterator[Taken | Fault]:
    """The reports in a source, and a fault for each part that cannot be read; never an error."""
    waiting: list[Iterator[Taken | Fault | Source]] = [_read(source, mapping)]
    unpacked = sources = 0
    while waiting:
        try:
            found = next(waiting[-1])
        except StopIteration:
            waiting.pop()
            continue
        if not isinstance(found, Source):
            yield found
            continue
        sources += 1
        unpacked += len(found.head) if len(found.head) < 65_536 else found.stream.seek(0, 2)
        found.stream.seek(0)
        if sources > _SOURCES or unpacked > _SWELL * source.max_bytes:
            limits = f"more than {_SOURCES:,} files or {_SWELL} times {source.max_bytes:,} bytes"
            yield Fault(source.name, None, f"holds too much when unpacked, {limits}; unpack it and read the parts")
            return
        if found.depth > _DEPTH:
            yield Fault(found.name, None, f"lies in more than {_DEPTH} files inside each other; unpack them first")
            continue
        waiting.append(_read(found, mapping))


def _read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Taken | Fault | Source]:
    """What one source holds; everything that goes wrong comes back as one fault."""
    try:
        name = kind(source)
        if name == "table":
            yield from table.read(source, mapping)
        else:
            yield from _READERS[name](source)
    except UnreadableError as error:
        yield Fault(source.name, None, str(error))
    except RecursionError:
        yield Fault(source.name, None, "is nested too deep to be read; save its text to a plain file")
    except MemoryError:
        yield Fault(source.name, None, "needs more memory than there is; split it")
    except Exception as error:
        # Files are anybody's bytes, and the libraries that read them raise whatever breaks.
        words = f"cannot be read ({type(error).__name__}: {brief(error)}); is it damaged? Save it again"
        yield Fault(source.name, None, words)


def kind(source: Source) -> str:
    """The name of the format; raises `UnreadableError`, saying what to do, where none fits."""
    head = source.head
    if not head:
        raise UnreadableError("is empty; leave it out, or save it again")
    if packed := _packed(source):
        return packed
    for mark, words in _OTHERS:
        if head.startswith(mark):
            raise UnreadableError(words)
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp" or head[:3] == b"ID3":
        raise UnreadableError("is sound, film or a picture; write down what it says and save that as text")
    if source.suffix in _PROMISES:
        raise UnreadableError(f"is named {source.suffix} and is none, or is damaged; save it again")
    if binary(head):
        raise UnreadableError(_UNKNOWN)
    return _written(source, _peek(head))


def _packed(source: Source) -> str | None:
    """The format of a file that is not plain text, by its first bytes."""
    head = source.head
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(source)
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"\x1f\x8b"):
        inner = _inflated(head)
        if inner.startswith(b"WARC/"):
            return "warc"
        return "tar" if inner[257:262] == b"ustar" else "gzip"
    return "tar" if head[257:262] == b"ustar" else None


def _zipped(source: Source) -> str:
    data = source.data()
    source.stream.seek(0)
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        names = set()
    if "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise UnreadableError("is an office or e-book file of a kind that is not read; save it as DOCX, PDF or CSV")
    return "docx" if source.suffix == ".docx" else "zip"


def _inflated(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 1024)
    except zlib.error:
        return b""


def _peek(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def _written(source: Source, peek: str) -> str:
    """The format of a file of text, by its first characters, then by its name."""
    start = peek.lstrip()
    first = start.partition("\n")[0].strip()
    named = _BY_SUFFIX.get(source.suffix) or _BY_MEDIA_TYPE.get(source.media_type or "")
    if first.startswith("{") and (named == "lines" or _is_line(first, peek, source.head)):
        return "lines"
    if source.suffix in (".json",) or (
        (first.startswith(("[{", "[\n")) or start.startswith("[\n")) and _is_array(peek)
    ):
        raise UnreadableError("is JSON over many lines; write one object a line (JSON Lines)")
    if start.startswith("<"):
        marked = _marked_up(start, named)
        if marked:
            return marked
    if named:
        return named
    if source.suffix == ".xml":
        raise UnreadableError("is XML that is neither RSS nor Atom; save its text as HTML or plain text")
    if _PAIR.match(peek):
        return "markdown"
    if _is_mail(start):
        return "eml"
    return "table" if source.suffix in ("",) and table.is_header(first) else "text"


def _marked_up(start: str, named: str | None) -> str | None:
    found = _XML_ROOT.search(start)
    root = found["root"].casefold() if found else ""
    if root in ("rss", "feed", "rdf"):
        return "feed"
    if _HTML.search(start[:8192]) or root in ("html", "div", "p", "section", "main"):
        return "html"
    if named is None and start.startswith("<?xml"):
        raise UnreadableError("is XML that is neither RSS nor Atom; save its text as HTML or plain text")
    return named


def _is_line(first: str, peek: str, head: bytes) -> bool:
    """Whether the first line is an object of JSON, or the whole head one long line that starts as one."""
    if "\n" not in peek.strip() and len(head) >= 65_536:
        return re.match(r'\{\s*"', first) is not None
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return re.match(r'\{\s*"\w+"\s*:', first) is not None


def _is_array(peek: str) -> bool:
    return re.match(r'\[\s*\{\s*"', peek.lstrip()) is not None


def _is_mail(start: str) -> bool:
    names = []
    for line in start.split("\n")[:60]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        found = _HEADER.match(line.rstrip("\r"))
        if not found:
            return False
        names.append(found["name"].casefold())
    return len(_MAIL_HEADERS.intersection(names)) >= 3


_READERS: Mapping[str, _Read] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
    "pdf": pdf.read,
    "docx": docx.read,
    "eml": eml.read,
    "lines": lines.read,
    "feed": feed.read,
    "warc": warc.read,
    "zip": archive.read_zip,
    "tar": archive.read_tar,
    "gzip": archive.read_gzip,
}
