"""A saved RSS or Atom file to reports, one for each entry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import feedparser

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Report, ZoneKind
from parallax.reports import dates, html, language, zones
from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import flat
from parallax.reports.page import web_address
from parallax.reports.source import Source


def read(source: Source) -> Iterator[Taken | Fault]:
    """The entries of a feed; the whole file is the capture of each. Nothing it links to is fetched.

    Raises `UnreadableError` where the file declares entities, which no feed needs and which
    can be made to swell without end, or holds no entries.
    """
    data = source.data()
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise UnreadableError("declares XML entities, which are not read; save the feed without them")
    # A stream, never a string: feedparser would take a string for an address to fetch.
    feed: Any = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        reason = f" ({brief(feed.bozo_exception)})" if feed.get("bozo") and feed.get("bozo_exception") else ""
        raise UnreadableError(f"is a feed without entries that can be read{reason}; save it again")
    capture = Capture.of(data, source.label, "application/xml")
    for number, entry in enumerate(feed.entries, 1):
        yield from _entry(source, feed.feed, entry, number, capture)
    if feed.get("bozo") and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        words = f"is not well-formed ({brief(feed.bozo_exception)}), entries may be missing; save it again"
        yield Fault(source.name, None, words, kept=True)


def _entry(source: Source, feed: Any, entry: Any, number: int, capture: Capture) -> Iterator[Taken | Fault]:
    place = f"entry {number}"
    title = flat(_plain(entry.get("title") or "")) or None
    contents = [one.get("value") or "" for one in entry.get("content") or []]
    body = _blocks(max([*contents, entry.get("summary") or ""], key=len))
    text, marked = lay([Block(ZoneKind.HEADLINE, title or ""), *body])
    if not text:
        yield Fault(source.name, place, "holds no text and no title; leave it out")
        return
    url = web_address(entry.get("link"))
    given = entry.get("published") or entry.get("updated")
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    # The writer's own words first: feedparser turns the time to UTC, which can be another day.
    day = dates.parse(given or "") or (date(*parsed[:3]) if parsed else None)
    published, words = dates.choose(((DateSource.FEED, day), (DateSource.URL, dates.in_url(url))))
    yield Taken(
        Report.of(
            text,
            title=title,
            outlet=flat((entry.get("source") or {}).get("title") or feed.get("title") or "") or None,
            author=flat(entry.get("author") or "") or None,
            published=published,
            language=language.named(feed.get("language")) or language.told(text),
            url=url,
            zones=zones.refine(text, marked),
            capture=capture.sha256,
        ),
        capture,
    )
    if given and not day:
        yield Fault(source.name, place, dates.unused(given), kept=True)
    if words:
        yield Fault(source.name, place, words, kept=True)


def _plain(markup: str) -> str:
    return " ".join(block.text for block in _blocks(markup))


def _blocks(markup: str) -> list[Block]:
    """The blocks of an entry's markup, which is a piece of a page and no page."""
    if not markup.strip():
        return []
    if "<" not in markup and "&" not in markup:
        return [Block(ZoneKind.BODY, markup)]
    return [block for block in html.blocks(html.parse(markup)) if block.kind is not ZoneKind.CLUTTER]
