"""What people hold of voices: a reliability on the Admiralty scale, with a reason, never overwritten.

A reliability belongs to the voice and is set by people alone (NATO STANAG 2511, A to F). A
later one stands in place of an earlier one; taking one back is another entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from parallax.ledger import tables

GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
_TABLE = tables.reliabilities


@dataclass(frozen=True, slots=True)
class Held:
    """One entry: what someone held of a voice from then on; an empty grade takes back what stood."""

    number: int
    voice: str
    grade: str
    why: str
    who: str
    at: datetime


def history(connection: Connection, voice: str) -> tuple[Held, ...]:
    """Every entry of a voice, the last first; the first of them stands."""
    question = select(_TABLE).where(_TABLE.c.voice == voice).order_by(_TABLE.c.number.desc())
    return tuple(
        Held(row["number"], row["voice"], row["grade"], row["why"], row["who"], datetime.fromisoformat(row["at"]))
        for row in connection.execute(question).mappings()
    )


def standing(connection: Connection) -> dict[str, str]:
    """The grade that stands for each voice that has one, by the voice's key."""
    last = select(func.max(_TABLE.c.number)).group_by(_TABLE.c.voice)
    question = select(_TABLE.c.voice, _TABLE.c.grade).where(_TABLE.c.number.in_(last), _TABLE.c.grade != "")
    return dict(iter(connection.execute(question)))


def entry(number: int, voice: str, grade: str, why: str, who: str) -> dict[str, str | int]:
    """The row of a new entry, made now."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    return {"number": number, "voice": voice, "grade": grade, "why": why, "who": who, "at": at}
