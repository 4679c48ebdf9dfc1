"""Sources at risk: which they are, what names them, and which claims and reports lead to them.

A voice is marked by its key, an outlet by its name, a report by its key. What leads to a source
is wider than its mark: a report in which a voice at risk speaks leads to it by its link, and so
does every version of a report's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select

from parallax.errors import LedgerError
from parallax.ledger import tables
from parallax.ledger.rows import checked, chunks, fold, statement_of
from parallax.ledger.writer import Writer
from parallax.model import VoiceType

risks, reports, statements, states = tables.risks, tables.reports, tables.statements, tables.states

KINDS = ("voice", "outlet", "report")
WORD = re.compile(r"\w+")
# Words of a name that stand for many.
TITLES = frozenset(
    {"the", "mr", "mrs", "dr", "sir", "lord", "prince", "king", "general", "colonel", "major", "captain"}
)
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Risk:
    """One source at risk: its number, what it is, and who marked it, why and when."""

    number: int
    kind: str
    key: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True)
class AtRisk:
    """What must not leave the ledger.

    `voices` and `outlets` are numbered by the mark that names them. `reports` are the keys of the
    reports that lead to a source, `claims` those of the claims that are of one, `incidents` the ids
    of the incidents that hold such claims. `names` are all the words that name a source, `links`
    all addresses and file names that lead to one.
    """

    voices: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, int] = field(default_factory=dict)
    reports: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    incidents: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.voices or self.outlets or self.reports)


def at_risk(connection: Connection) -> tuple[Risk, ...]:
    """The sources at risk, the last marked first."""
    rows = connection.execute(select(risks).order_by(risks.c.number.desc())).mappings()
    return tuple(
        Risk(row["number"], row["kind"], row["key"], row["reason"], row["who"], datetime.fromisoformat(row["at"]))
        for row in rows
    )


def known(connection: Connection, kind: str, key: str) -> bool:
    """Whether this ledger knows a source that could be marked."""
    columns = {"voice": statements.c.voice, "outlet": reports.c.outlet, "report": reports.c.key}
    if kind not in columns:
        return False
    return connection.execute(select(columns[kind]).where(columns[kind] == key).limit(1)).first() is not None


def mark(writer: Writer, kind: str, key: str, reason: str, who: str) -> int:
    """Mark a source at risk, and return the mark's number.

    Raises LedgerError for a source that this ledger does not know, that is marked already, or without a reason.
    """
    connection, reason = writer._connection, checked(" ".join(reason.split()), "the reason")[:LONGEST]
    if kind not in KINDS:
        raise LedgerError(f"{kind!r} cannot be at risk: mark a {', '.join(KINDS)}")
    if not reason:
        raise LedgerError("say why this source is at risk; the reason is kept in the log")
    if not known(connection, kind, key):
        raise LedgerError(f"this ledger has no {kind} {key!r}")
    if connection.execute(select(risks.c.number).where(risks.c.kind == kind, risks.c.key == key)).first():
        raise LedgerError(f"the {kind} {key!r} is marked already")
    row: dict[str, Any] = {
        # The number of the entry that marks it, so that none is ever given to two marks.
        "number": writer._head[0] + 1,
        "kind": kind,
        "key": key,
        "reason": reason,
        "who": who,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    writer._put("risks", row)
    writer.note("source at risk", key, {"kind": kind, "reason": reason}, who)
    return int(row["number"])


def unmark(writer: Writer, number: int, reason: str, who: str) -> None:
    """Take a mark away; the log keeps it. Raises LedgerError where there is none, or without a reason."""
    reason = checked(" ".join(reason.split()), "the reason")[:LONGEST]
    row = writer._connection.execute(select(risks).where(risks.c.number == number)).mappings().first()
    if row is None:
        raise LedgerError(f"there is no mark {number} any more")
    if not reason:
        raise LedgerError("say why this source is at risk no longer; the reason is kept in the log")
    writer._connection.execute(delete(risks).where(risks.c.number == number))
    writer._seals["risks"][str(number)] = None
    writer.note("source no longer at risk", row["key"], {"kind": row["kind"], "reason": reason}, who)


def reach(connection: Connection, marks: Iterable[Risk]) -> AtRisk:
    """Everything that leads to the sources that these marks name; empty without a question where there are none."""
    marks = tuple(marks)
    if not marks:
        return AtRisk()
    voices = {mark.key: mark.number for mark in marks if mark.kind == "voice"}
    outlets = {mark.key: mark.number for mark in marks if mark.kind == "outlet"}
    marked = {mark.key for mark in marks if mark.kind == "report"}
    # An outlet's own voice and the outlet are one source.
    for row in _said(connection, voices):
        statement = statement_of(row)
        if statement.claim.voice is None and statement.outlet:
            outlets.setdefault(statement.outlet, voices[statement.voice.key])
    printed = _keys(connection, reports.c.outlet, outlets)
    voices |= _own_voices(connection, printed, outlets)
    said = _said(connection, voices)
    # Every version of a page lies at the page's address.
    leading = {row["report"] for row in said} | printed | marked
    ids = _column(connection, reports.c.id, reports.c.key, leading)
    leading |= _keys(connection, reports.c.id, ids)
    urls = _column(connection, reports.c.url, reports.c.key, leading)
    leading |= _keys(connection, reports.c.url, urls)
    names = set(outlets)
    for row in said:
        statement = statement_of(row)
        own = {statement.voice.name} if statement.voice.type is not VoiceType.UNNAMED else set()
        spelt = statement.claim.voice.text if statement.claim.voice else ""
        names |= {form for form in (*own, spelt) if form in own or _names(form, statement.voice.name)}
    by_report = select(statements.c.claim)
    of_reports = {
        claim
        for keys in chunks(printed | marked)
        for claim in connection.execute(by_report.where(statements.c.report.in_(keys))).scalars()
    }
    authors = _column(connection, reports.c.author, reports.c.key, printed | marked)
    # A report without an id or an address of its own is called by its key, which leads nowhere outside.
    links = urls | _column(connection, reports.c.id, reports.c.key, leading) | _captures(connection, leading)
    claims = frozenset({row["claim"] for row in said} | of_reports)
    members = tables.members
    held = {
        id
        for keys in chunks(claims)
        for id in connection.execute(select(members.c.incident).where(members.c.claim.in_(keys)).distinct()).scalars()
    }
    return AtRisk(
        voices,
        outlets,
        frozenset(leading),
        claims,
        frozenset(held),
        frozenset(name for name in {*names, *authors, *voices} if name.strip()),
        frozenset(link for link in links if link and link.strip() and link not in leading),
    )


def _names(spelling: str, name: str) -> bool:
    """Whether words that a report has for a voice name it: "he" and "the prince" do not."""
    known = {fold(word) for word in WORD.findall(name)}
    proper = [word for word in WORD.findall(spelling) if len(word) > 2 and not word[0].islower()]
    return any(fold(word) in known and fold(word) not in TITLES for word in proper)


def _said(connection: Connection, voices: Iterable[str]) -> list[RowMapping]:
    """All that these voices say, in any reading."""
    columns = select(statements.c.report, statements.c.claim, statements.c.value)
    return [
        row
        for keys in chunks(voices)
        for row in connection.execute(columns.where(statements.c.voice.in_(keys))).mappings()
    ]


def _own_voices(connection: Connection, printed: Iterable[str], outlets: dict[str, int]) -> dict[str, int]:
    """The voices that outlets at risk speak with themselves, numbered as the outlets are."""
    found: dict[str, int] = {}
    for keys in chunks(printed):
        question = select(statements.c.value).where(statements.c.report.in_(keys))
        for row in connection.execute(question).mappings():
            statement = statement_of(row)
            if statement.claim.voice is None and statement.outlet in outlets:
                found[statement.voice.key] = outlets[statement.outlet]
    return found


def _keys(connection: Connection, column: Any, wanted: Iterable[str]) -> set[str]:
    """Keys of the reports that have one of these in a column."""
    return _column(connection, reports.c.key, column, wanted)


def _column(connection: Connection, asked: Any, column: Any, wanted: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for keys in chunks(wanted):
        found.update(value for value in connection.execute(select(asked).where(column.in_(keys))).scalars() if value)
    return found


def _captures(connection: Connection, leading: Iterable[str]) -> set[str]:
    """The hashes and file names that reports were captured under."""
    hashes = _column(connection, reports.c.capture, reports.c.key, leading)
    return hashes | _column(connection, tables.captures.c.name, tables.captures.c.sha256, hashes)
