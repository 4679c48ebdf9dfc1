"""The narrow tables that answer questions: what follows from the ledger's own rows and is kept beside them.

No entry of the log seals a row of these: each can be worked out anew from what it follows from, which `verify` does.
`metadata` has all tables of a ledger, these and those of `tables`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, Table

from parallax.ledger.tables import Text, metadata

__all__ = [
    "harms",
    "judgement_keys",
    "metadata",
    "queue",
    "queue_counts",
    "sites",
    "sums",
    "voice_incidents",
    "voice_numbers",
    "voices",
]

judgement_keys = Table(
    "judgement_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("judgement", Integer, ForeignKey("judgements.number"), nullable=False, unique=True),
)

queue = Table(
    "queue",
    metadata,
    Column("key", Text, primary_key=True),
    Column("incident", Text, ForeignKey("incidents.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("claims", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("open", Integer, nullable=False),
    Column("decided", Text),
)
Index("queue_by_priority", queue.c.open, queue.c.priority, queue.c.key)
for _column in ("reason", "kind", "grade", "place", "area"):
    Index(f"queue_by_{_column}", queue.c[_column], queue.c.open, queue.c.priority, queue.c.key)
Index("queue_by_day", queue.c.decided)

queue_counts = Table(
    "queue_counts",
    metadata,
    Column("reason", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("grade", Text, primary_key=True),
    Column("number", Integer, nullable=False),
)


# What tallies are counted in: for each incident under each policy, each harm with its number, for all
# and for each class or side that has one. `month` is "2017-04", or "2017" for days not within one
# month, "-" for days of several years, "" where no day is known.
harms = Table(
    "harms",
    metadata,
    Column("policy", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("whom", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True, index=True),
    Column("day", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("division", Text, nullable=False),
    Column("actors", Text, nullable=False),
    Column("acts", Text, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    sqlite_with_rowid=False,
)

Index("harms_by_high", harms.c.policy, harms.c.kind, harms.c.whom, harms.c.high)

# The same added up over all but what `axes` names ("month place"), "*" standing for what is not told
# apart. `silent` incidents give no number at all; `no_low` and `no_high` lack one end.
sums = Table(
    "sums",
    metadata,
    Column("policy", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("axes", Text, primary_key=True),
    Column("whom", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("country", Text, primary_key=True),
    Column("division", Text, primary_key=True),
    Column("actors", Text, primary_key=True),
    Column("acts", Text, primary_key=True),
    Column("incidents", Integer, nullable=False),
    Column("silent", Integer, nullable=False),
    Column("no_low", Integer, nullable=False),
    Column("no_high", Integer, nullable=False),
    Column("low", BigInteger, nullable=False),
    Column("high", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# The voices of the current readings with how much each says; `claim` is the one whose spelling of the name stands.
voices = Table(
    "voices",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("party", Text, index=True),
    Column("claim", Text, nullable=False),
    Column("claims", Integer, nullable=False, index=True),
    Column("reports", Integer, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
)
Index("voices_by_kind", voices.c.type, voices.c.party)

# What one voice does in one incident: how many of its claims stand, were revised or grew, are denials or
# are denied, and how many other origins give a number for the same harm, and one that meets its own.
voice_incidents = Table(
    "voice_incidents",
    metadata,
    Column("voice", Text, primary_key=True),
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True, index=True),
    Column("day", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("grew", Integer, nullable=False),
    Column("denies", Integer, nullable=False),
    Column("denied", Integer, nullable=False),
    Column("beside", Integer, nullable=False),
    Column("agreed", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What one voice adds to its running totals with one incident (nothing where `low` is NULL), which of its
# claims it does not add and why, and which are totals of its own.
voice_numbers = Table(
    "voice_numbers",
    metadata,
    Column("voice", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("whose", Text, primary_key=True),
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True, index=True),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("place", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("claims", Text, nullable=False),
    Column("left_out", Text, nullable=False),
    Column("stated", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Where each incident lies, as maps and lists by place need it; it follows from the incident's own place.
sites = Table(
    "sites",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("division", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text, nullable=False),
    Column("geonameid", Integer),
    sqlite_with_rowid=False,
)
