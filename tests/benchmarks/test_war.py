"""The war made by program: the same each time, and as a reader would give it."""

from __future__ import annotations

from itertools import islice
from typing import Any

from benchmarks.incidents import syria, war
from parallax.incidents.cluster import gather
from parallax.incidents.link import link
from parallax.incidents.tell import tell


def test_the_same_size_gives_the_same_reports_and_so_many_claims() -> None:
    one, other = list(war.tell(300)), list(war.tell(300))
    assert one == other
    assert list(war.tell(300, seed=1)) != one
    assert 300 <= sum(len(told.statements) for told in one) <= 900


def test_claims_stand_where_they_say_in_their_report() -> None:
    for told in islice(war.tell(300), 40):
        text = told.report.text
        assert len(told.statements) >= 3 * len(told.happenings)
        for statement in told.statements:
            claim = statement.claim
            assert claim.report == told.report.key
            for mention in (claim.where, claim.who, claim.whom):
                if mention is not None:
                    assert text[mention.start : mention.end] == mention.text
                    assert claim.start <= mention.start < mention.end <= claim.end


def test_what_linking_finds_of_it_is_mostly_what_was_made() -> None:
    told = list(war.tell(300))
    statements = {s.claim.key: s for one in told for s in one.statements}
    tellings = [telling for one in told for telling in tell(one.statements)]
    incidents = gather(tellings, link(tellings, statements), statements)
    made = len({happening for one in told for happening in one.happenings})
    assert made / 2 <= len(incidents) <= 2 * made + len(told)
    assert any(len(incident.reports) > 1 for incident in incidents)


def test_a_report_of_two_coded_incidents_is_read_once_and_not_scored() -> None:
    own = {"id": "r1", "lang": "en", "text": "One.", "date": None}
    both = {"id": "r2", "lang": "en", "text": "Two.", "date": "2031-01-02"}
    rows: list[dict[str, Any]] = [{"id": "a", "reports": [own, both]}, {"id": "b", "reports": [both]}]
    assert sorted(line["id"] for line in syria.contract_lines(rows)) == ["r1", "r2"]
    assert [(row["id"], [r["id"] for r in row["reports"]]) for row in syria.gold(rows)] == [("a", ["r1"])]


def test_a_coded_range_is_compared_with_the_incident_that_most_of_its_reports_lie_in() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "reports": [{"id": "r1"}, {"id": "r2"}, {"id": "r3"}], "civilians_killed_min": 1},
        {"id": "b", "reports": [{"id": "r9"}], "civilians_killed_min": 2, "civilians_killed_max": 3},
    ]
    printed = [
        {"id": "i1", "reports": ["r1"], "claims": [{"report": "r1"}], "ranges": {"killed": 1}},
        {"id": "i2", "reports": ["r2", "r3"], "claims": [{"report": "r2"}, {"report": "r3"}], "ranges": {"killed": 2}},
    ]
    assert syria.told_of(rows, printed) == [{"reports": ["a"], "claims": [], "ranges": {"killed": 2}}]
    assert [row["killed"] for row in syria.coded(rows)] == [None, [2, 3]]
