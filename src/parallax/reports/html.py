"""A saved web page to a report: the article with its captions, quotations and readers' comments.

trafilatura (Barbaresi, 2021) tells which paragraphs are the article; the page's own
elements tell what each is. Menus, share bars and links to other stories that it leaves out
are not in the report's text: the capture keeps them. Nothing is fetched, no script is run.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import trafilatura
from lxml import etree, html

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Report, ZoneKind
from parallax.reports import dates, language, zones
from parallax.reports.decode import decode
from parallax.reports.fault import Fault, Taken
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import flat
from parallax.reports.page import describe
from parallax.reports.source import Source

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "form",
        "button",
        "select",
        "textarea",
        "input",
        "head",
    ]
)
_BREAKS = frozenset(
    [
        "p",
        "br",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "address",
        "details",
        "summary",
        "body",
        "html",
    ]
)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?(?:[_-]?(?:list|area|section|thread|body|text))?|disqus_thread|replies)(?:$|[\s_-])"
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumbs?|share|sharing|social|related|recommend(?:ed|ations)?|newsletter|"
    r"most-read|trending|cookie|advert|ads?|promo|sidebar|footer)(?:$|[\s_-])"
)
_CAPTIONS = re.compile(r"(?:^|[\s_-])(?:wp-caption-text|caption|image-caption|photo-caption)(?:$|[\s_-])")
# trafilatura logs what it passes over; what matters comes back as a fault.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_COVERED = 0.6
_FEW = 40
_DEEP = 400


def read(source: Source) -> Iterator[Taken | Fault]:
    """The one report of a saved page; raises `UnreadableError` where it holds no text."""
    data = source.data()
    declared = _DECLARED.search(data[:4096])
    page = decode(data, declared[1].decode("ascii") if declared else None)
    yield from report(page, data, source)


def report(page: str, data: bytes, source: Source, *, media_type: str = "text/html") -> Iterator[Taken | Fault]:
    """The report of a page's markup; `data` are the bytes that are kept as its capture."""
    tree = parse(page)
    said = describe(tree, data, source.url)
    laid = article(tree, said.title)
    text, marked = lay(laid)
    if not any(zone.kind is not ZoneKind.HEADLINE for zone in marked):
        raise UnreadableError(
            "holds no article text; save the page again once it has loaded, or copy its text to a file"
        )
    published, words = dates.choose((*said.days, (DateSource.DATELINE, dates.in_dateline(text))))
    capture = Capture.of(data, source.label, media_type)
    yield Taken(
        Report.of(
            text,
            title=said.title,
            outlet=said.outlet,
            author=said.author,
            published=published,
            language=said.language or language.told(text),
            url=said.url,
            zones=zones.refine(text, marked),
            capture=capture.sha256,
        ),
        capture,
    )
    if words:
        yield Fault(source.name, None, words, kept=True)


def parse(page: str) -> html.HtmlElement:
    """The tree of a page or of a piece of one; without network, entities or huge trees."""
    page = _XML_DECLARATION.sub("", page, count=1).replace("\x00", "")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("is not HTML that can be read; save the page again") from error
    return tree


def article(tree: html.HtmlElement, title: str | None) -> list[Block]:
    """The blocks of the page's article, in the page's order, the headline first."""
    found = list(blocks(tree))
    body = _paragraphs(tree)
    kept = [block for block in found if block.kind is not ZoneKind.CLUTTER and _wanted(block, body)]
    size = sum(len(part) for part in body)
    if size and sum(len(flat(block.text)) for block in kept if block.kind is not ZoneKind.COMMENT) < size * _COVERED:
        kept = [Block(ZoneKind.BODY, part) for part in body] + [
            block for block in kept if block.kind in (ZoneKind.CAPTION, ZoneKind.COMMENT)
        ]
    if not size:
        # Too short, or laid out too oddly, for trafilatura: all that is not marked as surroundings.
        kept = [block for block in found if block.kind is not ZoneKind.CLUTTER]
    heads = {_folded(title)} if title else set()
    kept = [block for block in kept if _folded(block.text) not in heads]
    return [Block(ZoneKind.HEADLINE, title), *kept] if title else kept


def _wanted(block: Block, body: list[str]) -> bool:
    if block.kind in (ZoneKind.CAPTION, ZoneKind.COMMENT):
        return True
    # A few words, such as "Share", also stand by chance inside some paragraph.
    return block.text in body or (len(block.text) >= _FEW and any(block.text in part for part in body))


def _paragraphs(tree: html.HtmlElement) -> list[str]:
    """The article's paragraphs as trafilatura finds them, each on one line."""
    document = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    text = getattr(document, "text", None) or ""
    return [line for part in text.split("\n") if (line := flat(part.lstrip("- |").rstrip(" |")))]


def blocks(tree: html.HtmlElement) -> Iterator[Block]:
    """The page's stretches of text between the elements that break a line."""
    words: list[str] = []
    kind = ZoneKind.BODY
    for now, text in _tokens(tree, ZoneKind.BODY, 0):
        if text is None or now is not kind:
            if line := flat("".join(words)):
                yield Block(kind, line)
            words.clear()
        kind = now
        words.append(text or "")
    if line := flat("".join(words)):
        yield Block(kind, line)


def _tokens(element: html.HtmlElement, kind: ZoneKind, depth: int) -> Iterator[tuple[ZoneKind, str | None]]:
    """The page's words with the kind of what holds them; None for a break between lines."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _SILENT or depth > _DEEP:
        return
    kind = _kind(element, kind)
    breaks = tag in _BREAKS
    if breaks:
        yield kind, None
    if element.text:
        yield kind, element.text
    for child in element:
        yield from _tokens(child, kind, depth + 1)
        if child.tail:
            yield kind, child.tail
    if breaks:
        yield kind, None


def _kind(element: html.HtmlElement, inherited: ZoneKind) -> ZoneKind:
    if inherited is not ZoneKind.BODY:
        return inherited
    tag = element.tag
    names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
    if tag in ("figcaption", "caption") or _CAPTIONS.search(names):
        return ZoneKind.CAPTION
    if tag in ("nav", "aside", "footer") or (tag not in ("body", "html", "article", "main") and _AROUND.search(names)):
        return ZoneKind.CLUTTER
    if tag not in ("body", "html", "article", "main") and _COMMENTS.search(names):
        return ZoneKind.COMMENT
    return ZoneKind.QUOTED if tag == "blockquote" else inherited


def _folded(text: str | None) -> str:
    return flat(text or "").casefold()
