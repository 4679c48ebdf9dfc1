"""Questions about incidents: lists with counts, one incident, its tally, a walk over all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, distinct, func, select

from parallax.ledger import tables
from parallax.ledger.reading import statements
from parallax.ledger.rows import INCIDENT, KEYS, PLACE, TALLY, chunks, fold
from parallax.ledger.search import matches
from parallax.ledger.views import IncidentQuery, IncidentRow, Page
from parallax.model import Days, Grade, Incident, Kind, Statement, Tally

Walked = tuple[Incident, Tally | None, tuple[Statement, ...]]

incidents, tallies, kinds = tables.incidents, tables.tallies, tables.incident_kinds


def find(connection: Connection, query: IncidentQuery) -> Page[IncidentRow]:
    """One page of the incidents asked for, with how all of them fall into kinds and grades."""
    scored = incidents.outerjoin(tallies, (tallies.c.incident == incidents.c.id) & (tallies.c.policy == query.policy))
    conditions = _conditions(connection, query)
    question = (
        select(
            incidents.c.id,
            incidents.c.first_day,
            incidents.c.last_day,
            incidents.c.place,
            incidents.c.reports,
            incidents.c.claims,
            tallies.c.grade,
            tallies.c.low,
            tallies.c.high,
            tallies.c.best,
            tallies.c.origins,
        )
        .select_from(scored)
        .where(*conditions)
        .order_by(*_order(query))
        .offset(query.offset)
        .limit(query.limit)
    )
    rows = connection.execute(question).mappings().all()
    shown = _kinds(connection, [row["id"] for row in rows])
    facets = _facets(connection, query, conditions)
    items = tuple(_row(row, shown.get(row["id"], ())) for row in rows)
    return Page(items, sum(facets["grade"].values()), query.offset, query.limit, facets)


def _conditions(connection: Connection, query: IncidentQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.text and query.text.strip():
        conditions.append(matches(connection, "incidents", query.text))
    if query.kind:
        conditions.append(incidents.c.id.in_(select(kinds.c.incident).where(kinds.c.kind == query.kind)))
    if query.place:
        conditions.append(incidents.c.place_names.contains(fold(query.place), autoescape=True))
    if query.from_day:
        conditions.append(incidents.c.last_day >= query.from_day.isoformat())
    if query.to_day:
        conditions.append(incidents.c.first_day <= query.to_day.isoformat())
    if query.actor:
        actors = tables.incident_actors
        conditions.append(incidents.c.id.in_(select(actors.c.incident).where(actors.c.actor == query.actor)))
    if query.grade:
        conditions.append(tallies.c.grade == query.grade)
    return conditions


def _order(query: IncidentQuery) -> tuple[ColumnElement[Any], ...]:
    first: dict[str, tuple[ColumnElement[Any], ...]] = {
        "when": (func.coalesce(incidents.c.first_day, "").desc(),),
        "oldest": (func.coalesce(incidents.c.first_day, "9999-12-31"),),
        "killed": (func.coalesce(tallies.c.high, tallies.c.low, -1).desc(),),
        "reports": (incidents.c.reports.desc(),),
        "id": (),
    }
    return (*first[query.order], incidents.c.id)


def _facets(
    connection: Connection, query: IncidentQuery, conditions: list[ColumnElement[bool]]
) -> dict[str, dict[str, int]]:
    scored = incidents.outerjoin(tallies, (tallies.c.incident == incidents.c.id) & (tallies.c.policy == query.policy))
    grade = func.coalesce(tallies.c.grade, "")
    by_grade = select(grade, func.count()).select_from(scored).where(*conditions).group_by(grade)
    by_kind: Select[Any] = select(kinds.c.kind, func.count()).group_by(kinds.c.kind)
    if conditions:
        by_kind = by_kind.select_from(kinds.join(scored, incidents.c.id == kinds.c.incident)).where(*conditions)
    return {
        "grade": dict(sorted(connection.execute(by_grade).all())),
        "kind": dict(sorted(connection.execute(by_kind).all())),
    }


def _kinds(connection: Connection, ids: list[str]) -> dict[str, tuple[Kind, ...]]:
    found: dict[str, tuple[Kind, ...]] = {}
    for some in chunks(ids):
        question = select(kinds).where(kinds.c.incident.in_(some))
        for row in connection.execute(question).mappings():
            found[row["incident"]] = (*found.get(row["incident"], ()), Kind(row["kind"]))
    order = list(Kind)
    return {incident: tuple(sorted(some, key=order.index)) for incident, some in found.items()}


def _row(row: Any, kinds: tuple[Kind, ...]) -> IncidentRow:
    when = None
    if row["first_day"] is not None:
        when = Days(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]))
    return IncidentRow(
        id=row["id"],
        when=when,
        where=PLACE.validate_json(row["place"]) if row["place"] else None,
        kinds=kinds,
        grade=Grade(row["grade"]) if row["grade"] else None,
        low=row["low"],
        high=row["high"],
        best=row["best"],
        reports=row["reports"],
        claims=row["claims"],
        origins=row["origins"],
    )


def incident(connection: Connection, incident_id: str) -> Incident | None:
    """The incident of an id, or the one that most of its tellings lie in now if it is no more."""
    value = connection.execute(select(incidents.c.value).where(incidents.c.id == incident_id)).scalar()
    if value is None:
        former = select(tables.formers.c.tellings).where(tables.formers.c.id == incident_id)
        tellings = connection.execute(former).scalar()
        if tellings is None:
            return None
        heir = _heir(connection, KEYS.validate_json(tellings))
        if heir is None:
            return None
        value = connection.execute(select(incidents.c.value).where(incidents.c.id == heir)).scalar_one()
    return INCIDENT.validate_json(value)


def _heir(connection: Connection, tellings: tuple[str, ...]) -> str | None:
    members = tables.members
    shared: dict[str, int] = {}
    for keys in chunks(tellings):
        question = (
            select(members.c.incident, func.count(distinct(members.c.telling)))
            .where(members.c.telling.in_(keys))
            .group_by(members.c.incident)
        )
        for found, number in connection.execute(question):
            shared[found] = shared.get(found, 0) + number
    return min(shared, key=lambda one: (-shared[one], one), default=None)


def tally(connection: Connection, incident_id: str, policy: str) -> Tally | None:
    question = select(tallies.c.value).where(tallies.c.incident == incident_id, tallies.c.policy == policy)
    value = connection.execute(question).scalar()
    return TALLY.validate_json(value) if value else None


def incidents_of(connection: Connection, report: str | None, claim: str | None) -> tuple[str, ...]:
    """Ids of the incidents that hold a claim, or a claim of a report, sorted."""
    members = tables.members
    question = select(members.c.incident).distinct().order_by(members.c.incident)
    if report is not None:
        question = question.where(members.c.report == report)
    if claim is not None:
        question = question.where(members.c.claim == claim)
    return tuple(connection.execute(question).scalars())


def actors(connection: Connection) -> tuple[tuple[str, int], ...]:
    """The keys of the actors that incidents name, with how many incidents, by key."""
    named = tables.incident_actors.c.actor
    return tuple(connection.execute(select(named, func.count()).group_by(named).order_by(named)).tuples())


def walk(connection: Connection, policy: str) -> Iterator[Walked]:
    """Every incident by id, with its tally under a policy and its statements; some hundred in memory at most."""
    last = ""
    while True:
        question = select(incidents.c.id, incidents.c.value).where(incidents.c.id > last).order_by(incidents.c.id)
        rows = connection.execute(question.limit(100)).all()
        if not rows:
            return
        scored = select(tallies.c.incident, tallies.c.value).where(
            tallies.c.policy == policy, tallies.c.incident.in_([key for key, _ in rows])
        )
        tallied = {key: TALLY.validate_json(value) for key, value in connection.execute(scored)}
        for key, value in rows:
            one = INCIDENT.validate_json(value)
            yield one, tallied.get(key), statements(connection, (), one.claims)
        last = rows[-1][0]
