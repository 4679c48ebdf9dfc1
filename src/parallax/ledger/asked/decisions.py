"""Questions about what people decided, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from parallax.ledger import deciding, linking, queueing
from parallax.ledger.connected import Connected
from parallax.ledger.queueing import QueueQuery, Waiting
from parallax.ledger.views import LogEntry
from parallax.model import Claim, Judgement, Statement


class Decisions(Connected):
    """Questions about what people decided, and what waits for them."""

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, the first made first."""
        with self.reading_connection() as connection:
            return linking.judgements(connection)

    def judgements_for(self, claims: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
        """What people decided about each claim, or about the claim an older reading had in its place."""
        with self.reading_connection() as connection:
            return linking.judgements_for(connection, claims)

    def judgement(self, key: str) -> Judgement | None:
        """The judgement of a key (`Judgement.key`)."""
        with self.reading_connection() as connection:
            return deciding.judgement(connection, key)

    def last_judgements(self, offset: int, limit: int) -> tuple[int, tuple[Judgement, ...]]:
        """How many judgements there are, and some of them, the newest first."""
        with self.reading_connection() as connection:
            return linking.last_judgements(connection, offset, limit)

    def judgement_keys(self, numbers: Iterable[int]) -> dict[int, str]:
        """The keys of judgements, by the numbers that log entries name them by."""
        with self.reading_connection() as connection:
            return deciding.keys_of(connection, numbers)

    def judgements_of_report(self, report: str) -> tuple[Judgement, ...]:
        """Every judgement about a claim that any reading of this report holds, the first made first."""
        with self.reading_connection() as connection:
            return deciding.judgements_of_report(connection, report)

    def judgements_on(self, claims: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
        """The judgements that name each of these very claims, the first made first."""
        with self.reading_connection() as connection:
            return deciding.judgements_on(connection, claims)

    def reports_of_claims(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The keys of the reports that hold these claims in any reading, sorted."""
        with self.reading_connection() as connection:
            return deciding.reports_of_claims(connection, claims)

    def claims_ever(self, claims: Iterable[str]) -> dict[str, Claim]:
        """Each of these claims as a machine read it last, or a person added it, whether or not it stands now."""
        with self.reading_connection() as connection:
            return deciding.claims_ever(connection, claims)

    def machine_reading(self, report: str) -> tuple[int | None, tuple[Statement, ...]]:
        """The number and statements of a report's last reading that no person had a hand in."""
        with self.reading_connection() as connection:
            return deciding.machine_reading(connection, report)

    def last_decision(self, who: str) -> Judgement | None:
        """The last decision of a person that counts."""
        with self.reading_connection() as connection:
            return queueing.last_decision(connection, who)

    def decided_on(self, day: datetime) -> int:
        """How many decisions of that day (UTC) count, whoever made them."""
        with self.reading_connection() as connection:
            return queueing.decided_on(connection, day)

    def likely_others(self, incident: str) -> tuple[tuple[str, str], ...]:
        """Ids of incidents that may be one with this one, the likeliest first, each with what speaks for it."""
        with self.reading_connection() as connection:
            return deciding.likely_others(connection, incident)

    def changes_since(self, number: int, incidents: Iterable[str], claims: Iterable[str]) -> tuple[LogEntry, ...]:
        """Entries of the log after one, by its number, about these incidents or about decisions on these claims."""
        with self.reading_connection() as connection:
            return deciding.changes_since(connection, number, incidents, claims)

    def queue(
        self,
        query: QueueQuery | None = None,
        *,
        after: tuple[int, str] | None = None,
        before: tuple[int, str] | None = None,
        limit: int = 1,
    ) -> tuple[Waiting, ...]:
        """What waits for people, the most useful first: after a place in the queue, or before one, nearest first."""
        query = query or QueueQuery()
        with self.reading_connection() as connection:
            if before is not None:
                return queueing.preceding(connection, query, before, limit)
            return queueing.following(connection, query, after, limit)

    def queue_item(self, key: str) -> Waiting | None:
        """One item of the queue, whether it waits or is decided."""
        with self.reading_connection() as connection:
            return queueing.item(connection, key)

    def queue_numbers(self) -> tuple[tuple[str, str, str, int], ...]:
        """How many items wait, by reason, kind and grade."""
        with self.reading_connection() as connection:
            return queueing.waiting_numbers(connection)

    def waiting_about(self, claims: Sequence[str]) -> Waiting | None:
        """The most useful item that waits in an incident of one of these claims."""
        with self.reading_connection() as connection:
            return queueing.about(connection, claims)

    def waiting_of(self, incident: str) -> tuple[Waiting, ...]:
        """What of one incident waits for people."""
        with self.reading_connection() as connection:
            return queueing.of_incident(connection, incident)

    def unqueued(self) -> tuple[str, ...]:
        """Ids of the incidents that nothing is kept of in the queue, sorted."""
        with self.reading_connection() as connection:
            return queueing.unqueued(connection)
