"""Many rows put at once: the statement is made once a table, and the rows go to the driver as they are.

SQLAlchemy looks at every value of every row on its way, which took longer than the database took to
keep them. The tables put so have numbers and texts alone; texts are mended here as `tables.Text` does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

from parallax.ledger.tables import mended

_MADE: dict[tuple[Table, str], tuple[str, tuple[str, ...]]] = {}


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have a value for every column of the table, and no other."""
    if not rows:
        return
    dialect = connection.dialect
    if (table, dialect.name) not in _MADE:
        made = insert(table).compile(dialect=dialect)
        _MADE[table, dialect.name] = made.string, tuple(made.positiontup or ())
    statement, order = _MADE[table, dialect.name]
    if order:
        connection.exec_driver_sql(statement, [tuple([_kept(row[name]) for name in order]) for row in rows])
    else:
        connection.exec_driver_sql(statement, [{name: _kept(value) for name, value in row.items()} for row in rows])


def _kept(value: Any) -> Any:
    return mended(value) if isinstance(value, str) else value
