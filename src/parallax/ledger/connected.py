"""A ledger's connection: one snapshot for each question, one transaction for each change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine

from parallax.errors import LedgerError
from parallax.ledger import log, store
from parallax.ledger.remembering import Remembered
from parallax.ledger.writer import Writer

Made = TypeVar("Made")


class Connected:
    """An open ledger: questions asked of one snapshot each, changes made in one transaction each."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name
        self._own = threading.local()
        self._remembered = Remembered()

    @classmethod
    def open(cls, address: str | Path, *, create: bool = False) -> Self:
        """Open the ledger at a path, `sqlite:///PATH` or `postgresql+psycopg://...`.

        `create` makes one where there is none. Raises LedgerError if there is none, if it
        is no ledger, if it is newer than this program, or if another writer holds it.
        """
        return cls(*store.open_engine(address, create=create))

    def close(self) -> None:
        """Let go of the database; what was acknowledged is already kept."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def write(self, who: str = "parallax") -> Iterator[Writer]:
        """One transaction: all of it is kept when the block ends, none of it if it does not.

        `who` signs its entries in the log. Raises LedgerError if another writer holds the ledger.
        """
        with self._writing(who, keep=True) as writer:
            yield writer

    @contextmanager
    def rehearse(self, who: str = "parallax") -> Iterator[Writer]:
        """A `write` block of which nothing is kept: what it would change can be asked for inside it."""
        with self._writing(who, keep=False) as writer:
            yield writer

    @contextmanager
    def _writing(self, who: str, *, keep: bool) -> Iterator[Writer]:
        if getattr(self._own, "connection", None) is not None:
            raise LedgerError(f"{self.name}: this thread is already writing; end that block first")
        with store.plain_errors(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin() as transaction:
                store.begin_write(connection)
                self._own.connection = connection
                try:
                    writer = Writer(connection, who)
                    yield writer
                    if keep:
                        writer.finish()
                    else:
                        transaction.rollback()
                finally:
                    self._own.connection = None

    @contextmanager
    def as_kept(self) -> Iterator[None]:
        """Inside a `write` block: questions answered as before the block began."""
        own = getattr(self._own, "connection", None)
        self._own.connection = None
        try:
            yield
        finally:
            self._own.connection = own

    @contextmanager
    def reading_connection(self) -> Iterator[Connection]:
        """One snapshot for several questions; inside a `write` block, the block's own connection."""
        own = getattr(self._own, "connection", None)
        with store.plain_errors(self.name), store.plain_values(self.name):
            if own is not None:
                yield own
            else:
                with self._engine.connect() as plain:
                    connection = plain.execution_options(**store.snapshot(plain))
                    with connection.begin():
                        yield connection

    @contextmanager
    def passing(self) -> Iterator[Connection]:
        """A short transaction on what comes and goes and no log keeps: sessions, one-time links, paces."""
        with store.plain_errors(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                yield connection

    def _once(self, asked: Hashable, make: Callable[[Connection], Made]) -> Made:
        """The answer to a question, kept until the log grows; inside a `write` block always asked."""
        with self.reading_connection() as connection:
            if getattr(self._own, "connection", None) is not None:
                return make(connection)
            return self._remembered(log.last(connection), asked, lambda: make(connection))
