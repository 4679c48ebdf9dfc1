"""Where each incident lies, in narrow rows for maps and lists, and saved views."""

from __future__ import annotations

import json
from itertools import islice

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SITE = ("name", "country", "division", "lat", "lon", "precision", "geonameid")


def upgrade() -> None:
    sites = op.create_table(
        "sites",
        sa.Column("incident", sa.Text(), sa.ForeignKey("incidents.id"), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("division", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("geonameid", sa.Integer()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "saved_views",
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "page", "query", "who", "at")),
    )
    connection = op.get_bind()
    placed = connection.execute(sa.text("SELECT id, place FROM incidents WHERE place IS NOT NULL"))
    rows = (_site(key, json.loads(place)) for key, place in placed.all())
    while some := list(islice(rows, 1000)):
        connection.execute(sites.insert(), some)


def _site(incident: str, place: dict[str, object]) -> dict[str, object]:
    admin = place.get("admin")
    row = {name: place.get(name) for name in SITE} | {"incident": incident}
    return row | {"division": admin[0] if isinstance(admin, list) and admin else None}
