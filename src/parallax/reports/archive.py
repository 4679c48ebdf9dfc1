"""Archives of files (ZIP, TAR, gzip): their members as sources, under limits against bombs.

Nothing is ever unpacked to disk, so a member's name can do no harm. Members are read in
the order of their names (ZIP) or of the archive (TAR).
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from parallax.errors import UnreadableError
from parallax.reports.fault import Fault, brief
from parallax.reports.source import Source, too_large

MEMBERS = 100_000
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_MEND = "get or make the archive again"


def read_zip(source: Source) -> Iterator[Fault | Source]:
    """The members of a ZIP archive; raises `UnreadableError` where it is no whole archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data()))
    except _DAMAGED as error:
        raise UnreadableError(f"is not a whole ZIP archive ({brief(error)}); {_MEND}") from None
    with archive:
        members = sorted((member for member in archive.infolist() if not member.is_dir()), key=lambda one: one.filename)
        if len(members) > MEMBERS:
            raise UnreadableError(f"holds more than {MEMBERS:,} members; split it")
        for member in members:
            if hidden(member.filename):
                continue
            if member.flag_bits & 1:
                yield Fault(source.name, member.filename, "is locked with a password; remove the password")
                continue
            if member.file_size > source.max_bytes:
                yield Fault(source.name, member.filename, too_large(source.max_bytes))
                continue
            try:
                with archive.open(member) as stream:
                    data = stream.read(source.max_bytes + 1)
            except _DAMAGED as error:
                yield Fault(source.name, member.filename, f"cannot be unpacked ({brief(error)}); {_MEND}")
                continue
            yield source.inner(member.filename, data)


def read_tar(source: Source) -> Iterator[Fault | Source]:
    """The files in a TAR archive, gzipped or not; links and devices are passed over."""
    total = 0
    try:
        with tarfile.open(fileobj=source.stream, mode="r|*") as archive:
            for number, member in enumerate(archive, 1):
                total += max(member.size, 0)
                if number > MEMBERS or total > 20 * source.max_bytes:
                    yield Fault(
                        source.name, f"member {number}", "and what follows is over the limits; split the archive"
                    )
                    return
                if not member.isreg() or hidden(member.name):
                    continue
                if member.size > source.max_bytes:
                    yield Fault(source.name, member.name, too_large(source.max_bytes))
                    continue
                stream = archive.extractfile(member)
                yield source.inner(member.name, stream.read() if stream else b"")
    except _DAMAGED as error:
        yield Fault(source.name, None, f"is not a whole TAR archive ({brief(error)}); {_MEND}")


def read_gzip(source: Source) -> Iterator[Fault | Source]:
    """The one file in a gzip file."""
    try:
        with gzip.GzipFile(fileobj=source.stream) as stream:
            data = stream.read(source.max_bytes + 1)
    except _DAMAGED as error:
        raise UnreadableError(f"is not a whole gzip file ({brief(error)}); get it again") from None
    if len(data) > source.max_bytes:
        raise UnreadableError(f"unpacked, {too_large(source.max_bytes)}")
    base = source.label.rpartition("/")[2].rpartition("!")[2]
    yield source.inner(base[:-3] if base.casefold().endswith(".gz") else base, data)


def hidden(name: str) -> bool:
    """Whether a member is hidden, or kept by a file manager for itself."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or "__MACOSX" in parts
