"""The narrow tables as a writer keeps them: what follows from the rows that the log seals, so that questions are quick.

Nothing here is evidence: it can be worked out anew from the rows that it follows from, and
`verify` does so for what tallies are counted in, voices, places, and the keys and numbers of decisions.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from parallax.accounts.spoken import Spoken
from parallax.ledger import many, narrow, sites, tables, voices
from parallax.ledger.queueing import Queue
from parallax.ledger.summing import Sums, harm_rows
from parallax.model import Grade, Incident, QueueItem, Tally

_OF_INCIDENTS = (narrow.harms, narrow.voice_incidents, narrow.voice_numbers)


class Keeping:
    """What one transaction keeps of the incidents and readings that it writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sums = Sums()
        self._queue = Queue(connection)

    def add_incidents(self, incidents: Sequence[tuple[Incident, Sequence[Tally], Spoken | None]]) -> None:
        """Keep what follows from incidents that are new."""
        sites.put(self._connection, [incident for incident, _, _ in incidents])
        rows = [row for incident, tallies, _ in incidents for tally in tallies for row in harm_rows(incident, tally)]
        many.put(self._connection, narrow.harms, rows)
        self._sums.add(rows)
        self._add_spoken([(incident, spoken) for incident, _, spoken in incidents if spoken is not None])

    def add_spoken(self, incident: Incident, spoken: Spoken | None) -> None:
        """Keep what voices do in an incident that stands, in place of what was kept: decisions may change it alone."""
        if spoken is not None:
            for table in (narrow.voice_incidents, narrow.voice_numbers):
                self._connection.execute(delete(table).where(table.c.incident == incident.id))
            self._add_spoken([(incident, spoken)])

    def _add_spoken(self, said: Sequence[tuple[Incident, Spoken]]) -> None:
        standing = [row for one, spoken in said for row in voices.standing_rows(one.id, one.when, spoken)]
        many.put(self._connection, narrow.voice_incidents, standing)
        many.put(
            self._connection, narrow.voice_numbers, [row for _, spoken in said for row in voices.number_rows(spoken)]
        )

    def remove_incident(self, incident_id: str) -> None:
        """Take away what followed from an incident that goes."""
        harms = narrow.harms
        question = select(harms).where(harms.c.incident == incident_id)
        self._sums.add(self._connection.execute(question).mappings(), -1)
        for table in _OF_INCIDENTS:
            self._connection.execute(delete(table).where(table.c.incident == incident_id))
        sites.take(self._connection, [incident_id])
        self._queue.remove(incident_id)

    def queue(self, waiting: Sequence[tuple[Incident, Grade | None, Sequence[QueueItem]]]) -> None:
        """Keep what of each of these incidents waits for people, in place of what was kept."""
        self._queue.put(waiting)

    def judged(self, key: str, number: int) -> None:
        """Keep under which number a judgement of this key stands."""
        self._connection.execute(insert(narrow.judgement_keys), {"key": key, "judgement": number})

    def read(self, report_key: str, number: int) -> None:
        """Count in the reading of this number, which is about to become the current one of its report."""
        states = tables.states
        old = self._connection.execute(select(states.c.reading).where(states.c.report == report_key)).scalar()
        voices.count_in(self._connection, old, number)

    def finish(self) -> None:
        """Write down what is added up at the end of a transaction."""
        self._sums.keep(self._connection)
        self._queue.finish()
