"""The tables of a ledger, as this version of the program knows them.

A value stands once as JSON (`value`) with the columns beside it that questions need; a
report stands in plain columns, so that its text is stored once. Days are ISO text, which
sorts as days do in both databases.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    literal_column,
)
from sqlalchemy import Text as PlainText
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


def mended(words: str) -> str:
    """The words without what neither database can hold: a NUL, half a character."""
    if words.isascii() and "\x00" not in words:
        return words
    return words.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


class Text(TypeDecorator[str]):
    """Text. What neither database can hold (a NUL, half a character) is asked for mended, and so not found.

    Nothing of the kind is ever stored: `Writer` refuses it first.
    """

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else mended(value)


head = Table(
    "head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("details", Text, nullable=False),
    Column("seals", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("id", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("published", Text, index=True),
    Column("dated_by", Text),
    Column("language", Text, index=True),
    Column("url", Text),
    Column("zones", Text, nullable=False),
    Column("capture", Text, ForeignKey("captures.sha256")),
)
Index("reports_by_day", func.coalesce(reports.c.published, literal_column("''")).desc(), reports.c.key)

readings = Table(
    "readings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("report", Text, ForeignKey("reports.key"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)
Index("readings_by_reader", readings.c.name, readings.c.version, readings.c.settings, readings.c.report)

states = Table(
    "states",
    metadata,
    Column("report", Text, ForeignKey("reports.key"), primary_key=True),
    Column("reading", Integer, ForeignKey("readings.number"), index=True),
    Column("told", Integer, nullable=False, index=True),
)

statements = Table(
    "statements",
    metadata,
    Column("reading", Integer, ForeignKey("readings.number"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("claim", Text, nullable=False, index=True),
    Column("report", Text, ForeignKey("reports.key"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("place", Text),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("who", Text),
    Column("whom", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("value", Text, nullable=False),
)
Index("statements_by_voice", statements.c.voice, statements.c.reading)
Index(
    "statements_by_voice_day",
    statements.c.voice,
    func.coalesce(statements.c.first_day, literal_column("''")),
    statements.c.reading,
    statements.c.position,
)

copies = Table(
    "copies",
    metadata,
    Column("report", Text, ForeignKey("reports.key"), primary_key=True),
    Column("origin", Text, ForeignKey("reports.key"), nullable=False, index=True),
    Column("share", Float, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("report", Text, ForeignKey("copies.report"), primary_key=True),
    Column("band", Text, primary_key=True),
)
Index("bands_by_band", bands.c.band, bands.c.report)

likenesses = Table(
    "likenesses",
    metadata,
    Column("a", Text, ForeignKey("reports.key"), primary_key=True),
    Column("b", Text, ForeignKey("reports.key"), primary_key=True, index=True),
    Column("a_in_b", Float, nullable=False),
    Column("b_in_a", Float, nullable=False),
    Column("same", Integer, nullable=False),
)

tellings = Table(
    "tellings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.key"), nullable=False, index=True),
    Column("claims", Text, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("telling", Text, ForeignKey("tellings.key"), primary_key=True),
    Column("block", Text, primary_key=True),
)
Index("blocks_by_block", blocks.c.block, blocks.c.telling)

links = Table(
    "links",
    metadata,
    Column("a", Text, ForeignKey("tellings.key"), primary_key=True),
    Column("b", Text, ForeignKey("tellings.key"), primary_key=True, index=True),
    Column("value", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("place", Text),
    Column("words", Text, nullable=False),
    Column("value", Text, nullable=False),
)

# Lists of incidents are filtered, sorted and counted in these narrow rows alone: one for each
# incident under each policy, and one under the policy "" for a policy that has no tallies.
listings = Table(
    "listings",
    metadata,
    Column("policy", Text, primary_key=True),
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True, index=True),
    Column("number", Integer, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("place_names", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("grade", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("best", Integer),
    Column("origins", Integer),
    Column("reports", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    sqlite_with_rowid=False,
)

incident_actors = Table(
    "incident_actors",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("actor", Text, primary_key=True, index=True),
)

members = Table(
    "members",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("telling", Text, primary_key=True, index=True),
    Column("claim", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.key"), nullable=False),
)
Index("members_by_report", members.c.report, members.c.incident)
Index("members_by_claim", members.c.claim, members.c.incident)

tallies = Table(
    "tallies",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("policy", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

formers = Table(
    "formers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("tellings", Text, nullable=False),
    Column("claims", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),
)

judgement_claims = Table(
    "judgement_claims",
    metadata,
    Column("judgement", Integer, ForeignKey("judgements.number"), primary_key=True, autoincrement=False),
    Column("claim", Text, primary_key=True, index=True),
)

faults = Table(
    "faults",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("place", Text),
    Column("message", Text, nullable=False),
)

# What people hold of voices (Admiralty A to F, or "" where one is taken back); only ever added to.
reliabilities = Table(
    "reliabilities",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("voice", Text, nullable=False, index=True),
    Column("grade", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Names that people gave to what an address asks of the list or the map of incidents; the log seals them.
saved_views = Table(
    "saved_views",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# The people of a team. `folded` keeps two names from looking alike; an empty password lets nobody in.
users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("active", Integer, nullable=False),
    Column("since", Text, nullable=False),
)

# Who is logged in, by the SHA-256 of what their cookie holds. Times are whole seconds since 1970.
sessions = Table(
    "sessions",
    metadata,
    Column("key", Text, primary_key=True),
    Column("user", Text, ForeignKey("users.name"), nullable=False, index=True),
    Column("made", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)

# Links that let someone set a password once, by the SHA-256 of what stands in them.
invitations = Table(
    "invitations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("user", Text, ForeignKey("users.name"), nullable=False, unique=True),
    Column("ends", Integer, nullable=False),
)

# What is limited: the second since 1970 up to which so many tries have used up what was free.
paces = Table(
    "paces",
    metadata,
    Column("what", Text, primary_key=True),
    Column("until", Float, nullable=False, index=True),
)

# What a team set for this ledger.
options = Table(
    "options",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# Sources at risk: a voice by its key, an outlet by its name, or a report by its key.
risks = Table(
    "risks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)
