"""Many rows put at once: the statement is made once a table, and the rows go to the driver as they are.

SQLAlchemy looks at every value of every row on its way, which took longer than the database
took to keep them. What it does for a text there (`tables.Text` mends what no database can hold) has
nothing to mend: a writer refuses such text before it comes to be a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have a value for every column of the table."""
    if not rows:
        return
    sql, names = _statement(table, connection.dialect)
    if names is None:
        connection.exec_driver_sql(sql, [dict(row) for row in rows])
    else:
        connection.exec_driver_sql(sql, [tuple([row[name] for name in names]) for row in rows])


@cache
def _statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """The insert in the driver's own words, and the order of its values where they have no names."""
    made = insert(table).compile(dialect=dialect)
    return made.string, tuple(made.positiontup) if made.positiontup is not None else None
