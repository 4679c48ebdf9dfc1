"""The append-only log: each entry carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from parallax.errors import LedgerError
from parallax.ledger import tables
from parallax.ledger.rows import Stored, canonical
from parallax.ledger.views import LogEntry

FIRST = "0" * 64

Head = tuple[int, str]
Seals = dict[str, dict[str, str | None]]


def entry_hash(row: Stored) -> str:
    """SHA-256 over the hash before and the entry as canonical JSON."""
    names = ("number", "at", "who", "action", "subject", "details", "seals")
    text = f"{row['previous']}\n{canonical([row[name] for name in names])}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def following(
    head: Head, *, who: str, action: str, subject: str, details: Mapping[str, Any], seals: Seals
) -> dict[str, Any]:
    """The row of the entry after the head given; `move` keeps the new head once the writing is done."""
    number, previous = head
    row: dict[str, Any] = {
        "number": number + 1,
        "at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "who": who,
        "action": action,
        "subject": subject,
        "details": canonical(details),
        "seals": canonical(seals),
        "previous": previous,
    }
    row["hash"] = entry_hash(row)
    return row


def append(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add entries, each the one that follows the one before it."""
    if rows:
        connection.execute(insert(tables.log), list(rows))


def move(connection: Connection, head: Head) -> None:
    """Keep the number and hash of the last entry."""
    connection.execute(update(tables.head).values(number=head[0], hash=head[1]))


def last(connection: Connection) -> Head:
    """The number and hash of the last entry. Raises LedgerError if the head is lost."""
    head = connection.execute(select(tables.head.c.number, tables.head.c.hash)).first()
    if head is None:
        raise LedgerError("the ledger has lost the head of its log; run `parallax verify` on it")
    return head[0], head[1]


def number_since(connection: Connection, number: int) -> int:
    """How many entries the log holds after the one of this number."""
    question = select(func.count()).select_from(tables.log).where(tables.log.c.number > number)
    return connection.execute(question).scalar_one()


def entry_of(row: Stored) -> LogEntry:
    return LogEntry(
        number=row["number"],
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        action=row["action"],
        subject=row["subject"],
        details=json.loads(row["details"]),
        previous=row["previous"],
        hash=row["hash"],
        seals=json.loads(row["seals"]),
    )


def entries(connection: Connection, subject: str | None, offset: int, limit: int) -> tuple[LogEntry, ...]:
    """Entries, the newest first; of one subject if one is given."""
    number = tables.log.c.number
    question = select(tables.log).order_by(number.desc()).limit(limit)
    if subject is not None:
        question = question.where(tables.log.c.subject == subject).offset(offset)
    else:
        # The log has no gaps, so a deep page is found by its number.
        newest = connection.execute(select(func.max(number))).scalar() or 0
        question = question.where(number <= newest - offset)
    return tuple(entry_of(row) for row in connection.execute(question).mappings())


def since(connection: Connection, number: int) -> tuple[LogEntry, ...]:
    """Entries after the one of this number, the oldest first."""
    question = select(tables.log).where(tables.log.c.number > number).order_by(tables.log.c.number)
    return tuple(entry_of(row) for row in connection.execute(question).mappings())
