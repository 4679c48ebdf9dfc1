"""The queue of what waits for people: rows kept with their incidents, numbers kept with the rows, and its questions.

Nothing here is evidence: it follows from incidents, tallies and judgements. A question reads one
narrow index in the order of priority, and never counts over all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, or_, select, update

from parallax.ledger import narrow, tables
from parallax.ledger.rows import JUDGEMENT, KEYS, Row, chunks, fold
from parallax.model import Grade, Incident, Judgement, Kind, QueueItem, Reason, Verb

queue, numbers, judgements = narrow.queue, narrow.queue_counts, tables.judgements


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What part of the queue is asked for; `place` is a place's or a province's name."""

    reason: str | None = None
    kind: str | None = None
    grade: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item with the grade and the place that its incident has."""

    item: QueueItem
    grade: Grade | None
    place: str


class Queue:
    """What one transaction changes in the queue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changes: Counter[tuple[str, str, str]] = Counter()

    def put(self, waiting: Sequence[tuple[Incident, Grade | None, Sequence[QueueItem]]]) -> None:
        """Keep what of these incidents waits, in place of what was kept; nothing is done where nothing differs."""
        rows = {item.key: _row(incident, grade, item) for incident, grade, items in waiting for item in items}
        kept: dict[str, Row] = {}
        # A question of the same claims that another incident had comes over to the one that has it now.
        for column, wanted in ((queue.c.incident, [incident.id for incident, _, _ in waiting]), (queue.c.key, rows)):
            for some in chunks(wanted):
                found = self._connection.execute(select(queue).where(column.in_(some))).mappings()
                kept.update((row["key"], dict(row)) for row in found)
        gone = [key for key, row in kept.items() if row != rows.get(key)]
        for key in gone:
            self._count(kept[key], -1)
        for some in chunks(gone):
            self._connection.execute(delete(queue).where(queue.c.key.in_(some)))
        fresh = [row for key, row in rows.items() if kept.get(key) != row]
        if fresh:
            self._connection.execute(insert(queue), fresh)
        for row in fresh:
            self._count(row, 1)

    def remove(self, incident_id: str) -> None:
        """Take away what waited of an incident that goes."""
        for row in self._kept(incident_id).values():
            self._count(row, -1)
        self._connection.execute(delete(queue).where(queue.c.incident == incident_id))

    def finish(self) -> None:
        """Keep how many wait by reason, kind and grade."""
        for (reason, kind, grade), change in sorted(self._changes.items()):
            if not change:
                continue
            here = (numbers.c.reason == reason) & (numbers.c.kind == kind) & (numbers.c.grade == grade)
            changed = update(numbers).where(here).values(number=numbers.c.number + change)
            if not self._connection.execute(changed).rowcount:
                row = {"reason": reason, "kind": kind, "grade": grade, "number": change}
                self._connection.execute(insert(numbers), row)
        self._changes.clear()

    def _kept(self, incident_id: str) -> dict[str, Row]:
        question = select(queue).where(queue.c.incident == incident_id)
        return {row["key"]: dict(row) for row in self._connection.execute(question).mappings()}

    def _count(self, row: Row | RowMapping, by: int) -> None:
        if row["open"]:
            self._changes[row["reason"], row["kind"], row["grade"]] += by


def _row(incident: Incident, grade: Grade | None, item: QueueItem) -> Row:
    place = incident.where
    return {
        "key": item.key,
        "incident": incident.id,
        "reason": item.reason.value,
        "kind": item.kind.value,
        "grade": grade.value if grade else "",
        "place": fold(place.name) if place else "",
        "area": fold(place.admin[0]) if place and place.admin else "",
        "priority": item.priority,
        "claims": KEYS.dump_json(item.claims).decode(),
        "words": item.words,
        "open": int(item.decided is None),
        "decided": item.decided.astimezone(UTC).isoformat() if item.decided else None,
    }


def _waiting(row: RowMapping) -> Waiting:
    decided = datetime.fromisoformat(row["decided"]) if row["decided"] else None
    claims = KEYS.validate_json(row["claims"])
    item = QueueItem(
        row["key"],
        row["incident"],
        Reason(row["reason"]),
        Kind(row["kind"]),
        claims,
        row["words"],
        row["priority"],
        decided,
    )
    return Waiting(item, Grade(row["grade"]) if row["grade"] else None, row["place"])


def _conditions(query: QueueQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [queue.c.open == 1]
    for column, value in ((queue.c.reason, query.reason), (queue.c.kind, query.kind), (queue.c.grade, query.grade)):
        if value:
            found.append(column == value)
    return found


def following(
    connection: Connection, query: QueueQuery, after: tuple[int, str] | None, limit: int
) -> tuple[Waiting, ...]:
    """The items that wait after a place in the queue (priority and key; None: from its head), the first first."""
    return _ordered(connection, query, after, limit, back=False)


def preceding(connection: Connection, query: QueueQuery, before: tuple[int, str], limit: int) -> tuple[Waiting, ...]:
    """The items that wait before a place in the queue, the nearest first."""
    return _ordered(connection, query, before, limit, back=True)


def _ordered(
    connection: Connection, query: QueueQuery, place: tuple[int, str] | None, limit: int, *, back: bool
) -> tuple[Waiting, ...]:
    conditions = _conditions(query)
    order = (queue.c.priority.asc(), queue.c.key.asc()) if back else (queue.c.priority.desc(), queue.c.key.desc())
    if place is not None:
        priority, key = place
        beyond = queue.c.priority > priority if back else queue.c.priority < priority
        further = queue.c.key > key if back else queue.c.key < key
        # The first condition lets the index be entered at the place, the second leaves out what stands before it.
        bound = queue.c.priority >= priority if back else queue.c.priority <= priority
        conditions += [bound, or_(beyond, and_(queue.c.priority == priority, further))]
    if not query.place:
        rows = connection.execute(select(queue).where(*conditions).order_by(*order).limit(limit)).mappings().all()
        return tuple(map(_waiting, rows))
    name = fold(query.place.strip())
    found: dict[str, RowMapping] = {}
    # Each of the two has an index of its own, which one question for either would not use.
    for column in (queue.c.place, queue.c.area):
        question = select(queue).where(column == name, *conditions).order_by(*order).limit(limit)
        found.update((row["key"], row) for row in connection.execute(question).mappings())
    ordered = sorted(found.values(), key=lambda row: (row["priority"], row["key"]), reverse=not back)
    return tuple(_waiting(row) for row in ordered[:limit])


def item(connection: Connection, key: str) -> Waiting | None:
    """The item of a key, whether it waits or is decided."""
    row = connection.execute(select(queue).where(queue.c.key == key)).mappings().first()
    return _waiting(row) if row else None


def waiting_numbers(connection: Connection) -> tuple[tuple[str, str, str, int], ...]:
    """How many items wait, by reason, kind and grade: some hundred rows at most."""
    question = select(numbers).where(numbers.c.number > 0).order_by(*numbers.c)
    return tuple((row.reason, row.kind, row.grade, row.number) for row in connection.execute(question))


def of_incident(connection: Connection, incident: str) -> tuple[Waiting, ...]:
    """What of one incident waits, the most useful first."""
    question = select(queue).where(queue.c.incident == incident, queue.c.open == 1)
    rows = connection.execute(question.order_by(queue.c.priority.desc(), queue.c.key.desc())).mappings()
    return tuple(map(_waiting, rows))


def decided_on(connection: Connection, day: datetime) -> int:
    """How many decisions of that day (UTC) count, whoever made them; withdrawn ones are not among them."""
    start = datetime.combine(day.astimezone(UTC).date(), time(), UTC)
    last = connection.execute(select(func.max(judgements.c.number))).scalar() or 0
    low, high = 0, last
    # Numbers grow with time, so the first of the day is found by halving.
    while low < high:
        middle = (low + high) // 2
        value = connection.execute(select(judgements.c.value).where(judgements.c.number == middle + 1)).scalar()
        if value is not None and JUDGEMENT.validate_json(value).at < start:
            low = middle + 1
        else:
            high = middle
    today = select(judgements.c.value).where(judgements.c.number > low)
    made = [JUDGEMENT.validate_json(value) for value in connection.execute(today).scalars()]
    gone = {one.value for one in made if one.verb is Verb.WITHDRAW}
    return sum(one.verb is not Verb.WITHDRAW and one.key not in gone for one in made)


def unqueued(connection: Connection) -> tuple[str, ...]:
    """Ids of the incidents that nothing is kept of in the queue, sorted: those of an older program."""
    incidents = tables.incidents
    question = select(incidents.c.id).where(incidents.c.id.not_in(select(queue.c.incident))).order_by(incidents.c.id)
    return tuple(connection.execute(question).scalars())


def about(connection: Connection, claims: Sequence[str]) -> Waiting | None:
    """The most useful item that waits in an incident of one of these claims, one of these claims before all."""
    members = tables.members
    held = select(members.c.incident).where(members.c.claim.in_(list(claims)[:500]))
    question = select(queue).where(queue.c.incident.in_(held), queue.c.open == 1)
    rows = connection.execute(question.order_by(queue.c.priority.desc(), queue.c.key.desc())).mappings().all()
    wanted = set(claims)
    own = [row for row in rows if wanted & set(KEYS.validate_json(row["claims"]))]
    row = next(iter([*own, *rows]), None)
    return _waiting(row) if row is not None else None


# So many decisions back, somebody's own last one is looked for.
BACK = 200


def last_decision(connection: Connection, who: str) -> Judgement | None:
    """The last decision of a person that counts, withdrawals left out, if it is one of the last of all."""
    rows = connection.execute(select(judgements.c.value).order_by(judgements.c.number.desc()).limit(BACK)).scalars()
    gone: set[str | None] = set()
    for value in rows:
        made = JUDGEMENT.validate_json(value)
        if made.verb is Verb.WITHDRAW:
            if made.key not in gone:
                gone.add(made.value)
        elif made.who == who and made.key not in gone:
            return made
    return None


def flaws(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Where the numbers kept of the queue are not those of its rows: table, key, what differs."""
    parts = queue.c.reason, queue.c.kind, queue.c.grade
    counted = connection.execute(select(*parts, func.count()).where(queue.c.open != 0).group_by(*parts))
    waits = Counter({(reason, kind, grade): number for reason, kind, grade, number in counted})
    kept = {(row.reason, row.kind, row.grade): row.number for row in connection.execute(select(numbers))}
    for part in sorted(waits.keys() | kept.keys()):
        if waits[part] != kept.get(part, 0):
            words = f"says that {kept.get(part, 0)} wait, and {waits[part]} do"
            yield "queue_counts", "/".join(map(str, part)), words
