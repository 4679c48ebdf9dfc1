"""Bytes to text: the encoding that is declared, UTF-8, or the likeliest that fits."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from parallax.errors import UnreadableError
from parallax.reports.language import told

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
_LATIN = ("cp1250", "cp1252", "cp1254", "iso8859_9")
_CENTRAL = ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs")
_TURKIC = ("tr", "az")
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})

MEND = "save it again as UTF-8"


def encoding(data: bytes, declared: str | None = None) -> str:
    """The name of the codec that reads all of `data`; raises `UnreadableError` if none is likely to."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _checked(data, marked)
    if side := _unmarked(data[:_SAMPLE]):
        return _checked(data, side)
    for name in ("utf-8", _codec(declared)):
        if name and _reads(data, name) and not binary(data[:_SAMPLE]):
            return name
    _nearly(data)
    if binary(data[:_SAMPLE]):
        raise UnreadableError(f"holds bytes that are not text; {MEND} if it is text")
    best = from_bytes(data[:_SAMPLE], cp_isolation=_LIKELY, enable_fallback=False).best()
    name = _latin(data, best.encoding) if best else None
    if name is None or not _reads(data, name):
        raise UnreadableError(f"is in an encoding that cannot be told; {MEND}")
    return name


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`; raises `UnreadableError` if no encoding is likely."""
    return data.decode(encoding(data, declared))


def binary(head: bytes) -> bool:
    """Whether these first bytes are no text in any encoding: many NULs or control characters."""
    if not head or head.startswith(tuple(mark for mark, _ in _MARKS)):
        return False
    if head.count(0) > len(head) * 0.01:
        return _unmarked(head) is None
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) * 0.02


def _unmarked(head: bytes) -> str | None:
    """UTF-16 without its mark: a NUL in about every second byte, and nearly all on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < len(head) * 0.3 or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _nearly(data: bytes) -> None:
    """Raises where the bytes are UTF-8 but for a few: another encoding would garble all the rest."""
    read = data.decode("utf-8", "replace")
    broken = read.count("\ufffd")
    foreign = sum(mark > "\x7f" for mark in read) - broken
    if foreign >= 4 * broken:
        line = read.count("\n", 0, read.index("\ufffd")) + 1
        raise UnreadableError(f"is UTF-8 with broken bytes, the first on line {line}; mend them, and {MEND}")


def _latin(data: bytes, name: str) -> str:
    """The Latin encoding of the language that is read, where the bytes alone fit several."""
    if name not in _LATIN:
        return name
    for codec, languages in (("cp1250", _CENTRAL), ("cp1254", _TURKIC)):
        if _reads(data, codec) and told(data[:_SAMPLE].decode(codec)) in languages:
            return codec
    return "cp1252" if _reads(data, "cp1252") else name


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
