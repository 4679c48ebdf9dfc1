"""Writing to a ledger: everything inside one transaction, every change sealed in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, delete, select, update

from parallax.accounts.spoken import Spoken
from parallax.errors import LedgerError
from parallax.ledger import gathered, log, narrow, reliability, saved, tables
from parallax.ledger.keeping import Keeping
from parallax.ledger.linked import Linked
from parallax.ledger.rows import (
    JUDGEMENT,
    KEYS,
    UNITS,
    capture_row,
    checked,
    chunks,
    incident_of,
    report_row,
    seal,
    statement_row,
    tally_row,
)
from parallax.ledger.sealing import sealed
from parallax.model import (
    Capture,
    Grade,
    Incident,
    Judgement,
    QueueItem,
    Reader,
    Report,
    Statement,
    Tally,
    Verb,
    digest,
)


class Writer(Linked):
    """The verbs that change a ledger; got from `Ledger.write`, good until its block ends.

    Every verb may be said twice: what already stands so is left alone and not logged.
    """

    def __init__(self, connection: Connection, who: str) -> None:
        super().__init__(connection, who)
        self._keeping = Keeping(connection)

    def finish(self) -> None:
        """Keep what is added up over the block, then close the log's chain; said by `Ledger.write`."""
        self._keeping.finish()
        super().finish()

    def add_report(self, report: Report, capture: Capture | None) -> bool:
        """Keep a report and the bytes it was read from; False if the report already stands."""
        if self._value(tables.reports, "key", report.key) is not None:
            return False
        if report.capture != (capture.sha256 if capture else None):
            raise LedgerError(f"report {report.id!r}: names another capture than the one given with it")
        if capture and self._value(tables.captures, "sha256", capture.sha256) is None:
            if Capture.of(capture.data, capture.name, capture.media_type) != capture:
                raise LedgerError(f"capture {capture.name!r}: its bytes do not have the SHA-256 it names")
            self._put("captures", capture_row(capture))
        self._put("reports", report_row(report, self._next(tables.reports)))
        self._put("states", {"report": report.key, "reading": None, "told": 0})
        self._log("report", report.key, {"id": report.id, "capture": report.capture})
        return True

    def add_reading(self, report_key: str, reader: Reader, statements: Sequence[Statement]) -> bool:
        """Keep what a reader read; it becomes the current reading and the report untold.

        Older readings stay, and every judgement. The tellings and links of the older one
        leave the linking; the log keeps them. False if this very reading stands already.
        """
        number, new = self._reading(report_key, reader, statements)
        if not new:
            return False
        self._make_current(report_key, number, reader, len(statements))
        return True

    def amend(self, report_key: str, reader: Reader, statements: Sequence[Statement]) -> None:
        """Make a reading current that people had a hand in; it is kept if it is not there already."""
        number, _ = self._reading(report_key, reader, statements)
        self.stand(report_key, number)

    def stand(self, report_key: str, number: int) -> None:
        """Make a kept reading current, by its number, and the report untold; nothing if it is current."""
        current = select(tables.states.c.reading).where(tables.states.c.report == report_key)
        if self._connection.execute(current).scalar() != number:
            table = tables.readings
            row = self._connection.execute(select(table).where(table.c.number == number)).mappings().one()
            reader = Reader(row["name"], row["version"], row["settings"])
            self._make_current(report_key, number, reader, row["claims"])

    def _reading(self, report_key: str, reader: Reader, statements: Sequence[Statement]) -> tuple[int, bool]:
        """The number of this very reading, and whether it is kept only now."""
        for statement in statements:
            if statement.claim.report != report_key:
                raise LedgerError(
                    f"claim {statement.claim.key}: is of report {statement.claim.report}, not {report_key}"
                )
        rows = [statement_row(statement, 0, position) for position, statement in enumerate(statements)]
        content = seal({"values": [row["value"] for row in rows]})
        table = tables.readings
        same = select(table.c.number).where(
            table.c.report == report_key,
            table.c.name == reader.name,
            table.c.version == reader.version,
            table.c.settings == reader.settings,
            table.c.digest == content,
        )
        kept = self._connection.execute(same).scalar()
        if kept is not None:
            return kept, False
        number = self._next(table)
        self._put(
            "readings",
            {
                "number": number,
                "report": report_key,
                "name": reader.name,
                "version": reader.version,
                "settings": reader.settings,
                "at": datetime.now(UTC).isoformat(timespec="microseconds"),
                "claims": len(rows),
                "digest": content,
            },
        )
        self._put_all("statements", [row | {"reading": number} for row in rows])
        return number, True

    def _make_current(self, report_key: str, number: int, reader: Reader, claims: int) -> None:
        retired = self._retire(report_key)
        self._keeping.read(report_key, number)
        self._state(report_key, reading=number, told=0)
        details = {"reader": reader.name, "version": reader.version, "settings": reader.settings, "claims": claims}
        self._log("reading", report_key, details | ({"retired": retired} if retired["tellings"] else {}))

    def replace_incidents(
        self,
        removed_ids: Iterable[str],
        incidents: Sequence[tuple[Incident, tuple[Tally, ...]]],
        spoken: Mapping[str, Spoken] | None = None,
    ) -> None:
        """Take incidents away and put others in their place; one that is the same stays untouched.

        The id of one that goes is remembered with its tellings and claims, so that it still leads
        somewhere. `spoken` is what the voices of each incident do, by its id.
        """
        new = {incident.id: (incident, tallies) for incident, tallies in incidents}
        said = spoken or {}
        for incident_id in sorted(self._known(tables.incidents.c.id, set(removed_ids) | new.keys())):
            if incident_id in new and self._stands(*new[incident_id]):
                self._keeping.add_spoken(new.pop(incident_id)[0], said.get(incident_id))
            else:
                self._remove_incident(incident_id, remember=incident_id not in new)
        ordered = [new[incident_id] for incident_id in sorted(new)]
        self._add_incidents(ordered)
        self._keeping.add_incidents([(*each, said.get(each[0].id)) for each in ordered])

    def queue(self, waiting: Sequence[tuple[Incident, Grade | None, Sequence[QueueItem]]]) -> None:
        """Keep what of each of these incidents, with its grade, waits for people, in place of what was kept."""
        self._keeping.queue(waiting)

    def judge(self, judgement: Judgement) -> None:
        """Keep what a person decided. Raises LedgerError if it is about a claim that no reading holds.

        A claim that a person adds is put into a reading after it, in the same block.
        """
        known = self._known(tables.statements.c.claim, judgement.claims)
        if (missing := sorted(set(judgement.claims) - known)) and judgement.verb is not Verb.ADD:
            raise LedgerError(f"judgement by {judgement.who}: no reading holds the claim {missing[0]}")
        value = JUDGEMENT.dump_json(judgement).decode()
        checked(judgement.why + judgement.who + (judgement.value or ""), f"judgement by {judgement.who}")
        if self._value(tables.judgements, "value", value) is not None:
            return
        number = self._next(tables.judgements)
        on = [{"judgement": number, "claim": claim} for claim in sorted(set(judgement.claims))]
        self._put("judgements", {"number": number, "value": value}, {tables.judgement_claims: on})
        self._keeping.judged(judgement.key, number)
        details: dict[str, Any] = {"verb": judgement.verb.value, "claims": sorted(set(judgement.claims))}
        details["why"] = judgement.why
        if judgement.verb in (Verb.CORRECT, Verb.WITHDRAW):
            details |= {"slot": judgement.slot, "value": judgement.value}
        self._log("judgement", str(number), details, who=judgement.who)

    def hold(self, voice: str, grade: str, why: str, who: str) -> None:
        """Keep a person's reliability of a voice (A to F, "" takes one back) with the reason.

        Raises LedgerError for another letter, and for a voice that no reading holds.
        """
        if grade not in ("", *reliability.GRADES):
            raise LedgerError(f"{grade!r} is no reliability; give one of {', '.join(reliability.GRADES)}")
        if self._value(narrow.voices, "key", voice) is None:
            raise LedgerError(f"no voice has the key {voice!r}")
        checked(voice + why + who, "reliability")
        row = reliability.entry(self._next(tables.reliabilities), voice, grade, why, who)
        self._put("reliabilities", row)
        self._log("reliability", voice, {"grade": grade, "why": why}, who=who)

    def save_view(self, name: str, page: str, query: str) -> None:
        """Keep a view under a name. Raises LedgerError for a name or an address that cannot be kept."""
        row = saved.row_of(self._next(tables.saved_views), name, page, query, self._who)
        self._put("saved_views", row)
        self._log("view saved", str(row["number"]), {name: row[name] for name in ("name", "page", "query")})

    def remove_view(self, number: int) -> bool:
        """Take a saved view away; the log keeps what it was. False if there is none of this number."""
        table = tables.saved_views
        row = self._connection.execute(select(table).where(table.c.number == number)).mappings().first()
        if row is None:
            return False
        self._connection.execute(delete(table).where(table.c.number == number))
        self._seals["saved_views"][str(number)] = None
        self._log("view removed", str(number), {name: row[name] for name in ("name", "page", "query")})
        return True

    def note(self, action: str, subject: str, details: Mapping[str, Any], who: str | None = None) -> None:
        """Write an entry to the log that changes nothing else, such as an export."""
        self._log(action, subject, details, who=who)

    def fault(self, name: str, place: str | None, message: str) -> bool:
        """Keep what could not be read; False if the same fault is known."""
        name, message, place = _mended(name), _mended(message), _mended(place) if place else None
        key = digest(name, place, message)
        if self._value(tables.faults, "key", key) is not None:
            return False
        self._put("faults", {"key": key, "name": name, "place": place, "message": message})
        self._log("fault", name, {"place": place, "message": message})
        return True

    def _state(self, report_key: str, **changes: int) -> None:
        table = tables.states
        change = update(table).where(table.c.report == report_key).values(**changes).returning(*table.columns)
        self._seals["states"][report_key] = seal(self._connection.execute(change).mappings().one())

    def _stands(self, incident: Incident, tallies: Sequence[Tally]) -> bool:
        table = tables.incidents
        number = self._connection.execute(select(table.c.number).where(table.c.id == incident.id)).scalar()
        if number is None:
            return False
        scored = select(tables.tallies).where(tables.tallies.c.incident == incident.id)
        kept = {row["policy"]: dict(row) for row in self._connection.execute(scored).mappings()}
        if kept != {tally.policy: tally_row(tally) for tally in tallies}:
            return False
        told = gathered.told(self._connection, [incident])
        unit = gathered.rows(self._connection, incident, tallies, number, told)
        return sealed(*unit) == self._seal("incidents", incident.id)

    def _add_incidents(self, incidents: Sequence[tuple[Incident, Sequence[Tally]]]) -> None:
        """Put incidents that do not stand, each with its tallies and an entry in the log."""
        told = gathered.told(self._connection, [incident for incident, _ in incidents])
        units = [
            gathered.rows(self._connection, one, tallies, self._next(tables.incidents), told)
            for one, tallies in incidents
        ]
        scored = [[tally_row(t) for t in sorted(tallies, key=lambda tally: tally.policy)] for _, tallies in incidents]
        self._insert("incidents", [row for row, _ in units], [children for _, children in units])
        self._insert("tallies", [row for rows in scored for row in rows])
        formers = self._known(tables.formers.c.id, [incident.id for incident, _ in incidents])
        entries = []
        for (incident, _), unit, rows in zip(incidents, units, scored, strict=True):
            self._seals["incidents"][incident.id] = sealed(*unit)
            self._seals["tallies"].update((UNITS["tallies"].name(row), seal(row)) for row in rows)
            if incident.id in formers:
                self._remove("formers", "id", incident.id)
            details = {"tellings": [telling.key for telling in incident.tellings]}
            entries.append(self._entry("incident", incident.id, details))
        log.append(self._connection, entries)

    def _known(self, column: Column[str], values: Iterable[str]) -> set[str]:
        """Those of these values that a column holds."""
        found: set[str] = set()
        for keys in chunks(values):
            found.update(self._connection.execute(select(column).where(column.in_(keys))).scalars())
        return found

    def _remove_incident(self, incident_id: str, *, remember: bool) -> None:
        question = select(tables.incidents.c.value).where(tables.incidents.c.id == incident_id)
        value = self._connection.execute(question).scalar()
        if value is None:
            return
        incident, _ = incident_of(value)
        policies = select(tables.tallies.c.policy).where(tables.tallies.c.incident == incident_id)
        for policy in self._connection.execute(policies).scalars():
            self._seals["tallies"][f"{incident_id}/{policy}"] = None
        self._connection.execute(delete(tables.tallies).where(tables.tallies.c.incident == incident_id))
        self._keeping.remove_incident(incident_id)
        self._remove("incidents", "id", incident_id)
        if remember:
            keys = tuple(telling.key for telling in incident.tellings)
            claims = KEYS.dump_json(incident.claims).decode()
            self._put("formers", {"id": incident_id, "tellings": KEYS.dump_json(keys).decode(), "claims": claims})
            self._log("incident removed", incident_id, {"tellings": list(keys)})


def _mended(words: str) -> str:
    """A fault tells of text that may be anything; what cannot be stored is shown as its code."""
    return words.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode()
