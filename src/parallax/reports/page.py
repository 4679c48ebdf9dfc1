"""What a saved web page says of itself: title, outlet, author, day, address, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from parallax.model import DateSource
from parallax.reports import dates, language
from parallax.reports.normalise import flat

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_DAYS = (
    "article:published_time", "datepublished", "og:article:published_time", "date", "pubdate", "publishdate",
    "publish-date", "publication_date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "dcterms.issued", "parsely-pub-date", "sailthru.date", "citation_publication_date", "article.published",
)  # fmt: skip
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(?P<url>\S+)\s*-->")
_SITE_TAIL = re.compile(r"\s+[|–—•»-]\s+[^|–—•»]{2,60}\Z")
_ARTICLE = re.compile(r"(?:News|Report|Blog|Liveblog|Social|Advertiser|Scholarly)?.*(?:Article|Posting)\Z")
_DEEP = 12


@dataclass(frozen=True, slots=True)
class Page:
    """What a page's metadata says; days with where each was found."""

    title: str | None
    outlet: str | None
    author: str | None
    days: tuple[tuple[DateSource, date | None], ...]
    url: str | None
    language: str | None


def describe(tree: html.HtmlElement, data: bytes, url: str | None = None) -> Page:
    """What the page says of itself; `url` is where a web archive fetched it from."""
    meta = _meta(tree)
    linked = next(_articles(tree), {})
    address = url or _address(tree, meta, linked, data)
    return Page(
        _title(tree, meta, linked),
        _first(meta, _OUTLETS) or _name(linked.get("publisher")) or _host(address),
        _author(meta, linked),
        (
            *((DateSource.METADATA, dates.parse(meta[key])) for key in _DAYS if key in meta),
            *((DateSource.METADATA, day) for day in _marked_days(tree)),
            (DateSource.JSON_LD, dates.parse(str(linked.get("datePublished") or ""))),
            (DateSource.URL, dates.in_url(address)),
        ),
        address,
        language.named(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = flat(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().casefold(), content)
    return found


def _articles(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page that are articles."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        try:
            yield from _walk(json.loads(script.text or "", strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEP:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        types = value.get("@type")
        for name in types if isinstance(types, list) else [types]:
            if isinstance(name, str) and _ARTICLE.match(name):
                yield value
                break
        yield from _walk(value.get("@graph"), depth + 1)


def _title(tree: html.HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    heads = [flat(head.text_content()) for head in tree.iter("h1")]
    heads = [head for head in heads if head]
    named = _first(meta, _TITLES) or _name(linked.get("headline"))
    # A heading that the metadata's title starts with is that title without the site's name.
    for head in heads:
        if named and named.startswith(head) and len(head) >= 15:
            return head
    if named:
        return named
    if len(heads) == 1:
        return heads[0]
    title = next((flat(element.text_content()) for element in tree.iter("title")), "")
    return _SITE_TAIL.sub("", title) or None


def _author(meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    for key in _AUTHORS:
        if key in meta and not meta[key].startswith(("http://", "https://")):
            return meta[key]
    given = linked.get("author")
    names = [_name(one) for one in (given if isinstance(given, list) else [given])]
    return ", ".join(name for name in names if name) or None


def _marked_days(tree: html.HtmlElement) -> Iterator[date | None]:
    """The days of elements that are marked up as the day of publication."""
    for element in tree.xpath("//*[@itemprop='datePublished' and not(self::meta)] | //time[@pubdate]"):
        yield dates.parse(element.get("datetime") or element.get("content") or flat(element.text_content()))
    times = tree.xpath("//article//header//time[@datetime] | //h1/following::time[@datetime][1]")
    if times:
        yield dates.parse(times[0].get("datetime") or "")


def _address(tree: html.HtmlElement, meta: dict[str, str], linked: dict[str, Any], data: bytes) -> str | None:
    candidates = [element.get("href") for element in tree.xpath("//link[@rel='canonical']")]
    candidates.append(meta.get("og:url"))
    main = linked.get("mainEntityOfPage")
    candidates.append(main.get("@id") if isinstance(main, dict) else main)
    candidates.append(linked.get("url"))
    saved = _SAVED_FROM.search(data[:4096])
    candidates.append(saved["url"].decode("utf-8", "replace") if saved else None)
    return next((found for one in candidates if (found := web_address(one))), None)


def web_address(value: Any) -> str | None:
    """The value, if it is an absolute http or https address."""
    if not isinstance(value, str):
        return None
    value = flat(value)
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.hostname and " " not in value else None


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return flat(value) or None if isinstance(value, str) else None
