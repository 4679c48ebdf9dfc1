"""People: accounts, sessions, what a team set, sources at risk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        _words("name", primary=True),
        sa.Column("folded", sa.Text(), nullable=False, unique=True),
        _words("role"),
        _words("password"),
        _whole("active"),
        _words("since"),
    )
    op.create_table("sessions", _words("key", primary=True), _user(), _whole("made"), _whole("used"))
    op.create_index("ix_sessions_user", "sessions", ["user"])
    op.create_table("invitations", _words("key", primary=True), _user(unique=True), _whole("ends"))
    op.create_table("paces", _words("what", primary=True), sa.Column("until", sa.Float(), nullable=False))
    op.create_index("ix_paces_until", "paces", ["until"])
    op.create_table("options", _words("name", primary=True), _words("value"))
    op.create_table(
        "risks",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *(_words(name) for name in ("kind", "key", "reason", "who", "at")),
    )


def _words(name: str, *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=primary, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _user(*, unique: bool = False) -> sa.Column[str]:
    return sa.Column("user", sa.Text(), sa.ForeignKey("users.name"), nullable=False, unique=unique)
