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
    # Half of all incidents may hold a word: the driver's own rows are read many times quicker than rows with names.
    cursor = connection.execute(question.bindparams(asked=asked)).cursor
    return np.fromiter((row[0] for row in cursor.fetchall()) if cursor else (), np.int64)


def counted(connection: Connection, words: str) -> int:
    """How many reports hold every phrase."""
    asked = phrases(words)
    if not asked:
        return 0
    question, query = _reports(connection, asked)
    return int(
        connection.execute(text(f"SELECT count(*) FROM ({question}) AS found").bindparams(asked=query)).scalar_one()
    )


def matches(connection: Connection, words: str, *, few: bool) -> ColumnElement[bool]:
    """The condition that rows of `reports` hold every phrase; the empty question matches all.

    Where `few` do, they are looked up; else the reports are gone through in the order asked for.
    """
    if not words.strip():
        return true()
    asked = phrases(words)
    if not asked:
        return false()
    question, query = _reports(connection, asked)
    # A plus before a column keeps SQLite from looking every hit up by it.
    number = "reports.number" if few or connection.dialect.name != "sqlite" else "+reports.number"
    return literal_column(number).in_(text(question).bindparams(asked=query))


def _reports(connection: Connection, asked: tuple[str, ...]) -> tuple[str, str]:
    """The question for the numbers of the reports that hold these phrases, and what it asks the search for."""
    if connection.dialect.name == "sqlite":
        # The limit keeps SQLite from putting the search to every row one by one.
        question = "SELECT rowid FROM report_search WHERE report_search MATCH :asked LIMIT -1"
        return question, " ".join(f'"{phrase}"' for phrase in asked)
    bare = (BARE.sub("", unicodedata.normalize("NFKD", phrase)) for phrase in asked)
    query = " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase.split()) + ")" for phrase in bare)
    return "SELECT number FROM reports WHERE search @@ to_tsquery('simple', :asked)", query
