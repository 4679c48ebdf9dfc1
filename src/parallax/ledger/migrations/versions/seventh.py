"""Which pairs of reports are copies, kept so that one report more is held against its own near-copies alone.

The table is filled as reports are read again, which this version of copies asks for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "likenesses",
        *(
            sa.Column(name, sa.Text(), sa.ForeignKey("reports.key"), primary_key=True, nullable=False)
            for name in ("a", "b")
        ),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("a_in_b", "b_in_a")),
        sa.Column("same", sa.Integer(), nullable=False),
    )
    op.create_index("ix_likenesses_b", "likenesses", ["b"])
