"""The queue is kept with the incidents, counted as it is kept, and asked in the order of priority."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from parallax.ledger.ledger import Ledger
from parallax.ledger.queueing import QueueQuery
from parallax.ledger.verify import verify
from parallax.model import Grade, Incident, Judgement, Kind, QueueItem, Reason, Verb

from .told import incident_of, tally_of, tell

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)


def item(
    incident: Incident,
    number: int,
    priority: int,
    *,
    reason: Reason = Reason.RESTS,
    kind: Kind = Kind.KILLED,
    decided: datetime | None = None,
) -> QueueItem:
    words = f"item {number}"
    return QueueItem(f"k{number:03}", incident.id, reason, kind, incident.claims[:1], words, priority, decided)


def place_of(found: QueueItem) -> tuple[int, str]:
    return found.priority, found.key


@pytest.fixture
def incidents(ledger: Ledger) -> list[Incident]:
    with ledger.write() as writer:
        return [incident_of([tell(writer, number)], day=1 + number) for number in (1, 2)]


def test_items_come_by_priority_and_go_on_both_ways(ledger: Ledger, incidents: list[Incident]) -> None:
    one, other = incidents
    with ledger.write() as writer:
        writer.queue([(one, Grade.FAIR, [item(one, 1, 50), item(one, 2, 90), item(one, 3, 50)])])
        writer.queue([(other, Grade.WEAK, [item(other, 4, 70, reason=Reason.THIN)])])
    every = [waiting.item.key for waiting in ledger.queue(limit=10)]
    assert every == ["k002", "k004", "k003", "k001"]
    seen, at = [], None
    while step := ledger.queue(after=at, limit=1):
        at = place_of(step[0].item)
        seen.append(step[0].item.key)
    assert seen == every
    assert at is not None
    assert [waiting.item.key for waiting in ledger.queue(before=at, limit=10)] == every[-2::-1]
    first = ledger.queue(limit=1)[0]
    assert (first.grade, first.place, first.item.words) == (Grade.FAIR, "balaklava", "item 2")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        (QueueQuery(reason="thin"), ["k004"]),
        (QueueQuery(kind="shelling"), ["k003"]),
        (QueueQuery(grade="weak"), ["k004"]),
        (QueueQuery(grade="fair", reason="rests"), ["k002", "k003"]),
        (QueueQuery(place="BALAKLAVA"), ["k002", "k004", "k003"]),
        (QueueQuery(place="crimea", grade="weak"), ["k004"]),
        (QueueQuery(place="balak"), []),
        (QueueQuery(reason="no reason"), []),
    ],
)
def test_parts_of_the_queue(ledger: Ledger, incidents: list[Incident], query: QueueQuery, keys: list[str]) -> None:
    one, other = incidents
    with ledger.write() as writer:
        writer.queue([(one, Grade.FAIR, [item(one, 2, 90), item(one, 3, 50, kind=Kind.SHELLING)])])
        writer.queue([(other, Grade.WEAK, [item(other, 4, 70, reason=Reason.THIN)])])
    assert [waiting.item.key for waiting in ledger.queue(query, limit=10)] == keys


def counted(ledger: Ledger) -> dict[tuple[str, str, str], int]:
    """How many wait, counted over the queue itself."""
    found: dict[tuple[str, str, str], int] = {}
    for waiting in ledger.queue(limit=1000):
        grade = waiting.grade.value if waiting.grade else ""
        key = waiting.item.reason.value, waiting.item.kind.value, grade
        found[key] = found.get(key, 0) + 1
    return found


def kept(ledger: Ledger) -> dict[tuple[str, str, str], int]:
    return {(reason, kind, grade): number for reason, kind, grade, number in ledger.queue_numbers()}


changes = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.lists(
            st.tuples(
                st.integers(0, 6),
                st.integers(0, 5),
                st.sampled_from([Reason.NEW, Reason.THIN]),
                st.sampled_from([Kind.KILLED, Kind.INJURED]),
                st.booleans(),
            ),
            max_size=5,
            unique_by=lambda made: made[0],
        ),
        st.sampled_from([Grade.FAIR, Grade.WEAK, None]),
    ),
    max_size=6,
)


@given(changes)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_numbers_kept_are_those_counted(
    ledger: Ledger, incidents: list[Incident], steps: list[tuple[int, list[tuple[int, int, Reason, Kind, bool]], Grade]]
) -> None:
    for which, rows, grade in steps:
        incident = incidents[which]
        items = [
            item(incident, number, priority, reason=reason, kind=kind, decided=AT if done else None)
            for number, priority, reason, kind, done in rows
        ]
        with ledger.write() as writer:
            writer.queue([(incident, grade, items)])
        waits = {made.key for made in items if made.decided is None}
        assert waits == {waiting.item.key for waiting in ledger.waiting_of(incident.id)}
        assert kept(ledger) == counted(ledger)


def test_what_waited_of_an_incident_goes_with_it(ledger: Ledger, incidents: list[Incident]) -> None:
    one, other = incidents
    with ledger.write() as writer:
        writer.queue([(one, Grade.FAIR, [item(one, 1, 50)])])
        writer.queue([(other, Grade.FAIR, [item(other, 2, 40)])])
    assert ledger.unqueued() == ()
    with ledger.write() as writer:
        writer.replace_incidents([one.id], [])
    assert [waiting.item.key for waiting in ledger.queue(limit=10)] == ["k002"]
    assert kept(ledger) == {("rests", "killed", "fair"): 1}
    assert list(verify(ledger)) == []


def test_an_item_moves_with_its_claims_to_another_incident(ledger: Ledger, incidents: list[Incident]) -> None:
    one, other = incidents
    with ledger.write() as writer:
        writer.queue([(one, Grade.FAIR, [item(one, 1, 50)])])
    with ledger.write() as writer:
        writer.queue([(other, Grade.WEAK, [item(other, 1, 60)])])
    (waiting,) = ledger.queue(limit=10)
    assert (waiting.item.incident, waiting.grade) == (other.id, Grade.WEAK)
    assert kept(ledger) == {("rests", "killed", "weak"): 1}


def test_incidents_of_an_older_program_are_named(ledger: Ledger, incidents: list[Incident]) -> None:
    assert ledger.unqueued() == tuple(sorted(incident.id for incident in incidents))


def test_verify_names_numbers_that_are_not_those_that_wait(ledger: Ledger, incidents: list[Incident]) -> None:
    with ledger.write() as writer:
        writer.queue([(incidents[0], Grade.FAIR, [item(incidents[0], 1, 50)])])
        writer.judge(Judgement(Verb.ACCEPT, incidents[0].claims, "A. Coder", "seen", AT))
    assert list(verify(ledger)) == []
    with ledger.write() as writer:
        writer._connection.execute(text("UPDATE queue_counts SET number = 7"))
        writer._connection.execute(text("UPDATE judgement_keys SET key = 'another'"))
    assert {flaw.table for flaw in verify(ledger)} == {"queue_counts", "judgement_keys"}


def test_nothing_of_a_rehearsal_is_kept(ledger: Ledger, incidents: list[Incident]) -> None:
    before = ledger.fingerprint(), ledger.head(), kept(ledger)
    with ledger.rehearse() as writer:
        writer.queue([(incidents[0], None, [item(incidents[0], 1, 50)])])
        writer.replace_incidents([incidents[1].id], [])
        assert ledger.incident(incidents[1].id) is None
        assert len(ledger.queue(limit=10)) == 1
        with ledger.as_kept():
            assert ledger.incident(incidents[1].id) is not None
        assert ledger.incident(incidents[1].id) is None
    assert (ledger.fingerprint(), ledger.head(), kept(ledger)) == before
    assert list(verify(ledger)) == []


@given(st.lists(st.tuples(st.integers(-3, 3), st.booleans()), max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_decisions_of_a_day_are_counted_and_withdrawn_ones_are_not(
    ledger: Ledger, incidents: list[Incident], made: list[tuple[int, bool]]
) -> None:
    start = ledger.decided_on(AT)
    claims = incidents[0].claims
    expected = 0
    base = ledger.counts().judgements
    # Judgements are kept in the order of time, as people make them.
    for number, (days, gone) in enumerate(sorted(made)):
        at = AT + timedelta(days=days, seconds=base + number)
        decided = Judgement(Verb.ACCEPT, claims, "A. Coder", f"seen {base + number}", at)
        with ledger.write() as writer:
            writer.judge(decided)
            if gone:
                writer.judge(Judgement(Verb.WITHDRAW, claims, "A. Coder", "undone", at, None, decided.key))
        expected += days == 0 and not gone
    if base == 0:
        assert ledger.decided_on(AT) == start + expected


def test_tallies_beside_the_queue_are_as_they_were(ledger: Ledger, incidents: list[Incident]) -> None:
    one = incidents[0]
    with ledger.write() as writer:
        writer.queue([(one, Grade.FAIR, [item(one, 1, 50)])])
        writer.replace_incidents([one.id], [(one, (tally_of(one), tally_of(one, policy="ibc")))])
    assert ledger.tally(one.id, "airwars") == tally_of(one)
