"""Questions about incidents: lists with counts, one incident, its tally, a walk over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, RowMapping, distinct, exists, func, select

from parallax.ledger import tables
from parallax.ledger.linking import links_among
from parallax.ledger.reading import statements
from parallax.ledger.rows import KEYS, PLACE, TALLY, bare_of, chunks, incident_of, incident_value
from parallax.ledger.views import IncidentRow
from parallax.model import Days, Grade, Incident, Kind, Place, Statement, Tally

Walked = tuple[Incident, Tally | None, tuple[Statement, ...]]

incidents, tallies, listings = tables.incidents, tables.tallies, tables.listings


def rows(connection: Connection, policy: str, ids: Sequence[str]) -> tuple[IncidentRow, ...]:
    """These incidents as a list shows them, in this order."""
    listed: dict[str, RowMapping] = {}
    places: dict[str, Place] = {}
    for some in chunks(ids):
        question = select(listings).where(listings.c.policy == policy, listings.c.incident.in_(some))
        listed.update((row["incident"], row) for row in connection.execute(question).mappings())
        named = select(incidents.c.id, incidents.c.place).where(
            incidents.c.id.in_(some), incidents.c.place.is_not(None)
        )
        places.update((key, PLACE.validate_json(place)) for key, place in connection.execute(named))
    return tuple(_row(listed[key], places.get(key)) for key in ids if key in listed)


def _row(row: RowMapping, place: Place | None) -> IncidentRow:
    when = None
    if row["first_day"] is not None:
        when = Days(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]))
    said = row["kinds"].split("|")
    return IncidentRow(
        id=row["incident"],
        when=when,
        where=place,
        kinds=tuple(kind for kind in Kind if kind.value in said),
        grade=Grade(row["grade"]) if row["grade"] else None,
        low=row["low"],
        high=row["high"],
        best=row["best"],
        reports=row["reports"],
        claims=row["claims"],
        origins=row["origins"],
    )


def incident(connection: Connection, incident_id: str, *, links: bool = True) -> Incident | None:
    """The incident of an id, or of one that is no more, the incident that holds most of what it held.

    Its tellings are looked for first; where a better reading has replaced them all, the
    claims of the same kind that stand in the same sentences now. Its links are left out if not asked for.
    """
    value = connection.execute(select(incidents.c.value).where(incidents.c.id == incident_id)).scalar()
    if value is None:
        formers = tables.formers
        former = connection.execute(select(formers).where(formers.c.id == incident_id)).mappings().first()
        if former is None:
            return None
        heir = _by_tellings(connection, former["tellings"]) or _by_places(connection, former["claims"])
        if heir is None:
            return None
        value = connection.execute(select(incidents.c.value).where(incidents.c.id == heir)).scalar_one()
    if not links:
        return bare_of(value)
    found, linked = incident_of(value)
    return _linked(connection, [found])[0] if linked else found


def _linked(connection: Connection, found: Sequence[Incident]) -> list[Incident]:
    """These incidents with all links that are kept between their tellings."""
    every = links_among(connection, [[telling.key for telling in one.tellings] for one in found])
    return [replace(one, links=links) for one, links in zip(found, every, strict=True)]


def tellings_of(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Keys of the tellings that these incidents hold a claim of."""
    members = tables.members
    found: set[str] = set()
    for keys in chunks(ids):
        found.update(connection.execute(select(members.c.telling).where(members.c.incident.in_(keys))).scalars())
    return found


def _by_tellings(connection: Connection, tellings: str) -> str | None:
    members = tables.members
    shared: Counter[str] = Counter()
    for keys in chunks(KEYS.validate_json(tellings)):
        question = (
            select(members.c.incident, func.count(distinct(members.c.telling)))
            .where(members.c.telling.in_(keys))
            .group_by(members.c.incident)
        )
        shared.update(dict(connection.execute(question).all()))
    return min(shared, key=lambda one: (-shared[one], one), default=None)


def _by_places(connection: Connection, claims: str) -> str | None:
    members, old, new = tables.members, tables.statements.alias("old"), tables.statements.alias("new")
    meets = (old.c.start < new.c.end) & (new.c.start < old.c.end)
    shared: Counter[str] = Counter()
    for keys in chunks(KEYS.validate_json(claims)):
        question = (
            select(members.c.incident, func.count(distinct(members.c.claim)))
            .select_from(old)
            .join(new, (new.c.report == old.c.report) & (new.c.kind == old.c.kind) & meets)
            .join(members, (members.c.claim == new.c.claim) & (members.c.report == new.c.report))
            .where(old.c.claim.in_(keys))
            .group_by(members.c.incident)
        )
        shared.update(dict(connection.execute(question).all()))
    return min(shared, key=lambda one: (-shared[one], one), default=None)


def tally(connection: Connection, incident_id: str, policy: str) -> Tally | None:
    question = select(tallies.c.value).where(tallies.c.incident == incident_id, tallies.c.policy == policy)
    value = connection.execute(question).scalar()
    return TALLY.validate_json(value) if value else None


def unweighed(connection: Connection, policies: Iterable[str]) -> tuple[str, ...]:
    """Ids of the incidents that lack a tally under one of these policies, sorted."""
    every = connection.execute(select(func.count()).select_from(incidents)).scalar_one()
    found: set[str] = set()
    for policy in policies:
        # There is a listing for each tally, and the incidents are as many as have one but in a rare case.
        of_policy = listings.c.policy == policy
        if connection.execute(select(func.count()).select_from(listings).where(of_policy)).scalar_one() < every:
            lacking = ~exists().where(of_policy, listings.c.incident == incidents.c.id)
            found.update(connection.execute(select(incidents.c.id).where(lacking)).scalars())
    return tuple(sorted(found))


def incidents_of(connection: Connection, report: str | None, claim: str | None) -> tuple[str, ...]:
    """Ids of the incidents that hold a claim, or a claim of a report, sorted."""
    members = tables.members
    question = select(members.c.incident).distinct().order_by(members.c.incident)
    if report is not None:
        question = question.where(members.c.report == report)
    if claim is not None:
        question = question.where(members.c.claim == claim)
    return tuple(connection.execute(question).scalars())


def incidents_with(connection: Connection, reports: Iterable[str], claims: Iterable[str]) -> set[str]:
    """Ids of the incidents that hold one of these claims, or a claim of one of these reports."""
    members = tables.members
    found: set[str] = set()
    for column, wanted in ((members.c.report, reports), (members.c.claim, claims)):
        for keys in chunks(wanted):
            found.update(connection.execute(select(members.c.incident).where(column.in_(keys)).distinct()).scalars())
    return found


def standing(connection: Connection, asked: Iterable[Incident]) -> set[str]:
    """Ids of those of these incidents that stand just so; links that are kept with their tellings are not compared."""
    told = {one.id: one for one in asked}
    found: set[str] = set()
    for keys in chunks(told):
        kept = connection.execute(select(incidents.c.id, incidents.c.value).where(incidents.c.id.in_(keys)))
        found.update(key for key, value in kept if value == incident_value(told[key], linked=True))
    return found


def values(connection: Connection, at_once: int) -> Iterator[dict[str, str]]:
    """The value of every incident by its id, so many at a time, in the order of the ids."""
    last = ""
    while True:
        question = select(incidents.c.id, incidents.c.value).where(incidents.c.id > last).order_by(incidents.c.id)
        some = {row.id: row.value for row in connection.execute(question.limit(at_once))}
        if not some:
            return
        yield some
        last = next(reversed(some))


def walk(connection: Connection, policy: str) -> Iterator[Walked]:
    """Every incident by id, with its tally under a policy and its statements; some hundred in memory at most."""
    for some in values(connection, 100):
        scored = select(tallies.c.incident, tallies.c.value).where(
            tallies.c.policy == policy, tallies.c.incident.in_(some)
        )
        tallied = {key: TALLY.validate_json(value) for key, value in connection.execute(scored)}
        told = [incident_of(value) for value in some.values()]
        linked = iter(_linked(connection, [one for one, linked in told if linked]))
        for key, (one, apart) in zip(some, told, strict=True):
            found = next(linked) if apart else one
            yield found, tallied.get(key), statements(connection, (), found.claims)
