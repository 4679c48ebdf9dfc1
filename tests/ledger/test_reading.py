"""Readings are versioned: a better reader adds to what was read and decided, and takes nothing away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from parallax.errors import LedgerError
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Capture, Claim, Judgement, Kind, Origin, Report, Statement, Verb, Voice, VoiceType

from .told import BETTER, RULES, incident_of, link_of, report_of, statements_of, tally_of, tell, telling_of

WHEN = datetime(2024, 5, 1, tzinfo=UTC)


def test_a_second_run_changes_nothing(ledger: Ledger) -> None:
    def run() -> None:
        with ledger.write() as writer:
            first, second = tell(writer, 1), tell(writer, 2)
            writer.set_origin(report_of(2)[0].key, Origin(report_of(2)[0].key, 1.0))
            link = link_of(first, second)
            writer.add_links([link])
            writer.replace_incidents([], [])
            writer.judge(Judgement(Verb.SIGN_OFF, first.claims, "R. Reader", "checked", WHEN))
            writer.fault("a.pdf", None, "is empty")

    run()
    before, head = ledger.fingerprint(), ledger.head()
    run()
    assert (ledger.fingerprint(), ledger.head()) == (before, head)


def test_a_report_already_there_is_left_alone(ledger: Ledger) -> None:
    report, capture = report_of(1)
    with ledger.write() as writer:
        assert writer.add_report(report, capture)
        assert not writer.add_report(report, capture)
    with ledger.write() as writer:
        assert not writer.add_report(report, capture)
    assert [entry.action for entry in ledger.log()] == ["report"]


def test_one_capture_may_hold_many_reports_and_one_id_many_versions(ledger: Ledger) -> None:
    capture = Capture.of(b"two lines", "two.jsonl", "application/jsonl")
    reports = [Report.of(text, id="same", capture=capture.sha256) for text in ("first version", "second version")]
    with ledger.write() as writer:
        for report in reports:
            assert writer.add_report(report, capture)
    assert ledger.versions("same") == tuple(reports)
    assert (ledger.counts().captures, ledger.counts().reports) == (1, 2)


def test_a_better_reader_keeps_old_readings_and_judgements(ledger: Ledger) -> None:
    report, _ = report_of(1)
    with ledger.write() as writer:
        telling = tell(writer, 1)
        other = tell(writer, 2)
        writer.add_links([link_of(telling, other)])
        old = statements_of(report, 1)
        judgement = Judgement(Verb.DISCOUNT, (old[1].claim.key,), "R. Reader", "counted twice", WHEN)
        writer.judge(judgement)
    assert ledger.unread(RULES) == ()
    assert ledger.unread(BETTER) == (report.key, report_of(2)[0].key)

    new = statements_of(report, 1, high=9)
    assert new[1].claim.key != old[1].claim.key
    with ledger.write() as writer:
        assert writer.add_reading(report.key, BETTER, new)
        assert not writer.add_reading(report.key, BETTER, new)

    assert ledger.statements(reports=[report.key]) == new
    assert ledger.statements(claims=[old[1].claim.key]) == ()
    first, second = ledger.readings(report.key)
    assert (first.reader, first.current, first.claims) == (RULES, False, 2)
    assert (second.reader, second.current, second.claims) == (BETTER, True, 2)
    assert ledger.reading(first.number) == old
    assert ledger.reading(second.number) == new
    assert ledger.untold() == (report.key,)
    assert ledger.unread(BETTER) == (report_of(2)[0].key,)

    # Out of the linking, but not out of history: the log's entry holds what was retired.
    assert ledger.tellings([report.key]) == ()
    assert ledger.tellings_by_block(["crimea"]) == (other,)
    assert ledger.component([other.key]) == ((other,), ())
    [entry] = ledger.log(subject=report.key, limit=1)
    assert entry.action == "reading"
    assert [one["key"] for one in entry.details["retired"]["tellings"]] == [telling.key]
    assert len(entry.details["retired"]["links"]) == 1

    # The incident stands as it was until the report is linked again, and the ledger is whole meanwhile.
    assert ledger.incidents_of(report=report.key) == (telling.key,)
    assert list(verify(ledger)) == []

    assert ledger.judgements() == (judgement,)
    assert ledger.judgements_for([new[1].claim.key]) == {new[1].claim.key: (judgement,)}
    assert ledger.judgements_for([old[1].claim.key]) == {old[1].claim.key: (judgement,)}
    assert ledger.judgements_for([new[0].claim.key]) == {}

    fresh = telling_of(report, new)
    with ledger.write() as writer:
        writer.add_tellings({report.key: [(fresh, frozenset({"crimea"}))]})
        incident = incident_of([fresh])
        writer.replace_incidents([telling.key], [(incident, (tally_of(incident),))])
    assert ledger.untold() == ()
    assert list(verify(ledger)) == []
    # An id noted or exported before the better reading still leads to the incident.
    assert incident.id != telling.key
    assert ledger.incident(telling.key) == incident


def test_a_judgement_stays_with_the_claim_that_still_stands(ledger: Ledger) -> None:
    """Two claims of one kind in one sentence: the one that was not judged takes nothing over."""
    report, capture = report_of(1)
    voices = [Voice(name, name, VoiceType.PERSON) for name in ("a", "b")]
    judged = Claim.of(report.key, 0, 30, Kind.KILLED, certainty=0.5)
    beside = Claim.of(report.key, 0, 30, Kind.KILLED, stance=statements_of(report, 1)[1].claim.stance)
    judgement = Judgement(Verb.ACCEPT, (judged.key,), "R. Reader", "seen", WHEN)
    with ledger.write() as writer:
        writer.add_report(report, capture)
        both = [Statement(claim, voice) for claim, voice in zip((judged, beside), voices, strict=True)]
        writer.add_reading(report.key, RULES, both)
        writer.judge(judgement)
    assert ledger.judgements_for([judged.key, beside.key]) == {judged.key: (judgement,)}
    with ledger.write() as writer:
        writer.add_reading(report.key, BETTER, both[1:])
    assert ledger.judgements_for([beside.key]) == {beside.key: (judgement,)}


def test_a_judgement_of_an_unknown_claim_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no reading holds the claim nothing"), ledger.write() as writer:
        writer.judge(Judgement(Verb.ACCEPT, ("nothing",), "R. Reader", "why", WHEN))


def test_rows_of_another_report_are_refused(ledger: Ledger) -> None:
    with ledger.write() as writer:
        tell(writer, 1)
        tell(writer, 2)
    one, two = report_of(1)[0], report_of(2)[0]
    with pytest.raises(LedgerError, match="is of report"), ledger.write() as writer:
        writer.add_reading(one.key, BETTER, statements_of(two, 2))
    with pytest.raises(LedgerError, match="is of report"), ledger.write() as writer:
        writer.add_tellings({one.key: [(telling_of(two, statements_of(two, 2)), frozenset())]})
    with pytest.raises(LedgerError), ledger.write() as writer:
        writer.add_reading("no such report", BETTER, [])


def test_a_report_with_nothing_to_tell_is_told(ledger: Ledger) -> None:
    report, capture = report_of(1)
    with ledger.write() as writer:
        writer.add_report(report, capture)
        writer.add_reading(report.key, RULES, [])
        assert ledger.untold() == (report.key,)
        writer.add_tellings({report.key: []})
    head = ledger.head()
    with ledger.write() as writer:
        writer.add_tellings({report.key: []})
    assert (ledger.untold(), ledger.unread(RULES), ledger.head()) == ((), (), head)


def test_an_id_that_once_was_leads_to_the_incident_that_holds_its_tellings(ledger: Ledger) -> None:
    with ledger.write() as writer:
        tellings = [tell(writer, number) for number in range(3)]
        ids = [incident_of([telling]).id for telling in tellings]
        links = [link_of(tellings[0], tellings[1]), link_of(tellings[1], tellings[2])]
        links.sort(key=lambda made: (made.a, made.b))
        writer.add_links(links[::-1])
        merged = incident_of(tellings, links)
        writer.replace_incidents(ids, [(merged, (tally_of(merged),))])
    for one in ids:
        assert ledger.incident(one) == merged
    assert ledger.incident("never was") is None
    assert ledger.counts().incidents == 1
    assert ledger.component([tellings[2].key]) == (merged.tellings, tuple(sorted(links, key=lambda k: (k.a, k.b))))
    with ledger.write() as writer:
        apart = [incident_of([telling]) for telling in tellings]
        writer.replace_incidents([merged.id], [(one, (tally_of(one),)) for one in apart])
    assert [ledger.incident(one) for one in ids] == apart
    assert list(verify(ledger)) == []


def test_an_incident_whose_names_were_resolved_anew_is_found_by_them(ledger: Ledger) -> None:
    report, _ = report_of(1)
    with ledger.write() as writer:
        telling = tell(writer, 1)
    assert ledger.incidents_of(report=report.key) == (telling.key,)
    renamed = [
        replace(one, voice=Voice("times", "Gazette", VoiceType.OUTLET), who=None, whom=None, place=None)
        for one in statements_of(report, 1)
    ]
    incident = incident_of([telling], day=2)
    with ledger.write() as writer:
        writer.add_reading(report.key, BETTER, renamed)
        writer.add_tellings({report.key: [(telling, frozenset())]})
        writer.replace_incidents([incident.id], [(incident, (tally_of(incident), tally_of(incident, policy="ibc")))])
    assert ledger.log(limit=1)[0].action == "incident"
    assert list(verify(ledger)) == []
