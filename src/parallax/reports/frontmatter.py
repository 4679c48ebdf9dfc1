"""Flat `key: value` lines between two lines of `---`, at the top of a Markdown file.

A small strict reader, not YAML: a value is the rest of its line, quotes around it are
taken off, and nothing is ever evaluated. Other people's files also hold lists and nested
values; these pass unread under keys that mean nothing here, and are an error under keys
that do.
"""

from __future__ import annotations

import re

from parallax.errors import UnreadableError

KEYS = {
    "id": "id",
    "title": "title",
    "source": "outlet",
    "outlet": "outlet",
    "author": "author",
    "date": "date",
    "published": "date",
    "language": "language",
    "lang": "language",
    "url": "url",
    "demonstration": "demonstration",
}
_FENCE = "---"
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,60}?)\s*:(?:\s+(?P<value>.*))?\Z")


def split(text: str) -> tuple[dict[str, str], str]:
    """The values of the known keys, by the names in `KEYS`, and the text below.

    Raises `UnreadableError`, naming the line, where the front matter is not closed, a line
    in it is no `key: value`, a known key comes twice or its value is not on its line.
    """
    lines = text.split("\n")
    if lines[0].strip() != _FENCE or len(lines) < 2 or not _PAIR.match(lines[1].strip()):
        return {}, text
    values: dict[str, str] = {}
    known: str | None = None
    for number, line in enumerate(lines[1:], 2):
        stripped = line.strip()
        if stripped in (_FENCE, "..."):
            return values, "\n".join(lines[number:])
        if not stripped or stripped.startswith("#"):
            continue
        if line[0] in " \t" or stripped.startswith("- "):
            if known:
                raise UnreadableError(f"line {number}: the value of {known!r} goes over lines; write it on one line")
            continue
        pair = _PAIR.match(stripped)
        if not pair:
            raise UnreadableError(f"line {number}: the front matter holds no 'key: value' there; mend that line")
        name = KEYS.get(pair["key"].casefold())
        known = pair["key"] if name else None
        if not name:
            continue
        if name in values:
            raise UnreadableError(f"line {number}: {pair['key']!r} is given twice; keep one")
        values[name] = _unquoted(pair["value"] or "")
    raise UnreadableError("the front matter is not closed; add a line of --- below it")


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
