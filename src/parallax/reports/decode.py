"""Bytes to text: the encoding that is declared, UTF-8, or the likeliest that fits."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from parallax.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings that news pages of the last thirty years are in; with fewer to choose
# from, a short text is less often taken for one in a rare encoding.
_LIKELY = [
    "cp1252", "cp1256", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "iso8859_6", "iso8859_9",
    "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "utf_16_le", "utf_16_be",
]  # fmt: skip
_SAMPLE = 200_000
# Windows calls these by the older name, and pages that declare the older name mean them.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})

MEND = "save it again as UTF-8"


def encoding(data: bytes, declared: str | None = None) -> str:
    """The name of the codec that reads all of `data`; raises `UnreadableError` if none is likely to."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _checked(data, marked)
    for name in ("utf-8", _codec(declared)):
        if name and _reads(data, name):
            return name
    if declared and _codec(declared):
        raise UnreadableError(f"is not in {declared}, the encoding it declares; {MEND}")
    if binary(data[:_SAMPLE]):
        raise UnreadableError(f"holds bytes that are not text; {MEND} if it is text")
    best = from_bytes(data[:_SAMPLE], cp_isolation=_LIKELY, enable_fallback=False).best()
    if best is None or not _reads(data, best.encoding):
        raise UnreadableError(f"is in an encoding that cannot be told; {MEND}")
    return best.encoding


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`; raises `UnreadableError` if no encoding is likely."""
    return data.decode(encoding(data, declared))


def binary(head: bytes) -> bool:
    """Whether these first bytes are no text in any encoding: many NULs or control characters."""
    if not head or head.startswith(tuple(mark for mark, _ in _MARKS)):
        return False
    nuls = head.count(0)
    if nuls:
        # UTF-16 without a mark: a NUL in about every second byte, and nearly all on one side.
        even, odd = head[::2].count(0), head[1::2].count(0)
        return not (nuls > len(head) * 0.3 and min(even, odd) * 20 <= max(even, odd))
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) * 0.02


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    # Python also lists codecs that turn text to text, or run a transformation on bytes.
    if not getattr(codecs.lookup(found), "_is_text_encoding", True) or found in ("idna", "punycode", "undefined"):
        return None
    return _MEANT.get(found, found)


def _reads(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _checked(data: bytes, name: str) -> str:
    if not _reads(data, name):
        raise UnreadableError(f"starts as {name.removesuffix('-sig').upper()} and goes on otherwise; {MEND}")
    return name
