"""The order of the steps, from files to a ledger of incidents.

One report's own reading (`study`) depends on nothing but the report, so it runs in any
order and in any process. What depends on other reports (copies, links, incidents,
tallies) is worked out for the connected parts that new reports touch, in one
transaction, so that a kill leaves either all of it or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO, TypeVar

from parallax import config
from parallax.accounts.policies import POLICIES, named
from parallax.accounts.policy import Policy
from parallax.accounts.weigh import weigh
from parallax.added import ADDED, Added, addition
from parallax.alone import faulty
from parallax.amending import amend, prepare_names, suggestions
from parallax.claims import reader
from parallax.decisions import (
    MACHINE,
    Change,
    Decided,
    Weighed,
    check,
    counting,
    decide,
    effect,
    others_since,
    preview,
    withdraw,
    withdrawal,
)
from parallax.engine.local import Local
from parallax.gathering import compare, judgements_now, link_reports, reports_of, to_compare
from parallax.gathering import settle as settle_incidents
from parallax.incidents.cluster import gather
from parallax.incidents.context import VERSION as CONTEXT
from parallax.incidents.context import settle
from parallax.incidents.link import link
from parallax.incidents.tell import tell
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import Counts
from parallax.ledger.writer import Writer
from parallax.model import Incident, Origin, Report, Statement, Tally, digest
from parallax.names import gazetteer, places, version
from parallax.names import parties as actors
from parallax.names.statements import state
from parallax.reports import copies
from parallax.reports.fault import Fault
from parallax.reports.read import Taken
from parallax.reports.read import read as read_files

__all__ = [
    "ADDED",
    "Added",
    "Change",
    "Decided",
    "Weighed",
    "addition",
    "check",
    "counting",
    "decide",
    "effect",
    "judgements_now",
    "others_since",
    "prepare_names",
    "preview",
    "suggestions",
    "withdraw",
    "withdrawal",
]

# A reading holds resolved names too, and marks for finding copies, so others of them make another reading.
_NAMES = version.digest(config.gazetteers(), config.actors())
READER = replace(reader.READER, settings=digest(reader.READER.settings, _NAMES, copies.VERSION, CONTEXT))
BATCH = 32
LINK_BATCH = 400

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Study:
    """What one report yields before any other is known."""

    statements: tuple[Statement, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A batch that is safely in the ledger: reports new and seen before, and bytes gone through."""

    new: int
    seen: int
    claims: int
    size: int


# What is written down beside a batch of reports, in its transaction.
Keeping = Callable[[Writer, Acknowledged], None]


@dataclass(frozen=True, slots=True)
class Total:
    """What a run has added so far."""

    new: int = 0
    seen: int = 0
    claims: int = 0

    def plus(self, batch: Acknowledged) -> Total:
        """This total with one more batch."""
        return Total(self.new + batch.new, self.seen + batch.seen, self.claims + batch.claims)

    def words(self, counts: Counts) -> str:
        """One line for the end of a run: what it added, and what the ledger now holds."""
        unread = ", ".join(
            f"{number} in {language}" for language, number in counts.languages.items() if not is_read(language)
        )
        return (
            f"New: {self.new} reports, {self.claims} claims; there already: {self.seen}. The ledger holds "
            f"{counts.reports} reports, {counts.claims} claims, {counts.incidents} incidents"
            + (f"; kept without a reading, for want of a reader of the language: {unread}." if unread else ".")
        )


@dataclass(frozen=True, slots=True)
class Linked:
    """How many of the reports that wait for linking are linked."""

    done: int
    total: int


def is_read(language: str) -> bool:
    """Whether the reader reads this language; one that is not known is tried."""
    return language == "" or language.lower().startswith("en")


def study(report: Report) -> Study:
    """Read one report: its claims with their names resolved, and its marks for finding copies."""
    known = gazetteer.load(config.gazetteers())
    parties = actors.load(config.actors())
    statements = settle(report, state(report, reader.read(report), known, parties), places.find(report, known))
    return Study(statements, copies.bands(copies.signature(copies.wording(report))))


def study_safely(report: Report) -> Study | Fault:
    """`study`, with a fault in place of whatever it raises."""
    try:
        return study(report)
    except Exception as error:
        return faulty(report, error)


def policy(name: str) -> Policy:
    """The policy of that name; `PolicyError` names the known ones."""
    return named(name)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The incidents of a set of reports, with all that their numbers rest on."""

    incidents: tuple[tuple[Incident, Tally], ...]
    statements: Mapping[str, Statement]
    ids: Mapping[str, str]
    faults: tuple[Fault, ...]


def gather_reports(reports: Iterable[Report], policy: Policy, engine: Local) -> Gathering:
    """The incidents of these reports alone, read together; no ledger takes part."""
    unique = list({report.key: report for report in reports}.values())
    results = list(engine.map(study_safely, unique))
    studies = [result for result in results if isinstance(result, Study)]
    statements = {s.claim.key: s for each in studies for s in each.statements}
    tellings = [telling for each in studies for telling in tell(each.statements)]
    origins = copies.origins(unique)
    incidents = gather(tellings, link(tellings, statements), statements)
    weighed = tuple((incident, weigh(incident, statements, origins, policy)) for incident in incidents)
    ids = {report.key: report.id for report in unique}
    return Gathering(weighed, statements, ids, tuple(result for result in results if isinstance(result, Fault)))


def read(
    paths: Sequence[str],
    ledger: Ledger,
    engine: Local,
    *,
    mapping: Mapping[str, str] | None = None,
    max_bytes: int = 50_000_000,
    stdin: BinaryIO | None = None,
    inside: str = "",
    who: str = MACHINE,
    keeping: Keeping | None = None,
) -> Iterator[Acknowledged | Linked | Fault]:
    """Read files, folders, globs or standard input ("-") into a ledger, and link what is new.

    Yields an `Acknowledged` once each batch is safely stored, a `Fault` for each thing
    that cannot be read, and a `Linked` as linking goes on. What was left over by a run
    that was cut short is taken up first. `inside` is a folder that no name tells of.
    `who` brings the reports in, as the log has it; `keeping` is called in the transaction that
    keeps each batch, with what is acknowledged once that has ended.
    """
    yield from reread(ledger, engine)
    yield from reweigh(ledger)
    found = read_files(paths, mapping=mapping, max_bytes=max_bytes, stdin=stdin, inside=inside)
    taken = _keep_faults(found, ledger, who)
    for batch in _batches(taken, BATCH):
        yield from (item for item in batch if isinstance(item, Fault))
        new = [item for item in batch if isinstance(item, Taken)]
        acknowledged, faults = _take_in(new, ledger, engine, who, keeping)
        yield from _keep_faults(faults, ledger, who)
        yield acknowledged
    yield from link_new(ledger, engine)


def _keep_faults(items: Iterable[Item], ledger: Ledger, who: str = MACHINE) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Fault):
            with ledger.write(who) as writer:
                writer.fault(item.name, item.place, item.message)
        yield item


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch


def _take_in(
    taken: list[Taken], ledger: Ledger, engine: Local, who: str, keeping: Keeping | None
) -> tuple[Acknowledged, list[Fault]]:
    known = {item.report.key for item in taken if ledger.report(item.report.key) is not None}
    new = {item.report.key: item for item in taken if item.report.key not in known}
    results = list(engine.map(study_safely, [item.report for item in new.values()]))
    size = sum(len(capture.data) for capture in {item.capture.sha256: item.capture for item in taken}.values())
    claims = sum(len(result.statements) for result in results if isinstance(result, Study))
    acknowledged = Acknowledged(len(new), len(taken) - len(new), claims, size)
    with ledger.write(who) as writer:
        for item, result in zip(new.values(), results, strict=True):
            writer.add_report(item.report, item.capture)
            if isinstance(result, Study):
                writer.add_copy(item.report.key, result.bands, Origin(item.report.key, 1.0))
                writer.add_reading(item.report.key, READER, result.statements)
        if keeping is not None:
            keeping(writer, acknowledged)
    return acknowledged, [result for result in results if isinstance(result, Fault)]


def reread(ledger: Ledger, engine: Local) -> Iterator[Linked | Fault]:
    """Read again, with this program's reader, every report that it has not read.

    Readings by other readers, and every judgement, stay. A batch is read and linked in
    one transaction, so that no incident ever rests on a claim that is no longer current.
    """
    waiting = ledger.unread(READER)
    done = 0
    for keys in _batches(waiting, BATCH):
        reports = reports_of(keys, ledger)
        results = list(engine.map(study_safely, reports))
        yield from _keep_faults((result for result in results if isinstance(result, Fault)), ledger)
        studies = {report.key: r for report, r in zip(reports, results, strict=True) if isinstance(r, Study)}
        with ledger.write() as writer:
            dissolved = {incident for key in studies for incident in ledger.incidents_of(report=key)}
            for key, found in studies.items():
                writer.add_copy(key, found.bands, Origin(key, 1.0))
                writer.add_reading(key, READER, found.statements)
            amend(ledger, writer, list(studies))
            link_reports(list(studies), ledger, writer, dissolved)
        done += len(keys)
        yield Linked(done, len(waiting))


def reweigh(ledger: Ledger) -> Iterator[Linked]:
    """Weigh anew the incidents that lack a tally under one of this program's policies, or what follows from them."""
    unweighed = ledger.unweighed(policy.label for policy in POLICIES.values())
    waiting = sorted({*unweighed, *ledger.unspoken(), *ledger.unqueued()})
    done = 0
    for names in _batches(waiting, LINK_BATCH):
        with ledger.write() as writer:
            settle_incidents(ledger, writer, set(), set(names))
        done += len(names)
        yield Linked(done, len(waiting))


def link_new(ledger: Ledger, engine: Local | None = None) -> Iterator[Linked]:
    """Gather the reports that wait for it into incidents, touching only those they can belong to.

    With an engine of several workers, copies are looked for ahead, beside the linking.
    """
    waiting = ledger.untold()
    batches = list(_batches(waiting, LINK_BATCH))
    pairs = (to_compare(keys, ledger) for keys in batches)
    done = 0
    found = (engine or Local()).map(compare, pairs, ahead=1)  # each batch holds some hundreds of reports
    for keys, compared in zip(batches, found, strict=True):
        with ledger.write() as writer:
            link_reports(keys, ledger, writer, set(), compared)
        done += len(keys)
        yield Linked(done, len(waiting))
