"""A ledger's content as one digest, whatever the order it was written in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from parallax.ledger import narrow, tables
from parallax.ledger.rows import canonical


def of(connection: Connection) -> str:
    """SHA-256 over every row that is content, sorted."""
    lines = sorted(hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest() for line in _lines(connection))
    total = hashlib.sha256()
    for line in lines:
        total.update(line)
    return total.hexdigest()


def _lines(connection: Connection) -> Iterator[str]:
    for name in ("reports", "copies", "bands", "likenesses", "tellings", "blocks", "links", "faults"):
        yield from _plain(connection, name, ("number",))
    yield from _plain(connection, "captures", ("name",))
    yield from _plain(connection, "incidents", ("number",))
    for name in ("incident_actors", "members", "tallies"):
        yield from _plain(connection, name, ())
    yield from _plain(connection, "listings", ("number",))
    yield from _plain(connection, "judgements", ("number",))
    yield from _plain(connection, "saved_views", ("number", "at"))
    yield from _readings(connection)


def _plain(connection: Connection, name: str, left_out: tuple[str, ...]) -> Iterator[str]:
    table = narrow.metadata.tables[name]
    columns = [column for column in table.columns if column.name not in left_out]
    for row in connection.execute(select(*columns)).mappings():
        yield canonical([name, dict(row)])


def _readings(connection: Connection) -> Iterator[str]:
    readings, states = tables.readings, tables.states
    question = select(readings, states.c.reading, states.c.told).join(states, states.c.report == readings.c.report)
    for row in connection.execute(question).mappings():
        reader: list[Any] = [row["report"], row["name"], row["version"], row["settings"], row["digest"]]
        yield canonical(["readings", reader, row["reading"] == row["number"], row["told"]])
    statements = tables.statements
    by_reader = select(
        statements.c.value, statements.c.position, readings.c.name, readings.c.version, readings.c.settings
    ).join(readings, readings.c.number == statements.c.reading)
    for said in connection.execute(by_reader):
        yield canonical(["statements", list(said)])
