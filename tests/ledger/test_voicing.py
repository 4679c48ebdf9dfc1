"""What is kept of voices is worked out anew by the check: whatever is changed, lost or added of it is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Column, Table, and_, delete, insert, select, update

from parallax import pipeline
from parallax.gathering import link_reports
from parallax.ledger import narrow
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.model import Claim, Judgement, Kind, Report, Scope, Stance, Statement, Verb

from .told import BETTER, RULES, report_of, statements_of

KEPT = (narrow.voices, narrow.voice_incidents, narrow.voice_numbers)
# A row that is moved to another incident is one lost and one added.
COLUMNS = [(table, column) for table in KEPT for column in table.columns if column.name != "incident"]


def counted(report: Report, number: int, *, high: int | None = None) -> tuple[Statement, ...]:
    """A shelling, and a number of killed that is of it and adds to what its voice says."""
    shelling, killed = statements_of(report, number, high=high)
    names = [name for name in Claim.__slots__ if name not in ("key", "report", "start", "end", "kind")]
    slots = {name: getattr(killed.claim, name) for name in names} | {"scope": Scope.EVENT, "stance": Stance.ASSERTED}
    claim = Claim.of(report.key, killed.claim.start, killed.claim.end, killed.claim.kind, **slots)
    return shelling, replace(killed, claim=claim)


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Three reports read, gathered and weighed; what voices do in them is kept."""
    with ledger.write() as writer:
        for number in (1, 2, 3):
            report, capture = report_of(number)
            writer.add_report(report, capture)
            writer.add_reading(report.key, RULES, counted(report, number))
    for _ in pipeline.link_new(ledger):
        pass
    return ledger


def flaws(ledger: Ledger) -> set[tuple[str, str]]:
    return {(flaw.table, flaw.key) for flaw in verify(ledger)}


def rows(ledger: Ledger, table: Table) -> list[dict[str, Any]]:
    with ledger.reading_connection() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def key_of(table: Table, row: dict[str, Any]) -> str:
    return str(row["key" if table is narrow.voices else "incident"])


def other(column: Column[Any], value: Any) -> Any:
    """Another value of the column's type."""
    if column.type.python_type is int:
        return (value or 0) + 1
    return "[]" if value == '["x"]' else f"{value or ''}x"


def chosen(table: Table, row: dict[str, Any]) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))


def test_what_follows_has_no_flaw(told: Ledger) -> None:
    assert all(rows(told, table) for table in KEPT)
    assert list(verify(told)) == []


def test_any_changed_column_is_named(told: Ledger) -> None:
    for table, column in COLUMNS:
        row = rows(told, table)[0]
        value = other(column, row[column.name])
        with told.passing() as connection:
            connection.execute(update(table).where(chosen(table, row)).values({column.name: value}))
        assert (table.name, key_of(table, row)) in flaws(told), column
        with told.passing() as connection:
            changed = chosen(table, row | {column.name: value})
            connection.execute(update(table).where(changed).values({column.name: row[column.name]}))
    assert flaws(told) == set()


def test_a_lost_and_an_added_row_are_named(told: Ledger) -> None:
    for table in KEPT:
        row = rows(told, table)[0]
        with told.passing() as connection:
            connection.execute(delete(table).where(chosen(table, row)))
        assert (table.name, key_of(table, row)) in flaws(told)
        name = "key" if table is narrow.voices else "voice"
        with told.passing() as connection:
            connection.execute(insert(table), [row, row | {name: "nobody"}])
        assert flaws(told) == {(table.name, "nobody" if name == "key" else row["incident"])}
        with told.passing() as connection:
            connection.execute(delete(table).where(table.c[name] == "nobody"))
    assert flaws(told) == set()


def test_every_sort_of_decision_leaves_what_follows(told: Ledger) -> None:
    def decide(verb: Verb, *claims: str, slot: str | None = None, value: str | None = None) -> str:
        made = Judgement(verb, claims, "R. Reader", "seen", datetime.now(UTC), slot, value)
        return pipeline.decide(told, made).judgement or ""

    killed = [s.claim.key for n in (1, 2, 3) for s in said(told, n) if s.claim.kind is Kind.KILLED]
    other_kinds = [s.claim.key for n in (1, 2, 3) for s in said(told, n) if s.claim.kind is not Kind.KILLED]
    for verb, claims, slot, value in (
        (Verb.ACCEPT, killed[:1], None, None),
        (Verb.DISCOUNT, killed[:1], None, None),
        (Verb.DISCOUNT, other_kinds[:1], None, None),
        (Verb.CORRECT, killed[1:2], "count", "31"),
        (Verb.CORRECT, killed[2:3], "voice", "The mayor"),
        (Verb.CORRECT, killed[2:3], "scope", "total"),
        (Verb.MERGE, killed[:2], None, None),
        (Verb.SPLIT, killed[1:2], None, None),
    ):
        key = decide(verb, *claims, slot=slot, value=value)
        assert list(verify(told)) == [], verb
        pipeline.withdraw(told, key, "R. Reader", "undone")
        assert list(verify(told)) == [], verb


def said(ledger: Ledger, number: int) -> Any:
    return ledger.statements(reports=[report_of(number)[0].key])


def test_a_better_reading_leaves_what_follows(told: Ledger) -> None:
    report, _ = report_of(2)
    with told.write() as writer:
        dissolved = set(told.incidents_of(report=report.key))
        writer.add_reading(report.key, BETTER, counted(report, 2, high=40))
        link_reports([report.key], told, writer, dissolved)
    assert list(verify(told)) == []


def test_what_is_not_kept_yet_is_no_flaw(told: Ledger) -> None:
    with told.passing() as connection:
        for table in KEPT[1:]:
            connection.execute(delete(table))
    assert flaws(told) == set()
    for _ in pipeline.reweigh(told):
        pass
    assert all(rows(told, table) for table in KEPT)
    assert flaws(told) == set()
