"""Any byte, column, row or log entry that is changed behind the ledger's back is named."""

from __future__ import annotations

import functools
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from parallax.errors import LedgerError, TamperedError
from parallax.ledger.ledger import Ledger
from parallax.ledger.narrow import metadata
from parallax.ledger.rows import UNITS
from parallax.ledger.verify import Flaw, verify
from parallax.model import Claim, Judgement, Kind, Likeness, Mention, Origin, Statement, Verb, Voice, VoiceType

from .told import BETTER, RULES, incident_of, link_of, report_of, statements_of, tally_of, tell, telling_of

PARENTS = {child.name: (unit, column) for unit, one in UNITS.items() for child, column in one.children}
# Tables that the log vouches for; what follows from them and is kept beside is checked by tests of its own.
SEALED = [name for name in metadata.tables if name in {"log", "head", *UNITS, *PARENTS}]
# Those that only a team fills.
OF_TEAMS = {"users", "options", "risks"}
GUARDED = [table for table in SEALED if table != "head"]


def fill(ledger: Ledger) -> None:
    """A row in every table that the log vouches for."""
    with ledger.write() as writer:
        first, second = tell(writer, 1), tell(writer, 2)
        link = link_of(first, second)
        writer.add_links([link])
        both = incident_of([first, second], [link])
        writer.replace_incidents([first.key, second.key], [(both, (tally_of(both),))])
        claim = statements_of(report_of(1)[0], 1)[1].claim.key
        when = datetime(2024, 5, 1, tzinfo=UTC)
        writer.judge(Judgement(Verb.ACCEPT, (claim,), "R. Reader", "seen twice", when))
        writer.fault("broken.pdf", "page 3", "is encrypted")
        writer.hold("courier", "B", "careful with numbers", "R. Reader")
        tell(writer, 3, link=False)
    with ledger.write() as writer:
        first_key, second_key = report_of(1)[0].key, report_of(2)[0].key
        writer.set_origin(second_key, Origin(first_key, 0.5))
        a, b = sorted((first_key, second_key))
        writer.set_likenesses([second_key], {(a, b): Likeness(0.5, 0.75)})
        writer.add_reading(report_of(3)[0].key, BETTER, statements_of(report_of(3)[0], 3, high=9))
        writer.note("export", "ged-csv", {"rows": 1})
        writer.save_view("Nights of October", "/", "q=guns")


def flaws(address: str | Path) -> list[Flaw]:
    with Ledger.open(address) as ledger:
        return list(verify(ledger))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verify") / "filled.ledger"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    return path


@pytest.fixture(scope="module")
def unguarded(filled: Path) -> Path:
    """The same ledger without the triggers that refuse changes, as someone with the file can have it."""
    path = filled.with_name("unguarded.ledger")
    shutil.copy(filled, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("COMMIT")
    assert {flaw.table for flaw in flaws(path)} == {"schema"}
    return path


def test_a_ledger_as_written_has_no_flaw(ledger: Ledger) -> None:
    assert list(verify(ledger)) == []
    fill(ledger)
    assert list(verify(ledger)) == []
    assert all(number for name, number in count_rows(ledger).items() if name not in OF_TEAMS)


def count_rows(ledger: Ledger) -> dict[str, int]:
    with ledger.reading_connection() as connection:
        return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() or 0 for name in SEALED}


@functools.cache
def cells(path: Path) -> tuple[tuple[str, int, str], ...]:
    """Every column of every row: the table, the row's place in it, the column."""
    found = []
    with closing(sqlite3.connect(path)) as connection:
        for table in (metadata.tables[name] for name in SEALED):
            rows = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
            found += [(table.name, row, column.name) for row in range(rows) for column in table.columns]
    return tuple(found)


def changed(value: Any, place: int) -> Any:
    """Another value: one bit of bytes, one character of text, one more, or something instead of nothing."""
    if isinstance(value, bytes):
        place %= len(value)
        return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
    if isinstance(value, str):
        if not value:
            return "x"
        place %= len(value)
        return value[:place] + ("#" if value[place] != "#" else "+") + value[place + 1 :]
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value + 1e-9
    return 7


def names(table: str, row: dict[str, Any]) -> set[tuple[str, str]]:
    """How flaws may name a row."""
    if table == "log":
        return {("log", str(row["number"]))}
    if table == "head":
        return {("head", "1"), ("head", str(row["one"]))}
    if table in PARENTS:
        unit, column = PARENTS[table]
        return {(unit, str(row[column])), (table, str(row[column]))}
    return {(table, UNITS[table].name(row))}


def tamper(path: Path, table: str, at: int, column: str, place: int) -> set[tuple[str, str]]:
    """Change one column of one row in the file itself; the names it may go by."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.row_factory = sqlite3.Row
        keys = [c.name for c in metadata.tables[table].primary_key]
        order = ", ".join(f'"{key}"' for key in keys)
        row = dict(connection.execute(f"SELECT * FROM {table} ORDER BY {order} LIMIT 1 OFFSET {at}").fetchone())
        new = changed(row[column], place)
        where = " AND ".join(f'"{key}" = ?' for key in keys)
        done = connection.execute(
            f'UPDATE {table} SET "{column}" = ? WHERE {where}', (new, *(row[key] for key in keys))
        )
        assert done.rowcount == 1
        connection.commit()
    return names(table, row) | names(table, row | {column: new})


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), place=st.integers(0, 10_000))
def test_any_changed_column_of_any_row_is_named(
    unguarded: Path, tmp_path: Path, data: st.DataObject, place: int
) -> None:
    table, at, column = data.draw(st.sampled_from(cells(unguarded)))
    path = tmp_path / "tampered.ledger"
    shutil.copy(unguarded, path)
    try:
        expected = tamper(path, table, at, column, place)
    except sqlite3.IntegrityError:
        return
    found = flaws(path)
    assert expected & {(flaw.table, flaw.key) for flaw in found}, (table, column, [str(flaw) for flaw in found])


@pytest.mark.parametrize("table", [name for name in GUARDED if name not in OF_TEAMS])
def test_a_lost_row_and_an_added_row_are_named(unguarded: Path, tmp_path: Path, table: str) -> None:
    keys = [column.name for column in metadata.tables[table].primary_key]
    path = tmp_path / "lost.ledger"
    for change in ("lose", "add"):
        shutil.copy(unguarded, path)
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            row = dict(connection.execute(f"SELECT * FROM {table}").fetchone())
            where = " AND ".join(f'"{key}" = ?' for key in keys)
            if change == "lose":
                connection.execute(f"DELETE FROM {table} WHERE {where}", tuple(row[key] for key in keys))
            else:
                for column in metadata.tables[table].columns:
                    if column.name in keys or column.unique:
                        row[column.name] = 999 if isinstance(row[column.name], int) else "added"
                row |= {"number": 999} if "number" in row else {}
                marks = ", ".join("?" for _ in row)
                columns = ", ".join(f'"{name}"' for name in row)
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))
            connection.commit()
        found = {(flaw.table, flaw.key) for flaw in flaws(path)}
        if table == "log" and change == "lose":
            assert ("log", "2") in found
        else:
            assert names(table, row) & found, (change, found)


def test_a_cut_log_and_a_reordered_log_are_named(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.ledger"
    for change in (
        "DELETE FROM log WHERE number = (SELECT max(number) FROM log)",
        "UPDATE log SET number = -number WHERE number IN (3, 4); UPDATE log SET number = 7 + number WHERE number < 0",
    ):
        shutil.copy(filled, path)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("DROP TRIGGER log_refuses_update; DROP TRIGGER log_refuses_delete;" + change)
        assert {flaw.table for flaw in flaws(path)} >= {"head"} or {("log", "3")} <= {
            (flaw.table, flaw.key) for flaw in flaws(path)
        }


def test_a_rewritten_chain_is_shown_by_a_head_noted_outside(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.ledger", tmp_path / "b.ledger"
    with Ledger.open(path, create=True) as ledger, ledger.write() as writer:
        tell(writer, 1)
    shutil.copy(path, copy)
    with Ledger.open(path) as ledger:
        with ledger.write() as writer:
            tell(writer, 2)
        noted = ledger.head()[1]
        assert list(verify(ledger, noted=noted)) == []
    with Ledger.open(copy) as older:
        assert list(verify(older)) == []
        assert [flaw.table for flaw in verify(older, noted=noted)] == ["log"]


def test_a_missing_guard_and_a_broken_index_are_named(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "guard.ledger"
    shutil.copy(filled, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TRIGGER log_refuses_delete; DELETE FROM report_search_data WHERE id > 10;")
    found = {(flaw.table, flaw.key) for flaw in flaws(path)}
    assert ("schema", "log_refuses_delete") in found
    assert any(table in ("report_search", "database") for table, _ in found)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_flipped_byte_of_the_file_is_named_or_changes_nothing(filled: Path, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "flipped.ledger"
    data = bytearray(filled.read_bytes())
    dice = random.Random(seed)
    at = dice.randrange(len(data))
    data[at] ^= 1 << dice.randrange(8)
    path.write_bytes(data)
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    try:
        found = flaws(path)
        if not found:
            with Ledger.open(path) as ledger, Ledger.open(filled) as whole:
                assert ledger.fingerprint() == whole.fingerprint()
                assert ledger.log(limit=10**6) == whole.log(limit=10**6)
    except LedgerError:
        return  # The ledger does not open, or stops being read, with a plain line.


def test_a_claim_that_does_not_stand_in_its_report_is_named(ledger: Ledger) -> None:
    report, capture = report_of(1)
    wrong = Claim.of(report.key, 0, 10, Kind.KILLED, whom=Mention(3, 7, "nobody"))
    long = Claim.of(report.key, 0, 10_000, Kind.KILLED)
    with ledger.write() as writer:
        writer.add_report(report, capture)
        outlet = Voice("v", "V", VoiceType.OUTLET)
        writer.add_reading(report.key, RULES, [Statement(wrong, outlet), Statement(long, outlet)])
    assert {(flaw.table, flaw.key) for flaw in verify(ledger)} == {("claims", wrong.key), ("claims", long.key)}


def test_tellings_and_incidents_of_unknown_claims_are_named(ledger: Ledger) -> None:
    report, capture = report_of(1)
    telling = telling_of(report, statements_of(report, 1))
    with ledger.write() as writer:
        writer.add_report(report, capture)
        writer.add_reading(report.key, RULES, [])
        writer.add_tellings({report.key: [(telling, frozenset())]})
        incident = incident_of([telling])
        writer.replace_incidents([], [(incident, (tally_of(incident),))])
    found = {(flaw.table, flaw.key) for flaw in verify(ledger)}
    assert {("tellings", telling.key), ("incidents", incident.id), ("tallies", f"{incident.id}/airwars")} <= found


@pytest.fixture
def raw_postgresql(server: str, request: pytest.FixtureRequest) -> Iterator[tuple[str, psycopg.Connection[Any]]]:
    address = request.getfixturevalue("migrated")()
    name = address.split("@/")[1].split("?")[0]
    with psycopg.connect(host=server, user="parallax", dbname=name, autocommit=True) as connection:
        # A superuser may switch off every guard and every foreign key: so may this test.
        connection.execute("SET session_replication_role = replica")
        yield address, connection


@pytest.mark.postgres
def test_any_changed_column_is_named_on_postgresql(raw_postgresql: tuple[str, psycopg.Connection[Any]]) -> None:
    address, raw = raw_postgresql
    dice = random.Random(7)
    with Ledger.open(address) as ledger:
        fill(ledger)
        for table in (metadata.tables[name] for name in SEALED if name not in OF_TEAMS):
            keys = [column.name for column in table.primary_key]
            columns = [column.name for column in table.columns]
            fields = sql.SQL(", ").join(map(sql.Identifier, columns))
            first = raw.execute(
                sql.SQL("SELECT {} FROM {} LIMIT 1").format(fields, sql.Identifier(table.name))
            ).fetchone()
            assert first is not None
            row = dict(zip(columns, first, strict=True))
            column = dice.choice(columns)
            new = changed(row[column], dice.randrange(1000))
            new = str(new) if row[column] is None and table.columns[column].type.python_type is str else new
            after = row | {column: new}
            put = sql.SQL("UPDATE {} SET {} = %s WHERE {}")
            for value, where in ((new, row), (row[column], after)):
                condition = sql.SQL(" AND ").join(
                    sql.SQL("{} = {}").format(sql.Identifier(key), sql.Literal(where[key])) for key in keys
                )
                if value is new:
                    raw.execute(put.format(sql.Identifier(table.name), sql.Identifier(column), condition), (value,))
                    found = {(flaw.table, flaw.key) for flaw in verify(ledger)}
                    assert (names(table.name, row) | names(table.name, after)) & found, (table.name, column, found)
                else:
                    raw.execute(put.format(sql.Identifier(table.name), sql.Identifier(column), condition), (value,))
            assert list(verify(ledger)) == []
        raw.execute("ALTER TABLE log DISABLE TRIGGER log_refuses")
        assert [(flaw.table, flaw.key) for flaw in verify(ledger)] == [("schema", "log_refuses")]


def test_kept_rows_refuse_changes(ledger: Ledger) -> None:
    fill(ledger)
    for table in ("log", "captures", "reports", "readings", "statements", "judgements", "judgement_claims"):
        column = next(iter(metadata.tables[table].columns)).name
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
            with pytest.raises(LedgerError, match="append-only"), ledger.write() as writer:
                writer._connection.exec_driver_sql(change)
    assert list(verify(ledger)) == []


def test_a_value_that_cannot_be_read_is_one_line_and_not_a_fault(unguarded: Path, tmp_path: Path) -> None:
    path = tmp_path / "unreadable.ledger"
    shutil.copy(unguarded, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("UPDATE statements SET value = '{'; UPDATE captures SET data = x'00'")
        sha256 = connection.execute("SELECT sha256 FROM captures").fetchone()[0]
    with Ledger.open(path) as ledger:
        with pytest.raises(TamperedError, match="run `parallax verify`"):
            ledger.statements(reports=[report_of(1)[0].key])
        with pytest.raises(TamperedError):
            ledger.capture(sha256)
        assert {flaw.table for flaw in verify(ledger)} >= {"statements", "captures"}
