"""Where each incident lies, in narrow rows: what maps and lists by place are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, insert, select

from parallax.ledger import narrow, tables
from parallax.ledger.rows import PLACE, Row, chunks
from parallax.model import Incident, Place


def site_row(incident: str, place: Place) -> Row:
    """A place as its narrow row."""
    return {
        "incident": incident,
        "name": place.name,
        "country": place.country,
        "division": place.admin[0] if place.admin else None,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision.value,
        "geonameid": place.geonameid,
    }


def put(connection: Connection, incidents: Iterable[Incident]) -> None:
    """Keep where these incidents lie."""
    rows = [site_row(incident.id, incident.where) for incident in incidents if incident.where]
    if rows:
        connection.execute(insert(narrow.sites), rows)


def take(connection: Connection, incidents: Iterable[str]) -> None:
    """Forget where these incidents lie."""
    for keys in chunks(incidents):
        connection.execute(delete(narrow.sites).where(narrow.sites.c.incident.in_(keys)))


def wrong(connection: Connection) -> Iterator[str]:
    """Ids of the incidents whose narrow row does not say what the incident's own place says."""
    sites, incidents = narrow.sites, tables.incidents
    question = select(incidents.c.id, incidents.c.place, sites).select_from(
        incidents.outerjoin(sites, sites.c.incident == incidents.c.id)
    )
    for row in connection.execute(question, execution_options={"yield_per": 500}).mappings():
        kept = {column.name: row[column] for column in sites.columns} if row["incident"] is not None else None
        try:
            right = site_row(row["id"], PLACE.validate_json(row["place"])) if row["place"] is not None else None
        except ValueError:
            continue
        if kept != right:
            yield row["id"]
