"""A person's own gazetteers: one compact file each in a folder, written whole or not at all.

Each is an SQLite file with its places, their folded names and their skeletons, so that a
country's or the world's dump is looked up where it lies and takes no memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from parallax.errors import SettingsError, UnreadableError
from parallax.model import PlacePrecision
from parallax.names.entry import Entry
from parallax.names.folding import fold, skeleton
from parallax.names.likeness import SHORTEST, varies

_ENDING = ".gazetteer"
_FORMAT = "1"
_CACHED = 50_000
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, country TEXT, admin1 TEXT,
  weight INTEGER NOT NULL, geonameid INTEGER, precision TEXT NOT NULL, region INTEGER NOT NULL
);
CREATE TABLE names (folded TEXT, place INTEGER, PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE TABLE skeletons (bare TEXT, place INTEGER, PRIMARY KEY (bare, place)) WITHOUT ROWID;
"""
_PLACE = "p.name, p.lat, p.lon, p.country, p.admin1, p.weight, p.geonameid, p.precision, p.region"


@dataclass(frozen=True, slots=True)
class Listing:
    """A gazetteer that was added: its name, how many places it holds, the file it came from, its digest."""

    name: str
    places: int
    source: str
    digest: str


def keep(name: str, rows: Iterable[tuple[Entry, list[str]]], source: str, folder: Path) -> Listing:
    """Write a gazetteer into the folder, in place of one of the same name.

    Raises `UnreadableError` where there is no place to keep; then nothing is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, work = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    os.close(handle)
    try:
        listing = _write(name, rows, source, Path(work))
        os.replace(work, folder / f"{name}{_ENDING}")
    finally:
        Path(work).unlink(missing_ok=True)
    return listing


def called(path: Path) -> str:
    """The name that a file's gazetteer goes by: the file's own, with plain letters."""
    return re.sub(r"[^\w.-]+", "-", path.name.split(".")[0]).strip("-.") or "own"


def listings(folder: Path) -> list[Listing]:
    """The gazetteers of the folder, by name; none where there is no folder."""
    found = []
    for path in _files(folder):
        with closing(_open(path)) as store:
            meta = _meta(path, store)
        found.append(Listing(path.name.removesuffix(_ENDING), int(meta["places"]), meta["source"], meta["digest"]))
    return found


def remove(name: str, folder: Path) -> None:
    """Take a gazetteer out of the folder; `SettingsError` names those there are if it is none of them."""
    known = [path.name.removesuffix(_ENDING) for path in _files(folder)]
    if name not in known:
        raise SettingsError(f"no gazetteer {name!r}; there are: {', '.join(known) or 'none'}")
    (folder / f"{name}{_ENDING}").unlink()


class Own:
    """The person's own gazetteers of a folder, open for looking up."""

    def __init__(self, folder: Path) -> None:
        self._stores = [_open(path) for path in _files(folder)]
        self._cache: dict[tuple[str, ...], tuple[Entry, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._stores)

    def named(self, folded: str) -> tuple[Entry, ...]:
        """The places that bear this folded name."""
        return self._find(("named", folded), "JOIN names n ON n.place = p.number WHERE n.folded = ?", (folded,))

    def like(self, bare: str) -> tuple[Entry, ...]:
        """The places of which a name has this skeleton, in countries whose names are transliterated."""
        return self._find(("like", bare), "JOIN skeletons s ON s.place = p.number WHERE s.bare = ?", (bare,))

    def of_country(self, country: str) -> Iterator[tuple[str, Entry]]:
        """Every name in plain Latin letters that a place of the country bears, folded, with the place."""
        asked = f"SELECT n.folded, {_PLACE} FROM places p JOIN names n ON n.place = p.number WHERE p.country = ?"
        for store in self._stores:
            for folded, *cells in store.execute(asked, (country,)):
                if folded.isascii():
                    yield folded, _entry(cells)

    def _find(self, key: tuple[str, ...], which: str, values: tuple[str, ...]) -> tuple[Entry, ...]:
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            asked = f"SELECT DISTINCT {_PLACE} FROM places p {which} ORDER BY p.number"
            found = tuple([_entry(cells) for store in self._stores for cells in store.execute(asked, values)])
            self._cache[key] = found
        return found


def digest(folder: Path) -> str:
    """What changes when the gazetteers of the folder do; empty where there are none."""
    held = [(listing.name, listing.digest) for listing in listings(folder)]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16] if held else ""


def good(
    rows: Iterable[tuple[Entry, list[str]] | UnreadableError], say: Callable[[UnreadableError], None]
) -> Iterator[tuple[Entry, list[str]]]:
    """The rows that can be used; each of the others is said."""
    for row in rows:
        if isinstance(row, UnreadableError):
            say(row)
        else:
            yield row


def _write(name: str, rows: Iterable[tuple[Entry, list[str]]], source: str, path: Path) -> Listing:
    seen, number = hashlib.sha256(), 0
    with closing(sqlite3.connect(path)) as store, store:
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; " + _TABLES)
        for number, (entry, others) in enumerate(rows, 1):
            seen.update(json.dumps([entry, others], ensure_ascii=True).encode() + b"\n")
            store.execute("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *entry[:9]))
            folded = {fold(other) for other in (entry.name, *others)} - {""}
            store.executemany("INSERT INTO names VALUES (?, ?)", [(each, number) for each in folded])
            if varies(entry.country):
                bare = {skeleton(each) for each in folded if each.isascii()}
                long = [(each, number) for each in bare if len(each) >= SHORTEST]
                store.executemany("INSERT INTO skeletons VALUES (?, ?)", long)
        if not number:
            raise UnreadableError(f"{source}: no place in it can be used; nothing was added")
        listing = Listing(name, number, source, seen.hexdigest()[:16])
        meta = {"format": _FORMAT, "places": str(number), "source": source, "digest": listing.digest}
        store.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    with path.open("rb") as written:
        os.fsync(written.fileno())
    return listing


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name.endswith(_ENDING) and not path.name.startswith("."))


def _open(path: Path) -> sqlite3.Connection:
    # Files are only ever replaced as a whole, so one that is open never changes.
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        store = sqlite3.connect(address, uri=True, check_same_thread=False)
        _meta(path, store)
    except sqlite3.Error as error:
        raise SettingsError(f"{path}: cannot be read ({error}); remove it and add the gazetteer again") from error
    return store


def _meta(path: Path, store: sqlite3.Connection) -> dict[str, str]:
    meta = dict(store.execute("SELECT key, value FROM meta"))
    if meta.get("format") != _FORMAT:
        raise SettingsError(f"{path}: kept by another version of Parallax; remove it and add the gazetteer again")
    return meta


def _entry(cells: Iterable[Any]) -> Entry:
    name, lat, lon, country, admin1, weight, geonameid, precision, region = cells
    return Entry(
        name,
        lat,
        lon,
        country,
        admin1,
        weight,
        geonameid,
        PlacePrecision(precision),
        bool(region),
    )
