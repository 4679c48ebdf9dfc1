"""Imports as the log keeps them: who brought which files in, how far that came, and how it ended.

An import begins with an entry whose number names it. Each batch of reports says, in the transaction
that keeps the batch, what the import has brought in by then; so what was read before a program
died can be said exactly, though nothing was left to say it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from parallax.ledger import tables
from parallax.ledger.writer import Writer

log = tables.log
# The subject of the entries that begin and end imports; of those in between, it with the import's number.
SUBJECT = "import"
BEGUN, READ, ENDED = "import begun", "import read", "import ended"
CUT_OFF = "cut off"


@dataclass(frozen=True, slots=True)
class Gained:
    """What an import has brought in: reports new and seen before, claims, and things that could not be read."""

    new: int = 0
    seen: int = 0
    claims: int = 0
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """One import. `state` is how it ended; where the log has no end of it, it was cut off and `ended` is None."""

    number: int
    who: str
    begun: datetime
    files: tuple[str, ...]
    size: int
    gained: Gained
    state: str
    why: str
    ended: datetime | None


def begin(writer: Writer, files: Sequence[str], size: int) -> int:
    """Write down that an import of these files, so many bytes together, begins; returns its number."""
    number = writer._head[0] + 1
    writer.note(BEGUN, SUBJECT, {"files": list(files), "bytes": size})
    return number


def go_on(writer: Writer, number: int, gained: Gained) -> None:
    """Write down what an import has brought in so far."""
    writer.note(READ, f"{SUBJECT} {number}", asdict(gained))


def end(writer: Writer, number: int, gained: Gained, state: str, why: str) -> None:
    """Write down how an import ended."""
    writer.note(ENDED, SUBJECT, {"import": number, "state": state, "why": why} | asdict(gained))


def last(connection: Connection, limit: int) -> tuple[Import, ...]:
    """The last imports, the newest first."""
    # Each has an entry that begins it and at most one that ends it.
    question = select(log).where(log.c.subject == SUBJECT).order_by(log.c.number.desc()).limit(2 * limit)
    rows = [(row, json.loads(row["details"])) for row in connection.execute(question).mappings()]
    ends = {told["import"]: (row, told) for row, told in rows if row["action"] == ENDED}
    found = []
    for row, told in rows:
        if row["action"] != BEGUN:
            continue
        end_row, how = ends.get(row["number"], (None, None))
        gained = _gained(how) if how else _so_far(connection, row["number"])
        found.append(
            Import(
                number=row["number"],
                who=row["who"],
                begun=datetime.fromisoformat(row["at"]),
                files=tuple(told["files"]),
                size=told["bytes"],
                gained=gained,
                state=how["state"] if how else CUT_OFF,
                why=how["why"] if how else "",
                ended=datetime.fromisoformat(end_row["at"]) if end_row else None,
            )
        )
    return tuple(found[:limit])


def _so_far(connection: Connection, number: int) -> Gained:
    """What an import without an end had brought in."""
    question = select(log.c.details).where(log.c.subject == f"{SUBJECT} {number}").order_by(log.c.number.desc())
    told = connection.execute(question.limit(1)).scalar()
    return _gained(json.loads(told)) if told else Gained()


def _gained(told: dict[str, int]) -> Gained:
    return Gained(told["new"], told["seen"], told["claims"], told["faults"])
