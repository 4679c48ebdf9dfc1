"""A ledger in a PostgreSQL of its own, filled from a file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.postgresql import running
from parallax.ledger.ledger import Ledger
from parallax.ledger.narrow import metadata

DATABASE = "pages"
AT_ONCE = 5_000


@contextmanager
def holding(path: Path) -> Iterator[str]:
    """The address of a database that holds what the ledger in a file holds, for as long as the server runs."""
    with running("max_wal_size=8GB") as socket:
        with psycopg.connect(host=socket, user="parallax", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
        address = f"postgresql+psycopg://parallax@/{DATABASE}?host={socket}"
        Ledger.open(address, create=True).close()
        _fill(path, socket)
        yield address


def _fill(path: Path, socket: str) -> None:
    """Copy every table, in an order in which rows come after those that they name."""
    begun = time.perf_counter()
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with psycopg.connect(host=socket, user="parallax", dbname=DATABASE) as target:
        target.execute("DELETE FROM head")
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            quoted = ", ".join(f'"{name}"' for name in names)
            told = source.execute(f"SELECT {quoted} FROM {table.name}")
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
            )
            with target.cursor() as cursor, cursor.copy(into) as copy:
                while rows := told.fetchmany(AT_ONCE):
                    for row in rows:
                        copy.write_row(row)
    with psycopg.connect(host=socket, user="parallax", dbname=DATABASE, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")
    source.close()
    print(f"in PostgreSQL after {time.perf_counter() - begun:.0f} s", flush=True)
