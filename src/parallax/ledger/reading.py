"""Questions about reports and what was read in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import Connection, distinct, exists, func, literal_column, select

from parallax.ledger import narrow, tables
from parallax.ledger.rows import capture_of, chunks, report_of, statement_of
from parallax.ledger.search import counted, matches
from parallax.ledger.views import Counts, FaultRow, Page, ReadingInfo, ReportRow
from parallax.model import Capture, Reader, Report, Statement, Voice

# So many reports that hold the words asked for are looked up one by one, more are met in their order.
FEW = 2_000


def report(connection: Connection, key: str) -> Report | None:
    row = connection.execute(select(tables.reports).where(tables.reports.c.key == key)).mappings().first()
    return report_of(row) if row else None


def reports_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, Report]:
    """Those of these reports that stand, by key."""
    found: dict[str, Report] = {}
    for some in chunks(keys):
        question = select(tables.reports).where(tables.reports.c.key.in_(some))
        found.update((row["key"], report_of(row)) for row in connection.execute(question).mappings())
    return found


def published(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[date | None, str]]:
    """The day and the id of each of these reports that stand, by key."""
    found: dict[str, tuple[date | None, str]] = {}
    table = tables.reports
    for some in chunks(keys):
        question = select(table.c.key, table.c.published, table.c.id).where(table.c.key.in_(some))
        for key, day, name in connection.execute(question).all():
            found[key] = date.fromisoformat(day) if day else None, name
    return found


def versions(connection: Connection, report_id: str) -> tuple[Report, ...]:
    """Every report under one id, in the order they came."""
    question = select(tables.reports).where(tables.reports.c.id == report_id).order_by(tables.reports.c.number)
    return tuple(report_of(row) for row in connection.execute(question).mappings())


def capture(connection: Connection, sha256: str) -> Capture | None:
    row = connection.execute(select(tables.captures).where(tables.captures.c.sha256 == sha256)).mappings().first()
    return capture_of(row) if row else None


def reports(connection: Connection, text: str | None, offset: int, limit: int) -> Page[ReportRow]:
    """Reports that hold the words, the newest published first."""
    table = tables.reports
    asked = text or ""
    if asked.strip():
        total = counted(connection, asked)
    else:
        total = connection.execute(select(func.count()).select_from(table)).scalar_one()
    # As the index has it, so that the index answers.
    published = func.coalesce(table.c.published, literal_column("''")).desc()
    # The keys alone come first: a deep page then passes over an index and not over texts.
    ordered = select(table.c.key).order_by(published, table.c.key).offset(offset).limit(limit)
    held = matches(connection, asked, few=total <= FEW)
    keys = list(connection.execute(ordered.where(held)).scalars())
    known = reports_by_key(connection, keys)
    found = [known[key] for key in keys]
    claims = _claims_by_report(connection, keys)
    members = tables.members
    within: dict[str, int] = dict(
        connection.execute(
            select(members.c.report, func.count(distinct(members.c.incident)))
            .where(members.c.report.in_(keys))
            .group_by(members.c.report)
        ).all()
    )
    items = tuple(ReportRow(one, claims.get(one.key, 0), within.get(one.key, 0)) for one in found)
    return Page(items, total, offset, limit)


def _claims_by_report(connection: Connection, keys: list[str]) -> dict[str, int]:
    states, readings = tables.states, tables.readings
    question = (
        select(states.c.report, readings.c.claims)
        .join(readings, readings.c.number == states.c.reading)
        .where(states.c.report.in_(keys))
    )
    return dict(connection.execute(question).all())


def unread(connection: Connection, reader: Reader) -> tuple[str, ...]:
    readings = tables.readings
    read = exists().where(
        readings.c.report == tables.reports.c.key,
        readings.c.name == reader.name,
        readings.c.version == reader.version,
        readings.c.settings == reader.settings,
    )
    question = select(tables.reports.c.key).where(~read).order_by(tables.reports.c.number)
    return tuple(connection.execute(question).scalars())


def untold(connection: Connection) -> tuple[str, ...]:
    states = tables.states
    question = (
        select(states.c.report)
        .join(tables.reports, tables.reports.c.key == states.c.report)
        .where(states.c.told == 0, states.c.reading.is_not(None))
        .order_by(tables.reports.c.number)
    )
    return tuple(connection.execute(question).scalars())


def statements(connection: Connection, reports: Iterable[str], claims: Iterable[str]) -> tuple[Statement, ...]:
    """Statements of the current readings, by report and place in the text."""
    table, states = tables.statements, tables.states
    found: dict[tuple[str, int], Statement] = {}
    for column, wanted in ((table.c.report, reports), (table.c.claim, claims)):
        for keys in chunks(wanted):
            question = (
                select(table.c.report, table.c.position, table.c.value)
                .join(states, states.c.reading == table.c.reading)
                .where(column.in_(keys))
            )
            for row in connection.execute(question).mappings():
                found[row["report"], row["position"]] = statement_of(row)
    return tuple(found[place] for place in sorted(found))


def readings(connection: Connection, report_key: str) -> tuple[ReadingInfo, ...]:
    """Every reading of a report, the first made first."""
    table, states = tables.readings, tables.states
    question = (
        select(table, states.c.reading)
        .join(states, states.c.report == table.c.report)
        .where(table.c.report == report_key)
        .order_by(table.c.number)
    )
    return tuple(
        ReadingInfo(
            row["number"],
            row["report"],
            Reader(row["name"], row["version"], row["settings"]),
            datetime.fromisoformat(row["at"]),
            row["claims"],
            row["reading"] == row["number"],
        )
        for row in connection.execute(question).mappings()
    )


def reading(connection: Connection, number: int) -> tuple[Statement, ...]:
    """What one reading, current or not, read."""
    table = tables.statements
    question = select(table.c.value).where(table.c.reading == number).order_by(table.c.position)
    return tuple(statement_of(row) for row in connection.execute(question).mappings())


def voice(connection: Connection, key: str) -> tuple[Voice, tuple[Statement, ...]] | None:
    """A voice and what it says, by the first day it speaks of; what has no day stands last."""
    table, states = tables.statements, tables.states
    question = (
        select(table.c.value)
        .join(states, states.c.reading == table.c.reading)
        .where(table.c.voice == key)
        .order_by(func.coalesce(table.c.first_day, "9999-12-31"), table.c.report, table.c.position)
    )
    said = tuple(statement_of(row) for row in connection.execute(question).mappings())
    if not said:
        return None
    return _plain(min(said, key=lambda s: s.claim.key).voice), said


def _plain(voice: Voice) -> Voice:
    return Voice(voice.key, voice.name, voice.type, voice.party)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def faults(connection: Connection) -> tuple[FaultRow, ...]:
    table = tables.faults
    question = select(table).order_by(table.c.name, table.c.place, table.c.message)
    return tuple(FaultRow(row["name"], row["place"], row["message"]) for row in connection.execute(question).mappings())


def counts(connection: Connection) -> Counts:
    states, reports, voices = tables.states, tables.reports, narrow.voices

    def count(table: str) -> int:
        return connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()

    waiting = select(func.count()).select_from(states)
    # Each by an index alone: what voices say is counted as it is read, and a log has no gaps.
    spoken, claims = connection.execute(select(func.count(), func.coalesce(func.sum(voices.c.claims), 0))).one()
    language = connection.execute(select(reports.c.language, func.count()).group_by(reports.c.language)).all()
    languages: Counter[str] = Counter()
    for name, number in language:
        languages[name or ""] += number
    return Counts(
        captures=count("captures"),
        reports=languages.total(),
        unread=connection.execute(waiting.where(states.c.reading.is_(None))).scalar_one(),
        untold=connection.execute(waiting.where(states.c.reading.is_not(None), states.c.told == 0)).scalar_one(),
        claims=int(claims),
        voices=spoken,
        tellings=count("tellings"),
        incidents=count("incidents"),
        judgements=count("judgements"),
        faults=count("faults"),
        entries=connection.execute(select(tables.head.c.number)).scalar() or 0,
        languages=dict(sorted(languages.items(), key=lambda one: (-one[1], one[0]))),
    )


def every_report(connection: Connection) -> Iterator[Report]:
    """Every report by key, a few at a time."""
    last = ""
    while True:
        question = select(tables.reports).where(tables.reports.c.key > last).order_by(tables.reports.c.key).limit(100)
        found = [report_of(row) for row in connection.execute(question).mappings()]
        if not found:
            return
        yield from found
        last = found[-1].key
