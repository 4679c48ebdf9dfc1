"""Questions that decisions ask: judgements by key and by report, readings by machines and by people."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from parallax.ledger import tables
from parallax.ledger.rows import JUDGEMENT, chunks, statement_of
from parallax.model import Claim, Judgement, Statement

# The name of the reader of readings that hold what people corrected and added.
PEOPLE = "people"


def judgement(connection: Connection, key: str) -> Judgement | None:
    """The judgement of a key."""
    keys, table = tables.judgement_keys, tables.judgements
    question = select(table.c.value).join(keys, keys.c.judgement == table.c.number).where(keys.c.key == key)
    value = connection.execute(question).scalar()
    return JUDGEMENT.validate_json(value) if value else None


def judgements_of_report(connection: Connection, report: str) -> tuple[Judgement, ...]:
    """Every judgement about a claim that any reading of this report holds, the first made first."""
    on, held, table = tables.judgement_claims, tables.statements, tables.judgements
    about = select(on.c.judgement).join(held, held.c.claim == on.c.claim).where(held.c.report == report)
    question = select(table.c.value).where(table.c.number.in_(about)).order_by(table.c.number)
    return tuple(JUDGEMENT.validate_json(value) for value in connection.execute(question).scalars())


def reports_of_claims(connection: Connection, claims: Iterable[str]) -> tuple[str, ...]:
    """The keys of the reports that hold these claims in any reading, sorted."""
    table = tables.statements
    found: set[str] = set()
    for keys in chunks(claims):
        found.update(connection.execute(select(table.c.report).where(table.c.claim.in_(keys)).distinct()).scalars())
    return tuple(sorted(found))


def claims_ever(connection: Connection, claims: Iterable[str]) -> dict[str, Claim]:
    """Each of these claims as a machine read it last, or as a person added it, whether or not it stands now."""
    table, readings = tables.statements, tables.readings
    found: dict[str, Claim] = {}
    for keys in chunks(claims):
        question = (
            select(table.c.value)
            .join(readings, readings.c.number == table.c.reading)
            .where(table.c.claim.in_(keys))
            .order_by(readings.c.name != PEOPLE, table.c.reading)
        )
        for row in connection.execute(question).mappings():
            claim = statement_of(row).claim
            found[claim.key] = claim
    return found


def machine_reading(connection: Connection, report: str) -> tuple[int | None, tuple[Statement, ...]]:
    """The number and the statements of the last reading that no person had a hand in; None where there is none."""
    readings, table = tables.readings, tables.statements
    last = select(func.max(readings.c.number)).where(readings.c.report == report, readings.c.name != PEOPLE)
    number = connection.execute(last).scalar()
    if number is None:
        return None, ()
    question = select(table.c.value).where(table.c.reading == number).order_by(table.c.position)
    return number, tuple(statement_of(row) for row in connection.execute(question).mappings())


def last_change(connection: Connection, incident: str, claims: Iterable[str]) -> int:
    """The number of the last log entry about an incident or a decision on one of its claims; 0 if there is none."""
    log, on = tables.log, tables.judgement_claims
    numbers = [connection.execute(select(func.max(log.c.number)).where(log.c.subject == incident)).scalar()]
    for keys in chunks(claims):
        last = connection.execute(select(func.max(on.c.judgement)).where(on.c.claim.in_(keys))).scalar()
        if last is not None:
            entry = select(func.max(log.c.number)).where(log.c.subject == str(last), log.c.action == "judgement")
            numbers.append(connection.execute(entry).scalar())
    return max((number for number in numbers if number is not None), default=0)


def keys_of(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The keys of judgements, by the number that log entries name them by."""
    table = tables.judgement_keys
    wanted = sorted(set(numbers))
    question = select(table.c.judgement, table.c.key).where(table.c.judgement.in_(wanted))
    return dict(connection.execute(question).all()) if wanted else {}
