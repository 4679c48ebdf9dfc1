"""A large ledger in minutes: a small one that the program itself made, written out many times under other names.

A ledger of some thousand claims is made by the program's own steps from reports of `press`. Each
further copy of its rows has other keys, names, places and years: every key, proper name, year and
coordinate in the small ledger is marked, letter by letter, with bytes that stand nowhere else, and a copy
is made by translating the bytes. So every copy is as consistent in itself as the small ledger
is, every offset still holds, and all copies are of different wars. The log is written anew, each entry
with the seals of the copy's own rows, so that `parallax verify` can check the whole.

Left out are what copies and links are looked up by (`bands`, `blocks`): no page asks for them.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.pages.press import SYLLABLES
from parallax.ledger.log import FIRST, entry_hash
from parallax.ledger.narrow import metadata
from parallax.ledger.rows import UNITS, canonical, seal
from parallax.ledger.summing import RECOUNT

LEFT_OUT = {"bands", "blocks", "head", "log"}
ADDED_UP = {"sums", "voices", "queue_counts"}
# Whole numbers that count rows: a copy goes on counting.
COUNTED = {
    ("reports", "number"): "reports",
    ("readings", "number"): "readings",
    ("states", "reading"): "readings",
    ("statements", "reading"): "readings",
    ("incidents", "number"): "incidents",
    ("listings", "number"): "incidents",
}
MOVED = {("sites", "lat"), ("sites", "lon"), ("sites", "geonameid")}
YEARS = ((1, 1), (1, 4), (1, 7), (2, 1), (2, 4), (2, 7))  # decade and first year: 2011 to 2029

_HEX = "0123456789abcdef"
_VOWELS, _CONSONANTS = (
    "".join(sorted({sign for sign in "".join(SYLLABLES) if (sign in "aeiou") is vowel})) for vowel in (True, False)
)
_LETTERS = _VOWELS + _CONSONANTS + _VOWELS.upper() + _CONSONANTS.upper()
_KEY = re.compile(r"(?<![.\w])(i?)([0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{24}|[0-9a-f]{16})(?!\w)")
# The press's own years, and the one before, in which incidents may begin that its first reports tell of.
_YEAR = re.compile(r"(?<!\d)20(2)([0123])(?=-\d\d)|^20(2)([0123])$")
_AT = re.compile(r'("(?:lat|lon)":-?\d+\.)(\d{4})(?!\d)')
_NUMBER = re.compile(r'("geonameid":)(\d+)')
_WORD = re.compile(r"[A-Za-z]{4,}")


def _signs(first: int, wanted: str) -> dict[str, str]:
    return {sign: chr(first + at) for at, sign in enumerate(wanted)}


# Each sort of sign has characters of its own, from 0x80 on.
# A key's signs change in two ways in turn, so that no two copies come to one key.
_KEY_SIGNS = (_signs(0x80, _HEX), _signs(0xD0, _HEX))
_DECADE, _YEAR_SIGNS = chr(0x90), _signs(0x91, "1230")
_DIGIT_SIGNS = _signs(0x98, "0123456789")
_LETTER_SIGNS = _signs(0xA8, _LETTERS)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text with its marked signs: as Latin 1 where its other signs are plain, which is quick to translate."""

    plain: bytes | None
    other: str

    def under(self, change: _Change) -> str:
        """The text in a copy."""
        if self.plain is not None:
            return self.plain.translate(change.bytes).decode("latin-1")
        return self.other.translate(change.other)


class _Change:
    """What the signs become in one copy; the first copy stays as it is."""

    def __init__(self, number: int) -> None:
        chance = random.Random(number)
        moved: dict[str, str] = {}
        decade, year = YEARS[number % len(YEARS)]
        for signs, whole in (
            (_KEY_SIGNS[0], _HEX),
            (_KEY_SIGNS[1], _HEX),
            (_DIGIT_SIGNS, "123456789"),
            (_LETTER_SIGNS, _VOWELS),
            (_LETTER_SIGNS, _CONSONANTS),
        ):
            to = "".join(chance.sample(whole, len(whole))) if number else whole
            for sign, other in zip(whole, to, strict=True):
                moved[signs[sign]] = other
                if signs is _LETTER_SIGNS:
                    moved[signs[sign.upper()]] = other.upper()
        moved[_DIGIT_SIGNS["0"]] = "0"
        moved[_DECADE] = str(decade) if number else "2"
        for at, sign in enumerate("0123", -1):
            moved[_YEAR_SIGNS[sign]] = str(year + at) if number else sign
        self.other = {ord(mark): sign for mark, sign in moved.items()} | {
            _hidden(mark): sign for mark, sign in moved.items()
        }
        self.bytes = bytes(ord(moved.get(chr(at), chr(at))) for at in range(256))


def _hidden(mark: str) -> int:
    """The private character that stands for a mark in a text that has signs beyond ASCII of its own."""
    return 0xE000 + ord(mark)


def _marker(names: set[str]) -> Callable[[str], _Marked]:
    lower = {name.lower() for name in names}

    def letters(found: re.Match[str]) -> str:
        word = found[0]
        return "".join(_LETTER_SIGNS[sign] for sign in word) if word.lower() in lower else word

    def mark(told: str) -> _Marked:
        ascii_ = told.isascii()
        kept = told if ascii_ else told.translate({at: chr(0xF000 + at) for at in range(0x80, 0x100)})
        marked = _KEY.sub(lambda m: m[1] + "".join(_KEY_SIGNS[at % 2][sign] for at, sign in enumerate(m[2])), kept)
        marked = _YEAR.sub(lambda m: f"20{_DECADE}{_YEAR_SIGNS[m[2] or m[4]]}", marked)
        for where in (_AT, _NUMBER):
            marked = where.sub(lambda m: m[1] + "".join(_DIGIT_SIGNS[sign] for sign in m[2]), marked)
        marked = _WORD.sub(letters, marked)
        if ascii_:
            return _Marked(marked.encode("latin-1"), "")
        hidden = marked.translate({at: _hidden(chr(at)) for at in range(0x80, 0x100)})
        return _Marked(None, hidden.translate({0xF000 + at: chr(at) for at in range(0x80, 0x100)}))

    return mark


Template = tuple[Any, ...]


class Mould:
    """The rows of the small ledger, marked, and how many numbers each count takes."""

    def __init__(self, small: Path, names: set[str]) -> None:
        connection = sqlite3.connect(f"file:{small}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        mark = _marker(names)
        self.columns = {table.name: [column.name for column in table.columns] for table in metadata.sorted_tables}
        self.tables = [name for name in self.columns if name not in LEFT_OUT | ADDED_UP]
        self.rows: dict[str, list[Template]] = {}
        for name in self.tables:
            told = connection.execute(f"SELECT {', '.join(_quoted(self.columns[name]))} FROM {name}")
            self.rows[name] = [self._template(name, row, mark) for row in told]
        self.voices = [(mark(row["key"]), mark(row["claim"]), dict(row)) for row in connection.execute(_VOICES)]
        self.voice_marks = [
            {column: mark(value) for column, value in row.items() if isinstance(value, str)}
            for _, _, row in self.voices
        ]
        self.counts = {
            table: connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()[0]
            for table in ("reports", "readings", "incidents")
        }
        self.claims = sum(row["claims"] for _, _, row in self.voices)
        self.entries = [self._entry(row, mark) for row in connection.execute("SELECT * FROM log ORDER BY number")]
        connection.close()

    def _template(self, table: str, row: sqlite3.Row, mark: Callable[[str], _Marked]) -> Template:
        made: list[Any] = []
        for column in self.columns[table]:
            value = row[column]
            if (table, column) in COUNTED and value is not None:
                made.append((COUNTED[table, column], value))
            elif (table, column) in MOVED and value is not None:
                told = mark(json.dumps({column: value}, separators=(",", ":")))
                made.append(told)
            else:
                made.append(mark(value) if isinstance(value, str) else value)
        return tuple(made)

    def _entry(self, row: sqlite3.Row, mark: Callable[[str], _Marked]) -> tuple[Any, ...]:
        seals: list[tuple[str, Any, str | None]] = []
        for unit, sealed in json.loads(row["seals"]).items():
            for name, value in sealed.items():
                head, _, rest = name.partition("/")
                counted = unit in ("readings", "statements")
                seals.append((unit, (int(head), rest) if counted else mark(name), value))
        return row["at"], row["who"], row["action"], mark(row["subject"]), mark(row["details"]), seals

    def copy(self, number: int) -> Iterator[tuple[str, list[list[Any]]]]:
        """The rows of one copy, table by table."""
        change = _Change(number)
        base = {count: number * size for count, size in self.counts.items()}
        for name in self.tables:
            columns = self.columns[name]
            moved = [at for at, column in enumerate(columns) if (name, column) in MOVED]
            rows: list[list[Any]] = []
            for template in self.rows[name]:
                row = [
                    one.under(change) if type(one) is _Marked else base[one[0]] + one[1] if type(one) is tuple else one
                    for one in template
                ]
                for at in moved:
                    if row[at] is not None:
                        row[at] = json.loads(row[at])[columns[at]]
                rows.append(row)
            yield name, rows

    def entries_of(self, number: int, seals: dict[str, dict[str, str]]) -> Iterator[dict[str, Any]]:
        """The entries of the log for one copy, without numbers and hashes."""
        change = _Change(number)
        base = number * self.counts["readings"]
        for at, who, action, subject, details, sealed in self.entries:
            told: dict[str, dict[str, str | None]] = defaultdict(dict)
            for unit, name, old in sealed:
                if type(name) is tuple:
                    new = f"{base + name[0]}/{name[1]}" if name[1] else str(base + name[0])
                else:
                    new = name.under(change)
                told[unit][new] = None if old is None else seals[unit].get(new, old)
            yield {
                "at": at,
                "who": who,
                "action": action,
                "subject": subject.under(change),
                "details": details.under(change),
                "seals": canonical(told),
            }


_VOICES = "SELECT * FROM voices"


def _quoted(columns: Sequence[str]) -> list[str]:
    return [f'"{column}"' for column in columns]


def grow(small: Path, names: set[str], large: Path, claims: int) -> None:
    """Write a ledger of so many claims or a few more; one that was begun is gone on with."""
    mould = Mould(small, names)
    copies = -(-claims // mould.claims)
    begun = time.perf_counter()
    connection = sqlite3.connect(large, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -1000000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    (done,) = connection.execute("PRAGMA user_version").fetchone()
    if not done:
        _empty(connection)
    number, previous = connection.execute("SELECT number, hash FROM head").fetchone()
    for copy in range(done, copies):
        connection.execute("BEGIN")
        number, previous = _write(connection, mould, copy, number, previous)
        connection.execute("UPDATE head SET number = ?, hash = ?", (number, previous))
        connection.execute(f"PRAGMA user_version = {copy + 1}")
        connection.execute("COMMIT")
        if copy % 10 == 9:
            print(f"{copy + 1} of {copies}, {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    _finish(connection, mould, copies)
    print(f"made in {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    connection.close()


def _empty(connection: sqlite3.Connection) -> None:
    """Put indexes and triggers aside, to be made once the rows are there."""
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE IF NOT EXISTS aside (kind TEXT, name TEXT, sql TEXT)")
    asked = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    for kind, name, sql in connection.execute(asked).fetchall():
        connection.execute("INSERT INTO aside VALUES (?, ?, ?)", (kind, name, sql))
        connection.execute(f"DROP {kind} {name}")
    connection.execute("UPDATE head SET number = 0, hash = ?", (FIRST,))
    connection.execute("COMMIT")


def _write(connection: sqlite3.Connection, mould: Mould, copy: int, number: int, previous: str) -> tuple[int, str]:
    by_parent: dict[str, dict[str, dict[str, list[dict[str, Any]]]]] = {}
    seals: dict[str, dict[str, str]] = {}
    children = {table.name: column for unit in UNITS.values() for table, column in unit.children}
    waiting: dict[str, list[dict[str, Any]]] = {}
    for name, rows in mould.copy(copy):
        columns = mould.columns[name]
        rows.sort(key=lambda row: row[0])
        places = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {name} ({', '.join(_quoted(columns))}) VALUES ({places})", rows)
        if name in UNITS:
            waiting[name] = [dict(zip(columns, row, strict=True)) for row in rows]
        elif name in children:
            held: dict[str, dict[str, list[dict[str, Any]]]] = by_parent.setdefault(name, {})
            for row in rows:
                one = dict(zip(columns, row, strict=True))
                held.setdefault(one[children[name]], {}).setdefault(name, []).append(one)
    for name, told in waiting.items():
        unit = UNITS[name]
        hung = [by_parent.get(table.name, {}) for table, _ in unit.children]
        seals[name] = {
            unit.name(row): seal(row, {k: v for held in hung for k, v in held.get(row[unit.key[0]], {}).items()})
            for row in told
        }
    entries = []
    for entry in mould.entries_of(copy, seals):
        number += 1
        entry |= {"number": number, "previous": previous}
        previous = entry["hash"] = entry_hash(entry)
        entries.append(entry)
    names = mould.columns["log"]
    connection.executemany(
        f"INSERT INTO log ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})", entries
    )
    return number, previous


def _finish(connection: sqlite3.Connection, mould: Mould, copies: int) -> None:
    """Add up, search and index: each may be done again."""
    connection.execute("BEGIN")
    for table in ADDED_UP & mould.columns.keys():
        connection.execute(f"DELETE FROM {table}")
    _add_up(connection)
    _voices(connection, mould, copies)
    connection.execute("COMMIT")
    for search in ("report_search", "incident_search"):
        connection.execute(f"INSERT INTO {search} ({search}) VALUES ('rebuild')")
    for kind, name, sql in connection.execute("SELECT kind, name, sql FROM aside ORDER BY kind").fetchall():
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?", (kind, name)).fetchone()
        if not known:
            connection.execute(sql)
    connection.execute("ANALYZE")
    connection.execute("DROP TABLE aside")
    connection.execute("PRAGMA user_version = 0")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _add_up(connection: sqlite3.Connection) -> None:
    for words in RECOUNT:
        connection.execute(words)
    connection.execute(
        "INSERT INTO queue_counts (reason, kind, grade, number) "
        "SELECT reason, kind, grade, count(*) FROM queue WHERE open GROUP BY reason, kind, grade"
    )


def _voices(connection: sqlite3.Connection, mould: Mould, copies: int) -> None:
    """The voices of all copies: those whose names do not change speak in every one of them."""
    whole: dict[str, dict[str, Any]] = {}
    for copy in range(copies):
        change = _Change(copy)
        for (_, _, row), marks in zip(mould.voices, mould.voice_marks, strict=True):
            told = row | {column: marked.under(change) for column, marked in marks.items()}
            kept = whole.setdefault(told["key"], told)
            if kept is not told:
                kept["claims"] += told["claims"]
                kept["reports"] += told["reports"]
                kept["claim"] = min(kept["claim"], told["claim"])
                for column, end in (("first_day", min), ("last_day", max)):
                    days = [one[column] for one in (kept, told) if one[column]]
                    kept[column] = end(days, default=None)
    names = mould.columns["voices"]
    connection.executemany(
        f"INSERT INTO voices ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})", whole.values()
    )
