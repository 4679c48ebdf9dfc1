"""Opening the database behind a ledger: addresses, pragmas, migrations, and plain errors.

SQLite runs in WAL mode with `synchronous=FULL`, so that what was acknowledged survives a
kill and a loss of power. A read is one snapshot; a write takes the only write lock first.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from parallax.errors import LedgerError, TamperedError

REVISION = "0007"
WAIT_SECONDS = 5
SQLITE_MAGIC = b"SQLite format 3\x00"


def database_url(address: str | Path) -> str:
    """The SQLAlchemy address of a ledger given as a path or as an address."""
    words = str(address)
    if words.startswith(("postgresql:", "postgresql+psycopg:")):
        return words.replace("postgresql:", "postgresql+psycopg:", 1)
    if words.startswith("sqlite:"):
        return words
    if "://" in words:
        raise LedgerError(f"{words}: give a path, sqlite:///PATH or postgresql+psycopg://USER@HOST/NAME")
    return f"sqlite:///{words}"


def open_engine(address: str | Path, *, create: bool) -> tuple[Engine, str]:
    """An engine on a ledger whose tables are up to date, and the ledger's name for messages.

    Raises LedgerError if there is none, if it is no ledger, if it is newer than this
    program, or if another writer holds it.
    """
    try:
        url = make_url(database_url(address))
    except ArgumentError as error:
        # The address is not repeated, since a password may stand in it.
        raise LedgerError("no address of a ledger: give a path or postgresql+psycopg://USER@HOST/NAME") from error
    name = url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)
    if url.drivername == "sqlite":
        _check_file(name, create=create)
    try:
        engine = create_engine(url)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise LedgerError(f"{name}: PostgreSQL needs `pip install parallax[team]`") from error
    _listen(engine)
    try:
        with plain_errors(name):
            _bring_up(engine, name, create=create)
    except UnicodeError as error:
        engine.dispose()
        # The driver cannot even read what a damaged SQLite file makes it say.
        raise TamperedError(f"{name}: is damaged; put a copy in its place") from error
    except BaseException:
        engine.dispose()
        raise
    return engine, name


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turn what a database raises into LedgerError, one line that says what to do."""
    try:
        yield
    except DBAPIError as error:
        words = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        if any(sign in words for sign in ("is locked", "lock timeout", "busy")):
            raise LedgerError(f"{name}: held by another writer; wait until it ends, then run this again") from error
        if "not a database" in words:
            raise LedgerError(f"{name}: is not a ledger; give the path of a file that `parallax read` made") from error
        raise LedgerError(f"{name}: {words}") from error


@contextmanager
def plain_values(name: str) -> Iterator[None]:
    """Turn what a stored value that cannot be read raises into TamperedError."""
    try:
        yield
    except (ValueError, zlib.error) as error:
        raise TamperedError(f"{name}: holds a value that cannot be read; run `parallax verify` on it") from error


def fetched(connection: Connection, question: Select[Any]) -> list[Any]:
    """The rows as the driver gives them: half a million are read in half the time that rows with names take."""
    cursor = connection.execute(question).cursor
    return list(cursor.fetchall()) if cursor is not None else []


def begin_write(connection: Connection) -> None:
    """Take the one write lock of a ledger; wait some seconds for it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
        connection.execute(text("LOCK TABLE head IN EXCLUSIVE MODE"))


def snapshot(connection: Connection) -> dict[str, str]:
    """The options that make several questions answer from one state; SQLite's reads do so by themselves."""
    return {"isolation_level": "REPEATABLE READ"} if connection.dialect.name == "postgresql" else {}


def _check_file(path: str, *, create: bool) -> None:
    file = Path(path)
    if not path or path == ":memory:":
        raise LedgerError("a ledger is a file; give its path")
    if file.is_dir():
        raise LedgerError(f"{path}: is a folder; a ledger is a file")
    try:
        if not file.exists():
            if not create:
                raise LedgerError(f"{path}: there is no ledger here; `parallax read FILES --into {path}` makes one")
            if not file.parent.is_dir():
                raise LedgerError(f"{path}: the folder {file.parent} is not there; make it first")
            return
        with file.open("rb") as start:
            magic = start.read(len(SQLITE_MAGIC))
    except OSError as error:
        raise LedgerError(f"{path}: cannot be opened ({error.strerror})") from error
    if magic != SQLITE_MAGIC and (magic or not create):
        raise LedgerError(f"{path}: is not a ledger; give the path of a file that `parallax read` made")


def _listen(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, record: object) -> None:
        # The driver's own transactions start too late for a snapshot; "begin" below starts them.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _bring_up(engine: Engine, name: str, *, create: bool) -> None:
    with engine.connect() as connection:
        revision = _revision(connection)
        strange = revision is None and bool(inspect(connection).get_table_names())
    if revision == REVISION:
        return
    if strange or (revision is None and not create):
        raise LedgerError(f"{name}: is not a ledger; give the path of a file that `parallax read` made")
    if revision is not None and revision not in _revisions():
        raise LedgerError(f"{name}: was made by a newer Parallax; bring this one up to date")
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(7213406)"))
        if _revision(connection) != REVISION:
            _migrate(connection)


def _use_write_ahead_log(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
    finally:
        raw.close()


def _revision(connection: Connection) -> str | None:
    tables = inspect(connection)
    if not (tables.has_table("alembic_version") and tables.has_table("head")):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config() -> Any:
    # Alembic takes a fifth of a second to import, and most openings need no migration.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "parallax.ledger:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _revisions() -> frozenset[str]:
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _migrate(connection: Connection) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
