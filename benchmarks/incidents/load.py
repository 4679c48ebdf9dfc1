"""How long linking takes through a ledger, and how long one report more: claims made by program, 100,000 or so many.

The grown ledger is kept under `.build/incidents`, under a name that says what it was made from,
with how long it took; one whose growing was cut short is gone on with. Reports are added to a copy of it.
"""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.data import REPOSITORY
from benchmarks.incidents import war
from benchmarks.incidents.war import Told
from parallax import config, pipeline
from parallax.engine.garbage import collect_seldom
from parallax.engine.local import Local
from parallax.incidents.cluster import gather
from parallax.incidents.link import link
from parallax.incidents.tell import tell
from parallax.ledger.ledger import Ledger
from parallax.model import Origin
from parallax.progress import Progress
from parallax.reports import copies

FOLDER = REPOSITORY / ".build" / "incidents"
MASSACRE = 200  # reports that tell of the largest incident
LATER = 80  # reports from all of the time, added one at a time once the ledger is full
OF_LARGEST = 40  # and so many of the largest incidents
STORED_AT_ONCE = 200


def main(size: int, *, values: bool = False) -> None:
    """Make, link, add and print."""
    first, later = _parted(list(war.tell(size, massacre=MASSACRE)))
    claims = sum(len(told.statements) for told in first)
    print(f"{len(first)} reports with {claims} claims, made by program")
    # As the program's own processes do: what is timed is no walk over what was made to grow the ledger.
    collect_seldom()
    if values:
        _as_values(first)
    grown = _grown(size, first)
    gc.collect()
    collect_seldom()
    copy = grown.with_suffix(".copy")
    shutil.copyfile(grown, copy)
    try:
        with Ledger.open(copy) as ledger:
            _added(later, ledger)
            _read_in(FOLDER, ledger)
    finally:
        for rest in ("", "-wal", "-shm"):
            Path(f"{copy}{rest}").unlink(missing_ok=True)


def _parted(every: Sequence[Told]) -> tuple[list[Told], list[tuple[Told, bool]]]:
    """The reports that fill the ledger, and those to come after them: from all of the time, and of what most tell of.

    Of each of the latter, whether it is of the most told.
    """
    told_by = Counter(happening for told in every for happening in told.happenings)
    most = {happening for happening, _ in told_by.most_common(5)}
    largest = [told for told in every if most.intersection(told.happenings)]
    chosen = {told.report.key: (told, True) for told in largest[:: max(1, len(largest) // OF_LARGEST)][:OF_LARGEST]}
    step = max(1, len(every) // LATER)
    for told in every[step // 2 :: step][:LATER]:
        chosen.setdefault(told.report.key, (told, bool(most.intersection(told.happenings))))
    return [told for told in every if told.report.key not in chosen], list(chosen.values())


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


def _grown(size: int, told: list[Told]) -> Path:
    """The path of the ledger of these reports; made where none is kept. Empties the list once all are stored."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"{size}-{_state()}.ledger"
    part, notes = kept.with_suffix(".part"), kept.with_suffix(".json")
    program = _program()
    if not kept.exists():
        # Seconds of a clock and of a processor, for both stages, over however many runs they take.
        spent = json.loads(notes.read_text("utf-8")) if notes.exists() and part.exists() else {}
        spent |= {"program": program if spent.get("program", program) == program else "several"}
        with Ledger.open(part, create=True) as ledger, Progress(unit="reports") as progress:
            for stage, work in (("storing", _store_all(told, ledger)), ("linking", _link_all(ledger))):
                before, worked = time.perf_counter(), time.process_time()
                for done, total in work:
                    progress.stage(stage, done, total)
                    now, working = time.perf_counter(), time.process_time()
                    spent[stage] = spent.get(stage, 0.0) + now - before
                    spent[f"{stage}, processor"] = spent.get(f"{stage}, processor", 0.0) + working - worked
                    before, worked = now, working
                    notes.write_text(json.dumps(spent, indent=1), "utf-8")
                told.clear()
        for rest in ("-wal", "-shm"):
            Path(f"{part}{rest}").unlink(missing_ok=True)
        part.rename(kept)
    spent = json.loads(notes.read_text("utf-8"))
    with Ledger.open(kept) as ledger:
        counts = ledger.counts()
    print(
        f"through a ledger: {counts.claims} claims stored in {spent['storing']:.0f} s; copies found, linked and "
        f"weighed under every policy in {spent['linking']:.0f} s, {spent['linking, processor']:.0f} s of a processor "
        f"(the workers that compare copies not counted); {counts.incidents} incidents"
    )
    if spent["program"] != program:
        print("  linked by another state of this program; remove the ledger in .build/incidents to measure this one")
    return kept


def _state() -> str:
    """A digest of what decides what the ledger is made from: the war and the tables."""
    versions = REPOSITORY / "src" / "parallax" / "ledger" / "migrations" / "versions"
    files = [*sorted(versions.glob("*.py")), Path(war.__file__)]
    told = f"{MASSACRE} {LATER} {OF_LARGEST}".encode()
    return hashlib.sha256(told + b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _program() -> str:
    """A digest of the program itself."""
    files = sorted((REPOSITORY / "src" / "parallax").rglob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _store_all(told: Sequence[Told], ledger: Ledger) -> Iterator[tuple[int, int]]:
    for start in range(0, len(told), STORED_AT_ONCE):
        _store([one for one in told[start : start + STORED_AT_ONCE] if ledger.report(one.report.key) is None], ledger)
        yield min(start + STORED_AT_ONCE, len(told)), len(told)


def _store(told: Sequence[Told], ledger: Ledger) -> None:
    with ledger.write() as writer:
        for one in told:
            key = one.report.key
            writer.add_report(one.report, None)
            bands = copies.bands(copies.signature(copies.wording(one.report)))
            writer.add_copy(key, bands, Origin(key, 1.0))
            writer.add_reading(key, pipeline.READER, one.statements)


def _link_all(ledger: Ledger) -> Iterator[tuple[int, int]]:
    with Local(config.load().workers) as engine:
        for linked in pipeline.link_new(ledger, engine):
            yield linked.done, linked.total


def _added(later: Sequence[tuple[Told, bool]], ledger: Ledger) -> None:
    spent: list[tuple[float, float, bool]] = []
    with Progress(unit="reports") as progress:
        for told, largest in later:
            begun, worked = time.perf_counter(), time.process_time()
            _store([told], ledger)
            for _ in pipeline.link_new(ledger):
                pass
            spent.append((time.perf_counter() - begun, time.process_time() - worked, largest))
            progress.stage("adding", len(spent), len(later))
    print("a report added, its claims given, in seconds, and in seconds of a processor")
    for name, some in (("any", spent), ("of the most told", [one for one in spent if one[2]])):
        clock, processor = ([one[at] for one in some] for at in (0, 1))
        words = "; ".join(
            f"median {np.median(times):.2f}, p95 {np.percentile(times, 95):.2f}, longest {max(times):.2f}"
            for times in (clock, processor)
        )
        print(f"  {name + ',':<18} {len(some):>3}: {words}")


def _read_in(folder: Path, ledger: Ledger) -> None:
    """The same by the program's own verb: taken in, read, linked and weighed; the reader is warm."""
    if ledger.unread(pipeline.READER):
        print("a report read in by `read`: not asked, for this program's reader would first read the made reports anew")
        return
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
        page.unlink()
    warm = spent[1:]
    print(f"a report read in by `read`: median {np.median(warm):.2f} s, longest {max(warm):.2f} s of {len(warm)}")
