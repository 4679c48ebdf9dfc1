"""The first tables: everything a ledger held in version 0.1."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEPT = ("log", "captures", "reports", "readings", "statements", "judgements", "judgement_claims")


def upgrade() -> None:
    _read()
    _linked()
    _decided()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()
    op.execute(f"INSERT INTO head (one, number, hash) VALUES (1, 0, '{'0' * 64}')")


def _read() -> None:
    op.create_table("head", _whole("one", primary=True), _whole("number"), _words("hash"))
    op.create_table(
        "log",
        _whole("number", primary=True),
        *(_words(name) for name in ("at", "who", "action", "subject", "details", "seals", "previous", "hash")),
    )
    op.create_index("ix_log_subject", "log", ["subject"])
    op.create_table(
        "captures",
        _words("sha256", primary=True),
        _words("name"),
        _words("media_type"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "reports",
        _whole("number", primary=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        _words("id"),
        _words("text"),
        *(_maybe(name) for name in ("title", "outlet", "author", "published", "dated_by", "language", "url")),
        _words("zones"),
        sa.Column("capture", sa.Text(), sa.ForeignKey("captures.sha256")),
    )
    for column in ("id", "published", "language"):
        op.create_index(f"ix_reports_{column}", "reports", [column])
    op.create_table(
        "readings",
        _whole("number", primary=True),
        _refers("report", "reports.key"),
        *(_words(name) for name in ("name", "version", "settings", "at")),
        _whole("claims"),
        _words("digest"),
    )
    op.create_index("ix_readings_report", "readings", ["report"])
    op.create_index("readings_by_reader", "readings", ["name", "version", "settings", "report"])
    op.create_table(
        "states",
        _refers("report", "reports.key", primary=True),
        sa.Column("reading", sa.Integer(), sa.ForeignKey("readings.number")),
        _whole("told"),
    )
    op.create_index("ix_states_reading", "states", ["reading"])
    op.create_index("ix_states_told", "states", ["told"])
    op.create_table(
        "statements",
        sa.Column("reading", sa.Integer(), sa.ForeignKey("readings.number"), primary_key=True, autoincrement=False),
        _whole("position", primary=True),
        _words("claim"),
        _refers("report", "reports.key"),
        _whole("start"),
        _whole("end"),
        _words("kind"),
        _words("voice"),
        *(_maybe(name) for name in ("place", "first_day", "last_day", "who", "whom")),
        sa.Column("low", sa.Integer()),
        sa.Column("high", sa.Integer()),
        _words("value"),
    )
    op.create_index("ix_statements_claim", "statements", ["claim"])
    op.create_index("ix_statements_report", "statements", ["report"])
    op.create_index("statements_by_voice", "statements", ["voice", "reading"])


def _linked() -> None:
    op.create_table(
        "copies",
        _refers("report", "reports.key", primary=True),
        _refers("origin", "reports.key"),
        sa.Column("share", sa.Float(), nullable=False),
    )
    op.create_index("ix_copies_origin", "copies", ["origin"])
    op.create_table("bands", _refers("report", "copies.report", primary=True), _words("band", primary=True))
    op.create_index("ix_bands_band", "bands", ["band"])
    op.create_table("tellings", _words("key", primary=True), _refers("report", "reports.key"), _words("claims"))
    op.create_index("ix_tellings_report", "tellings", ["report"])
    op.create_table("blocks", _refers("telling", "tellings.key", primary=True), _words("block", primary=True))
    op.create_index("ix_blocks_block", "blocks", ["block"])
    op.create_table(
        "links",
        _refers("a", "tellings.key", primary=True),
        _refers("b", "tellings.key", primary=True),
        _words("value"),
    )
    op.create_index("ix_links_b", "links", ["b"])


def _decided() -> None:
    op.create_table(
        "incidents",
        _whole("number", primary=True),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        _maybe("place"),
        _words("words"),
        _words("value"),
    )
    op.create_table(
        "listings",
        _words("policy", primary=True),
        _refers("incident", "incidents.id", primary=True),
        _whole("number"),
        *(_maybe(name) for name in ("first_day", "last_day")),
        *(_words(name) for name in ("place_names", "kinds")),
        _maybe("grade"),
        *(sa.Column(name, sa.Integer()) for name in ("low", "high", "best", "origins")),
        *(_whole(name) for name in ("reports", "claims")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listings_incident", "listings", ["incident"])
    op.create_table("incident_actors", _refers("incident", "incidents.id", primary=True), _words("actor", primary=True))
    op.create_index("ix_incident_actors_actor", "incident_actors", ["actor"])
    op.create_table(
        "members",
        _refers("incident", "incidents.id", primary=True),
        _words("telling", primary=True),
        _words("claim", primary=True),
        _refers("report", "reports.key"),
    )
    for column in ("telling", "claim", "report"):
        op.create_index(f"ix_members_{column}", "members", [column])
    op.create_table(
        "tallies",
        _refers("incident", "incidents.id", primary=True),
        _words("policy", primary=True),
        _words("value"),
    )
    op.create_table("formers", _words("id", primary=True), _words("tellings"), _words("claims"))
    op.create_table("judgements", _whole("number", primary=True), _words("value"))
    op.create_table(
        "judgement_claims",
        sa.Column("judgement", sa.Integer(), sa.ForeignKey("judgements.number"), primary_key=True, autoincrement=False),
        _words("claim", primary=True),
    )
    op.create_index("ix_judgement_claims_claim", "judgement_claims", ["claim"])
    op.create_table("faults", _words("key", primary=True), _words("name"), _maybe("place"), _words("message"))


def _sqlite() -> None:
    for table, search, columns in (
        ("reports", "report_search", "title, text"),
        ("incidents", "incident_search", "words"),
    ):
        new, old = (", ".join(f"{row}.{name}" for name in columns.split(", ")) for row in ("new", "old"))
        op.execute(
            f"CREATE VIRTUAL TABLE {search} USING fts5({columns}, content='{table}', content_rowid='number', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        op.execute(
            f"CREATE TRIGGER {search}_add AFTER INSERT ON {table} BEGIN "
            f"INSERT INTO {search}(rowid, {columns}) VALUES (new.number, {new}); END"
        )
        op.execute(
            f"CREATE TRIGGER {search}_remove AFTER DELETE ON {table} BEGIN "
            f"INSERT INTO {search}({search}, rowid, {columns}) VALUES ('delete', old.number, {old}); END"
        )
    for table in KEPT:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _postgresql() -> None:
    # A tsvector holds at most 1 MiB, so only the first part of a very long text is searched.
    title_and_text = "left(coalesce(title, '') || ' ' || text, 200000)"
    op.execute(
        "ALTER TABLE reports ADD COLUMN search tsvector GENERATED ALWAYS AS "
        f"(to_tsvector('simple', {_bare(title_and_text)})) STORED"
    )
    op.execute(
        "ALTER TABLE incidents ADD COLUMN search tsvector GENERATED ALWAYS AS "
        f"(to_tsvector('simple', {_bare('left(words, 200000)')})) STORED"
    )
    op.execute("CREATE INDEX report_search ON reports USING gin (search)")
    op.execute("CREATE INDEX incident_search ON incidents USING gin (search)")
    op.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_refuses BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse()"
        )


def _bare(words: str) -> str:
    """Text without accents, as SQLite's tokenizer has it by itself."""
    return f"regexp_replace(normalize({words}, NFKD), '[\u0300-\u036f]', '', 'g')"


def _words(name: str, *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=primary, nullable=False)


def _maybe(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=True)


def _whole(name: str, *, primary: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=primary, nullable=False, autoincrement=False)


def _refers(name: str, other: str, *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), sa.ForeignKey(other), primary_key=primary, nullable=False)
