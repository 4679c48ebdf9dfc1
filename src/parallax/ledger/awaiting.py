"""Asking for a signature, as the log keeps it: who asked, when and why, of which incident.

Nothing is kept beside the log. What was asked is followed by claims, for the id of an incident may change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from parallax.errors import LedgerError
from parallax.ledger import tables
from parallax.ledger.rows import checked
from parallax.ledger.writer import Writer
from parallax.model import Incident

SUBJECT = "sign-off"
ASKED, LEFT = "sign-off asked for", "sign-off asked for no longer"
# So many claims of an incident are named: one for each of its first tellings.
CLAIMS = 3
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking for a signature: its number in the log, claims of the incident, who asked, when and why."""

    number: int
    claims: tuple[str, ...]
    who: str
    why: str
    at: datetime


def ask(writer: Writer, incident: Incident, why: str) -> None:
    """Write down that someone asks for this incident to be signed off. Raises LedgerError without a reason."""
    why = checked(" ".join(why.split()), "the reason")
    if len(why) > LONGEST:
        raise LedgerError(f"the reason has {len(why)} characters; give {LONGEST} or fewer")
    if not why:
        raise LedgerError("say what a reviewer should know; it is kept in the log")
    claims = [telling.claims[0] for telling in incident.tellings[:CLAIMS]]
    writer.note(ASKED, SUBJECT, {"incident": incident.id, "claims": claims, "why": why})


def leave(writer: Writer, number: int) -> None:
    """Write down that what was asked under this number is asked no longer."""
    writer.note(LEFT, SUBJECT, {"asked": number})


def every(connection: Connection) -> tuple[Asked, ...]:
    """What was asked and not taken back, the last first, whether it was answered since or not."""
    log = tables.log
    question = select(log).where(log.c.subject == SUBJECT).order_by(log.c.number.desc())
    rows = [(row, json.loads(row["details"])) for row in connection.execute(question).mappings()]
    gone = {told["asked"] for row, told in rows if row["action"] == LEFT}
    return tuple(
        Asked(row["number"], tuple(told["claims"]), row["who"], told["why"], datetime.fromisoformat(row["at"]))
        for row, told in rows
        if row["action"] == ASKED and row["number"] not in gone
    )
