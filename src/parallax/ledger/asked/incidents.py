"""Questions about incidents: lists of any choice, one of them, what they add up to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Engine

from parallax.accounts.signing import Signature
from parallax.ledger import columns, happening, log, tallying
from parallax.ledger.connected import Connected
from parallax.ledger.selection import Called, Selection, choose
from parallax.ledger.views import IncidentQuery, IncidentRow, Page
from parallax.model import Incident, Kind, Place, Tally


class Incidents(Connected):
    """Questions about incidents: lists of any choice, one of them, what they add up to."""

    def __init__(self, engine: Engine, name: str) -> None:
        super().__init__(engine, name)
        self._columns: dict[str, columns.Columns] = {}
        self._reading_columns = threading.Lock()

    def incidents(self, query: IncidentQuery | None = None) -> Page[IncidentRow]:
        """One page of incidents, with how all that were asked for divide."""
        query = query or IncidentQuery()
        chosen = self.selection(query)
        rows = self.listed(chosen, query.offset, query.limit)
        return Page(rows, chosen.total, query.offset, query.limit, chosen.facets)

    def selection(
        self,
        query: IncidentQuery,
        called: Callable[[tuple[Place, ...]], Called] | None = None,
        nowhere: Collection[str] = (),
        signed: Mapping[str, Signature] | None = None,
    ) -> Selection:
        """The incidents asked for, with all that can be counted of them; `called` finds places by their names.

        The incidents `nowhere` are counted as if they had no place, those that `signed` does not tell of as
        not signed off.

        The first question under a policy reads all its incidents into memory, later ones what has changed since.
        """
        with self.reading_connection() as connection:
            known = self._known(connection, query.policy)
            known = known.unplaced(nowhere) if nowhere else known
            named = called(known.sites) if called and (query.text or query.place) else None
            return choose(connection, known, query, named, signed)

    def _known(self, connection: Connection, policy: str) -> columns.Columns:
        head = log.last(connection)
        if getattr(self._own, "connection", None) is not None:
            return columns.load(connection, policy, head)
        with self._reading_columns:
            known = self._columns.get(policy)
            if known is not None and head[0] < known.head[0]:
                return known  # another thread's question came later and was answered first
            if known is None or (head[0] == known.head[0] and head != known.head):
                known = columns.load(connection, policy, head)
            known = self._columns[policy] = columns.follow(connection, known, head)
            return known

    def listed(self, chosen: Selection, offset: int, limit: int) -> tuple[IncidentRow, ...]:
        """One page of a selection, as a list shows it."""
        with self.reading_connection() as connection:
            return happening.rows(connection, chosen.columns.listed, chosen.page(offset, limit))

    def incident(self, id: str, *, links: bool = True) -> Incident | None:
        """The incident of an id; for an id that once was, the incident that most of its tellings lie in now.

        Without `links` it comes without them, which is much quicker where many reports tell of it.
        """
        with self.reading_connection() as connection:
            return happening.incident(connection, id, links=links)

    def incidents_of(self, report: str | None = None, claim: str | None = None) -> tuple[str, ...]:
        """Ids of the incidents that hold a claim, or a claim of a report, sorted."""
        with self.reading_connection() as connection:
            return happening.incidents_of(connection, report, claim)

    def incidents_with(self, *, reports: Iterable[str] = (), claims: Iterable[str] = ()) -> set[str]:
        """Ids of the incidents that hold one of these claims, or a claim of one of these reports."""
        with self.reading_connection() as connection:
            return happening.incidents_with(connection, reports, claims)

    def standing(self, incidents: Iterable[Incident]) -> set[str]:
        """Ids of those of these incidents that stand just so, with their links."""
        with self.reading_connection() as connection:
            return happening.standing(connection, incidents)

    def tally(self, incident_id: str, policy: str) -> Tally | None:
        """What an incident's accounts add up to under a policy."""
        with self.reading_connection() as connection:
            return happening.tally(connection, incident_id, policy)

    def is_weighed(self, policy: str) -> bool:
        """Whether any incident is weighed under this policy."""
        with self.reading_connection() as connection:
            return tallying.is_weighed(connection, policy)

    def unweighed(self, policies: Iterable[str]) -> tuple[str, ...]:
        """Ids of the incidents that lack a tally under one of these policies, sorted."""
        with self.reading_connection() as connection:
            return happening.unweighed(connection, policies)

    def walk(self, policy: str = "airwars") -> Iterator[happening.Walked]:
        """Every incident by id, with its tally under a policy (if it has one) and its statements."""
        with self.reading_connection() as connection:
            yield from happening.walk(connection, policy)

    def tally_cells(self, query: tallying.TallyQuery) -> tallying.Tallied:
        """A tally: harms added up by place, time, actor, kind or class of victim."""
        return self._once(query, lambda connection: tallying.tally_cells(connection, query))

    def tally_incidents(
        self, query: tallying.TallyQuery, key: Sequence[str], offset: int = 0, limit: int = 50
    ) -> tuple[tallying.TalliedIncident, ...]:
        """The incidents behind one row of a tally, those with the highest numbers first."""
        with self.reading_connection() as connection:
            return tallying.tally_incidents(connection, query, key, offset, limit)

    def tally_largest(self, query: tallying.TallyQuery) -> tallying.TalliedIncident | None:
        """The incident with the highest number among all of a tally."""
        return self._once(("largest", query), lambda connection: tallying.largest(connection, query))

    def tally_choices(self, policy: str, kind: Kind) -> dict[str, tuple[str, ...]]:
        """What a tally of a harm under a policy can be asked by."""
        asked = ("choices", policy, kind)
        return self._once(asked, lambda connection: tallying.tally_choices(connection, policy, kind))
