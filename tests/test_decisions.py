"""Laws of decisions over real reports: nothing is lost, all can be undone, and a preview keeps nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax import amending, pipeline
from parallax.claims import reader
from parallax.decisions import check
from parallax.engine.local import Local
from parallax.errors import ConflictError, JudgementError, LedgerError
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Count, Incident, Judgement, Kind, Reader, Statement, Tally, Verb

TOLD_TOGETHER = ("021", "022", "023", "029", "045", "046", "047", "049")
POLICY = "airwars"
MINUTES = count(1)


@pytest.fixture(scope="module")
def some(dispatches: Path) -> list[str]:
    return [str(path) for path in sorted(dispatches.iterdir()) if path.name[:3] in TOLD_TOGETHER]


@pytest.fixture(scope="module")
def template(some: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decisions") / "a.ledger"
    with Ledger.open(path, create=True) as ledger:
        for _ in pipeline.read(some, ledger, Local(1)):
            pass
    return path


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = shutil.copy(template, tmp_path / "b.ledger")
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of which each example undoes what it did."""
    path = shutil.copy(template, tmp_path_factory.mktemp("shared") / "c.ledger")
    with Ledger.open(path) as opened:
        yield opened


def judged(verb: Verb, claims: tuple[str, ...], slot: str | None = None, value: str | None = None) -> Judgement:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=next(MINUTES))
    return Judgement(verb, claims, "A. Coder", "read again", at, slot, value)


def incidents(ledger: Ledger) -> list[tuple[Incident, Tally | None, tuple[Statement, ...]]]:
    return list(ledger.walk(pipeline.policy(POLICY).label))


def waits(ledger: Ledger) -> list[tuple[str, int]]:
    return [(waiting.item.key, waiting.item.priority) for waiting in ledger.queue(limit=10_000)]


def killed(ledger: Ledger) -> Statement:
    """A claim that sets the high end of all killed, in the incident of most claims that has one."""
    ordered = sorted(incidents(ledger), key=lambda each: -len(each[0].claims))
    return next(s for _, tally, found in ordered for s in found if tally and s.claim.key in _setting(tally))


def _setting(tally: Tally) -> set[str]:
    return {
        claim
        for spread in tally.ranges
        if spread.kind is Kind.KILLED and spread.whom == "all" and spread.high.value is not None
        for claim in spread.high.claims
    }


def spread(ledger: Ledger, claim: str) -> tuple[int | None, int | None]:
    (id,) = ledger.incidents_of(claim=claim)
    tally = ledger.tally(id, pipeline.policy(POLICY).label)
    assert tally is not None
    one = next(one for one in tally.ranges if one.kind is Kind.KILLED and one.whom == "all")
    return one.low.value, one.high.value


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Verb, list[int], str | None, str | None]:
    """A verb, which claims (by number), and for a correction a slot and a value."""
    verb = draw(st.sampled_from([Verb.ACCEPT, Verb.DISCOUNT, Verb.MERGE, Verb.SPLIT, Verb.SIGN_OFF, Verb.CORRECT]))
    numbers = draw(st.lists(st.integers(0, 200), min_size=2, max_size=3, unique=True))
    slot = value = None
    if verb is Verb.CORRECT:
        slot, value = draw(
            st.sampled_from(
                [
                    ("count", "777"),
                    ("count", ""),
                    ("whom_class", "combatant"),
                    ("when", "1854-10-02..1854-10-04"),
                    ("when", ""),
                    ("where", "Eupatoria"),
                    ("where", ""),
                    ("where", "a farm [44.5, 33.6]"),
                    ("who", "the Turkish army"),
                    ("whom", "Russian soldiers"),
                    ("voice", "The Odessa Gazette"),
                    ("voice", ""),
                    ("via", "a merchant"),
                    ("stance", "denied"),
                    ("scope", "total"),
                    ("kind", "injured"),
                ]
            )
        )
    return verb, numbers, slot, value


@given(st.lists(decisions(), min_size=1, max_size=3), st.randoms())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_withdrawing_every_decision_brings_back_every_range(
    shared: Ledger, made: list[tuple[Verb, list[int], str | None, str | None]], random: object
) -> None:
    before, queue = incidents(shared), waits(shared)
    every = sorted(s.claim.key for _, _, found in before for s in found)
    keys = []
    for verb, numbers, slot, value in made:
        claims = tuple(dict.fromkeys(every[number % len(every)] for number in numbers))
        try:
            done = pipeline.decide(shared, judged(verb, claims, slot, value), pipeline.policy(POLICY))
        except JudgementError:
            # One claim is no merge, and a signature is over one incident; each is refused and nothing is kept.
            if verb is Verb.MERGE:
                assert len(claims) == 1
            else:
                assert verb is Verb.SIGN_OFF
                assert len({id for claim in claims for id in shared.incidents_of(claim=claim)}) != 1
            continue
        assert done.judgement is not None
        keys.append(done.judgement)
        assert set(done.incidents) <= {incident.id for incident, _, _ in incidents(shared)}
    # In whatever order they are taken back.
    random.shuffle(keys)  # type: ignore[attr-defined]
    for key in keys:
        pipeline.withdraw(shared, key, "A. Coder", "undone")
    assert incidents(shared) == before
    assert waits(shared) == queue
    assert list(verify(shared)) == []


def test_a_preview_says_what_the_decision_does_and_keeps_nothing(ledger: Ledger) -> None:
    claim = killed(ledger).claim.key
    judgement = judged(Verb.CORRECT, (claim,), "count", "432100")
    before = ledger.fingerprint(), ledger.head(), waits(ledger)
    told = pipeline.preview(ledger, judgement, pipeline.policy(POLICY))
    assert (ledger.fingerprint(), ledger.head(), waits(ledger)) == before
    done = pipeline.decide(ledger, judgement, pipeline.policy(POLICY))
    assert told.changes == done.changes
    assert (told.judgement, done.judgement) == (None, judgement.key)
    change = next(one for one in done.changes if one.whom == "all")
    assert change.now is not None
    assert 432100 in (change.now.low.value, change.now.high.value)
    assert "count corrected by A. Coder: read again" in change.now.low.words + change.now.high.words
    effect = pipeline.effect(ledger, judgement, pipeline.policy(POLICY))
    assert {(c.kind, c.whom) for c in effect.changes} == {(c.kind, c.whom) for c in done.changes}


@pytest.mark.parametrize(
    ("slot", "value", "held"),
    [
        ("where", "Eupatoria", lambda s: (round(s.place.lat, 1), round(s.place.lon, 1)) == (45.2, 33.4)),
        ("where", "an unknown farm [44.61, 33.52]", lambda s: (s.place.lat, s.place.lon) == (44.61, 33.52)),
        ("who", "the Turkish army", lambda s: s.who is not None and "Turk" in s.who.name + s.who.key.title()),
        ("voice", "The Odessa Gazette", lambda s: s.voice.name == "The Odessa Gazette"),
        (
            "when",
            "1854-10-02",
            lambda s: s.claim.when.first.isoformat() == s.claim.when.last.isoformat() == "1854-10-02",
        ),
        ("kind", "injured", lambda s: s.claim.kind is Kind.INJURED),
        ("count", "at least 6", lambda s: s.claim.count == Count(6, None, "at least 6")),
    ],
)
def test_a_corrected_slot_is_resolved_again_and_settles_its_doubt(
    ledger: Ledger, slot: str, value: str, held: Callable[[Statement], bool]
) -> None:
    claim = killed(ledger).claim.key
    pipeline.decide(ledger, judged(Verb.CORRECT, (claim,), slot, value))
    (now,) = ledger.statements(claims=[claim])
    assert held(now)
    assert dict(now.claim.certainties).get(slot, 1.0) == 1.0
    read = ledger.claims_ever([claim])[claim]
    assert read == killed_as_read(ledger, claim)
    assert list(verify(ledger)) == []


def killed_as_read(ledger: Ledger, claim: str) -> object:
    (report,) = ledger.reports_of_claims([claim])
    return next(s.claim for s in ledger.machine_reading(report)[1] if s.claim.key == claim)


def test_a_number_is_corrected_without_loading_names_and_a_place_is_not(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def asks() -> None:
        asked.append("names")

    monkeypatch.setattr(amending, "prepare_names", asks)
    claim = killed(ledger).claim.key
    pipeline.preview(ledger, judged(Verb.CORRECT, (claim,), "count", "54321"), pipeline.policy(POLICY))
    assert asked == []
    pipeline.preview(ledger, judged(Verb.CORRECT, (claim,), "where", "Balaklava"), pipeline.policy(POLICY))
    assert asked == ["names"]


def test_a_corrected_day_moves_a_claim_to_another_incident(ledger: Ledger) -> None:
    claim = killed(ledger).claim.key
    (here,) = ledger.incidents_of(claim=claim)
    done = pipeline.decide(ledger, judged(Verb.CORRECT, (claim,), "when", "1855-06-18"))
    (there,) = ledger.incidents_of(claim=claim)
    assert there != here
    assert there in done.incidents
    assert ledger.incident(there) is not None
    pipeline.withdraw(ledger, done.judgement or "", "A. Coder", "no, it was then")
    assert ledger.incidents_of(claim=claim) == (here,)


def test_a_merge_by_a_person_is_undone_by_withdrawing_it(ledger: Ledger) -> None:
    before = incidents(ledger)
    (one, _, _), (other, _, _) = before[:2]
    leads = tuple(telling.claims[0] for incident in (one, other) for telling in incident.tellings)
    done = pipeline.decide(ledger, judged(Verb.MERGE, leads))
    held = {id for claim in (*one.claims, *other.claims) for id in ledger.incidents_of(claim=claim)}
    assert len(held) == 1
    assert held <= set(done.incidents)
    undone = pipeline.withdraw(ledger, done.judgement or "", "B. Reviewer", "two after all")
    assert incidents(ledger) == before
    pipeline.withdraw(ledger, undone.judgement or "", "A. Coder", "one all the same")
    assert {id for claim in (*one.claims, *other.claims) for id in ledger.incidents_of(claim=claim)} == held


def test_of_a_split_telling_the_claim_named_first_keeps_the_rest(ledger: Ledger) -> None:
    telling = max((t for i, _, _ in incidents(ledger) for t in i.tellings), key=lambda t: len(t.claims))
    for keeps, leaves in (telling.claims[:2], telling.claims[1::-1]):
        done = pipeline.decide(ledger, judged(Verb.SPLIT, (keeps, leaves)))
        (rest,), (alone,) = (ledger.incidents_of(claim=claim) for claim in (keeps, leaves))
        assert rest != alone
        third = telling.claims[2]
        assert ledger.incidents_of(claim=third) == (rest,)
        pipeline.withdraw(ledger, done.judgement or "", "A. Coder", "one after all")
        assert ledger.incidents_of(claim=keeps) == ledger.incidents_of(claim=leaves)


def test_a_person_adds_a_claim_and_takes_it_back(ledger: Ledger) -> None:
    before = incidents(ledger)
    report = ledger.report(killed(ledger).claim.report)
    assert report is not None
    slots = {"count": "31", "whom": "sailors", "where": "Balaklava", "when": "1854-10-25", "voice": ""}
    policy = pipeline.policy(POLICY)
    added = pipeline.Added(report.key, 0, 30, Kind.MISSING, slots)
    done = pipeline.decide(ledger, pipeline.addition(ledger, added, "A. Coder", "in the headline"), policy)
    made = ledger.judgement(done.judgement or "")
    assert made is not None
    (statement,) = ledger.statements(claims=made.claims)
    assert (statement.claim.start, statement.claim.end, statement.claim.certainty) == (0, 30, 1.0)
    assert statement.claim.count == Count(31, 31, "31")
    assert statement.place is not None
    change = next(change for change in done.changes if change.kind is Kind.MISSING and change.whom == "all")
    assert change.now is not None
    assert (change.now.low.value, change.now.high.value) == (31, 31)
    assert "added by A. Coder: in the headline" in change.now.low.words + change.now.high.words
    with pytest.raises(JudgementError, match="there already"):
        pipeline.addition(ledger, added, "A. Coder", "again")
    pipeline.decide(ledger, judged(Verb.CORRECT, made.claims, "count", "33"))
    (statement,) = ledger.statements(claims=made.claims)
    assert statement.claim.count == Count(33, 33, "33")
    pipeline.withdraw(ledger, made.key, "A. Coder", "misread")
    assert incidents(ledger) == before
    assert list(verify(ledger)) == []


def test_decisions_outlive_a_better_reading(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, some: list[str]) -> None:
    statement = killed(ledger)
    claim, report = statement.claim.key, statement.claim.report
    pipeline.decide(ledger, judged(Verb.CORRECT, (claim,), "count", "4321"))
    corrected = spread(ledger, claim)
    added = pipeline.Added(report, 0, 30, Kind.MISSING, {"count": "31"})
    made = pipeline.addition(ledger, added, "A. Coder", "in the headline")
    pipeline.decide(ledger, made)
    monkeypatch.setattr(pipeline, "READER", Reader("rules", "another", ""))
    for _ in pipeline.read([], ledger, Local(1)):
        pass
    assert reader.READER.name
    assert spread(ledger, claim) == corrected
    assert len(ledger.statements(claims=made.claims)) == 1
    assert list(verify(ledger)) == []


def test_another_persons_decision_since_is_a_conflict_and_ones_own_is_none(ledger: Ledger) -> None:
    claim = killed(ledger).claim.key
    seen, _ = ledger.head()
    pipeline.decide(ledger, judged(Verb.ACCEPT, (claim,)), seen=seen)
    pipeline.decide(ledger, judged(Verb.CORRECT, (claim,), "count", "4321"), seen=seen)
    theirs = Judgement(Verb.DISCOUNT, (claim,), "B. Reviewer", "a copy", datetime.now(UTC))
    head = ledger.head()
    with pytest.raises(ConflictError):
        pipeline.decide(ledger, theirs, seen=seen)
    assert ledger.head() == head
    assert {entry.who for entry in pipeline.others_since(ledger, theirs, seen)} == {"A. Coder"}
    pipeline.decide(ledger, theirs, seen=head[0])


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        (judged(Verb.ACCEPT, ()), "name the claims"),
        (judged(Verb.MERGE, ("a",)), "two claims or more"),
        (judged(Verb.CORRECT, ("a",), "count", "lots"), "at least 4"),
        (judged(Verb.CORRECT, ("a",), "colour", "red"), "no slot of a claim"),
        (judged(Verb.CORRECT, ("a",), "kind", ""), "killed, injured"),
        (judged(Verb.CORRECT, ("a",)), "a slot and its right value"),
        (Judgement(Verb.ACCEPT, ("a",), " ", "seen", datetime.now(UTC)), "who decides"),
        (Judgement(Verb.ACCEPT, ("a",), "A. Coder", "", datetime.now(UTC)), "and why"),
    ],
)
def test_what_says_nothing_is_refused_in_words(judgement: Judgement, words: str) -> None:
    with pytest.raises(JudgementError, match=words):
        check(judgement)


def test_what_is_not_in_the_ledger_is_refused(ledger: Ledger) -> None:
    head = ledger.head()
    with pytest.raises(LedgerError, match="no reading holds"):
        pipeline.decide(ledger, judged(Verb.ACCEPT, ("nowhere",)))
    with pytest.raises(JudgementError, match="no judgement"):
        pipeline.withdraw(ledger, "nowhere", "A. Coder", "undone")
    with pytest.raises(JudgementError, match="no report"):
        pipeline.addition(ledger, pipeline.Added("nowhere", 0, 1, Kind.KILLED, {}), "A. Coder", "seen")
    report = killed(ledger).claim.report
    for start, end in ((5, 5), (0, 10**9), (-1, 5)):
        with pytest.raises(JudgementError, match="no stretch"):
            pipeline.addition(ledger, pipeline.Added(report, start, end, Kind.KILLED, {}), "A. Coder", "seen")
    for slot, value in (("kind", "killed"), ("count", "lots"), ("colour", "red")):
        with pytest.raises(JudgementError, match=slot):
            pipeline.addition(ledger, pipeline.Added(report, 0, 5, Kind.KILLED, {slot: value}), "A. Coder", "seen")
    assert ledger.head() == head
