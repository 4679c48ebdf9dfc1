"""What people hold of voices, what voices add up to, and what tallies are counted in."""

from __future__ import annotations

import json
import unicodedata
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ACTS = ("air_strike", "shelling", "bombing", "chemical_attack", "ground_attack")
PLACES = ("month", "country", "division", "actors", "acts")
AXES = {"month": ("month",), "place": ("country", "division"), "actors": ("actors",), "acts": ("acts",)}


def upgrade() -> None:
    _tallied()
    _voiced()
    op.create_table(
        "reliabilities",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *(_words(name) for name in ("voice", "grade", "why", "who", "at")),
    )
    op.create_index("ix_reliabilities_voice", "reliabilities", ["voice"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER reliabilities_refuses_{verb.lower()} BEFORE {verb} ON reliabilities BEGIN "
                "SELECT RAISE(ABORT, 'reliabilities is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER reliabilities_refuses BEFORE UPDATE OR DELETE OR TRUNCATE ON reliabilities "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse()"
        )
    _fill_harms()
    _fill_voices()


def _tallied() -> None:
    op.create_table(
        "harms",
        *(_words(name, primary=True) for name in ("policy", "kind", "whom", "month")),
        _incident(),
        *(_words(name) for name in ("day", "country", "division", "actors", "acts")),
        *(sa.Column(name, sa.Integer()) for name in ("low", "high")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_harms_incident", "harms", ["incident"])
    op.create_index("harms_by_high", "harms", ["policy", "kind", "whom", "high"])
    op.create_table(
        "sums",
        *(_words(name, primary=True) for name in ("policy", "kind", "axes", "whom", *PLACES)),
        *(_whole(name) for name in ("incidents", "silent", "no_low", "no_high")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("low", "high")),
        sqlite_with_rowid=False,
    )


def _voiced() -> None:
    op.create_table(
        "voices",
        _words("key", primary=True),
        *(_words(name) for name in ("name", "folded", "type")),
        sa.Column("party", sa.Text()),
        _words("claim"),
        *(_whole(name) for name in ("claims", "reports")),
        *(sa.Column(name, sa.Text()) for name in ("first_day", "last_day")),
    )
    op.create_index("voices_by_kind", "voices", ["type", "party"])
    for column in ("party", "claims"):
        op.create_index(f"ix_voices_{column}", "voices", [column])
    day = sa.text("coalesce(first_day, '')")
    op.create_index("statements_by_voice_day", "statements", ["voice", day, "reading", "position"])
    op.create_table(
        "voice_incidents",
        _words("voice", primary=True),
        _incident(),
        _words("day"),
        *(_whole(name) for name in ("claims", "revised", "grew", "denies", "denied", "beside", "agreed")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_voice_incidents_incident", "voice_incidents", ["incident"])
    op.create_table(
        "voice_numbers",
        *(_words(name, primary=True) for name in ("voice", "kind", "whose")),
        _incident(),
        *(sa.Column(name, sa.Text()) for name in ("first_day", "last_day", "place")),
        *(sa.Column(name, sa.Integer()) for name in ("low", "high")),
        *(_words(name) for name in ("claims", "left_out", "stated")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_voice_numbers_incident", "voice_numbers", ["incident"])


def _fill_harms() -> None:
    """The tables of harms for the incidents that stand; those of voices follow when an incident is weighed anew."""
    connection = op.get_bind()
    question = sa.text(
        "SELECT t.value AS tally, i.value AS incident FROM tallies t JOIN incidents i ON i.id = t.incident"
    )
    columns = ("policy", "kind", "whom", *PLACES, "incident", "day", "low", "high")
    insert = sa.text(f"INSERT INTO harms ({', '.join(columns)}) VALUES ({', '.join(f':{name}' for name in columns)})")
    # Both databases may lose their place in a question while the same connection writes, so all keys come first.
    for found in _batches(connection.execute(question).all()):
        rows = [row for each in found for row in _harms(json.loads(each.incident), json.loads(each.tally))]
        if rows:
            connection.execute(insert, rows)
    for axes in (some for size in range(3) for some in combinations(AXES, size)):
        own = [column for axis in axes for column in AXES[axis]]
        cell = ", ".join(column if column in own else "'*'" for column in PLACES)
        connection.execute(
            sa.text(
                f"INSERT INTO sums SELECT policy, kind, '{' '.join(axes)}', whom, {cell}, count(*), "
                "sum(CASE WHEN low IS NULL AND high IS NULL THEN 1 ELSE 0 END), "
                "sum(CASE WHEN low IS NULL THEN 1 ELSE 0 END), sum(CASE WHEN high IS NULL THEN 1 ELSE 0 END), "
                "sum(coalesce(low, 0)), sum(coalesce(high, 0)) FROM harms "
                f"GROUP BY {', '.join(('policy', 'kind', 'whom', *own))}"
            )
        )


def _batches(rows: Any) -> Any:
    for start in range(0, len(rows), 500):
        yield rows[start : start + 500]


def _harms(incident: dict[str, Any], tally: dict[str, Any]) -> list[dict[str, Any]]:
    where, when = incident["where"] or {}, incident["when"]
    month = day = ""
    if when is not None:
        first, last = when["first"], when["last"]
        month = first[:7] if first[:7] == last[:7] else first[:4] if first[:4] == last[:4] else "-"
        day = first if first == last else ""
    actors = sorted({found["actor"] for found in tally["attributed"]})
    at = {
        "policy": tally["policy"],
        "incident": tally["incident"],
        "month": month,
        "day": day,
        "country": where.get("country") or "",
        "division": (where.get("admin") or [""])[0] or "",
        "actors": _joined(actors),
        "acts": _joined([kind for kind in ACTS if kind in incident["kinds"]]),
    }
    return [
        at | {"kind": one["kind"], "whom": one["whom"], "low": one["low"]["value"], "high": one["high"]["value"]}
        for one in tally["ranges"]
        if one["whom"] == "all" or one["low"]["value"] is not None or one["high"]["value"] is not None
    ]


def _joined(names: list[str]) -> str:
    return "|" + "".join(f"{name.replace('|', ' ')}|" for name in names) if names else ""


def _fill_voices() -> None:
    """The voices of the readings that stand, each spelt as beside its smallest claim key."""
    connection = op.get_bind()
    counted = sa.text(
        "SELECT s.voice AS key, count(*) AS claims, count(DISTINCT s.report) AS reports, min(s.claim) AS claim, "
        "min(s.first_day) AS first_day, max(s.last_day) AS last_day "
        "FROM statements s JOIN states t ON t.reading = s.reading GROUP BY s.voice"
    )
    spelt = sa.text(
        "SELECT s.value FROM statements s JOIN states t ON t.reading = s.reading WHERE s.claim = :claim LIMIT 1"
    )
    insert = sa.text(
        "INSERT INTO voices (key, name, folded, type, party, claim, claims, reports, first_day, last_day) "
        "VALUES (:key, :name, :folded, :type, :party, :claim, :claims, :reports, :first_day, :last_day)"
    )
    for row in connection.execute(counted).mappings().all():
        voice = json.loads(connection.execute(spelt, {"claim": row["claim"]}).scalar_one())["voice"]
        named = {"name": voice["name"], "folded": _folded(voice["name"])}
        connection.execute(insert, dict(row) | named | {"type": voice["type"], "party": voice["party"]})


def _folded(words: str) -> str:
    bare = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()


def _incident() -> sa.Column[str]:
    return sa.Column("incident", sa.Text(), sa.ForeignKey("incidents.id"), primary_key=True, nullable=False)


def _words(name: str, *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=primary, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)
