"""Full-text search: the one question that SQLite and PostgreSQL put differently.

SQLite has FTS5 (`report_search`, `incident_search`, kept by triggers), PostgreSQL a
`tsvector` column kept by the database. Words are taken from the question and quoted, so
nothing a person types is ever an operator but the double quotes round a phrase.
"""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, false, func, literal_column, text, true

WORD = re.compile(r"[^\W_]+")


def phrases(words: str) -> tuple[str, ...]:
    """The phrases asked for: what stands in double quotes, else each word by itself."""
    found: list[str] = []
    for index, part in enumerate(re.split(r'["“”]', words)):
        plain = WORD.findall(part)
        if index % 2 and plain:
            found.append(" ".join(plain))
        else:
            found.extend(plain)
    return tuple(found)


def matches(connection: Connection, table: str, words: str) -> ColumnElement[bool]:
    """The condition that rows of `reports` or `incidents` hold every phrase; the empty question matches all."""
    if not words.strip():
        return true()
    asked = phrases(words)
    if not asked:
        return false()
    if connection.dialect.name == "sqlite":
        name = {"reports": "report_search", "incidents": "incident_search"}[table]
        query = " ".join(f'"{phrase}"' for phrase in asked)
        return literal_column(f"{table}.number").in_(
            text(f"SELECT rowid FROM {name} WHERE {name} MATCH :asked").bindparams(asked=query)
        )
    query = " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase.split()) + ")" for phrase in asked)
    return literal_column(f"{table}.search").bool_op("@@")(func.to_tsquery("simple", query))
