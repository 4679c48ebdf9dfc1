"""Searching finds words and phrases, and no question a person can type is ever an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.ledger.ledger import Ledger
from parallax.ledger.search import phrases
from parallax.ledger.views import IncidentQuery
from parallax.model import Grade, Kind

from .told import incident_of, report_of, tally_of, tell

HOSTILE = [
    '"', '""', "'", "(", ")", "((", "*", "a*", "NEAR", "NEAR(", "a NEAR b", "AND", "OR NOT", "NOT", "-", "--", ";",
    "title:", "text : x", "^", "a^b", "{a}", "+", "\\", "%", "_", "|", "&", "!", "<->", ":*", "a & | b", "\x00", "é",
    "“curly”", '"unbalanced', "x' OR '1'='1", "'); DROP TABLE reports; --", "\ud800", "🂡", "a" * 5000, "ا لقرم",
]  # fmt: skip


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    with ledger.write() as writer:
        for number in range(1, 6):
            tell(writer, number)
        report, capture = report_of(60, "Près d'Évpatória, the Légion étrangère marched. القرم was quiet.")
        writer.add_report(report, capture)
    return ledger


def test_hostile_questions_never_raise(told: Ledger) -> None:
    for words in HOSTILE:
        assert told.reports(text=words).total <= 6
        assert told.incidents(IncidentQuery(text=words)).total <= 5
        assert told.incidents(IncidentQuery(place=words)).total in (0, 5)
        assert told.incidents(IncidentQuery(actor=words, kind=words, grade=words)).total == 0
        assert (told.report(words), told.incident(words), told.voice(words), told.capture(words)) == (None,) * 4
        assert (told.versions(words), told.log(subject=words), told.tally(words, words)) == ((), (), None)
        assert (told.incidents_of(report=words), told.incidents_of(claim=words), told.near([words])) == ((), (), ())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30) | st.text(alphabet='"()*:^-+ NEARab&|!<>', max_size=30))
def test_no_question_raises(told: Ledger, words: str) -> None:
    told.reports(text=words)
    told.incidents(IncidentQuery(text=words, place=words))


def test_words_and_phrases_are_found(told: Ledger) -> None:
    def ids(words: str) -> list[str]:
        return sorted(row.report.id for row in told.reports(text=words).items)

    assert ids("balaklava GUNS") == ["r1", "r2", "r3", "r4", "r5"]
    assert ids('"day 3"') == ["r3"]
    assert ids('"3 day"') == []
    assert ids("legion marched") == ["r60"]
    assert ids("légion") == ["r60"]
    assert ids("ETRANGERE le\u0301gion") == ["r60"]
    assert ids("القرم") == ["r60"]
    assert ids('"dispatch 4"') == ["r4"]
    assert ids("nowhere") == []
    assert len(ids("")) == 6
    assert ids("!?") == []
    assert phrases('one "two three" four') == ("one", "two three", "four")


def test_reports_come_in_pages_with_counts(told: Ledger) -> None:
    first, second = told.reports(limit=4), told.reports(offset=4, limit=4)
    assert (first.total, len(first.items), len(second.items)) == (6, 4, 2)
    days = [row.report.published.day for row in (*first.items, *second.items) if row.report.published]
    assert days == sorted(days, reverse=True)
    assert {(row.claims, row.incidents) for row in told.reports(text="guns").items} == {(2, 1)}
    assert [(row.claims, row.incidents) for row in told.reports(text="quiet").items] == [(0, 0)]


def test_incidents_are_filtered_sorted_and_counted(ledger: Ledger) -> None:
    with ledger.write() as writer:
        told = [tell(writer, number) for number in range(1, 7)]
        for number, telling in enumerate(told, 1):
            incident = incident_of([telling], day=number)
            grade = Grade.FAIR if number > 4 else Grade.WEAK
            tally = tally_of(incident, low=number, high=number * 10 if number != 2 else None, grade=grade)
            writer.replace_incidents([], [(incident, (tally, tally_of(incident, policy="ibc", low=1, high=1)))])
    every = ledger.incidents()
    assert every.total == 6
    assert every.facets == {
        "kind": {"killed": 6, "shelling": 6},
        "grade": {"fair": 2, "weak": 4},
        "division": {"UA": 6, "UA-Crimea": 6},
        "place": {"g713749": 6},
        "actor": {"allies": 6, "russia": 6},
        "signature": {"not signed off": 6},
        "year": {"1854": 6},
        "month": {},
    }
    assert [row.when.first.day for row in every.items if row.when] == [6, 5, 4, 3, 2, 1]
    assert every.items[0].kinds == (Kind.KILLED, Kind.SHELLING)
    top = every.items[0]
    assert (top.grade, top.low, top.high, top.best, top.reports, top.claims, top.origins, top.place) == (
        Grade.FAIR, 6, 60, 6, 1, 2, 1, "Balaklava",
    )  # fmt: skip

    def days(**asked: object) -> list[int]:
        page = ledger.incidents(IncidentQuery(**asked))  # type: ignore[arg-type]
        assert page.total >= len(page.items)
        return [row.when.first.day for row in page.items if row.when]

    assert days(order="oldest", limit=2) == [1, 2]
    assert days(order="oldest", limit=2, offset=4) == [5, 6]
    assert days(order="killed") == [6, 5, 4, 3, 1, 2]
    assert sorted(days(order="id")) == [1, 2, 3, 4, 5, 6]
    assert days(grade="fair") == [6, 5]
    assert days(kind="killed", grade="fair", limit=1) == [6]
    assert days(kind="truce") == []
    assert days(place="balaKLA") == [6, 5, 4, 3, 2, 1]
    assert days(place="crimea", from_day=date(1854, 10, 3), to_day=date(1854, 10, 4)) == [4, 3]
    assert days(place="%") == []
    assert days(actor="allies") == [6, 5, 4, 3, 2, 1]
    assert days(actor="nobody") == []
    assert days(text='"day 3"') == [3]
    assert days(text="Eupatoria") == []
    assert days(policy="ibc", order="killed", grade="fair") == []
    assert {row.high for row in ledger.incidents(IncidentQuery(policy="ibc")).items} == {1}
    unknown = ledger.incidents(IncidentQuery(policy="none"))
    assert (unknown.total, {row.grade for row in unknown.items}, unknown.facets["grade"]) == (6, {None}, {"": 6})
