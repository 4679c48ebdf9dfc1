"""Saved views: names that people gave to what an address asks of the list or of the map of incidents."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from parallax.errors import LedgerError
from parallax.ledger import tables
from parallax.ledger.rows import Row, checked
from parallax.ledger.views import SavedView

LONGEST_NAME, LONGEST_QUERY = 120, 4000


def every(connection: Connection) -> tuple[SavedView, ...]:
    """Every saved view, by name."""
    rows = connection.execute(select(tables.saved_views)).mappings()
    views = [SavedView(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.number)))


def row_of(number: int, name: str, page: str, query: str, who: str) -> Row:
    """A new view as its row. Raises LedgerError where the name is empty or too long, or holds what no database can."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise LedgerError(f"a view needs a name of 1 to {LONGEST_NAME} letters, and an address of a sensible length")
    checked(name + page + query + who, "a view")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"number": number, "name": name, "page": page, "query": query, "who": who, "at": at}
