"""Where incidents lie in narrow rows: written with them, filled for older ledgers, and checked against them."""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from parallax.ledger import sites
from parallax.ledger.ledger import Ledger
from parallax.ledger.migrations.versions import third
from parallax.ledger.verify import Flaw, verify
from parallax.ledger.views import IncidentQuery

from .many import Made, write

FEW = [Made(place) for place in range(6)]


def wrong(ledger: Ledger) -> list[str]:
    with ledger.reading_connection() as connection:
        return list(sites.wrong(connection))


def test_an_incident_has_its_place_as_long_as_it_stands(ledger: Ledger) -> None:
    incidents = write(ledger, FEW)
    assert wrong(ledger) == []
    with ledger.write() as writer:
        writer.replace_incidents([incidents[1].id, incidents[2].id], [])
    assert wrong(ledger) == []
    with ledger.reading_connection() as connection:
        assert connection.execute(text("SELECT count(*) FROM sites")).scalar() == 3


def test_an_older_ledger_is_filled(ledger: Ledger) -> None:
    write(ledger, FEW)
    before = ledger.selection(IncidentQuery(division="SY", order="id")).page(0, 10)
    with ledger.write() as writer:
        connection = writer._connection
        for table in ("sites", "saved_views"):
            connection.execute(text(f"DROP TABLE {table}"))
        with Operations.context(MigrationContext.configure(connection)):
            third.upgrade()
    assert wrong(ledger) == []
    assert len(before) == 2
    with ledger.write() as writer:
        writer.note("export", "none", {})
    ledger._columns.clear()
    assert ledger.selection(IncidentQuery(division="SY", order="id")).page(0, 10) == before


def test_a_place_that_was_moved_is_named(ledger: Ledger) -> None:
    incidents = write(ledger, FEW)
    assert list(verify(ledger)) == []
    with ledger.write() as writer:
        writer._connection.execute(text("UPDATE sites SET lat = 0 WHERE name = 'Abu Kamal'"))
        writer._connection.execute(text("DELETE FROM sites WHERE name = 'Aleppo'"))
    told = "does not say where the incident says that it lies"
    moved = sorted((incidents[3].id, incidents[4].id))
    assert sorted(verify(ledger), key=lambda flaw: flaw.key) == [Flaw("sites", key, told) for key in moved]
