"""A saved e-mail to a report; what it carries that can be read becomes reports of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Report, ZoneKind
from parallax.reports import dates, html, language
from parallax.reports.decode import decode
from parallax.reports.fault import Fault, Taken
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import flat, normalise
from parallax.reports.page import web_address
from parallax.reports.source import Source
from parallax.reports.text import EMPTY

_QUOTED = re.compile(r"\s*>[>\s]*")
_SIGNATURE = "--"
# What mail programs add and nobody reads as a report.
_PASSED = ("image/", "audio/", "video/", "font/", "text/calendar", "text/vcard", "text/css")
_PASSED_TYPES = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/ms-tnef")
)
_PARTS = 1_000


def read(source: Source) -> Iterator[Taken | Fault | Source]:
    """The message as a report, then its attachments as sources; images and signatures are passed over.

    A page saved as one MHTML file is read as the page it holds. Raises `UnreadableError`
    where the message holds no text and nothing else.
    """
    data = source.data()
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    parts = _leaves(message)
    page = _header(message, "Snapshot-Content-Location")
    body = _best(parts, ("text/html", "text/plain") if page else ("text/plain", "text/html"))
    carried = [part for part in parts if part is not body and _is_carried(part)]
    if page and body is not None and body.get_content_type() == "text/html":
        found = replace(source, url=source.url or web_address(page))
        yield from html.report(_text(body), data, found, media_type="multipart/related")
        return
    blocks = _blocks(body)
    if blocks:
        yield from _report(message, blocks, data, source)
    elif not carried:
        raise UnreadableError(EMPTY)
    for number, part in enumerate(carried, 1):
        name = flat(part.get_filename() or "").replace("/", "_") or f"part {number}{_suffix(part)}"
        yield source.inner(name, _bytes(part), media_type=part.get_content_type())


def _report(message: EmailMessage, blocks: list[Block], data: bytes, source: Source) -> Iterator[Taken | Fault]:
    title = flat(_header(message, "Subject")) or None
    text, marked = lay([Block(ZoneKind.HEADLINE, title or ""), *blocks])
    given = _header(message, "Date")
    published, words = dates.choose(
        ((DateSource.HEADER, dates.parse(given)), (DateSource.DATELINE, dates.in_dateline(text)))
    )
    name, address = parseaddr(_header(message, "From"))
    capture = Capture.of(data, source.label, "message/rfc822")
    yield Taken(
        Report.of(
            text,
            title=title,
            author=flat(name) or flat(address) or None,
            published=published,
            language=language.named(_header(message, "Content-Language")) or language.told(text),
            url=web_address(_header(message, "Archived-At").strip(" <>")) or source.url,
            zones=marked,
            capture=capture.sha256,
        ),
        capture,
    )
    if given and not dates.parse(given):
        yield Fault(source.name, "Date header", dates.unused(given), kept=True)
    if words:
        yield Fault(source.name, None, words, kept=True)


def _leaves(message: EmailMessage) -> list[EmailMessage]:
    """The parts that hold something; a message inside the message is one part, not opened here."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting and len(found) < _PARTS:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting.extend(reversed([one for one in part.get_payload() if isinstance(one, EmailMessage)]))
        else:
            found.append(part)
    return found


def _best(parts: list[EmailMessage], types: tuple[str, ...]) -> EmailMessage | None:
    for wanted in types:
        for part in parts:
            if part.get_content_type() == wanted and not part.is_attachment() and _text(part).strip():
                return part
    return None


def _is_carried(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    if kind.startswith(_PASSED) or kind in _PASSED_TYPES:
        return False
    return part.is_attachment() or kind == "message/rfc822" or part.get_filename() is not None


def _blocks(body: EmailMessage | None) -> list[Block]:
    if body is None:
        return []
    if body.get_content_type() == "text/html":
        return html.article(html.parse(_text(body)), None)
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", normalise(_text(body))):
        lines = paragraph.split("\n")
        if lines[0].rstrip() == _SIGNATURE:
            blocks.append(Block(ZoneKind.CLUTTER, paragraph))
        elif all(_QUOTED.match(line) for line in lines):
            blocks.append(Block(ZoneKind.QUOTED, "\n".join(_QUOTED.sub("", line) for line in lines)))
        else:
            blocks.append(Block(ZoneKind.BODY, paragraph))
    return [block for block in blocks if block.text.strip()]


def _text(part: EmailMessage) -> str:
    data = _bytes(part)
    return decode(data, part.get_content_charset()) if data else ""


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], EmailMessage) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except Exception:
        # The header parser of the standard library breaks on some malformed headers.
        return ""


def _suffix(part: EmailMessage) -> str:
    return {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}.get(
        part.get_content_type(), ""
    )
