"""Judgements by key, readings by people beside the machine's, and what happened since somebody looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from parallax.errors import LedgerError
from parallax.ledger.deciding import PEOPLE
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Claim, Count, Judgement, Kind, Mention, Reader, Report, Statement, Verb

from .told import BETTER, RULES, report_of, statements_of, tell

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
BY_PEOPLE = Reader(PEOPLE, "1", "abc")


def judged(
    claims: tuple[str, ...], verb: Verb = Verb.ACCEPT, value: str | None = None, who: str = "A. Coder"
) -> Judgement:
    return Judgement(verb, claims, who, "seen", AT, None, value)


def read(ledger: Ledger, number: int = 1) -> tuple[Report, tuple[Statement, ...]]:
    with ledger.write() as writer:
        tell(writer, number)
    report, _ = report_of(number)
    return report, statements_of(report, number)


def test_a_judgement_is_found_by_its_key_and_by_its_number(ledger: Ledger) -> None:
    _, statements = read(ledger)
    made = judged((statements[0].claim.key,))
    with ledger.write() as writer:
        writer.judge(made)
    assert ledger.judgement(made.key) == made
    assert ledger.judgement("0" * 16) is None
    (entry,) = [entry for entry in ledger.log() if entry.action == "judgement"]
    assert ledger.judgement_keys([int(entry.subject), 99]) == {int(entry.subject): made.key}
    assert list(verify(ledger)) == []


def test_a_reading_by_people_stands_beside_the_machines(ledger: Ledger) -> None:
    report, statements = read(ledger)
    killed = statements[1]
    mended = (statements[0], replace(killed, claim=replace(killed.claim, count=Count(9, 9, "nine"))))
    with ledger.write() as writer:
        writer.amend(report.key, BY_PEOPLE, mended)
    assert ledger.statements(reports=[report.key]) == mended
    number, machines = ledger.machine_reading(report.key)
    assert machines == statements
    assert [reading.current for reading in ledger.readings(report.key)] == [False, True]
    assert ledger.claims_ever([killed.claim.key]) == {killed.claim.key: killed.claim}
    assert ledger.untold() == (report.key,)
    assert number is not None
    with ledger.write() as writer:
        writer.stand(report.key, number)
    assert ledger.statements(reports=[report.key]) == statements
    head = ledger.head()
    with ledger.write() as writer:
        writer.stand(report.key, number)
    assert ledger.head() == head
    with ledger.write() as writer:
        writer.amend(report.key, BY_PEOPLE, mended)
    assert len(ledger.readings(report.key)) == 2
    assert ledger.statements(reports=[report.key]) == mended
    with ledger.write() as writer:
        writer.add_reading(report.key, BETTER, statements_of(report, 1, high=20))
    assert ledger.machine_reading(report.key)[1] == statements_of(report, 1, high=20)
    assert list(verify(ledger)) == []


def test_words_that_stand_nowhere_are_kept_of_people_and_refused_of_machines(ledger: Ledger) -> None:
    report, statements = read(ledger)
    elsewhere = replace(statements[0].claim, where=Mention(0, 0, "Eupatoria"))
    mended = (replace(statements[0], claim=elsewhere), statements[1])
    with ledger.write() as writer:
        writer.amend(report.key, BY_PEOPLE, mended)
    assert list(verify(ledger)) == []
    with ledger.write() as writer:
        writer.add_reading(report.key, Reader("rules", "9", "abc"), mended)
    assert [flaw.words for flaw in verify(ledger)] == ["its where does not stand at 0..0"]


def test_what_people_decided_of_a_claim_follows_it_when_its_kind_was_corrected(ledger: Ledger) -> None:
    report, statements = read(ledger)
    old = statements[1].claim
    with ledger.write() as writer:
        writer.judge(judged((old.key,)))
        writer.add_reading(report.key, BETTER, statements_of(report, 1, high=20))
    better = ledger.machine_reading(report.key)[1]
    assert better[1].claim.key != old.key
    corrected = (better[0], replace(better[1], claim=replace(better[1].claim, kind=Kind.INJURED)))
    with ledger.write() as writer:
        writer.amend(report.key, BY_PEOPLE, corrected)
    assert ledger.successors([old.key]) == {old.key: (better[1].claim.key,)}
    assert ledger.judgements_for([better[1].claim.key]) == {better[1].claim.key: (judged((old.key,)),)}
    assert ledger.judgements_of_report(report.key) == (judged((old.key,)),)


def test_a_claim_that_no_reading_holds_can_only_be_added(ledger: Ledger) -> None:
    report, statements = read(ledger)
    new = Claim.of(report.key, 0, 5, Kind.INJURED)
    with pytest.raises(LedgerError, match="no reading holds the claim"), ledger.write() as writer:
        writer.judge(judged((new.key,)))
    with ledger.write() as writer:
        writer.judge(judged((new.key,), Verb.ADD, "{}"))
        writer.amend(report.key, BY_PEOPLE, (*statements, replace(statements[0], claim=new)))
    assert ledger.reports_of_claims([new.key]) == (report.key,)
    assert list(verify(ledger)) == []


def test_what_others_did_since_is_told(ledger: Ledger) -> None:
    _, statements = read(ledger)
    (incident,) = ledger.incidents_of(claim=statements[0].claim.key)
    seen, _ = ledger.head()
    claims = [statement.claim.key for statement in statements]
    assert ledger.changes_since(seen, [incident], claims) == ()
    with ledger.write("B. Reviewer") as writer:
        writer.judge(judged((claims[1],), who="B. Reviewer"))
    (entry,) = ledger.changes_since(seen, [incident], claims)
    assert (entry.who, entry.action) == ("B. Reviewer", "judgement")
    assert ledger.changes_since(seen, [incident], claims[:1]) == ()
    assert ledger.log_since(seen) == (entry,)
    assert ledger.changes_since(entry.number, [incident], claims) == ()


def test_the_last_decision_of_a_person_is_the_one_that_counts(ledger: Ledger) -> None:
    _, statements = read(ledger)
    one, two = (judged((statement.claim.key,)) for statement in statements)
    other = judged((statements[0].claim.key,), Verb.DISCOUNT, who="B. Reviewer")
    with ledger.write() as writer:
        for made in (one, two, other):
            writer.judge(made)
    assert ledger.last_decision("A. Coder") == two
    assert ledger.last_decision("B. Reviewer") == other
    with ledger.write() as writer:
        writer.judge(judged(two.claims, Verb.WITHDRAW, two.key))
    assert ledger.last_decision("A. Coder") == one
    assert ledger.last_decision("nobody") is None


def test_other_incidents_of_the_same_place_and_days_are_likely(ledger: Ledger) -> None:
    with ledger.write() as writer:
        for number in (1, 2, 9):
            tell(writer, number)
    first, second, far = (ledger.incidents_of(report=report_of(number)[0].key)[0] for number in (1, 2, 9))
    near = dict(ledger.likely_others(first))
    assert second in near
    assert far not in near
    assert first not in near


def test_a_ledger_read_by_rules_has_no_reading_by_people(ledger: Ledger) -> None:
    report, statements = read(ledger)
    assert {reading.reader for reading in ledger.readings(report.key)} == {RULES}
    assert ledger.machine_reading(report.key)[1] == statements
    assert ledger.machine_reading("nowhere") == (None, ())
