"""The JSON Lines contract: one report a line.

`{"id", "text", "title"?, "source"?, "date"?, "url"?, "lang"?}`; other fields pass unread.
Offsets count code points of `text` as it was given, so the text is kept code point for
code point; only a NUL or an unpaired surrogate, which no store holds, becomes U+FFFD in its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Published, Report
from parallax.reports import dates, language, zones
from parallax.reports.decode import MEND
from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.normalise import flat, whole
from parallax.reports.source import Source, too_large

_MEDIA_TYPE = "application/json"


def parse(line: str, *, name: str, number: int) -> Report:
    """The report on one line of JSON Lines; `name` and `number` (from 1) stand in the error.

    Raises `UnreadableError` for anything but an object with a text. A date that cannot be
    understood leaves the report without one; `unused_date` says whether that happened.
    """
    try:
        return _report(_fields(line))
    except UnreadableError as error:
        raise UnreadableError(f"{name}, line {number}: {error}") from None


def parse_bare(line: str, *, name: str, number: int) -> Report:
    """`parse` without telling the language from the text, which is most of its work; so the key is another.

    A report that is known by its key alone is parsed whole, so that the id is the same.
    """
    try:
        fields = _fields(line)
        named = _id(fields.get("id")) or _name(fields.get("url"))
        return _report(fields, tell=lambda _: None) if named else _report(fields)
    except UnreadableError as error:
        raise UnreadableError(f"{name}, line {number}: {error}") from None


def unused_date(line: str) -> str | None:
    """What to say of a date on this line that cannot be understood; None if there is none."""
    try:
        value = _fields(line).get("date")
    except UnreadableError:
        return None
    if value in (None, ""):
        return None
    return None if isinstance(value, str) and dates.parse(value) else dates.unused(value)


def read(source: Source) -> Iterator[Taken | Fault]:
    """The reports of a JSON Lines file, a line at a time; each line's bytes are its capture.

    A date that cannot be understood gives a fault of its own, `kept`, after the report.
    """
    if b"\x00" in source.head:
        raise UnreadableError(f"holds NUL bytes, as UTF-16 does; {MEND}")
    limit = source.max_bytes
    number = 0
    reports = 0
    while raw := source.stream.readline(limit + 1):
        number += 1
        place = f"line {number}"
        if len(raw) > limit:
            yield Fault(source.name, place, too_large(limit))
            while raw and not raw.endswith(b"\n"):
                raw = source.stream.readline(limit)
            continue
        data = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        data = data.strip(b" \t\r\n")
        if not data:
            continue
        reports += 1
        yield from _line(source, data, place)
    if not reports:
        yield Fault(source.name, None, "holds no lines; write one JSON object a line")


def _line(source: Source, data: bytes, place: str) -> Iterator[Taken | Fault]:
    try:
        fields = _fields(data.decode("utf-8"))
        capture = Capture.of(data, f"{source.label}, {place}", _MEDIA_TYPE)
        report = _report(fields, capture.sha256)
    except UnicodeDecodeError:
        yield Fault(source.name, place, f"is not UTF-8; {MEND}")
        return
    except UnreadableError as error:
        yield Fault(source.name, place, str(error))
        return
    yield Taken(report, capture)
    given = fields.get("date")
    if given not in (None, "") and report.published is None:
        yield Fault(source.name, place, dates.unused(given), kept=True)


def _fields(line: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(line)
    except RecursionError:
        raise UnreadableError("is nested too deep; write one flat JSON object a line") from None
    except ValueError as error:
        raise UnreadableError(f"is not JSON ({brief(error)}); write one JSON object a line") from None
    if not isinstance(fields, dict):
        raise UnreadableError("is not a JSON object; write one JSON object a line")
    if not isinstance(fields.get("text"), str):
        raise UnreadableError('has no "text" that is a string; give the report\'s text there')
    if not fields["text"].strip():
        raise UnreadableError('has an empty "text"; give the report\'s text there, or leave the line out')
    return fields


def _report(
    fields: Mapping[str, Any], capture: str | None = None, tell: Callable[[str], str | None] = language.told
) -> Report:
    text = whole(fields["text"])
    title = _name(fields.get("title"))
    given = fields.get("date")
    day = dates.parse(given) if isinstance(given, str) else None
    return Report.of(
        text,
        id=_id(fields.get("id")),
        title=title,
        outlet=_name(fields.get("source")),
        author=_name(fields.get("author")),
        published=Published(day, DateSource.GIVEN) if day else None,
        language=language.named(_name(fields.get("lang"))) or tell(text),
        url=_name(fields.get("url")),
        zones=zones.find(text, title),
        capture=capture,
    )


def _id(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return whole(str(value)) or None


def _name(value: Any) -> str | None:
    return flat(value) or None if isinstance(value, str) else None
