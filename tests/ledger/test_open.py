"""What is no ledger, a newer one, or one that another holds gives one line that says what to do."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.errors import LedgerError
from parallax.ledger import store
from parallax.ledger.ledger import Ledger
from parallax.ledger.narrow import metadata

from .told import tell


def test_a_missing_ledger_says_how_to_make_one(tmp_path: Path) -> None:
    path = tmp_path / "none.ledger"
    with pytest.raises(LedgerError, match=r"none\.ledger: there is no ledger here; `parallax read"):
        Ledger.open(path)
    assert not path.exists()
    with pytest.raises(LedgerError, match="make it first"):
        Ledger.open(tmp_path / "no" / "folder.ledger", create=True)
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path, create=True)


@pytest.mark.parametrize("address", ["mysql://root@host/x", "postgresql+psycopg://[", ":memory:", "", "http://a.b/c"])
def test_an_address_that_cannot_be_a_ledger_is_refused(address: str) -> None:
    with pytest.raises(LedgerError):
        Ledger.open(address, create=True)


def test_a_server_that_is_not_there_gives_one_line_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(f"postgresql://me:secret@/x?host={tmp_path}")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=1, max_size=300), header=st.booleans(), create=st.booleans())
def test_garbage_is_not_a_ledger_and_stays_as_it_is(tmp_path: Path, data: bytes, header: bool, create: bool) -> None:
    path = tmp_path / "garbage.ledger"
    content = (store.SQLITE_MAGIC if header else b"") + data
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"garbage\.ledger: "):
        Ledger.open(path, create=create)
    assert path.read_bytes() == content


def test_an_empty_file_is_a_ledger_only_when_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "empty.ledger"
    path.touch()
    with pytest.raises(LedgerError, match="is not a ledger"):
        Ledger.open(path)
    Ledger.open(path, create=True).close()
    Ledger.open(f"sqlite:///{path}").close()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with closing(sqlite3.connect(path)) as other:
        other.executescript("CREATE TABLE notes (words TEXT); INSERT INTO notes VALUES ('mine')")
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(LedgerError, match="is not a ledger"):
            Ledger.open(path, create=create)
    assert path.read_bytes() == before


@pytest.mark.postgres
def test_another_programs_postgresql_database_is_left_alone(fresh_database: Callable[[], str], server: str) -> None:
    address = fresh_database()
    with pytest.raises(LedgerError, match="is not a ledger"):
        Ledger.open(address)
    name = address.split("@/")[1].split("?")[0]
    with psycopg.connect(host=server, user="parallax", dbname=name, autocommit=True) as other:
        other.execute("CREATE TABLE notes (words TEXT)")
    with pytest.raises(LedgerError, match="is not a ledger"):
        Ledger.open(address, create=True)


def test_a_newer_ledger_asks_for_a_newer_program(new_address: Callable[[], str]) -> None:
    address = new_address()
    with Ledger.open(address) as ledger, ledger.write() as writer:
        writer._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for create in (False, True):
        with pytest.raises(LedgerError, match="made by a newer Parallax"):
            Ledger.open(address, create=create)


def test_one_writer_at_a_time_and_readers_go_on(
    new_address: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.2)
    address = new_address()
    with Ledger.open(address) as first, Ledger.open(address) as second:
        with first.write() as writer:
            tell(writer, 1)
            assert second.counts().reports == 0
            with pytest.raises(LedgerError, match="held by another writer"), second.write():
                raise AssertionError("two writers at once")
            with pytest.raises(LedgerError, match="already writing"), first.write():
                raise AssertionError("two writers at once")
        with second.write() as writer:
            tell(writer, 2)
        assert first.counts().reports == 2


def test_many_threads_may_ask_while_one_writes(new_address: Callable[[], str]) -> None:
    faults: list[BaseException] = []
    with Ledger.open(new_address()) as ledger:
        done = threading.Event()

        def ask() -> None:
            try:
                while not done.is_set():
                    counts = ledger.counts()
                    assert counts.claims == 2 * counts.reports
            except BaseException as error:
                faults.append(error)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(10):
            with ledger.write() as writer:
                tell(writer, number)
        done.set()
        for thread in threads:
            thread.join()
        assert faults == []
        assert ledger.counts().reports == 10


def test_the_migrations_make_the_tables_that_the_program_knows(ledger: Ledger) -> None:
    with ledger.reading_connection() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, metadata) == []


def _ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Leave out what only one database has: the search indexes."""
    return not (reflected and other is None and ("_search" in (name or "") or name in ("search", "alembic_version")))


def test_sqlite_keeps_acknowledged_work_through_a_power_cut(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger, ledger.reading_connection() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
        assert asked == {"journal_mode": "wal", "synchronous": 2}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
