"""An incident as the rows it is kept in: its own, one for each list that names it, its members, and who acts in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from parallax.ledger import linking, reading, tables
from parallax.ledger.rows import Row, chunks, incident_row, listing_row
from parallax.ledger.sealing import Children
from parallax.model import Incident, Statement, Tally


@dataclass(frozen=True, slots=True)
class Told:
    """What incidents are told by: the current statements by claim, and the texts of reports by key."""

    statements: Mapping[str, Sequence[Statement]]
    texts: Mapping[str, str]


def told(connection: Connection, incidents: Sequence[Incident]) -> Told:
    """What these incidents are told by."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in reading.statements(connection, (), (claim for one in incidents for claim in one.claims)):
        statements[statement.claim.key].append(statement)
    texts: dict[str, str] = {}
    for keys in chunks(report for incident in incidents for report in incident.reports):
        question = select(tables.reports.c.key, tables.reports.c.text).where(tables.reports.c.key.in_(keys))
        texts.update((key, text) for key, text in connection.execute(question))
    return Told(statements, texts)


def rows(
    connection: Connection, incident: Incident, tallies: Sequence[Tally], number: int, by: Told
) -> tuple[Row, Children]:
    """The rows of an incident. What a search looks in: its own sentences, places, actors and voices."""
    statements = [statement for claim in sorted(set(incident.claims)) for statement in by.statements.get(claim, ())]
    words: dict[str, None] = {}
    for place in (incident.where, *(statement.place for statement in statements)):
        if place:
            words.update(dict.fromkeys((place.name, *place.admin)))
    for statement in statements:
        claim = statement.claim
        words[by.texts.get(claim.report, "")[claim.start : claim.end]] = None
        words.update((named.name, None) for named in (statement.who, statement.whom, statement.voice) if named)
    actors = {actor.key for statement in statements for actor in (statement.who, statement.whom) if actor}
    members = {(telling.key, claim): telling.report for telling in incident.tellings for claim in telling.claims}
    whole, linked = _as_kept(connection, incident)
    return incident_row(whole, number, "\n".join(word for word in words if word), linked=linked), {
        tables.listings: [listing_row(incident, number, tally) for tally in (None, *tallies)],
        tables.incident_actors: [{"incident": incident.id, "actor": actor} for actor in sorted(actors)],
        tables.members: [
            {"incident": incident.id, "telling": telling, "claim": claim, "report": report}
            for (telling, claim), report in members.items()
        ],
    }


def _as_kept(connection: Connection, incident: Incident) -> tuple[Incident, bool]:
    """The incident, and whether its links are all those that are kept between its tellings.

    They are but where a person cut a telling or took it out; the links are kept with the incident then.
    """
    alone = len(incident.tellings) == 1 and not incident.links
    if alone or len(incident.links) == linking.number_among(connection, (t.key for t in incident.tellings)):
        return incident, True
    pairs = [(min(link.a, link.b), max(link.a, link.b)) for link in incident.links]
    kept = linking.links_of(connection, pairs)
    links = tuple(kept.get(pair, link) for pair, link in zip(pairs, incident.links, strict=True))
    return replace(incident, links=links), False
