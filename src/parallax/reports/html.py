"""A saved web page to a report: the article with its captions, quotations and readers' comments.

trafilatura (Barbaresi, 2021) tells which paragraphs are the article; the page's own
elements tell what each is. Menus, share bars and links to other stories that it leaves out
are not in the report's text: the capture keeps them. Nothing is fetched, no script is run.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice

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
_XML_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_SILENT = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "select", "textarea",
        "input", "head",
    )
)  # fmt: skip
_SURROUND = ("nav", "aside", "footer")
_BREAKS = frozenset(
    (
        "html", "body", "p", "br", "div", "section", "article", "main", "header", "footer", "aside", "nav", "form",
        "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "td", "th", "thead", "tbody", "tfoot", "figure",
        "figcaption", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "details", "summary",
    )
)  # fmt: skip
# Words of class names and ids; one that only says that the page has such a thing ("has-sidebar") is none.
_COMMENTS = re.compile(
    r"(?:comments?|replies|disqus)(?:[_-](?:list|area|section|thread|body|text|content|container))*\Z|disqus_thread\Z"
)
_AROUND = re.compile(
    r"(?:(?:main|top|site|page|post|entry|article|jp)[_-])?(?:nav|navbar|navigation|menu|breadcrumbs?|share|sharing|"
    r"sharedaddy|social|related|relatedposts|recommend(?:ed|ations)?|newsletter|most-read|trending|cookies?|advert|ads?|"
    r"promo|sidebar|footer)(?:[_-](?!layout|page|content)\w+)*\Z"
)
_CAPTIONS = re.compile(r"(?:\w+-)*caption(?:-text)?\Z")
_CELL = 120
# trafilatura logs what it passes over; what matters comes back as a fault.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_COVERED = 0.6
_FEW = 40
_DEEP = 400
_ELEMENTS = 150_000


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
    page = page.replace("\x00", "").lstrip()
    if declared := _XML_DECLARATION.match(page):
        page = page[declared.end() :]
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("is not HTML that can be read; save the page again") from error
    if sum(1 for _ in islice(tree.iter(), _ELEMENTS + 1)) > _ELEMENTS:
        raise UnreadableError(f"is a page of more than {_ELEMENTS:,} elements; copy its text to a file")
    return tree


def article(tree: html.HtmlElement, title: str | None) -> list[Block]:
    """The blocks of the page's article, in the page's order, the headline first.

    Where the page's marks and trafilatura differ about what is the article, trafilatura is
    followed: themes name the whole page after a sidebar or a comment form that it has.
    """
    found = list(blocks(tree))
    body = _paragraphs(tree)
    size = sum(len(part) for part in body)
    if size:
        kept = list(_kept(found, body))
        if sum(len(block.text) for block in kept if block.kind is not ZoneKind.COMMENT) < size * _COVERED:
            # The page breaks its lines otherwise than trafilatura does; its paragraphs stand then.
            rest = [block for block in kept if block.kind in (ZoneKind.CAPTION, ZoneKind.COMMENT)]
            kept = [*(Block(ZoneKind.BODY, part) for part in body), *rest]
    else:
        # Too short, or laid out too oddly, for trafilatura: all that is not marked as surroundings.
        kept = [block for block in found if block.kind is not ZoneKind.CLUTTER]
    if not title:
        return kept
    start = next((at for at, one in enumerate(kept) if len(one.text) >= _FEW and one.text != title), len(kept))
    above = [one for one in kept[:start] if one.text.casefold() != title.casefold()]
    return [Block(ZoneKind.HEADLINE, title), *above, *kept[start:]]


def _kept(found: list[Block], body: list[str]) -> Iterator[Block]:
    paragraphs = frozenset(body)
    joined = "\n".join(body)
    for block in found:
        # A few words, such as "Share", also stand by chance inside some paragraph.
        wanted = block.text in paragraphs or (len(block.text) >= _FEW and block.text in joined)
        if block.kind in (ZoneKind.CLUTTER, ZoneKind.COMMENT) and wanted:
            yield Block(ZoneKind.BODY, block.text)
        elif wanted or block.kind in (ZoneKind.CAPTION, ZoneKind.COMMENT):
            yield block


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
    if not tag or tag in _SILENT or depth > _DEEP or (tag in _SURROUND and not _holds_article(element)):
        return
    kind = _kind(element, kind)
    breaks = tag in _BREAKS
    if breaks:
        yield kind, None
    if tag == "tr" and (row := _row(element)):
        yield kind, row
        yield kind, None
        return
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
    names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold().split()
    if tag in ("figcaption", "caption") or any(_CAPTIONS.match(name) for name in names):
        return ZoneKind.CAPTION
    if tag == "blockquote":
        return ZoneKind.QUOTED
    around = any(_AROUND.match(name) for name in names)
    comments = any(_COMMENTS.match(name) for name in names)
    if (around or comments) and tag != "body" and not _holds_article(element):
        return ZoneKind.COMMENT if comments else ZoneKind.CLUTTER
    return inherited


def _holds_article(element: html.HtmlElement) -> bool:
    """What holds the article is no surroundings, whatever it is called."""
    return element.find(".//article") is not None or element.find(".//h1") is not None


def _row(element: html.HtmlElement) -> str | None:
    """A row of a table of facts on one line; None for one that lays out a page."""
    cells = [flat(cell.text_content()) for cell in element if cell.tag in ("td", "th")]
    return " | ".join(cells) if len(cells) > 1 and all(len(cell) <= _CELL for cell in cells) else None
