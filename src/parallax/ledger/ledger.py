"""The ledger: one file (or one PostgreSQL database) that keeps everything read and decided."""

from __future__ import annotations

from parallax.ledger import fingerprint, imports, log, people, reading, risk, saved
from parallax.ledger.asked.decisions import Decisions
from parallax.ledger.asked.incidents import Incidents
from parallax.ledger.asked.reports import Reports
from parallax.ledger.asked.tellings import Tellings
from parallax.ledger.asked.voices import Voices
from parallax.ledger.views import Counts, LogEntry, SavedView


class Ledger(Reports, Tellings, Incidents, Voices, Decisions):
    """Reports, readings, incidents, judgements and the log of how they came to be.

    Every question answers from one snapshot. Inside a `write` block the same thread's
    questions see what the block has written so far; other threads and programs see it
    when the block has ended. A `Ledger` may be used by many threads.
    """

    def saved_views(self) -> tuple[SavedView, ...]:
        """The views that people saved, by name."""
        with self.reading_connection() as connection:
            return saved.every(connection)

    def log(self, *, subject: str | None = None, offset: int = 0, limit: int = 100) -> tuple[LogEntry, ...]:
        """Entries of the log, the newest first."""
        with self.reading_connection() as connection:
            return log.entries(connection, subject, offset, limit)

    def log_since(self, number: int) -> tuple[LogEntry, ...]:
        """Entries of the log after the one of this number, the oldest first."""
        with self.reading_connection() as connection:
            return log.since(connection, number)

    def imports(self, limit: int = 20) -> tuple[imports.Import, ...]:
        """The last imports of the workbench, the newest first."""
        with self.reading_connection() as connection:
            return imports.last(connection, limit)

    def head(self) -> tuple[int, str]:
        """The number and hash of the last log entry; noted elsewhere, it shows a rewritten log to `verify`."""
        with self.reading_connection() as connection:
            return log.last(connection)

    def counts(self) -> Counts:
        """How much the ledger holds."""
        return self._once("counts", reading.counts)

    def users(self) -> tuple[people.User, ...]:
        """Every account of the team, by name."""
        with self.reading_connection() as connection:
            return people.everyone(connection)

    def option(self, name: str) -> str | None:
        """What was set for this ledger under a name."""
        with self.reading_connection() as connection:
            return people.option(connection, name)

    def risks(self) -> tuple[risk.Risk, ...]:
        """The sources at risk, the last marked first."""
        with self.reading_connection() as connection:
            return risk.at_risk(connection)

    def at_risk(self, *more: risk.Risk) -> risk.AtRisk:
        """Everything that leads to the sources at risk, and to those that more marks would name."""
        with self.reading_connection() as connection:
            return risk.reach(connection, (*risk.at_risk(connection), *more))

    def fingerprint(self) -> str:
        """A digest of all content but the log, times and row numbers: the same for the same content."""
        with self.reading_connection() as connection:
            return fingerprint.of(connection)
