"""The ledger: one file (or one PostgreSQL database) that keeps everything read and decided."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection, Engine

from parallax.accounts.signing import Signature
from parallax.errors import LedgerError
from parallax.ledger import (
    columns,
    deciding,
    fingerprint,
    happening,
    imports,
    linking,
    log,
    people,
    queueing,
    reading,
    reliability,
    risk,
    saved,
    store,
    tallying,
    voices,
)
from parallax.ledger.queueing import QueueQuery, Waiting
from parallax.ledger.remembering import Remembered
from parallax.ledger.selection import Called, Selection, choose
from parallax.ledger.views import (
    Counts,
    FaultRow,
    IncidentQuery,
    IncidentRow,
    LogEntry,
    Page,
    ReadingInfo,
    ReportRow,
    SavedView,
    VoiceRow,
)
from parallax.ledger.voices import Record, VoiceIncident, VoiceQuery
from parallax.ledger.writer import Writer
from parallax.model import (
    Capture,
    Claim,
    Incident,
    Judgement,
    Kind,
    Likeness,
    Link,
    Origin,
    Place,
    Reader,
    Report,
    RunningTotal,
    Statement,
    Tally,
    Telling,
    Voice,
)

Made = TypeVar("Made")


class Ledger:
    """Reports, readings, incidents, judgements and the log of how they came to be.

    Every question answers from one snapshot. Inside a `write` block the same thread's
    questions see what the block has written so far; other threads and programs see it
    when the block has ended. A `Ledger` may be used by many threads.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name
        self._own = threading.local()
        self._columns: dict[str, columns.Columns] = {}
        self._reading_columns = threading.Lock()
        self._remembered = Remembered()

    @classmethod
    def open(cls, address: str | Path, *, create: bool = False) -> Ledger:
        """Open the ledger at a path, `sqlite:///PATH` or `postgresql+psycopg://...`.

        `create` makes one where there is none. Raises LedgerError if there is none, if it
        is no ledger, if it is newer than this program, or if another writer holds it.
        """
        return cls(*store.open_engine(address, create=create))

    def close(self) -> None:
        """Let go of the database; what was acknowledged is already kept."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def write(self, who: str = "parallax") -> Iterator[Writer]:
        """One transaction: all of it is kept when the block ends, none of it if it does not.

        `who` signs its entries in the log. Raises LedgerError if another writer holds the ledger.
        """
        with self._writing(who, keep=True) as writer:
            yield writer

    @contextmanager
    def rehearse(self, who: str = "parallax") -> Iterator[Writer]:
        """A `write` block of which nothing is kept: what it would change can be asked for inside it."""
        with self._writing(who, keep=False) as writer:
            yield writer

    @contextmanager
    def _writing(self, who: str, *, keep: bool) -> Iterator[Writer]:
        if getattr(self._own, "connection", None) is not None:
            raise LedgerError(f"{self.name}: this thread is already writing; end that block first")
        with store.plain_errors(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin() as transaction:
                store.begin_write(connection)
                self._own.connection = connection
                try:
                    writer = Writer(connection, who)
                    yield writer
                    if keep:
                        writer.finish()
                    else:
                        transaction.rollback()
                finally:
                    self._own.connection = None

    @contextmanager
    def as_kept(self) -> Iterator[None]:
        """Inside a `write` block: questions answered as before the block began."""
        own = getattr(self._own, "connection", None)
        self._own.connection = None
        try:
            yield
        finally:
            self._own.connection = own

    @contextmanager
    def reading_connection(self) -> Iterator[Connection]:
        """One snapshot for several questions; inside a `write` block, the block's own connection."""
        own = getattr(self._own, "connection", None)
        with store.plain_errors(self.name), store.plain_values(self.name):
            if own is not None:
                yield own
            else:
                with self._engine.connect() as plain:
                    connection = plain.execution_options(**store.snapshot(plain))
                    with connection.begin():
                        yield connection

    def _once(self, asked: Hashable, make: Callable[[Connection], Made]) -> Made:
        """The answer to a question, kept until the log grows; inside a `write` block always asked."""
        with self.reading_connection() as connection:
            if getattr(self._own, "connection", None) is not None:
                return make(connection)
            return self._remembered(log.last(connection), asked, lambda: make(connection))

    def report(self, key: str) -> Report | None:
        """The report of a key."""
        with self.reading_connection() as connection:
            return reading.report(connection, key)

    def reports_by_key(self, keys: Iterable[str]) -> dict[str, Report]:
        """Those of these reports that stand, by key."""
        with self.reading_connection() as connection:
            return reading.reports_by_key(connection, keys)

    def versions(self, id: str) -> tuple[Report, ...]:
        """Every report under one id, in the order they came."""
        with self.reading_connection() as connection:
            return reading.versions(connection, id)

    def capture(self, sha256: str) -> Capture | None:
        """The bytes a report was read from."""
        with self.reading_connection() as connection:
            return reading.capture(connection, sha256)

    def reports(self, *, text: str | None = None, offset: int = 0, limit: int = 50) -> Page[ReportRow]:
        """Reports that hold all the words of `text` (a phrase in double quotes), the newest first."""
        with self.reading_connection() as connection:
            return reading.reports(connection, text, offset, limit)

    def unread(self, reader: Reader) -> tuple[str, ...]:
        """Keys of the reports that this reader (name, version, settings) has not read, in order of arrival."""
        with self.reading_connection() as connection:
            return reading.unread(connection, reader)

    def untold(self) -> tuple[str, ...]:
        """Keys of the reports whose current reading has no tellings yet, in order of arrival."""
        with self.reading_connection() as connection:
            return reading.untold(connection)

    def statements(self, *, reports: Iterable[str] = (), claims: Iterable[str] = ()) -> tuple[Statement, ...]:
        """Statements of the current readings: of these reports and of these claims, in the order of the text."""
        with self.reading_connection() as connection:
            return reading.statements(connection, reports, claims)

    def readings(self, report: str) -> tuple[ReadingInfo, ...]:
        """Every reading of a report, the first made first."""
        with self.reading_connection() as connection:
            return reading.readings(connection, report)

    def reading(self, number: int) -> tuple[Statement, ...]:
        """What one reading read, current or not (`ReadingInfo.number`)."""
        with self.reading_connection() as connection:
            return reading.reading(connection, number)

    def near(self, bands: Iterable[str]) -> tuple[str, ...]:
        """Keys of the reports that share a copy band, sorted."""
        with self.reading_connection() as connection:
            return linking.near(connection, bands)

    def near_reports(self, reports: Iterable[str], least: int, crowd: int) -> tuple[tuple[str, str], ...]:
        """Pairs of one of these reports and another, of these or not, that share at least so many copy bands, by key.

        Bands of more than `crowd` reports are passed over where a report has enough others.
        """
        with self.reading_connection() as connection:
            return linking.near_reports(connection, reports, least, crowd)

    def likenesses(self, reports: Iterable[str]) -> dict[tuple[str, str], Likeness]:
        """Every pair of reports of which one is a copy, by key, of all that hang together with these reports."""
        with self.reading_connection() as connection:
            return linking.likenesses(connection, reports)

    def published(self, reports: Iterable[str]) -> dict[str, tuple[date | None, str]]:
        """The day and the id of each of these reports, by key."""
        with self.reading_connection() as connection:
            return reading.published(connection, reports)

    def copies_of(self, reports: Iterable[str]) -> dict[str, Origin]:
        """The reports, by key, that have one of these for their origin."""
        with self.reading_connection() as connection:
            return linking.copies_of(connection, reports)

    def every_report(self) -> Iterator[Report]:
        """Every report by key, a few in memory at a time."""
        with self.reading_connection() as connection:
            yield from reading.every_report(connection)

    def origins(self, reports: Iterable[str]) -> dict[str, Origin]:
        """The origin of each of these reports that has one kept."""
        with self.reading_connection() as connection:
            return linking.origins(connection, reports)

    def tellings(self, reports: Iterable[str]) -> tuple[Telling, ...]:
        """The tellings of these reports, by key."""
        with self.reading_connection() as connection:
            return linking.tellings_of(connection, reports)

    def tellings_by_block(self, keys: Iterable[str]) -> tuple[Telling, ...]:
        """Tellings that have one of these block keys, by key."""
        with self.reading_connection() as connection:
            return linking.tellings_by_block(connection, keys)

    def component(
        self, telling_keys: Iterable[str], *, weights: bool = True
    ) -> tuple[tuple[Telling, ...], tuple[Link, ...]]:
        """All tellings and links of the connected components that hold these tellings.

        Without `weights` the links come bare, with their scores alone: what gathering needs, and soon read.
        """
        with self.reading_connection() as connection:
            return linking.component(connection, telling_keys, weights=weights)

    def links(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Link]:
        """The links that are kept of these pairs of tellings, by the pair, the smaller key first."""
        with self.reading_connection() as connection:
            return linking.links_of(connection, pairs)

    def incidents(self, query: IncidentQuery | None = None) -> Page[IncidentRow]:
        """One page of incidents, with how all that were asked for divide."""
        query = query or IncidentQuery()
        chosen = self.selection(query)
        rows = self.listed(chosen, query.offset, query.limit)
        return Page(rows, chosen.total, query.offset, query.limit, chosen.facets)

    def selection(
        self,
        query: IncidentQuery,
        called: Callable[[tuple[Place, ...]], Called] | None = None,
        nowhere: Collection[str] = (),
        signed: Mapping[str, Signature] | None = None,
    ) -> Selection:
        """The incidents asked for, with all that can be counted of them; `called` finds places by their names.

        The incidents `nowhere` are counted as if they had no place, those that `signed` does not tell of as
        not signed off.

        The first question under a policy reads all its incidents into memory, later ones what has changed since.
        """
        with self.reading_connection() as connection:
            known = self._known(connection, query.policy)
            known = known.unplaced(nowhere) if nowhere else known
            named = called(known.sites) if called and (query.text or query.place) else None
            return choose(connection, known, query, named, signed)

    def _known(self, connection: Connection, policy: str) -> columns.Columns:
        head = log.last(connection)
        if getattr(self._own, "connection", None) is not None:
            return columns.load(connection, policy, head)
        with self._reading_columns:
            known = self._columns.get(policy)
            if known is not None and head[0] < known.head[0]:
                return known  # another thread's question came later and was answered first
            if known is None or (head[0] == known.head[0] and head != known.head):
                known = columns.load(connection, policy, head)
            known = self._columns[policy] = columns.follow(connection, known, head)
            return known

    def listed(self, chosen: Selection, offset: int, limit: int) -> tuple[IncidentRow, ...]:
        """One page of a selection, as a list shows it."""
        with self.reading_connection() as connection:
            return happening.rows(connection, chosen.columns.listed, chosen.page(offset, limit))

    def saved_views(self) -> tuple[SavedView, ...]:
        """The views that people saved, by name."""
        with self.reading_connection() as connection:
            return saved.every(connection)

    def incident(self, id: str, *, links: bool = True) -> Incident | None:
        """The incident of an id; for an id that once was, the incident that most of its tellings lie in now.

        Without `links` it comes without them, which is much quicker where many reports tell of it.
        """
        with self.reading_connection() as connection:
            return happening.incident(connection, id, links=links)

    def tellings_of(self, incidents: Iterable[str]) -> set[str]:
        """Keys of the tellings that these incidents hold a claim of."""
        with self.reading_connection() as connection:
            return happening.tellings_of(connection, incidents)

    def link_number(self, incident: Incident) -> int:
        """How many links are kept between the tellings of an incident."""
        with self.reading_connection() as connection:
            return linking.number_among(connection, (telling.key for telling in incident.tellings))

    def tally(self, incident_id: str, policy: str) -> Tally | None:
        """What an incident's accounts add up to under a policy."""
        with self.reading_connection() as connection:
            return happening.tally(connection, incident_id, policy)

    def unweighed(self, policies: Iterable[str]) -> tuple[str, ...]:
        """Ids of the incidents that lack a tally under one of these policies, sorted."""
        with self.reading_connection() as connection:
            return happening.unweighed(connection, policies)

    def unspoken(self) -> tuple[str, ...]:
        """Ids of the incidents of which what their voices do is not kept yet, sorted."""
        with self.reading_connection() as connection:
            return voices.unspoken(connection)

    def incidents_with(self, *, reports: Iterable[str] = (), claims: Iterable[str] = ()) -> set[str]:
        """Ids of the incidents that hold one of these claims, or a claim of one of these reports."""
        with self.reading_connection() as connection:
            return happening.incidents_with(connection, reports, claims)

    def standing(self, incidents: Iterable[Incident]) -> set[str]:
        """Ids of those of these incidents that stand just so, with their links."""
        with self.reading_connection() as connection:
            return happening.standing(connection, incidents)

    def incidents_of(self, report: str | None = None, claim: str | None = None) -> tuple[str, ...]:
        """Ids of the incidents that hold a claim, or a claim of a report, sorted."""
        with self.reading_connection() as connection:
            return happening.incidents_of(connection, report, claim)

    def voices(self) -> tuple[VoiceRow, ...]:
        """The voices of the current readings, those with the most claims first."""
        with self.reading_connection() as connection:
            return voices.every_voice(connection)

    def find_voices(self, query: VoiceQuery) -> Page[VoiceRow]:
        """One page of voices, with counts by type, party and reliability of all that were asked for."""
        return self._once(query, lambda connection: voices.find(connection, query))

    def voice_row(self, key: str) -> VoiceRow | None:
        """One voice with how much it says."""
        with self.reading_connection() as connection:
            return voices.row_of(connection, key)

    def voice_claims(self, key: str, offset: int = 0, limit: int = 100) -> tuple[Statement, ...]:
        """Some of a voice's claims, of the latest days first; those without a day stand last."""
        with self.reading_connection() as connection:
            return voices.claims_of(connection, key, offset, limit)

    def voice_record(self, key: str) -> Record:
        """How a voice stands to the others over all its incidents."""
        with self.reading_connection() as connection:
            return voices.record(connection, key)

    def voice_incidents(
        self, key: str, only: str | None = None, offset: int = 0, limit: int = 50
    ) -> tuple[VoiceIncident, ...]:
        """Some of the incidents a voice speaks of, the latest first; `only` those with a claim so counted."""
        with self.reading_connection() as connection:
            return voices.incidents_of(connection, key, only, offset, limit)

    def voice_numbers(self, key: str) -> int:
        """How many numbers a voice's running totals are made of."""
        with self.reading_connection() as connection:
            return voices.numbers_of(connection, key)

    def voice_totals(self, key: str) -> tuple[RunningTotal, ...]:
        """A voice's running totals by harm and people, numbers read as the policy `airwars` reads words."""
        with self.reading_connection() as connection:
            return voices.totals(connection, key)

    def reliability(self, voice: str) -> tuple[reliability.Held, ...]:
        """What people held of a voice, the last first; the first of them stands."""
        with self.reading_connection() as connection:
            return reliability.history(connection, voice)

    def reliabilities(self) -> dict[str, str]:
        """The reliability (A to F) that stands for each voice that has one."""
        with self.reading_connection() as connection:
            return reliability.standing(connection)

    def tally_cells(self, query: tallying.TallyQuery) -> tallying.Tallied:
        """A tally: harms added up by place, time, actor, kind or class of victim."""
        return self._once(query, lambda connection: tallying.tally_cells(connection, query))

    def tally_incidents(
        self, query: tallying.TallyQuery, key: Sequence[str], offset: int = 0, limit: int = 50
    ) -> tuple[tallying.TalliedIncident, ...]:
        """The incidents behind one row of a tally, those with the highest numbers first."""
        with self.reading_connection() as connection:
            return tallying.tally_incidents(connection, query, key, offset, limit)

    def tally_largest(self, query: tallying.TallyQuery) -> tallying.TalliedIncident | None:
        """The incident with the highest number among all of a tally."""
        return self._once(("largest", query), lambda connection: tallying.largest(connection, query))

    def is_weighed(self, policy: str) -> bool:
        """Whether any incident is weighed under this policy."""
        with self.reading_connection() as connection:
            return tallying.is_weighed(connection, policy)

    def tally_choices(self, policy: str, kind: Kind) -> dict[str, tuple[str, ...]]:
        """What a tally of a harm under a policy can be asked by."""
        asked = ("choices", policy, kind)
        return self._once(asked, lambda connection: tallying.tally_choices(connection, policy, kind))

    def voice(self, key: str) -> tuple[Voice, tuple[Statement, ...]] | None:
        """A voice and its statements, by the first day they speak of."""
        with self.reading_connection() as connection:
            return reading.voice(connection, key)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, the first made first."""
        with self.reading_connection() as connection:
            return linking.judgements(connection)

    def successors(self, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each claim, the claims of the current readings that stand for it now, by place and kind."""
        with self.reading_connection() as connection:
            return linking.successors(connection, claims)

    def judgements_for(self, claims: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
        """What people decided about each claim, or about the claim an older reading had in its place."""
        with self.reading_connection() as connection:
            return linking.judgements_for(connection, claims)

    def judgement(self, key: str) -> Judgement | None:
        """The judgement of a key (`Judgement.key`)."""
        with self.reading_connection() as connection:
            return deciding.judgement(connection, key)

    def last_judgements(self, offset: int, limit: int) -> tuple[int, tuple[Judgement, ...]]:
        """How many judgements there are, and some of them, the newest first."""
        with self.reading_connection() as connection:
            return linking.last_judgements(connection, offset, limit)

    def judgement_keys(self, numbers: Iterable[int]) -> dict[int, str]:
        """The keys of judgements, by the numbers that log entries name them by."""
        with self.reading_connection() as connection:
            return deciding.keys_of(connection, numbers)

    def judgements_of_report(self, report: str) -> tuple[Judgement, ...]:
        """Every judgement about a claim that any reading of this report holds, the first made first."""
        with self.reading_connection() as connection:
            return deciding.judgements_of_report(connection, report)

    def reports_of_claims(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The keys of the reports that hold these claims in any reading, sorted."""
        with self.reading_connection() as connection:
            return deciding.reports_of_claims(connection, claims)

    def claims_ever(self, claims: Iterable[str]) -> dict[str, Claim]:
        """Each of these claims as a machine read it last, or a person added it, whether or not it stands now."""
        with self.reading_connection() as connection:
            return deciding.claims_ever(connection, claims)

    def machine_reading(self, report: str) -> tuple[int | None, tuple[Statement, ...]]:
        """The number and statements of a report's last reading that no person had a hand in."""
        with self.reading_connection() as connection:
            return deciding.machine_reading(connection, report)

    def queue(
        self,
        query: QueueQuery | None = None,
        *,
        after: tuple[int, str] | None = None,
        before: tuple[int, str] | None = None,
        limit: int = 1,
    ) -> tuple[Waiting, ...]:
        """What waits for people, the most useful first: after a place in the queue, or before one, nearest first."""
        query = query or QueueQuery()
        with self.reading_connection() as connection:
            if before is not None:
                return queueing.preceding(connection, query, before, limit)
            return queueing.following(connection, query, after, limit)

    def queue_item(self, key: str) -> Waiting | None:
        """One item of the queue, whether it waits or is decided."""
        with self.reading_connection() as connection:
            return queueing.item(connection, key)

    def waiting_about(self, claims: Sequence[str]) -> Waiting | None:
        """The most useful item that waits in an incident of one of these claims."""
        with self.reading_connection() as connection:
            return queueing.about(connection, claims)

    def last_decision(self, who: str) -> Judgement | None:
        """The last decision of a person that counts."""
        with self.reading_connection() as connection:
            return queueing.last_decision(connection, who)

    def queue_numbers(self) -> tuple[tuple[str, str, str, int], ...]:
        """How many items wait, by reason, kind and grade."""
        with self.reading_connection() as connection:
            return queueing.waiting_numbers(connection)

    def waiting_of(self, incident: str) -> tuple[Waiting, ...]:
        """What of one incident waits for people."""
        with self.reading_connection() as connection:
            return queueing.of_incident(connection, incident)

    def decided_on(self, day: datetime) -> int:
        """How many decisions of that day (UTC) count, whoever made them."""
        with self.reading_connection() as connection:
            return queueing.decided_on(connection, day)

    def unqueued(self) -> tuple[str, ...]:
        """Ids of the incidents that nothing is kept of in the queue, sorted."""
        with self.reading_connection() as connection:
            return queueing.unqueued(connection)

    def judgements_on(self, claims: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
        """The judgements that name each of these very claims, the first made first."""
        with self.reading_connection() as connection:
            return deciding.judgements_on(connection, claims)

    def likely_others(self, incident: str) -> tuple[tuple[str, str], ...]:
        """Ids of incidents that may be one with this one, the likeliest first, each with what speaks for it."""
        with self.reading_connection() as connection:
            return deciding.likely_others(connection, incident)

    def changes_since(self, number: int, incidents: Iterable[str], claims: Iterable[str]) -> tuple[LogEntry, ...]:
        """Entries of the log after one, by its number, about these incidents or about decisions on these claims."""
        with self.reading_connection() as connection:
            return deciding.changes_since(connection, number, incidents, claims)

    def faults(self) -> tuple[FaultRow, ...]:
        """What could not be read, by name."""
        with self.reading_connection() as connection:
            return reading.faults(connection)

    def log(self, *, subject: str | None = None, offset: int = 0, limit: int = 100) -> tuple[LogEntry, ...]:
        """Entries of the log, the newest first."""
        with self.reading_connection() as connection:
            return log.entries(connection, subject, offset, limit)

    def log_since(self, number: int) -> tuple[LogEntry, ...]:
        """Entries of the log after the one of this number, the oldest first."""
        with self.reading_connection() as connection:
            return log.since(connection, number)

    def imports(self, limit: int = 20) -> tuple[imports.Import, ...]:
        """The last imports of the workbench, the newest first."""
        with self.reading_connection() as connection:
            return imports.last(connection, limit)

    def head(self) -> tuple[int, str]:
        """The number and hash of the last log entry; noted elsewhere, it shows a rewritten log to `verify`."""
        with self.reading_connection() as connection:
            return log.last(connection)

    def counts(self) -> Counts:
        """How much the ledger holds."""
        return self._once("counts", reading.counts)

    def walk(self, policy: str = "airwars") -> Iterator[happening.Walked]:
        """Every incident by id, with its tally under a policy (if it has one) and its statements."""
        with self.reading_connection() as connection:
            yield from happening.walk(connection, policy)

    @contextmanager
    def passing(self) -> Iterator[Connection]:
        """A short transaction on what comes and goes and no log keeps: sessions, one-time links, paces."""
        with store.plain_errors(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                yield connection

    def users(self) -> tuple[people.User, ...]:
        """Every account of the team, by name."""
        with self.reading_connection() as connection:
            return people.everyone(connection)

    def option(self, name: str) -> str | None:
        """What was set for this ledger under a name."""
        with self.reading_connection() as connection:
            return people.option(connection, name)

    def risks(self) -> tuple[risk.Risk, ...]:
        """The sources at risk, the last marked first."""
        with self.reading_connection() as connection:
            return risk.at_risk(connection)

    def at_risk(self, *more: risk.Risk) -> risk.AtRisk:
        """Everything that leads to the sources at risk, and to those that more marks would name."""
        with self.reading_connection() as connection:
            return risk.reach(connection, (*risk.at_risk(connection), *more))

    def fingerprint(self) -> str:
        """A digest of all content but the log, times and row numbers: the same for the same content."""
        with self.reading_connection() as connection:
            return fingerprint.of(connection)
