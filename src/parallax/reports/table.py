"""A table of reports (CSV, TSV): a row is a report, its columns known by their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from parallax.errors import UnreadableError
from parallax.model import Capture, DateSource, Published, Report, ZoneKind
from parallax.reports import dates, language, zones
from parallax.reports.decode import MEND, encoding
from parallax.reports.fault import Fault, Taken, brief
from parallax.reports.layout import Block, lay
from parallax.reports.normalise import flat, normalise
from parallax.reports.source import Source

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "article_content", "story"),
    "title": ("title", "headline", "article_title", "subject"),
    "outlet": ("source", "outlet", "publisher", "publication", "newspaper", "site"),
    "author": ("author", "byline", "authors", "reporter"),
    "date": ("date", "published", "publication_date", "published_at", "pubdate", "publish_date", "datetime"),
    "url": ("url", "link", "address", "href"),
    "language": ("lang", "language"),
    "id": ("id", "key", "uid", "article_id", "report_id"),
}
_BAD_ROWS = 20
_DELIMITERS = ",;\t|"
# A text of one cell can be long; the standard library stops at 128 KiB. The file's own limit stands.
csv.field_size_limit(2**31 - 1)


def read(source: Source, mapping: Mapping[str, str] | None = None) -> Iterator[Taken | Fault]:
    """The reports of a table; the bytes of a row are its capture.

    `mapping` gives the column of a field, such as `{"text": "Body copy"}`, over the names in
    `NAMES`. Raises `UnreadableError` where no column holds the text.
    """
    data = source.data()
    codec = encoding(data)
    lines = list(io.StringIO(data.decode(codec), newline=""))
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line.replace("\x00", "")

    rows = csv.reader(feed(), delimiter=delimiter(lines[0] if lines else ""), strict=True)
    columns: dict[str, int] | None = None
    first = 1
    bad = reports = 0
    while True:
        place = f"line {first}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Fault(source.name, place, f"is no row of a table ({brief(error)}); mend its quotes")
            bad += 1
            if bad >= _BAD_ROWS:
                raise UnreadableError(f"has {bad} such rows; save it again as CSV") from None
            taken.clear()
            first = rows.line_num + 1
            continue
        if row is None:
            break
        # The mark of the encoding goes with the first line, not with every row.
        raw = "".join(taken).strip("\r\n").encode("utf-8" if codec == "utf-8-sig" else codec)
        taken.clear()
        first = rows.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            columns = _columns(row, mapping or {})
            continue
        reports += 1
        yield from _row(source, {name: row[at] for name, at in columns.items() if at < len(row)}, raw, place)
    if columns is not None and not reports and not bad:
        raise UnreadableError("has the names of its columns and no rows; leave it out, or save it again")
    if columns is None:
        raise UnreadableError("holds no rows; give it a first row with the names of its columns")


def delimiter(line: str) -> str:
    """The mark between the cells of a table's first line: the one that stands in it most often."""
    return max(_DELIMITERS, key=lambda mark: (line.count(mark), -_DELIMITERS.index(mark)))


def is_header(line: str) -> bool:
    """Whether a line reads as the first of a table of reports: two or more known columns, one the text."""
    names = {_folded(cell) for cell in line.split(delimiter(line))}
    known = sum(any(name in names for name in column) for column in NAMES.values())
    return known >= 2 and any(name in names for name in NAMES["text"])


def _columns(header: list[str], mapping: Mapping[str, str]) -> dict[str, int]:
    at = {_folded(name): index for index, name in reversed(list(enumerate(header)))}
    for field, column in mapping.items():
        if field not in NAMES:
            raise UnreadableError(f"cannot map {field!r}; the fields are {', '.join(NAMES)}")
        if _folded(column) not in at:
            raise UnreadableError(f"has no column {column!r}; its columns are {', '.join(header)[:200]}")
    columns: dict[str, int] = {}
    for field, names in NAMES.items():
        wanted = (mapping[field],) if field in mapping else names
        found = next((at[_folded(name)] for name in wanted if _folded(name) in at), None)
        if found is not None:
            columns[field] = found
    if "text" not in columns:
        raise UnreadableError(
            f"has no column for the text; map one of {', '.join(header)[:200]} to text ({MEND} if these look wrong)"
        )
    return columns


def _row(source: Source, cells: Mapping[str, str], raw: bytes, place: str) -> Iterator[Taken | Fault]:
    body = normalise(cells.get("text", ""))
    title = flat(cells.get("title", "")) or None
    if not body.strip():
        yield Fault(source.name, place, "has an empty text; fill it in, or leave the row out")
        return
    if title and not body.casefold().startswith(title.casefold()):
        text, marked = lay([Block(ZoneKind.HEADLINE, title), Block(ZoneKind.BODY, body)])
    else:
        text, marked = lay([Block(ZoneKind.BODY, body)])
    given = cells.get("date", "").strip()
    day = dates.parse(given)
    capture = Capture.of(raw, f"{source.label}, {place}", "text/csv")
    yield Taken(
        Report.of(
            text,
            id=flat(cells.get("id", "")) or None,
            title=title,
            outlet=flat(cells.get("outlet", "")) or None,
            author=flat(cells.get("author", "")) or None,
            published=Published(day, DateSource.GIVEN) if day else None,
            language=language.named(cells.get("language")) or language.told(text),
            url=flat(cells.get("url", "")) or None,
            zones=zones.find(text, title) if len(marked) == 1 else zones.refine(text, marked),
            capture=capture.sha256,
        ),
        capture,
    )
    if given and not day:
        yield Fault(source.name, place, dates.unused(given), kept=True)


def _folded(name: str) -> str:
    return "_".join(name.strip().strip('"').casefold().replace("-", " ").replace("_", " ").split())
