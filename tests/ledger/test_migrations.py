"""A ledger made by an older program is brought up to date when it is opened, wholly or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import parallax.ledger.migrations
from parallax.errors import LedgerError
from parallax.ledger import store
from parallax.ledger.ledger import Ledger

from .told import report_of, tell

LATER = '''
"""A change that a later version might make."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{last}"


def upgrade() -> None:
    op.create_table("later", sa.Column("one", sa.Integer(), primary_key=True))
    op.add_column("faults", sa.Column("mend", sa.Text(), nullable=True))
    {end}
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the program a later one, whose one more migration ends as told."""
    made, config = store._config, tmp_path / "later"
    config.mkdir()

    def with_later() -> Any:
        found = made()
        own = Path(parallax.ledger.migrations.__file__).with_name("versions")
        found.set_main_option("version_locations", f"{own}:{config}")
        return found

    def become(end: str) -> None:
        (config / "later.py").write_text(LATER.format(end=end, last=store.REVISION))
        monkeypatch.setattr(store, "_config", with_later)
        monkeypatch.setattr(store, "REVISION", "9999")

    return become


def test_an_older_ledger_is_brought_up_to_date_and_keeps_all(
    new_address: Callable[[], str], later: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = new_address()
    with Ledger.open(address) as ledger, ledger.write() as writer:
        tell(writer, 1)
    later("pass")
    with Ledger.open(address) as ledger:
        assert ledger.report(report_of(1)[0].key) == report_of(1)[0]
        with ledger.reading_connection() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
            assert connection.exec_driver_sql("SELECT count(*) FROM later").scalar() == 0
        with ledger.write() as writer:
            tell(writer, 2)
            writer._connection.exec_driver_sql("DROP TABLE later")
            writer._connection.exec_driver_sql("ALTER TABLE faults DROP COLUMN mend")
    monkeypatch.undo()
    with pytest.raises(LedgerError, match="made by a newer Parallax"):
        Ledger.open(address)


def test_a_migration_that_breaks_leaves_the_ledger_as_it_was(
    new_address: Callable[[], str], later: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = new_address()
    with Ledger.open(address) as ledger, ledger.write() as writer:
        tell(writer, 1)
    later('raise RuntimeError("cut short")')
    with pytest.raises(RuntimeError, match="cut short"):
        Ledger.open(address)
    monkeypatch.undo()
    with Ledger.open(address) as ledger:
        assert ledger.counts().reports == 1
        with ledger.write() as writer:
            writer.fault("a", None, "b")
        with ledger.reading_connection() as connection:
            columns = connection.exec_driver_sql("SELECT * FROM faults").keys()
            assert "mend" not in columns


def test_making_a_ledger_waits_for_the_writer_that_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0)
    path = tmp_path / "held.ledger"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerError, match="held by another writer"):
            Ledger.open(path, create=True)
        other.execute("ROLLBACK")
    Ledger.open(path, create=True).close()
