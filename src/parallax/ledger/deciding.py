"""Questions that decisions ask: judgements by key and by report, readings by machines and by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from parallax.ledger import narrow, tables
from parallax.ledger.log import entry_of
from parallax.ledger.rows import JUDGEMENT, LINK, chunks, statement_of
from parallax.ledger.views import LogEntry
from parallax.model import Claim, Judgement, Statement

# The name of the reader of readings that hold what people corrected and added.
PEOPLE = "people"


def judgement(connection: Connection, key: str) -> Judgement | None:
    """The judgement of a key."""
    keys, table = narrow.judgement_keys, tables.judgements
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


def judgements_on(connection: Connection, claims: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
    """The judgements that name each of these very claims, the first made first."""
    on, table = tables.judgement_claims, tables.judgements
    found: dict[str, list[Judgement]] = {}
    for keys in chunks(claims):
        question = (
            select(on.c.claim, table.c.value)
            .join(table, table.c.number == on.c.judgement)
            .where(on.c.claim.in_(keys))
            .order_by(on.c.judgement)
        )
        for claim, value in connection.execute(question):
            found.setdefault(claim, []).append(JUDGEMENT.validate_json(value))
    return {claim: tuple(found[claim]) for claim in sorted(found)}


def changes_since(
    connection: Connection, number: int, incidents: Iterable[str], claims: Iterable[str]
) -> tuple[LogEntry, ...]:
    """Entries of the log after the one of this number about these incidents, or about decisions on these claims."""
    log, on = tables.log, tables.judgement_claims
    found: dict[int, LogEntry] = {}
    for keys in chunks(incidents):
        question = select(log).where(log.c.subject.in_(keys), log.c.number > number, log.c.action.like("incident%"))
        found.update((row["number"], entry_of(row)) for row in connection.execute(question).mappings())
    decided: set[str] = set()
    for keys in chunks(claims):
        question = select(on.c.judgement).where(on.c.claim.in_(keys)).distinct()
        decided.update(str(one) for one in connection.execute(question).scalars())
    for keys in chunks(decided):
        question = select(log).where(log.c.subject.in_(keys), log.c.number > number, log.c.action == "judgement")
        found.update((row["number"], entry_of(row)) for row in connection.execute(question).mappings())
    return tuple(found[one] for one in sorted(found))


def keys_of(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The keys of judgements, by the number that log entries name them by."""
    table = narrow.judgement_keys
    wanted = sorted(set(numbers))
    question = select(table.c.judgement, table.c.key).where(table.c.judgement.in_(wanted))
    return dict(connection.execute(question).all()) if wanted else {}


# Days within which two incidents of one place may be one.
NEAR = 3


def likely_others(connection: Connection, incident: str, most: int = 12) -> tuple[tuple[str, str], ...]:
    """Ids of incidents that may be one with this one, the likeliest first, each with what speaks for it.

    Those whose tellings are linked to its own come first, by their best link; then those of the same
    place within some days.
    """
    members, links, listings = tables.members, tables.links, tables.listings
    own = set(connection.execute(select(members.c.telling).where(members.c.incident == incident)).scalars())
    best: dict[str, float] = {}
    for keys in chunks(own):
        for column, other in ((links.c.a, links.c.b), (links.c.b, links.c.a)):
            question = (
                select(members.c.incident, links.c.value)
                .join(links, other == members.c.telling)
                .where(column.in_(keys), members.c.incident != incident)
                .limit(1000)
            )
            for id, value in connection.execute(question):
                best[id] = max(best.get(id, 0.0), LINK.validate_json(value).score)
    found = dict.fromkeys(sorted(best, key=lambda id: (-best[id], id)), "a report of it resembles one of this")
    row = connection.execute(select(listings).where(listings.c.incident == incident).limit(1)).mappings().first()
    if row is not None and row["first_day"] and row["place_names"]:
        first = date.fromisoformat(row["first_day"]) - timedelta(NEAR)
        last = date.fromisoformat(row["last_day"]) + timedelta(NEAR)
        near = (
            select(listings.c.incident)
            .where(
                listings.c.policy == row["policy"],
                listings.c.first_day >= first.isoformat(),
                listings.c.first_day <= last.isoformat(),
                listings.c.place_names.startswith(row["place_names"].split("|")[0], autoescape=True),
            )
            .order_by(listings.c.first_day, listings.c.incident)
            .limit(most)
        )
        for id in connection.execute(near).scalars():
            found.setdefault(id, f"of the same place, within {NEAR} days")
    found.pop(incident, None)
    return tuple(found.items())[:most]


def flaws(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Where the key kept of a judgement is not the key of what it says: table, key, what differs."""
    keys, table = narrow.judgement_keys, tables.judgements
    kept = dict(row for row in connection.execute(select(keys.c.judgement, keys.c.key)))
    judged = select(table.c.number, table.c.value)
    for number, value in connection.execute(judged, execution_options={"yield_per": 500}):
        try:
            key = JUDGEMENT.validate_json(value).key
        except (ValueError, TypeError):
            yield "judgements", str(number), "its value cannot be read"
            continue
        if kept.pop(number, None) != key:
            yield "judgement_keys", str(number), "is not the key of what the judgement says"
