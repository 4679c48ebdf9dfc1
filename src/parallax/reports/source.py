"""A named stream of bytes that holds one or more reports."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from parallax.errors import UnreadableError

HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read, once, from the start of `stream`.

    `name` is how a person knows it (a path as it was given), `label` what is stored (the
    path inside the folder that was given, so that two machines agree). `head` is a copy of
    the first bytes, for sniffing. `url` and `media_type` are what a container, such as a
    web archive, says of it. `depth` counts the containers around it.
    """

    name: str
    label: str
    stream: BinaryIO
    head: bytes
    max_bytes: int
    depth: int = 0
    url: str | None = None
    media_type: str | None = None

    @property
    def suffix(self) -> str:
        """The last suffix of the name, in lower case, with its dot; empty if there is none."""
        base = self.label.rpartition("/")[2]
        stem, dot, end = base.rpartition(".")
        return f".{end.casefold()}" if dot and stem else ""

    def data(self) -> bytes:
        """All the bytes; raises `UnreadableError` over `max_bytes`."""
        data = self.stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise UnreadableError(too_large(self.max_bytes))
        return data

    def inner(self, name: str, data: bytes, *, url: str | None = None, media_type: str | None = None) -> Source:
        """A source inside this one, such as a member of an archive."""
        return Source(
            f"{self.name}!{name}",
            f"{self.label}!{name}",
            io.BytesIO(data),
            data[:HEAD],
            self.max_bytes,
            self.depth + 1,
            url,
            media_type,
        )


def too_large(limit: int) -> str:
    """The line for something over the limit of `limit` bytes."""
    return f"is larger than the limit of {limit:,} bytes; split it, or raise the limit"
