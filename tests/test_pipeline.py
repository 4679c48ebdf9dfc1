"""Laws of the whole way: order and batch do not matter, and nothing acknowledged is lost."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax import pipeline
from parallax.claims import reader
from parallax.engine.local import Local
from parallax.gathering import compare, link_reports, to_compare
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.ledger.writer import Writer
from parallax.model import Claim, Judgement, Kind, Mention, Reader, Report, Verb
from parallax.reports.fault import Fault

# Dispatches that share happenings and copies, so that order could matter if it did at all.
TOLD_TOGETHER = ("021", "022", "023", "029", "045", "046", "047", "049")


def _read(paths: Iterable[Path | str], ledger: Ledger) -> list[Fault]:
    events = pipeline.read([str(path) for path in paths], ledger, Local(1))
    return [event for event in events if isinstance(event, Fault)]


def _fingerprint(folder: Path, batches: Sequence[Sequence[Path]]) -> str:
    path = folder / "a.ledger"
    for stale in folder.glob("a.ledger*"):
        stale.unlink()
    with Ledger.open(path, create=True) as ledger:
        for batch in batches:
            assert not _read(batch, ledger)
        return ledger.fingerprint()


@pytest.fixture(scope="module")
def some(dispatches: Path) -> list[Path]:
    return [path for path in sorted(dispatches.iterdir()) if path.name[:3] in TOLD_TOGETHER]


@pytest.fixture(scope="module")
def in_one_go(some: list[Path], tmp_path_factory: pytest.TempPathFactory) -> str:
    return _fingerprint(tmp_path_factory.mktemp("whole"), [some])


@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_order_in_any_batches_gives_the_same_ledger(
    data: st.DataObject, some: list[Path], in_one_go: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    order = data.draw(st.permutations(some))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=3)))
    batches = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    assert _fingerprint(tmp_path_factory.mktemp("parts"), batches) == in_one_go


def test_copies_compared_ahead_in_other_processes_are_those_that_one_process_finds(
    some: list[Path], in_one_go: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "LINK_BATCH", 1)  # as many batches as reports, so that the workers are started
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger, Local(2) as engine:
        for _ in pipeline.read([str(path) for path in some], ledger, engine):
            pass
        assert ledger.fingerprint() == in_one_go


def _kept_only(paths: Iterable[Path], ledger: Ledger) -> None:
    """Reports taken in by a run that ends before it links them."""
    for event in pipeline.read([str(path) for path in paths], ledger, Local(1)):
        if isinstance(event, pipeline.Acknowledged):
            return


def test_a_copy_that_comes_while_others_are_compared_is_still_found(tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    words = "Shells hit the market of Balaklava on Monday and killed twelve people, the harbour master said.\n"
    first.write_text(words, "utf-8")
    second.write_text(words + "Nobody else was hurt.\n", "utf-8")
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        _kept_only([first], ledger)
        waiting = list(ledger.untold())
        before = compare(to_compare(waiting, ledger))
        assert not before.alike
        assert not _read([second], ledger)
        known = ledger.likenesses(waiting)
        assert len(known) == 1
        for compared in (before, compare(to_compare(waiting, ledger))):
            with ledger.write() as writer:
                link_reports(waiting, ledger, writer, set(), compared)
            assert ledger.likenesses(waiting) == known


def test_a_second_run_changes_nothing(some: list[Path], tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        _read(some, ledger)
        before = ledger.fingerprint(), ledger.head()
        _read(some, ledger)
        assert (ledger.fingerprint(), ledger.head()) == before


class Killed(BaseException):
    """Stands for the end of the process between two writes."""


def test_an_end_between_any_two_writes_loses_nothing_acknowledged(
    some: list[Path], in_one_go: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verbs = ("add_report", "add_copy", "add_reading", "set_origin", "add_tellings", "add_links", "replace_incidents")
    left = 0

    def counted(name: str) -> None:
        plain = getattr(Writer, name)

        def write(self: Writer, *values: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return plain(self, *values)

        monkeypatch.setattr(Writer, name, write)

    for verb in verbs:
        counted(verb)
    stops = 0
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        for allowed in range(1, 200, 7):
            left = allowed
            acknowledged = ledger.counts().reports
            try:
                for event in pipeline.read([str(path) for path in some], ledger, Local(1)):
                    if isinstance(event, pipeline.Acknowledged):
                        acknowledged += event.new
            except Killed:
                stops += 1
                assert ledger.counts().reports == acknowledged
                assert list(verify(ledger)) == []
                continue
            break
        assert stops > 2
        assert ledger.fingerprint() == in_one_go


@pytest.mark.parametrize("after", [0.3, 1.2, 2.0, 3.0])
def test_a_killed_program_leaves_a_ledger_that_the_next_run_completes(
    after: float, program: str, dispatches: Path, demo_ledger: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.ledger"
    command = [program, "read", str(dispatches), "--into", str(path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    if path.exists():
        with Ledger.open(path, create=True) as ledger:
            assert list(verify(ledger)) == []
    subprocess.run(command, check=True, capture_output=True)
    with Ledger.open(path) as ledger, Ledger.open(demo_ledger) as whole:
        assert list(verify(ledger)) == []
        assert ledger.fingerprint() == whole.fingerprint()


def test_a_better_reading_keeps_the_old_one_and_every_judgement(
    some: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = reader.read

    def better(report: Report) -> tuple[Claim, ...]:
        first = Mention(0, 3, report.text[:3])
        slots = ("count", "whom", "whom_class", "who", "where", "when", "voice", "stance", "scope")
        return tuple(
            Claim.of(c.report, c.start, c.end, c.kind, via=first, **{slot: getattr(c, slot) for slot in slots})
            for c in plain(report)
        )

    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        _read(some, ledger)
        statements = next(
            found for _, _, found in ledger.walk("airwars 4") if any(s.claim.kind is Kind.KILLED for s in found)
        )
        killed = [s.claim.key for s in statements if s.claim.kind is Kind.KILLED]
        at = datetime(2026, 1, 1, tzinfo=UTC)
        pipeline.decide(ledger, Judgement(Verb.DISCOUNT, tuple(sorted(killed)), "A. Coder", "withdrawn", at))
        report = statements[0].claim.report

        monkeypatch.setattr(reader, "read", better)
        monkeypatch.setattr(pipeline, "READER", Reader("rules", "another", ""))
        assert not _read([], ledger)

        assert sorted(reading.current for reading in ledger.readings(report)) == [False, True]
        now = {s.claim.key for s in ledger.statements(reports=[report])}
        assert not now & set(killed)
        heirs = {key for found in ledger.successors(killed).values() for key in found}
        (heir,) = {name for key in heirs for name in ledger.incidents_of(claim=key)}
        after = ledger.tally(heir, "airwars 4")
        assert after is not None
        spread = next(r for r in after.ranges if r.kind is Kind.KILLED and r.whom == "all")
        assert (spread.low.value, spread.high.value) == (None, None)
        assert any("A. Coder" in left.reason for left in spread.low.left_out)
        assert list(verify(ledger)) == []


def test_one_new_report_leaves_other_incidents_as_they_are(dispatches: Path, tmp_path: Path) -> None:
    files = sorted(dispatches.iterdir())
    late = next(path for path in files if path.name.startswith("066"))
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        _read([path for path in files if path != late], ledger)
        before = {incident.id: (incident, tally) for incident, tally, _ in ledger.walk("airwars 4")}
        number, _ = ledger.head()
        _read([late], ledger)
        touched = {name for entry in ledger.log(limit=1000) if entry.number > number for name in (entry.subject,)}
        after = {incident.id: (incident, tally) for incident, tally, _ in ledger.walk("airwars 4")}
    changed = {id for id in before if after.get(id) != before[id]}
    assert changed <= touched
    assert len(changed) < len(before) / 2


def test_a_merge_by_a_person_wins_and_a_split_undoes_it(some: list[Path], tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        _read(some, ledger)
        incidents = [incident for incident, _, _ in ledger.walk("airwars 4")]
        a, b = incidents[0].claims[0], incidents[1].claims[0]
        at = datetime(2026, 1, 1, tzinfo=UTC)
        pipeline.decide(ledger, Judgement(Verb.MERGE, (a, b), "A. Coder", "one happening", at))
        assert ledger.incidents_of(claim=a) == ledger.incidents_of(claim=b)
        later = datetime(2026, 1, 2, tzinfo=UTC)
        pipeline.decide(ledger, Judgement(Verb.SPLIT, (a, b), "A. Coder", "two happenings after all", later))
        assert ledger.incidents_of(claim=a) != ledger.incidents_of(claim=b)
        assert list(verify(ledger)) == []
