"""Full-text search: the one question that SQLite and PostgreSQL put differently.

SQLite has FTS5 (`report_search`, `incident_search`, kept by triggers), PostgreSQL a
`tsvector` column kept by the database. Words are taken from the question and quoted, so
nothing a person types is ever an operator but the double quotes round a phrase.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, false, literal_column, text, true

BARE = re.compile("[\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")


def phrases(words: str) -> tuple[str, ...]:
    """The phrases asked for: what stands in double quotes, else each word by itself."""
    found: list[str] = []
    words = unicodedata.normalize("NFC", words)
    for index, part in enumerate(re.split(r'["“”]', words)):
        plain = WORD.findall(part)
        if index % 2 and plain:
            found.append(" ".join(plain))
        else:
            found.extend(plain)
    return tuple(found)


def hits(connection: Connection, phrase: str, *, beginning: bool = False) -> NDArray[np.int64]:
    """Numbers of the incidents of which the words hold a phrase (`phrases`), or one that begins with it."""
    if connection.dialect.name == "sqlite":
        asked = f'"{phrase}"' + "*" * beginning
        question = text("SELECT rowid FROM incident_search WHERE incident_search MATCH :asked")
    else:
        words = BARE.sub("", unicodedata.normalize("NFKD", phrase)).split()
        asked = " <-> ".join(f"'{word}'" for word in words) + ":*" * beginning
        question = text("SELECT number FROM incidents WHERE search @@ to_tsquery('simple', :asked)")
    return np.fromiter(connection.execute(question.bindparams(asked=asked)).scalars(), np.int64)


def matches(connection: Connection, table: str, words: str) -> ColumnElement[bool]:
    """The condition that rows of `reports` or `listings` hold every phrase; the empty question matches all."""
    if not words.strip():
        return true()
    asked = phrases(words)
    if not asked:
        return false()
    if connection.dialect.name == "sqlite":
        name = {"reports": "report_search", "listings": "incident_search"}[table]
        query = " ".join(f'"{phrase}"' for phrase in asked)
        return literal_column(f"{table}.number").in_(
            # The limit keeps SQLite from putting the search to every row one by one.
            text(f"SELECT rowid FROM {name} WHERE {name} MATCH :asked LIMIT -1").bindparams(asked=query)
        )
    asked = tuple(BARE.sub("", unicodedata.normalize("NFKD", phrase)) for phrase in asked)
    query = " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase.split()) + ")" for phrase in asked)
    searched = {"reports": "reports", "listings": "incidents"}[table]
    hits = text(f"SELECT number FROM {searched} WHERE search @@ to_tsquery('simple', :asked)").bindparams(asked=query)
    return literal_column(f"{table}.number").in_(hits)
