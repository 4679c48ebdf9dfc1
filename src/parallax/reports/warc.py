"""A web archive (WARC, plain or gzipped): the pages in it as sources."""

from __future__ import annotations

from collections.abc import Iterator

from warcio.archiveiterator import ArchiveIterator

from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.source import Source, too_large

_TYPES = frozenset(("response", "resource", "conversion"))
_READ = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/pdf"))


def read(source: Source) -> Iterator[Taken | Fault | Source]:
    """The archive's pages and plain texts that were served with success; a payload is the capture.

    Images, scripts and other parts of pages are passed over. The day of the crawl is no day
    of publication and is not taken for one.
    """
    number = 0
    pages = 0
    records = iter(ArchiveIterator(source.stream))
    while True:
        number += 1
        place = f"record {number}"
        try:
            record = next(records, None)
            if record is None:
                break
            kind, url = _wanted(record)
            if kind is None:
                continue
            data = record.content_stream().read(source.max_bytes + 1)
        except Exception as error:
            # warcio passes on what zlib, the header parser and the chunk reader raise.
            yield Fault(
                source.name, place, f"is damaged, what follows is not read ({brief(error)}); get the archive again"
            )
            return
        pages += 1
        if len(data) > source.max_bytes:
            yield Fault(source.name, place, too_large(source.max_bytes))
            continue
        yield source.inner(place, data, url=url, media_type=kind)
    if not pages:
        yield Fault(
            source.name, None, "holds no page or plain text that was served with success; check what was crawled"
        )


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
