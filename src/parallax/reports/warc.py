"""A web archive (WARC, plain or gzipped): the pages in it as sources."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator

from parallax.errors import UnreadableError
from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.source import Source, too_large

_TYPES = frozenset(("response", "resource", "conversion"))
_READ = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/pdf"))
_PIECE = 65_536


def read(source: Source) -> Iterator[Taken | Fault | Source]:
    """The archive's pages and plain texts that were served with success; a payload is the capture.

    Images, scripts and other parts of pages are passed over. The day of the crawl is no day
    of publication and is not taken for one.
    """
    stream: Any = _Unpacked(source.stream) if source.head.startswith(b"\x1f\x8b") else source.stream
    archive = ArchiveIterator(stream)
    records = iter(archive)
    number = pages = 0
    while True:
        number += 1
        place = f"record {number}"
        try:
            # warcio prints what it finds odd, page text and all; the count of it is enough.
            with redirect_stderr(io.StringIO()):
                record = next(records, None)
            if record is None:
                break
            kind, url = _wanted(record)
            data = record.content_stream().read(source.max_bytes + 1) if kind else b""
            _to_end(record)
        except Exception as error:
            # warcio passes on what zlib, the header parser and the chunk reader raise.
            words = f"is damaged, and what follows is not read ({brief(error)}); get the archive again"
            yield Fault(source.name, place, words)
            return
        if not kind:
            continue
        pages += 1
        if len(data) > source.max_bytes:
            yield Fault(source.name, place, too_large(source.max_bytes))
            continue
        yield source.inner(place, data, url=url, media_type=kind)
    if archive.err_count:
        words = f"has {archive.err_count} records that are longer or shorter than they say; get the archive again"
        yield Fault(source.name, None, words, kept=bool(pages))
    elif not pages:
        yield Fault(
            source.name, None, "holds no page or plain text that was served with success; check what was crawled"
        )


class _Unpacked:
    """The bytes of a gzipped archive, however it was packed; damage is an error here.

    warcio's own unpacking passes over a member that is cut short or damaged without a word.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._inner = gzip.GzipFile(fileobj=stream)

    def read(self, size: int = -1) -> bytes:
        try:
            # One piece at a time, so that what comes before the damage is given first.
            return self._inner.read1(size)
        except (EOFError, OSError, zlib.error) as error:
            raise UnreadableError(brief(error)) from None

    def tell(self) -> int:
        return self._inner.tell()


def _to_end(record: Any) -> None:
    """Reads what is left of a record; raises where the archive ends before it does."""
    while record.raw_stream.read(_PIECE):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise UnreadableError("the file ends inside it")


def _wanted(record: object) -> tuple[str | None, str | None]:
    """The media type and address of a record worth reading; None for any other."""
    if getattr(record, "rec_type", None) not in _TYPES:
        return None, None
    http = getattr(record, "http_headers", None)
    headers = getattr(record, "rec_headers", None)
    if headers is None or (http is not None and not str(http.get_statuscode()).startswith("2")):
        return None, None
    given = (http.get_header("Content-Type") if http is not None else None) or headers.get_header("Content-Type") or ""
    kind = given.partition(";")[0].strip().casefold()
    return (kind if kind in _READ else None), headers.get_header("WARC-Target-URI")
