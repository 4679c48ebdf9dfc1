"""The check of every byte, claim and log entry of a ledger.

Every change to a ledger is sealed in an entry of the log, and every entry carries the hash
of the one before it; `head` keeps the number and hash of the last. So a changed, added or
lost row is named by the entry that vouches for it (or by none vouching), and a changed,
lost or reordered entry by the chain.

What this cannot catch: someone who rewrites the rows, the whole chain from there on and
the head alike, or who puts an older copy of the whole ledger in its place. Against these,
note the head (`Ledger.head`) outside the ledger and give it to `verify` later.
"""

from __future__ import annotations

import functools
import json
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType

from parallax.errors import LedgerError
from parallax.ledger import deciding, narrow, queueing, sites, summing, tables, voicing
from parallax.ledger.deciding import PEOPLE
from parallax.ledger.ledger import Ledger
from parallax.ledger.log import FIRST, entry_hash
from parallax.ledger.rows import (
    LINK,
    TALLY,
    UNITS,
    Row,
    Unit,
    incident_of,
    incident_row,
    link_row,
    report_of,
    seal,
    statement_of,
    statement_row,
    tally_row,
)
from parallax.model import Mention, Report, Statement

BATCH = 200
APPEND_ONLY = (
    "log",
    "captures",
    "reports",
    "readings",
    "statements",
    "judgements",
    "judgement_claims",
    "reliabilities",
)
Vouched = dict[tuple[str, str], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not as it was written: the table, the key of the row, and what differs."""

    table: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.words}"


def verify(ledger: Ledger, *, noted: str | None = None) -> Iterator[Flaw]:
    """Every flaw of a ledger, none if it is as it was written. `noted` is the hash of a head noted earlier.

    Keeps one seal for each row and the keys of all claims in memory, and of the rows some at a time.
    """
    with ledger.reading_connection() as connection, _raw_text(connection):
        try:
            yield from _file(connection)
            vouched: Vouched = {}
            yield from _chain(connection, vouched, noted)
            yield from _rows(connection, vouched)
            yield from _orphans(connection)
            yield from _captures(connection)
            yield from _reports(connection)
            yield from _references(connection)
            for kept in (deciding, queueing, summing, voicing):
                yield from (Flaw(*found) for found in kept.flaws(connection))
            for key in sites.wrong(connection):
                yield Flaw("sites", key, "does not say where the incident says that it lies")
        except (DBAPIError, sqlite3.Error, UnicodeError) as error:
            yield Flaw("database", ledger.name, f"cannot be read any further ({getattr(error, 'orig', error)})")


@contextmanager
def _raw_text(connection: Connection) -> Iterator[None]:
    """Let text that is no UTF-8 any more be read, so that it can be named instead of stopping the check."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str


def _file(connection: Connection) -> Iterator[Flaw]:
    """The database itself: its pages, its search indexes, and the guards that refuse changes."""
    if connection.dialect.name != "sqlite":
        question = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        there = set(connection.exec_driver_sql(question).scalars())
        for table in APPEND_ONLY:
            if f"{table}_refuses" not in there:
                yield Flaw("schema", f"{table}_refuses", "the trigger that refuses changes is gone or switched off")
        return
    for words in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if words != "ok":
            yield Flaw("database", "pages", str(words))
    for index in ("report_search", "incident_search"):
        try:
            connection.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except DBAPIError as error:
            if "locked" in str(error.orig):
                raise LedgerError("the ledger is being written to; verify it when that has ended") from error
            if "readonly" in str(error.orig):
                continue  # the check is a write to SQLite; the texts themselves are checked all the same
            yield Flaw(index, "index", f"does not agree with the texts it indexes ({error.orig})")
    found, made = _schema(connection), _fresh_schema()
    for name in sorted(found.keys() | made.keys()):
        if found.get(name) != made.get(name):
            state = "is not there" if name not in found else "does not belong here" if name not in made else "differs"
            yield Flaw("schema", name, f"{state}, against what this program makes")


def _schema(connection: Connection) -> dict[str, str]:
    question = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    return dict(connection.exec_driver_sql(question).all())


@functools.cache
def _fresh_schema() -> dict[str, str]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "fresh.ledger", create=True) as fresh,
        fresh.reading_connection() as connection,
    ):
        return _schema(connection)


def _select(connection: Connection, columns: Iterable[str], table: str) -> Iterator[Row]:
    """Rows as the driver gives them: a changed value need not be of its column's type."""
    quote = connection.dialect.identifier_preparer.quote
    names = list(columns)
    question = f"SELECT {', '.join(quote(name) for name in names)} FROM {quote(table)}"
    if table == "log":
        question += " ORDER BY number"
    for row in connection.exec_driver_sql(question, execution_options={"yield_per": BATCH}):
        yield dict(zip(names, row, strict=True))


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _chain(connection: Connection, vouched: Vouched, noted: str | None) -> Iterator[Flaw]:
    """The log: numbers without gaps, each hash over the entry and the hash before, the head at its end."""
    number, last, seen = 0, FIRST, noted in (None, FIRST)
    for row in _select(connection, _columns(tables.log), "log"):
        number += 1
        if row["number"] != number:
            yield Flaw("log", str(row["number"]), f"entry {number} should stand here: entries are lost or reordered")
            number = row["number"] if isinstance(row["number"], int) else number
        if row["previous"] != last:
            yield Flaw("log", str(row["number"]), "does not carry the hash of the entry before it")
        if entry_hash(row) != row["hash"]:
            yield Flaw("log", str(row["number"]), "was changed: its hash is not the hash of what it says")
        last = row["hash"]
        seen = seen or last == noted
        yield from _take_seals(row, vouched)
    heads = list(_select(connection, _columns(tables.head), "head"))
    if len(heads) != 1:
        yield Flaw("head", "1", f"there are {len(heads)} heads of the log where one belongs")
    for head in heads:
        if head["one"] != 1:
            yield Flaw("head", str(head["one"]), "the head's own number was changed")
        if (head["number"], head["hash"]) != (number, last):
            yield Flaw("head", "1", f"says that the log ends at {head['number']}, and it ends at {number}, or its hash")
    if not seen:
        yield Flaw("log", str(noted), "the head noted outside is not in the log: it was rewritten or cut off")


def _take_seals(row: Row, vouched: Vouched) -> Iterator[Flaw]:
    try:
        seals: Mapping[str, Mapping[str, str | None]] = json.loads(row["seals"])
        changes = [(unit, key, value) for unit, keys in seals.items() for key, value in keys.items()]
    except (ValueError, TypeError, AttributeError):
        yield Flaw("log", str(row["number"]), "its seals cannot be read")
        return
    for unit, key, value in changes:
        if value is None:
            vouched.pop((unit, key), None)
        else:
            vouched[unit, key] = (value, row["number"])


def _rows(connection: Connection, vouched: Vouched) -> Iterator[Flaw]:
    """Every row against the seal that the log keeps of it."""
    for name, unit in UNITS.items():
        for rows in _batches(_select(connection, _columns(unit.table), unit.table.name)):
            keys = [row[unit.key[0]] for row in rows]
            hung = {table.name: _hung(connection, table, column, keys) for table, column in unit.children}
            for row in rows:
                key = unit.name(row)
                children = {child: some.get(row[unit.key[0]], []) for child, some in hung.items()}
                expected = vouched.pop((name, key), None)
                if expected is None:
                    yield Flaw(name, key, "no entry of the log vouches for it")
                elif seal(row, children) != expected[0]:
                    differs = _differs(name, row, unit)
                    yield Flaw(name, key, f"was changed since entry {expected[1]} of the log{differs}")
    for (name, key), (_, number) in vouched.items():
        yield Flaw(name, key, f"is gone, though entry {number} of the log vouches for it")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Some rows at a time, so that a large ledger is never in memory as a whole."""
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _hung(connection: Connection, table: Table, column: str, keys: list[Any]) -> dict[Any, list[Row]]:
    """The rows of a table that hang on these keys, as the driver gives them."""
    found: dict[Any, list[Row]] = {}
    names = _columns(table)
    question = select(*(type_coerce(table.c[name], NullType()).label(name) for name in names))
    held = type_coerce(table.c[column], NullType()).in_([key for key in keys if key is not None])
    for row in connection.execute(question.where(held)):
        one = dict(zip(names, row, strict=True))
        found.setdefault(one[column], []).append(one)
    return found


def _differs(name: str, row: Row, unit: Unit) -> str:
    """Which columns do not agree with the row's value, where the row has one."""
    try:
        if name == "statements":
            again = statement_row(statement_of(row), row["reading"], row["position"])
        elif name == "links":
            again = link_row(LINK.validate_json(row["value"]))
        elif name == "tallies":
            again = tally_row(TALLY.validate_json(row["value"]))
        elif name == "incidents":
            incident, linked = incident_of(row["value"])
            again = incident_row(incident, row["number"], row["words"], linked=linked)
        else:
            hung = ", ".join(child.name for child, _ in unit.children)
            return f" (the row or its {hung})" if hung else ""
    except (ValueError, TypeError, LedgerError):
        return " (its value cannot be read)"
    columns = [column for column in again if again[column] != row[column]]
    return f" ({', '.join(columns)})" if columns else ""


def _orphans(connection: Connection) -> Iterator[Flaw]:
    """Rows that refer to rows that are not there."""
    quote = connection.dialect.identifier_preparer.quote
    for table in narrow.metadata.sorted_tables:
        for column in table.columns:
            for foreign in column.foreign_keys:
                other: Column[Any] = foreign.column
                question = (
                    f"SELECT DISTINCT c.{quote(column.name)} FROM {quote(table.name)} c WHERE c.{quote(column.name)} "
                    f"IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {quote(other.table.name)} p "
                    f"WHERE p.{quote(other.name)} = c.{quote(column.name)})"
                )
                for key in connection.exec_driver_sql(question).scalars():
                    yield Flaw(
                        table.name, str(key), f"{column.name} names a row of {other.table.name} that is not there"
                    )


def _captures(connection: Connection) -> Iterator[Flaw]:
    for row in _select(connection, ("sha256", "data"), "captures"):
        try:
            data = zlib.decompress(row["data"])
        except (zlib.error, TypeError):
            yield Flaw("captures", str(row["sha256"]), "its bytes cannot be unpacked")
            continue
        if sha256(data).hexdigest() != row["sha256"]:
            yield Flaw("captures", str(row["sha256"]), "its bytes have another SHA-256")


def _reports(connection: Connection) -> Iterator[Flaw]:
    """Reports against their keys, and the claims of every reading against the text they quote."""
    readings = _select(connection, ("number", "name"), "readings")
    by_people = {row["number"] for row in readings if row["name"] == PEOPLE}
    for rows in _batches(_select(connection, _columns(tables.reports), "reports")):
        said = _hung(connection, tables.statements, "report", [row["key"] for row in rows])
        for row in rows:
            try:
                report = report_of(row)
            except (ValueError, TypeError):
                yield Flaw("reports", str(row["key"]), "cannot be read")
                continue
            if report.key not in _keys(report):
                yield Flaw("reports", report.key, "what it says has another key")
            for statement in said.get(report.key, []):
                try:
                    yield from _quotes(statement_of(statement), report, statement["reading"] in by_people)
                except (ValueError, TypeError):
                    key = UNITS["statements"].name(statement)
                    yield Flaw("statements", key, "its value cannot be read")


def _keys(report: Report) -> set[str]:
    """The keys that a report of these words can have: its id is given, or its URL, or the key itself."""
    said: dict[str, Any] = {
        name: getattr(report, name) for name in ("title", "outlet", "author", "published", "language", "url")
    }
    return {Report.of(report.text, id=given, **said).key for given in (report.id, None)}


def _quotes(statement: Statement, report: Report, by_people: bool) -> Iterator[Flaw]:
    """What a claim quotes; a person's own words quote nothing, and have no length there."""
    claim = statement.claim
    if not 0 <= claim.start < claim.end <= len(report.text):
        yield Flaw("claims", claim.key, f"{claim.start}..{claim.end} is no stretch of report {report.key}")
    for slot in ("whom", "who", "where", "voice", "via"):
        mention: Mention | None = getattr(claim, slot)
        if mention is None or (by_people and mention.start == mention.end):
            continue
        if report.text[mention.start : mention.end] != mention.text:
            yield Flaw("claims", claim.key, f"its {slot} does not stand at {mention.start}..{mention.end}")


def _references(connection: Connection) -> Iterator[Flaw]:
    """Tellings, incidents, tallies and judgements against the claims and tellings they name."""
    claims = {row["claim"] for row in _select(connection, ("claim",), "statements")}
    tellings: set[Any] = set()
    for row in _select(connection, ("key", "claims"), "tellings"):
        tellings.add(row["key"])
        try:
            named = set(json.loads(row["claims"]))
        except (ValueError, TypeError):
            yield Flaw("tellings", str(row["key"]), "its claims cannot be read")
            continue
        for claim in sorted(named - claims, key=str):
            yield Flaw("tellings", str(row["key"]), f"names the claim {claim}, which no reading holds")
    untold = {row["report"] for row in _select(connection, ("report", "told"), "states") if not row["told"]}
    for row in _select(connection, ("incident", "telling", "claim", "report"), "members"):
        if row["claim"] not in claims:
            yield Flaw("incidents", str(row["incident"]), f"names the claim {row['claim']}, which no reading holds")
        # A report read anew is untold until it is linked again; its incident stands as it was till then.
        if row["telling"] not in tellings and row["report"] not in untold:
            yield Flaw("incidents", str(row["incident"]), f"names the telling {row['telling']}, which is not there")
    for row in _select(connection, ("judgement", "claim"), "judgement_claims"):
        if row["claim"] not in claims:
            yield Flaw("judgements", str(row["judgement"]), f"names the claim {row['claim']}, which no reading holds")
    for row in _select(connection, ("incident", "policy", "value"), "tallies"):
        key = f"{row['incident']}/{row['policy']}"
        try:
            tally = TALLY.validate_json(row["value"])
        except (ValueError, TypeError):
            yield Flaw("tallies", key, "its value cannot be read")
            continue
        named = {claim for account in tally.accounts for claim in (*account.current, *account.superseded)}
        named |= {claim for one in tally.ranges for end in (one.low, one.high) for claim in end.claims}
        for claim in sorted(named - claims):
            yield Flaw("tallies", key, f"names the claim {claim}, which no reading holds")
