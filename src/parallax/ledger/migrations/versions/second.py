"""What people decide: judgements by their keys, and the queue of what waits for them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judgement_keys",
        sa.Column("key", sa.Text(), primary_key=True, nullable=False),
        sa.Column("judgement", sa.Integer(), sa.ForeignKey("judgements.number"), nullable=False, unique=True),
    )
    op.create_table(
        "queue",
        sa.Column("key", sa.Text(), primary_key=True, nullable=False),
        sa.Column("incident", sa.Text(), sa.ForeignKey("incidents.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "kind", "grade")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("place", "area")),
        sa.Column("priority", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("claims", "words")),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=True),
    )
    op.create_index("ix_queue_incident", "queue", ["incident"])
    op.create_index("queue_by_priority", "queue", ["open", "priority", "key"])
    for column in ("reason", "kind", "grade", "place", "area"):
        op.create_index(f"queue_by_{column}", "queue", [column, "open", "priority", "key"])
    op.create_index("queue_by_day", "queue", ["decided"])
    op.create_table(
        "queue_counts",
        *(sa.Column(name, sa.Text(), primary_key=True, nullable=False) for name in ("reason", "kind", "grade")),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    connection = op.get_bind()
    kept = connection.execute(sa.text("SELECT number, value FROM judgements ORDER BY number")).all()
    for number, value in kept:
        connection.execute(
            sa.text("INSERT INTO judgement_keys (key, judgement) VALUES (:key, :number)"),
            {"key": _key(json.loads(value)), "number": number},
        )


def _key(said: dict[str, str]) -> str:
    """A judgement's key, as the program has it."""
    at = datetime.fromisoformat(said["at"])
    at = at if at.tzinfo is None else at.astimezone(UTC)
    parts = [
        said["verb"],
        said["claims"],
        said["who"],
        said["why"],
        at.isoformat(),
        said.get("slot"),
        said.get("value"),
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
