"""A person's own packs of parties: read from JSON or CSV row by row, kept in a folder, one file each.

A bad row is said with its place and the mend, and the others are kept. A pack is written whole or
not at all.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from parallax.errors import SettingsError, UnreadableError
from parallax.names.parties import as_day, as_party, bare, load, own_packs

KINDS = ("state", "coalition", "alliance", "armed group", "political", "relief", "police")
LISTS = ("aliases", "loose", "demonyms", "adjectives", "peoples", "seats", "countries", "traits")
TIMES = {"sides": "side", "parents": "parent", "allies": "party", "names": "name"}
FIELDS = ("key", "name", "kind", "side", "parent", "from", "to", *LISTS, *TIMES)
LONGEST = 20_000_000
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was added: its name, how many parties it has, the file it came from, its digest."""

    name: str
    parties: int
    source: str
    digest: str


def add(path: Path, folder: Path, say: Callable[[UnreadableError], None]) -> Pack:
    """Keep the parties of a file in the folder, in place of a pack of the same name; each bad row is said.

    Raises `UnreadableError` where the file cannot be read or no row of it can be used; then nothing is written.
    """
    given = _read(path)
    if isinstance(given, list):
        given = {"actors": given}
    if not isinstance(given, dict) or not isinstance(given.get("actors"), list):
        raise UnreadableError(f'{path}: no parties in it; write {{"actors": [...]}}, a list of rows, or a CSV table')
    years = _years(path, given)
    name = re.sub(r"[^\w.-]+", "-", path.name.rsplit(".", 1)[0]).strip("-.") or "own"
    others = {row["key"] for pack in own_packs(folder) for row in pack["actors"]} | set(load().by_key)
    rows = list(_good(path, given["actors"], others, say))
    if not rows:
        raise UnreadableError(f"{path}: no row of it can be used; nothing was added")
    pack = {"source": path.name, **years, "actors": rows}
    data = json.dumps(pack, ensure_ascii=False, indent=1).encode() + b"\n"
    _write(data, folder / f"{name}.json")
    return Pack(name, len(rows), path.name, _digest(data))


def packs(folder: Path) -> list[Pack]:
    """The packs of the folder, by name; none where there is no folder."""
    found = zip(_files(folder), own_packs(folder), strict=True)
    return [
        Pack(path.stem, len(pack["actors"]), str(pack.get("source", path.name)), _digest(path.read_bytes()))
        for path, pack in found
    ]


def remove(name: str, folder: Path) -> None:
    """Take a pack out of the folder; `SettingsError` names those there are if it is none of them."""
    known = {path.stem: path for path in _files(folder)}
    if name not in known:
        raise SettingsError(f"no pack of parties {name!r}; there are: {', '.join(known) or 'none'}")
    known[name].unlink()


def digest(folder: Path) -> str:
    """What changes when the packs of the folder do; empty where there are none."""
    held = [(path.name, _digest(path.read_bytes())) for path in _files(folder)]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16] if held else ""


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.json") if not path.name.startswith(".")) if folder.is_dir() else []


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _write(data: bytes, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, work = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError as error:
        raise UnreadableError(f"{path.parent}: {error.strerror}; make it a folder that you may write in") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(work, path)
    finally:
        Path(work).unlink(missing_ok=True)


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > LONGEST:
            raise UnreadableError(f"{path}: larger than {LONGEST} bytes; part it into several files")
        text = path.read_bytes().decode("utf-8-sig")
        return list(_table(path, text)) if path.suffix.lower() == ".csv" else json.loads(text)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}; check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"{path}, line {error.lineno}: not JSON ({error.msg}); mend it there") from error
    except (RecursionError, csv.Error, ValueError) as error:
        raise UnreadableError(f"{path}: cannot be taken apart ({error}); write plain rows") from error


def _table(path: Path, text: str) -> Iterator[dict[str, Any]]:
    """The rows of a table; a cell of several names has `|` between them."""
    table = csv.DictReader(io.StringIO(text))
    known = {name for name in FIELDS if name not in TIMES}
    if odd := [name for name in table.fieldnames or ["nothing"] if name not in known]:
        raise UnreadableError(f"{path}, line 1: no column is called {odd[0]!r}; there are {', '.join(sorted(known))}")
    for cells in table:
        row: dict[str, Any] = {}
        for name, cell in cells.items():
            if name is None or cell is None or not cell.strip():
                if name is None:
                    row["more cells than columns"] = cell
                continue
            row[name] = [part.strip() for part in cell.split("|") if part.strip()] if name in LISTS else cell.strip()
        yield row


def _years(path: Path, given: dict[str, Any]) -> dict[str, int]:
    """The years that the pack is about, where it says them."""
    years = {name: given[name] for name in ("from", "to") if given.get(name) is not None}
    if any(type(year) is not int or not 1 <= year <= 9999 for year in years.values()):
        raise UnreadableError(f'{path}: "from" and "to" of a pack are whole years, such as 1990; mend them')
    if len(years) == 2 and years["from"] > years["to"]:
        raise UnreadableError(f'{path}: "from" is after "to"; mend them')
    return years


def _good(
    path: Path, rows: list[Any], others: set[str], say: Callable[[UnreadableError], None]
) -> Iterator[dict[str, Any]]:
    """The rows that can be used, each of the others said; a parent or ally must be a party of the file or known."""
    sound: dict[str, tuple[int, dict[str, Any]]] = {}
    for number, row in enumerate(rows, 1):
        wrong = _wrong(row)
        if wrong is None and row["key"] in sound:
            wrong = f"an earlier row has the key {row['key']!r} too; give each party one row"
        if wrong is None:
            sound[row["key"]] = number, row
        else:
            say(_fault(path, number, wrong))
    while lost := _lost(sound, others):
        for key, words in lost:
            number, _ = sound.pop(key)
            say(_fault(path, number, words))
    yield from (row for _, row in sound.values())


def _fault(path: Path, number: int, words: str) -> UnreadableError:
    return UnreadableError(f"{path}, row {number}: {words}")


def _lost(sound: dict[str, tuple[int, dict[str, Any]]], others: set[str]) -> list[tuple[str, str]]:
    """The rows that speak of a party nobody knows."""
    known = others | set(sound)
    lost = []
    for key, (_, row) in sound.items():
        party = as_party(row)
        unknown = [time.what for time in (*party.parents, *party.allies) if time.what not in known]
        if unknown:
            near = get_close_matches(unknown[0], known, 1)
            meant = f"did you mean {near[0]!r}?" if near else "add a row for it, or leave it out"
            lost.append((key, f"{unknown[0]!r} is no party's key; {meant}"))
    return lost


def _wrong(row: Any) -> str | None:
    """What is wrong with a row, and the mend; None for a sound one."""
    if not isinstance(row, dict):
        return 'not an object; write {"key": ..., "name": ...}'
    for name in row:
        if name not in FIELDS:
            near = get_close_matches(str(name), FIELDS, 1)
            return f"no field is called {name!r}; " + (f"did you mean {near[0]!r}?" if near else "leave it out")
    for name in ("key", "name"):
        if not _is_name(row.get(name)):
            return f"{name!r} is missing or not plain words; give it"
    if not _KEY.fullmatch(row["key"]):
        return f"the key {row['key']!r} has other marks than a to z, 0 to 9 and hyphens; write it like syrian-army"
    for name in ("side", "parent", "kind"):
        if row.get(name) is not None and not _is_name(row[name]):
            return f"{name!r} is not plain words; mend it or leave it out"
    if row.get("kind") not in (None, *KINDS):
        return f"no kind is called {row['kind']!r}; there are {', '.join(KINDS)}"
    return _wrong_list(row) or _wrong_times(row)


def _wrong_list(row: dict[str, Any]) -> str | None:
    for name in LISTS:
        given = row.get(name, [])
        if not isinstance(given, list) or not all(map(_is_name, given)):
            return f'{name!r} is not a list of plain words; write ["one", "another"]'
    for code in row.get("countries", ()):
        if not re.fullmatch(r"[A-Z]{2}", code):
            return f"{code!r} is no country's code; write two capitals, such as SY"
    for name in ("name", "aliases", "loose", "seats", "demonyms", "adjectives", "peoples"):
        for alias in [row[name]] if name == "name" else row.get(name, ()):
            if not any(map(str.isalnum, bare(alias))) or bare(alias) == "the":
                return f"{alias!r} in {name!r} is no name; leave it out"
    return None


def _wrong_times(row: dict[str, Any]) -> str | None:
    for many, one in TIMES.items():
        for time in row.get(many) or () if isinstance(row.get(many) or (), list | tuple) else (None,):
            if not isinstance(time, dict) or not _is_name(time.get(one)) or not set(time) <= {one, "from", "to"}:
                return f'{many!r} is a list of {{"{one}": ..., "from": ..., "to": ...}}; mend it'
    try:
        first, last = as_day(row.get("from")), as_day(row.get("to"), last=True)
        as_party(row)
    except ValueError as error:
        return f"{error}; mend it"
    if first is not None and last is not None and first > last:
        return '"from" is after "to"; mend them'
    return None


def _is_name(value: object) -> bool:
    """Whether a value is words that can be kept: no control marks, no half of a surrogate pair."""
    return (
        isinstance(value, str)
        and 0 < len(value.strip()) <= 200
        and not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in value)
    )
