"""Plain text to a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Report
from parallax.reports import dates, language, zones
from parallax.reports.decode import decode
from parallax.reports.fault import Fault, Taken
from parallax.reports.normalise import flat, normalise
from parallax.reports.source import Source

_TITLE_LENGTH = 200
_TITLE_END = re.compile(r"[^.:;,،؛…]\Z")

EMPTY = "holds no text; leave it out, or save it again with its text"


def read(source: Source) -> Iterator[Taken | Fault]:
    """The one report of a plain text file; its title is the first line, where that looks like one."""
    data = source.data()
    text = normalise(decode(data))
    if not text.strip():
        raise UnreadableError(EMPTY)
    title = headline(text)
    capture = Capture.of(data, source.label, "text/plain")
    published, words = dates.choose(
        ((DateSource.URL, dates.in_url(source.url)), (DateSource.DATELINE, dates.in_dateline(text)))
    )
    yield Taken(
        Report.of(
            text,
            title=title,
            published=published,
            language=language.told(text),
            url=source.url,
            zones=zones.find(text, title),
            capture=capture.sha256,
        ),
        capture,
    )
    if words:
        yield Fault(source.name, None, words, kept=True)


def headline(text: str) -> str | None:
    """The first line of a text, if it is short, ends as no sentence does and stands apart."""
    first, _, rest = text.lstrip("\n").partition("\n")
    title = flat(first)
    if not title or len(title) > _TITLE_LENGTH or not rest.startswith("\n") or not _TITLE_END.search(title):
        return None
    return title
