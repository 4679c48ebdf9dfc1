"""The check of what is kept of voices, worked out anew from the statements and incidents that it follows from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, select

from parallax.accounts.judgements import standing
from parallax.accounts.policies import POLICIES
from parallax.accounts.spoken import spoken
from parallax.errors import LedgerError
from parallax.ledger import happening, linking, narrow, reading, tables
from parallax.ledger.rows import TALLY, Row, incident_of, statement_of
from parallax.ledger.voices import number_rows, standing_rows, voice_row
from parallax.model import Incident, Judgement, Statement, Tally

BATCH = 200
# Voices are added up as this policy reads words (`gathering.SPOKEN`).
SPOKEN = POLICIES["airwars"]
LABELS = frozenset(policy.label for policy in POLICIES.values())
Found = tuple[str, str, str]


def flaws(connection: Connection) -> Iterator[Found]:
    """Where what is kept of voices is not what follows: table, key, what differs."""
    yield from _list(connection)
    for some in happening.values(connection, BATCH):
        yield from _standings(connection, some)


def _list(connection: Connection) -> Iterator[Found]:
    """The list of voices against the statements of the current readings."""
    statements, states = tables.statements, tables.states
    question = (
        select(statements.c.report, statements.c.value)
        .join(states, states.c.reading == statements.c.reading)
        .order_by(statements.c.report)
        .execution_options(yield_per=BATCH)
    )
    made: dict[str, Row] = {}
    heard: dict[str, str] = {}
    for row in connection.execute(question).mappings():
        try:
            statement = statement_of(row)
        except (ValueError, TypeError, LedgerError):
            return  # named by itself; the list cannot be told without it
        key = statement.voice.key
        made[key] = _counted(made.get(key), statement, is_new=heard.get(key) != row["report"])
        heard[key] = row["report"]
    for row in connection.execute(select(narrow.voices).execution_options(yield_per=BATCH)).mappings():
        should = made.pop(row["key"], None)
        if should is None:
            yield "voices", str(row["key"]), "says nothing in any current reading"
        elif wrong := [column for column in should if should[column] != row[column]]:
            yield "voices", row["key"], f"is not what the current readings say of it ({', '.join(sorted(wrong))})"
    for key in sorted(made):
        yield "voices", key, "is not there, though a current reading holds what it says"


def _counted(before: Row | None, statement: Statement, *, is_new: bool) -> Row:
    """A voice's row with one more statement of it, `is_new` where the report is."""
    row = voice_row([statement])
    if before is None:
        return row | {"claims": 1, "reports": 1}
    made: Row = dict(min(before, row, key=lambda one: str(one["claim"])))
    made |= {"claims": before["claims"] + 1, "reports": before["reports"] + is_new}
    for name, best in (("first_day", min), ("last_day", max)):
        made[name] = best((one[name] for one in (before, row) if one[name] is not None), default=None)
    return made


def _standings(connection: Connection, values: Mapping[str, str]) -> Iterator[Found]:
    """What voices do in these incidents, as far as it is kept of them by this program's rules."""
    kept = {table.name: _of_incidents(connection, table, values) for table in _KEPT}
    weighed = _tallies(connection, values)
    known: list[Incident] = []
    for id, value in values.items():
        # What an older program weighed, or has kept nothing of, the next run of reading works out.
        if set(weighed[id]) >= LABELS and any(kept[table.name][id] for table in _KEPT):
            try:
                known.append(incident_of(value)[0])
            except ValueError:
                continue  # a value that cannot be read is named by itself
    try:
        claims = {claim for incident in known for claim in incident.claims}
        statements = {one.claim.key: one for one in reading.statements(connection, (), claims)}
        origins = linking.origins(connection, {key for incident in known for key in incident.reports})
        judged = _judged(connection, claims)
    except (ValueError, TypeError, LedgerError):
        return
    for incident in known:
        own = {one for claim in incident.claims for one in judged.get(claim, ())}
        differences = weighed[incident.id][next(iter(POLICIES.values())).label].differences
        try:
            found = spoken(incident, statements, origins, SPOKEN, differences, tuple(own))
        except (KeyError, ValueError):
            continue  # a claim that no reading holds is named by itself
        made = {
            narrow.voice_incidents.name: standing_rows(incident.id, incident.when, found),
            narrow.voice_numbers.name: number_rows(found),
        }
        for table in _KEPT:
            should = {_values(table, row) for row in made[table.name]}
            if should != kept[table.name][incident.id]:
                yield table.name, incident.id, "are not what follows from the claims of the incident"


_KEPT = (narrow.voice_incidents, narrow.voice_numbers)


def _values(table: Table, row: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(row[column.name] for column in table.columns)


def _of_incidents(connection: Connection, table: Table, ids: Iterable[str]) -> dict[str, set[tuple[object, ...]]]:
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for row in connection.execute(select(table).where(table.c.incident.in_(list(ids)))).mappings():
        found[row["incident"]].add(_values(table, dict(row)))
    return found


def _tallies(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Tally]]:
    """The tallies of these incidents under this program's policies, by label."""
    table = tables.tallies
    found: dict[str, dict[str, Tally]] = defaultdict(dict)
    asked = table.c.incident.in_(list(ids)), table.c.policy.in_(sorted(LABELS))
    for row in connection.execute(select(table).where(*asked)).mappings():
        try:
            found[row["incident"]][row["policy"]] = TALLY.validate_json(row["value"])
        except ValueError:
            continue
    return found


def _judged(connection: Connection, claims: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
    """The judgements that count, by the claims that stand now for those that their people saw."""
    made = {one for some in linking.judgements_for(connection, claims).values() for one in some}
    counted = standing(made)
    now = linking.successors(connection, {claim for one in counted for claim in one.claims})
    found: dict[str, list[Judgement]] = defaultdict(list)
    for one in counted:
        keys = tuple(dict.fromkeys(key for claim in one.claims for key in now.get(claim, ())))
        for key in keys:
            found[key].append(replace(one, claims=keys))
    return {key: tuple(some) for key, some in found.items()}
