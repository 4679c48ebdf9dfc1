"""Every test of the ledger runs on SQLite and on a PostgreSQL server of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from benchmarks import postgresql
from parallax.ledger.ledger import Ledger
from parallax.ledger.narrow import metadata
from parallax.ledger.store import REVISION

NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of the socket of a PostgreSQL server that lives as long as the tests."""
    if not postgresql.installed():
        pytest.skip("Debian's PostgreSQL is not installed (apt-get install postgresql)")
    with postgresql.running("full_page_writes=off", "max_connections=40") as folder:
        yield folder


@pytest.fixture(scope="session")
def fresh_database(server: str) -> Callable[[], str]:
    """Make the address of a new database with nothing in it."""

    def make(template: str = "template0") -> str:
        name = f"ledger_{next(NUMBERS)}"
        with psycopg.connect(host=server, user="parallax", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return f"postgresql+psycopg://parallax@/{name}?host={server}"

    return make


@pytest.fixture(scope="session")
def spare(fresh_database: Callable[..., str]) -> list[str]:
    """Addresses of databases that hold an empty ledger; the first is made here, the others copied from it."""
    first = fresh_database()
    Ledger.open(first, create=True).close()
    return [first]


@pytest.fixture
def migrated(spare: list[str], fresh_database: Callable[..., str]) -> Iterator[Callable[[], str]]:
    """Make the address of a PostgreSQL database that holds an empty ledger; emptied and kept for the next test."""
    template, used = spare[0], []

    def make() -> str:
        used.append(spare.pop() if len(spare) > 1 else fresh_database(_name(template)))
        return used[-1]

    yield make
    for address in used:
        _empty(address)
    spare.extend(used)


def _name(address: str) -> str:
    return address.split("@/")[1].split("?", maxsplit=1)[0]


def _empty(address: str) -> None:
    with psycopg.connect(
        host=address.split("host=")[1], user="parallax", dbname=_name(address), autocommit=True
    ) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("".join(f"DELETE FROM {table};" for table in metadata.tables).encode())
        connection.execute("INSERT INTO head (one, number, hash) VALUES (1, 0, repeat('0', 64))")
        connection.execute(f"UPDATE alembic_version SET version_num = '{REVISION}'".encode())
        connection.execute("ALTER TABLE log ENABLE TRIGGER log_refuses")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Make the address of a new, empty ledger on one database or the other."""
    if request.param == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("migrated")
        return made

    def make() -> str:
        path = tmp_path / f"{next(NUMBERS)}.ledger"
        Ledger.open(path, create=True).close()
        return str(path)

    return make


@pytest.fixture
def ledger(new_address: Callable[[], str]) -> Iterator[Ledger]:
    with Ledger.open(new_address()) as opened:
        yield opened
