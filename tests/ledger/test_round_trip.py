"""What goes into a ledger comes out of it unchanged, after closing it too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.errors import LedgerError
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import (
    Capture,
    Count,
    DateSource,
    Judgement,
    Origin,
    Published,
    Report,
    Verb,
    VoiceType,
    Zone,
    ZoneKind,
)

from .told import ALLIES, PLACE, RULES, incident_of, link_of, report_of, statements_of, tally_of, tell, telling_of

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


def test_every_value_comes_back_after_closing(new_address: Callable[[], str]) -> None:
    address = new_address()
    report, capture = report_of(4)
    other, bytes_of_other = report_of(5)
    said, said_by_other = statements_of(report, 4), statements_of(other, 5)
    a, b = telling_of(report, said), telling_of(other, said_by_other)
    link = link_of(a, b)
    incident = incident_of([a, b], [link])
    tally = tally_of(incident)
    judgement = Judgement(
        Verb.CORRECT, (said[1].claim.key,), "R. Reader", "misread", datetime(2024, 5, 1, tzinfo=UTC), "count", "8"
    )
    with Ledger.open(address) as ledger, ledger.write(who="a test") as writer:
        assert writer.add_report(report, capture)
        assert writer.add_report(other, bytes_of_other)
        writer.add_copy(report.key, ["x", "y"], Origin(report.key, 1.0))
        writer.add_copy(other.key, ["y", "z"], Origin(report.key, 0.75))
        writer.add_reading(report.key, RULES, said)
        writer.add_reading(other.key, RULES, said_by_other)
        writer.add_tellings({report.key: [(a, frozenset({"k1", "k2"}))]})
        writer.add_tellings({other.key: [(b, frozenset({"k2"}))]})
        writer.add_links([link])
        writer.replace_incidents([], [(incident, (tally,))])
        writer.judge(judgement)
        writer.note("export", "claims-jsonl", {"rows": 4})
        writer.fault("broken.pdf", "page 3", "is encrypted")

    with Ledger.open(address) as ledger:
        assert ledger.report(report.key) == report
        assert ledger.report("nothing") is None
        assert ledger.versions("r4") == (report,)
        assert ledger.capture(capture.sha256) == capture
        assert ledger.capture("0" * 64) is None
        assert ledger.statements(reports=[report.key]) == said
        assert ledger.statements(claims=[said_by_other[0].claim.key]) == said_by_other[:1]
        assert ledger.near(["y"]) == tuple(sorted([report.key, other.key]))
        assert ledger.near(["z"]) == (other.key,)
        assert ledger.origins([report.key, other.key]) == {
            report.key: Origin(report.key, 1.0),
            other.key: Origin(report.key, 0.75),
        }
        assert ledger.tellings([report.key]) == (a,)
        assert ledger.tellings_by_block(["k1"]) == (a,)
        assert set(ledger.tellings_by_block(["k2"])) == {a, b}
        assert ledger.component([b.key]) == (incident.tellings, (link,))
        assert ledger.incident(incident.id) == incident
        assert ledger.tally(incident.id, "airwars") == tally
        assert ledger.tally(incident.id, "ibc") is None
        assert ledger.incidents_of(report=other.key) == (incident.id,)
        assert ledger.incidents_of(claim=said[0].claim.key) == (incident.id,)
        assert ledger.judgements() == (judgement,)
        assert [str(fault) for fault in ledger.faults()] == ["broken.pdf, page 3: is encrypted"]
        [walked] = ledger.walk()
        assert walked[:2] == (incident, tally)
        assert set(walked[2]) == {*said, *said_by_other}
        entries = ledger.log()
        assert [entry.action for entry in entries][:3] == ["fault", "export", "judgement"]
        assert entries[2].who == "R. Reader"
        assert {entry.who for entry in entries[3:]} == {"a test"}
        assert [entry.number for entry in entries] == list(range(len(entries), 0, -1))
        assert ledger.log(subject=incident.id)[0].details == {
            "tellings": [a.key, b.key] if a.key < b.key else [b.key, a.key]
        }
        counts = ledger.counts()
        assert (counts.reports, counts.claims, counts.voices, counts.incidents) == (2, 4, 1, 1)
        assert (counts.unread, counts.untold, counts.languages) == (0, 0, {"en": 2})
        assert list(verify(ledger)) == []


def test_voices_count_what_they_say(ledger: Ledger) -> None:
    with ledger.write() as writer:
        for number in range(3):
            tell(writer, number)
    [row] = ledger.voices()
    assert (row.voice.key, row.voice.type, row.voice.via) == ("courier", VoiceType.OUTLET, None)
    assert (row.claims, row.reports, row.first, row.last) == (6, 3, date(1854, 10, 1), date(1854, 10, 4))
    found = ledger.voice("courier")
    assert found is not None
    days = [statement.claim.when.first for statement in found[1] if statement.claim.when]
    assert len(days) == 6
    assert days == sorted(days)
    assert ledger.voice("nobody") is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=WORDS.filter(bool),
    title=st.none() | WORDS,
    outlet=st.none() | WORDS,
    url=st.none() | WORDS,
    day=st.none() | st.dates(),
    data=st.binary(max_size=200),
    kind=st.sampled_from(ZoneKind),
)
def test_any_report_and_any_bytes_come_back(
    ledger: Ledger,
    text: str,
    title: str | None,
    outlet: str | None,
    url: str | None,
    day: date | None,
    data: bytes,
    kind: ZoneKind,
) -> None:
    capture = Capture.of(data, "any", "application/octet-stream")
    published = Published(day, DateSource.FEED) if day else None
    zones = (Zone(kind, 0, len(text)),)
    report = Report.of(
        text, title=title, outlet=outlet, url=url, published=published, zones=zones, capture=capture.sha256
    )
    with ledger.write() as writer:
        new = writer.add_report(report, capture)
    kept = ledger.report(report.key)
    assert kept is not None
    if new:
        assert kept == report
    # The same words may come in other bytes or zones; the first stay.
    assert (kept.key, kept.text, kept.title, kept.outlet, kept.url, kept.published) == (
        report.key,
        text,
        title,
        outlet,
        url,
        published,
    )
    stored = ledger.capture(kept.capture or "")
    assert stored is not None
    assert Capture.of(stored.data, "any", "") == Capture(kept.capture or "", "any", "", stored.data)


@pytest.mark.parametrize("text", ["a\x00b", "half \ud800 a pair"])
def test_text_that_no_database_holds_is_refused_with_a_line(ledger: Ledger, text: str) -> None:
    report = Report.of(text, id="odd")
    with (
        pytest.raises(LedgerError, match="report 'odd', text: holds a NUL or half a character"),
        ledger.write() as writer,
    ):
        writer.add_report(report, None)
    assert ledger.counts().reports == 0


def test_a_fault_with_any_text_is_kept(ledger: Ledger) -> None:
    with ledger.write() as writer:
        assert writer.fault("bad\udcff.txt", None, "a\x00b")
        assert not writer.fault("bad\udcff.txt", None, "a\x00b")
    assert [str(fault) for fault in ledger.faults()] == ["bad\\udcff.txt: a\\x00b"]


def test_a_capture_whose_bytes_are_not_its_hash_is_refused(ledger: Ledger) -> None:
    report, capture = report_of(1)
    false = Capture(capture.sha256, capture.name, capture.media_type, b"other bytes")
    with pytest.raises(LedgerError, match="SHA-256"), ledger.write() as writer:
        writer.add_report(report, false)
    with pytest.raises(LedgerError, match="another capture"), ledger.write() as writer:
        writer.add_report(report, None)


def test_places_and_actors_keep_their_alternatives(ledger: Ledger) -> None:
    with ledger.write() as writer:
        tell(writer, 1)
    shelling = ledger.statements(reports=[report_of(1)[0].key])[0]
    assert shelling.place == PLACE
    assert shelling.who == ALLIES
    toll = ledger.statements(reports=[report_of(1)[0].key])[1]
    assert toll.claim.count == Count(4, None, "At least 4")
