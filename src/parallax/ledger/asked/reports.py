"""Questions about reports: what was captured, and what was read in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from parallax.ledger import reading
from parallax.ledger.connected import Connected
from parallax.ledger.views import FaultRow, Page, ReadingInfo, ReportRow
from parallax.model import Capture, Reader, Report, Statement


class Reports(Connected):
    """Questions about reports: what was captured, and what was read in each."""

    def report(self, key: str) -> Report | None:
        """The report of a key."""
        with self.reading_connection() as connection:
            return reading.report(connection, key)

    def reports_by_key(self, keys: Iterable[str]) -> dict[str, Report]:
        """Those of these reports that stand, by key."""
        with self.reading_connection() as connection:
            return reading.reports_by_key(connection, keys)

    def versions(self, id: str) -> tuple[Report, ...]:
        """Every report under one id, in the order they came."""
        with self.reading_connection() as connection:
            return reading.versions(connection, id)

    def capture(self, sha256: str) -> Capture | None:
        """The bytes a report was read from."""
        with self.reading_connection() as connection:
            return reading.capture(connection, sha256)

    def reports(self, *, text: str | None = None, offset: int = 0, limit: int = 50) -> Page[ReportRow]:
        """Reports that hold all the words of `text` (a phrase in double quotes), the newest first."""
        with self.reading_connection() as connection:
            return reading.reports(connection, text, offset, limit)

    def published(self, reports: Iterable[str]) -> dict[str, tuple[date | None, str]]:
        """The day and the id of each of these reports, by key."""
        with self.reading_connection() as connection:
            return reading.published(connection, reports)

    def every_report(self) -> Iterator[Report]:
        """Every report by key, a few in memory at a time."""
        with self.reading_connection() as connection:
            yield from reading.every_report(connection)

    def unread(self, reader: Reader) -> tuple[str, ...]:
        """Keys of the reports that this reader (name, version, settings) has not read, in order of arrival."""
        with self.reading_connection() as connection:
            return reading.unread(connection, reader)

    def untold(self) -> tuple[str, ...]:
        """Keys of the reports whose current reading has no tellings yet, in order of arrival."""
        with self.reading_connection() as connection:
            return reading.untold(connection)

    def statements(self, *, reports: Iterable[str] = (), claims: Iterable[str] = ()) -> tuple[Statement, ...]:
        """Statements of the current readings: of these reports and of these claims, in the order of the text."""
        with self.reading_connection() as connection:
            return reading.statements(connection, reports, claims)

    def readings(self, report: str) -> tuple[ReadingInfo, ...]:
        """Every reading of a report, the first made first."""
        with self.reading_connection() as connection:
            return reading.readings(connection, report)

    def reading(self, number: int) -> tuple[Statement, ...]:
        """What one reading read, current or not (`ReadingInfo.number`)."""
        with self.reading_connection() as connection:
            return reading.reading(connection, number)

    def faults(self) -> tuple[FaultRow, ...]:
        """What could not be read, by name."""
        with self.reading_connection() as connection:
            return reading.faults(connection)
