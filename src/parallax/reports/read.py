"""Files, folders, patterns and standard input to reports."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from parallax.reports.extract import extract
from parallax.reports.fault import Fault, Taken, printable
from parallax.reports.source import HEAD, Source

__all__ = ["Fault", "Taken", "read"]

_STDIN = "-"


def read(
    paths: Sequence[str],
    *,
    mapping: Mapping[str, str] | None = None,
    max_bytes: int = 50_000_000,
    stdin: BinaryIO | None = None,
    inside: str = "",
) -> Iterator[Taken | Fault]:
    """Every report in `paths`, and a `Fault` for every file or part of one that cannot be read.

    A path is a file, a folder (read to its depths, in the order of names, hidden files
    left out), a pattern with `*`, `?` or `[`, or `-` for `stdin` (the program's own if not
    given). `mapping` names the columns of tables, as in `table.read`. `max_bytes` bounds one
    file, one line of JSON Lines, one member of an archive. `inside` is a folder that no name tells
    of: files lie in it by the way. It never raises for what it reads.
    """
    for path in paths:
        if path == _STDIN:
            yield from _stream(stdin or sys.stdin.buffer, mapping, max_bytes)
            continue
        for found in _find(path):
            if isinstance(found, Fault):
                yield found
            else:
                yield from _file(*found, mapping, max_bytes, inside)


def _stream(stream: BinaryIO, mapping: Mapping[str, str] | None, max_bytes: int) -> Iterator[Taken | Fault]:
    try:
        head = _full(stream)
    except (OSError, ValueError) as error:
        yield Fault("standard input", None, f"cannot be read ({_why(error)}); give it a file instead")
        return
    whole: BinaryIO = io.BufferedReader(_Joined(head, stream))  # type: ignore[type-var]
    if head.startswith(b"PK"):
        # The list of a ZIP archive's members stands at its end, and a pipe cannot go back.
        whole = io.BytesIO(whole.read(max_bytes + 1))
    yield from _guarded(Source("standard input", "standard input", whole, head, max_bytes), mapping)


def _file(
    path: str, label: str, mapping: Mapping[str, str] | None, max_bytes: int, inside: str
) -> Iterator[Taken | Fault]:
    name = printable(label if inside and path.startswith(inside) else path)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            yield Fault(name, None, "is no ordinary file (a pipe, socket or device); pipe it in with - instead")
            return
        with open(path, "rb") as stream:
            head = _full(stream)
            stream.seek(0)
            yield from _guarded(Source(name, printable(label), stream, head, max_bytes), mapping)
    except OSError as error:
        yield Fault(name, None, f"cannot be opened ({_why(error)}); check that it is there and that you may read it")


def _guarded(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Taken | Fault]:
    try:
        yield from extract(source, mapping=mapping)
    except OSError as error:
        yield Fault(source.name, None, f"cannot be read to its end ({_why(error)}); copy it again")


def _find(path: str) -> Iterator[tuple[str, str] | Fault]:
    """The files of a path that was given, each with its label inside the folder, or a fault."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield from _pattern(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, "", ())
    else:
        yield path, os.path.basename(path)


def _pattern(path: str, error: Exception) -> Iterator[tuple[str, str] | Fault]:
    if not glob.has_magic(path) or "\x00" in path:
        yield Fault(
            printable(path), None, f"cannot be opened ({_why(error)}); check that it is there and that you may read it"
        )
        return
    matches = sorted(glob.glob(path, recursive=True))
    if not matches:
        yield Fault(printable(path), None, "matches no file; check the pattern")
    seen: set[str] = set()
    for match in matches:
        # `**` names a folder and, again, all that is in it.
        if os.path.isdir(match) and "**" in path:
            continue
        for found in _find(match):
            if isinstance(found, Fault) or found[0] not in seen:
                yield found
            if not isinstance(found, Fault):
                seen.add(found[0])


def _folder(path: str, label: str, above: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, str] | Fault]:
    try:
        here = os.stat(path)
        names = sorted(os.listdir(path))
    except OSError as error:
        yield Fault(printable(path), None, f"cannot be opened ({_why(error)}); check that you may read it")
        return
    identity = (here.st_dev, here.st_ino)
    if identity in above:
        yield Fault(printable(path), None, "is a link back to a folder that holds it; remove the link")
        return
    for name in names:
        if name.startswith("."):
            continue
        inner = str(Path(path) / name)
        inner_label = f"{label}/{name}" if label else name
        try:
            is_folder = stat.S_ISDIR(os.stat(inner).st_mode)
        except OSError as error:
            yield Fault(printable(inner), None, f"cannot be opened ({_why(error)}); remove or mend the link")
            continue
        if is_folder:
            yield from _folder(inner, inner_label, (*above, identity))
        else:
            yield inner, inner_label


def _full(stream: BinaryIO) -> bytes:
    """The first bytes of a stream; a pipe may give them in small pieces."""
    parts: list[bytes] = []
    size = 0
    while size < HEAD and (part := stream.read(HEAD - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


class _Joined(io.RawIOBase):
    """A stream put back together from the bytes that were read of it and the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        piece: bytes | memoryview = self._head[: len(buffer)]
        if piece:
            self._head = self._head[len(piece) :]
        else:
            piece = self._rest.read(len(buffer)) or b""
        buffer[: len(piece)] = piece
        return len(piece)


def _why(error: Exception) -> str:
    return printable(getattr(error, "strerror", None) or str(error), 100)
