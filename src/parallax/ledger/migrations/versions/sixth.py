"""What makes large ledgers quick to ask: indexes that answer a question by themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The column looked up by, and the one that is asked for.
BOTH = (("bands", "band", "report"), ("blocks", "block", "telling"), ("members", "report", "incident"))


def upgrade() -> None:
    op.create_index("reports_by_day", "reports", [sa.text("coalesce(published, '') DESC"), "key"])
    for table, given, wanted in (*BOTH, ("members", "claim", "incident")):
        op.drop_index(f"ix_{table}_{given}", table)
        op.create_index(f"{table}_by_{given}", table, [given, wanted])
