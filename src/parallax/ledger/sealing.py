"""Rows put and taken away, each change with its seal in the log: what every verb of a writer is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from parallax.errors import LedgerError
from parallax.ledger import log, many
from parallax.ledger.rows import UNITS, Row, canonical, checked, seal

Children = Mapping[Table, Sequence[Row]]


class Sealing:
    """One transaction's connection, the head of the log as it grows, and the seals of what it changed."""

    def __init__(self, connection: Connection, who: str) -> None:
        self._connection = connection
        self._who = who
        self._head = self._kept = log.last(connection)
        self._numbers: dict[str, int] = {}
        self._seals: log.Seals = defaultdict(dict)

    def finish(self) -> None:
        """Close the log's chain before the transaction is kept; said by `Ledger.write`.

        Raises LedgerError if a verb was cut short and the block went on: what it wrote has no entry,
        or an entry was made that is not in the log.
        """
        made = self._head[0] - self._kept[0]
        if any(self._seals.values()) or log.number_since(self._connection, self._kept[0]) != made:
            raise LedgerError("a change was cut short by an error; nothing of this block is kept")
        if self._head != self._kept:
            log.move(self._connection, self._head)

    def _value(self, table: Table, column: str, value: str) -> object:
        return self._connection.execute(select(table.c[column]).where(table.c[column] == value)).scalar()

    def _next(self, table: Table) -> int:
        if table.name not in self._numbers:
            last = self._connection.execute(select(func.max(table.c.number))).scalar()
            self._numbers[table.name] = last or 0
        self._numbers[table.name] += 1
        return self._numbers[table.name]

    def _seal(self, unit: str, key: str) -> str | None:
        """The seal of a row as it stands, of the units that have a single key."""
        made = UNITS[unit]
        question = select(made.table).where(made.table.c[made.key[0]] == key)
        row = self._connection.execute(question).mappings().first()
        if row is None:
            return None
        children = {
            table: [
                dict(hung) for hung in self._connection.execute(select(table).where(table.c[column] == key)).mappings()
            ]
            for table, column in made.children
        }
        return sealed(dict(row), children)

    def _put(self, unit: str, row: Row, children: Children | None = None) -> None:
        self._connection.execute(insert(UNITS[unit].table), row)
        for table, rows in (children or {}).items():
            if rows:
                self._connection.execute(insert(table), list(rows))
        self._seals[unit][UNITS[unit].name(row)] = sealed(row, children)

    def _put_all(self, unit: str, rows: Sequence[Row], children: Sequence[Children] = ()) -> None:
        """Put rows; `children` are those of each of them, where they have any."""
        self._insert(unit, rows, children)
        for row, hung in zip_longest(rows, children):
            self._seals[unit][UNITS[unit].name(row)] = sealed(row, hung)

    def _insert(self, unit: str, rows: Sequence[Row], children: Sequence[Children] = ()) -> None:
        """Insert rows and their children; whoever calls seals them."""
        many.put(self._connection, UNITS[unit].table, rows)
        for table, _ in UNITS[unit].children:
            many.put(self._connection, table, [row for each in children for row in each.get(table, ())])

    def _remove(self, unit: str, column: str, key: str) -> None:
        for table, reference in UNITS[unit].children:
            self._connection.execute(delete(table).where(table.c[reference] == key))
        table = UNITS[unit].table
        self._connection.execute(delete(table).where(table.c[column] == key))
        self._seals[unit][key] = None

    def _log(self, action: str, subject: str, details: Mapping[str, Any], *, who: str | None = None) -> None:
        log.append(self._connection, [self._entry(action, subject, details, who=who)])

    def _entry(self, action: str, subject: str, details: Mapping[str, Any], *, who: str | None = None) -> Row:
        """The next entry of the log, with the seals of what was changed since the last; it is to be appended."""
        checked(subject + canonical(details) + (who or ""), f"log entry {action}")
        seals = {unit: dict(rows) for unit, rows in self._seals.items() if rows}
        row = log.following(
            self._head, who=who or self._who, action=action, subject=subject, details=details, seals=seals
        )
        self._head = row["number"], row["hash"]
        self._seals.clear()
        return row


def sealed(row: Row, children: Children | None) -> str:
    return seal(row, {table.name: rows for table, rows in (children or {}).items()})
