"""How long linking takes: claims made by program, linked as values, then through a ledger, then one report more."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.incidents import war
from benchmarks.incidents.war import Told
from parallax import pipeline
from parallax.engine.local import Local
from parallax.incidents.cluster import gather
from parallax.incidents.link import link
from parallax.incidents.tell import tell
from parallax.ledger.ledger import Ledger
from parallax.model import Origin
from parallax.reports import copies

LATER = 20  # reports added one at a time once the ledger is full
STORED_AT_ONCE = 200


def main(size: int) -> None:
    """Make, link and print."""
    every = list(war.tell(size + 20 * LATER))
    first, later = _parted(every, size)
    claims = sum(len(told.statements) for told in first)
    print(f"{len(first)} reports with {claims} claims, made by program")
    _as_values(first)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "made.ledger", create=True) as ledger:
        _through_ledger(first, ledger)
        _added(later, ledger)
        _read_in(Path(folder), ledger)


def _parted(every: Sequence[Told], size: int) -> tuple[list[Told], list[Told]]:
    """The reports that fill the ledger, and some from all of the time to come after them."""
    step = len(every) // LATER
    later = list(islice(every[step // 2 :: step], LATER))
    held = {told.report.key for told in later}
    return [told for told in every if told.report.key not in held], later


def _as_values(told: Sequence[Told]) -> None:
    begun, spent = time.perf_counter(), time.process_time()
    statements = {s.claim.key: s for one in told for s in one.statements}
    tellings = [telling for one in told for telling in tell(one.statements)]
    at = time.perf_counter()
    links = link(tellings, statements)
    linked = time.perf_counter()
    incidents = gather(tellings, links, statements)
    ended = time.perf_counter()
    largest = max(len(incident.tellings) for incident in incidents)
    print(f"linked as values: {ended - begun:.1f} s, {time.process_time() - spent:.1f} s of a processor")
    print(
        f"  told apart {at - begun:.1f} s, {len(tellings)} tellings; linked {linked - at:.1f} s, {len(links)} links; "
        f"gathered {ended - linked:.1f} s, {len(incidents)} incidents, the largest of {largest} tellings"
    )


def _store(told: Sequence[Told], ledger: Ledger) -> None:
    for start in range(0, len(told), STORED_AT_ONCE):
        with ledger.write() as writer:
            for one in told[start : start + STORED_AT_ONCE]:
                key = one.report.key
                writer.add_report(one.report, None)
                bands = copies.bands(copies.signature(copies.wording(one.report)))
                writer.add_copy(key, bands, Origin(key, 1.0))
                writer.add_reading(key, pipeline.READER, one.statements)


def _through_ledger(told: Sequence[Told], ledger: Ledger) -> None:
    begun = time.perf_counter()
    _store(told, ledger)
    stored, spent = time.perf_counter(), time.process_time()
    for _ in pipeline.link_new(ledger):
        pass
    ended = time.perf_counter()
    print(
        f"through a ledger: stored in {stored - begun:.1f} s; copies found, linked and weighed under every policy "
        f"in {ended - stored:.1f} s, {time.process_time() - spent:.1f} s of a processor"
    )


def _added(later: Sequence[Told], ledger: Ledger) -> None:
    spent = []
    for one in later:
        begun = time.perf_counter()
        _store([one], ledger)
        for _ in pipeline.link_new(ledger):
            pass
        spent.append(time.perf_counter() - begun)
    print(f"a report added, its claims given: median {median(spent):.2f} s, longest {max(spent):.2f} s of {len(spent)}")


def _read_in(folder: Path, ledger: Ledger) -> None:
    """The same by the program's own verb: taken in, read, linked and weighed; the reader is warm."""
    spent = []
    engine = Local()
    for number, town in enumerate(("Aleppo", "Homs", "Raqqa", "Idlib")):
        page = folder / f"{number}.txt"
        page.write_text(
            f"Shells hit {town} on Monday\n\nShelling of a market in {town} killed {number + 4} people and "
            f"injured {number + 11} others on Monday, a doctor at the town's hospital said.\n",
            encoding="utf-8",
        )
        begun = time.perf_counter()
        for _ in pipeline.read([str(page)], ledger, engine):
            pass
        spent.append(time.perf_counter() - begun)
    warm = spent[1:]
    print(f"a report read in by `read`: median {median(warm):.2f} s, longest {max(warm):.2f} s of {len(warm)}")
