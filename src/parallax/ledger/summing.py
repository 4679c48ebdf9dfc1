"""What tallies are counted in: the harms of every incident, and sums of them that are kept beside.

Every incident has, under each policy, a row for each harm that its reports speak of: the number for
all, and one for each class or side that has a number of its own. The sums hold the same rows
added up over all but two at most of month, place, actors and acts, so that a tally of a million
claims is asked of some thousand rows; a question of three of them or more goes to the rows themselves.
`Writer` keeps both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from sqlalchemy import Connection, select, text

from parallax.ledger import happening, narrow, tables
from parallax.ledger.rows import TALLY, Row, Stored, incident_of
from parallax.model import ACTS, Days, Incident, Tally

ALL = "all"
SEVERAL_YEARS = "-"
# What stands in a column that a sum is not told apart by.
ANY = "*"
# What sums are told apart by, with the columns that say it.
AXES = {"month": ("month",), "place": ("country", "division"), "actors": ("actors",), "acts": ("acts",)}
# The sums that are kept, each named by its axes: "", "month", "month place" and so on.
KEPT = tuple(" ".join(some) for size in range(3) for some in combinations(AXES, size))
BATCH = 200
COUNTED = ("incidents", "silent", "no_low", "no_high", "low", "high")

_WHOSE = ("policy", "kind", "axes", "whom")
_PLACES = tuple(column for columns in AXES.values() for column in columns)
_CELL = (*_WHOSE, *_PLACES)
_ADD = text(
    f"INSERT INTO sums ({', '.join((*_CELL, *COUNTED))}) VALUES ({', '.join(f':{n}' for n in (*_CELL, *COUNTED))}) "
    f"ON CONFLICT ({', '.join(_CELL)}) DO UPDATE SET " + ", ".join(f"{n} = sums.{n} + excluded.{n}" for n in COUNTED)
)
_TAKE_AWAY = text(f"DELETE FROM sums WHERE incidents = 0 AND {' AND '.join(f'{n} = :{n}' for n in _CELL)}")


def told_apart(axes: str) -> tuple[str, ...]:
    """The columns that the sums of these axes are told apart by."""
    return tuple(column for axis in axes.split() for column in AXES[axis])


def _added(axes: str) -> str:
    own = told_apart(axes)
    cell = ", ".join(column if column in own else f"'{ANY}'" for column in _PLACES)
    keys = ", ".join(("policy", "kind", "whom", *own))
    return (
        f"SELECT policy, kind, '{axes}', whom, {cell}, count(*), "
        "sum(CASE WHEN low IS NULL AND high IS NULL THEN 1 ELSE 0 END), "
        "sum(CASE WHEN low IS NULL THEN 1 ELSE 0 END), sum(CASE WHEN high IS NULL THEN 1 ELSE 0 END), "
        f"sum(coalesce(low, 0)), sum(coalesce(high, 0)) FROM harms GROUP BY {keys}"
    )


# Statements that fill an empty table of sums from the harms.
RECOUNT = tuple(f"INSERT INTO sums ({', '.join((*_CELL, *COUNTED))}) {_added(axes)}" for axes in KEPT)

_OWN = {axes: frozenset(told_apart(axes)) for axes in KEPT}


def month_of(when: Days | None) -> str:
    """The month that an incident's days lie in, the year where they lie in no one month, "-" for several years."""
    if when is None:
        return ""
    first, last = when.first.isoformat(), when.last.isoformat()
    if first[:7] == last[:7]:
        return first[:7]
    return first[:4] if first[:4] == last[:4] else SEVERAL_YEARS


def harm_rows(incident: Incident, tally: Tally) -> list[Row]:
    """The rows of an incident under one policy."""
    where, when = incident.where, incident.when
    at = {
        "policy": tally.policy,
        "incident": incident.id,
        "month": month_of(when),
        "day": when.first.isoformat() if when and when.first == when.last else "",
        "country": (where.country if where else None) or "",
        "division": (where.admin[0] if where and where.admin else None) or "",
        "actors": _joined(sorted({found.actor for found in tally.attributed})),
        "acts": _joined([kind.value for kind in ACTS if kind in incident.kinds]),
    }
    return [
        at | {"kind": found.kind.value, "whom": found.whom, "low": found.low.value, "high": found.high.value}
        for found in tally.ranges
        if found.whom == ALL or found.low.value is not None or found.high.value is not None
    ]


def _joined(names: Sequence[str]) -> str:
    return "|" + "".join(f"{name.replace('|', ' ')}|" for name in names) if names else ""


class Sums:
    """The changes that one transaction makes to the sums, made to the table at its end."""

    def __init__(self) -> None:
        self._changes: dict[tuple[str, ...], list[int]] = {}
        # The cells that a row adds to, by what tells rows apart: many rows add to the same.
        self._cells: dict[tuple[str, ...], list[list[int]]] = {}

    def add(self, rows: Iterable[Stored], sign: int = 1) -> None:
        """Count these rows of `harms` in, or with -1 out."""
        for row in rows:
            low, high = row["low"], row["high"]
            counted = (1, low is None and high is None, low is None, high is None, low or 0, high or 0)
            changes = [(place, sign * int(number)) for place, number in enumerate(counted) if number]
            for cell in self._cells_of(row):
                for place, number in changes:
                    cell[place] += number

    def _cells_of(self, row: Stored) -> list[list[int]]:
        """The changes of every sum that the row is counted in."""
        policy, kind, whom = row["policy"], row["kind"], row["whom"]
        at = (policy, kind, whom, *(row[name] for name in _PLACES))
        cells = self._cells.get(at)
        if cells is None:
            cells = self._cells[at] = [
                self._changes.setdefault(
                    (policy, kind, axes, whom, *(row[name] if name in own else ANY for name in _PLACES)),
                    [0] * len(COUNTED),
                )
                for axes, own in _OWN.items()
            ]
        return cells

    def keep(self, connection: Connection) -> None:
        """Write the changes down."""
        rows = [
            dict(zip((*_CELL, *COUNTED), (*cell, *changes), strict=True))
            for cell, changes in sorted(self._changes.items())
            if any(changes)
        ]
        self._changes.clear()
        self._cells.clear()
        if rows:
            connection.execute(_ADD, rows)
            connection.execute(_TAKE_AWAY, [{name: row[name] for name in _CELL} for row in rows])


def flaws(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Where the harms are not those of the tallies, and the sums not those of the harms: table, key, what differs."""
    for some in happening.values(connection, BATCH):
        yield from _other_harms(connection, some)
    own = ", ".join((*_CELL, *COUNTED))
    for axes in KEPT:
        kept = f"SELECT {own} FROM sums WHERE axes = '{axes}'"
        for one, other in ((_added(axes), kept), (kept, _added(axes))):
            for row in connection.exec_driver_sql(f"{one} EXCEPT {other}"):
                key = "/".join(str(value) for value in row[: len(_CELL)])
                yield "sums", key, "is not what the harms of the incidents add up to"
                break


def _other_harms(connection: Connection, values: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    harms, tallies = narrow.harms, tables.tallies
    columns = [column.name for column in harms.columns]
    kept: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for row in connection.execute(select(harms).where(harms.c.incident.in_(values))).mappings():
        kept[row["incident"]].add(tuple(row[name] for name in columns))
    made: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for row in connection.execute(select(tallies).where(tallies.c.incident.in_(values))).mappings():
        try:
            found = harm_rows(incident_of(values[row["incident"]])[0], TALLY.validate_json(row["value"]))
        except ValueError:
            continue  # a value that cannot be read is named by itself
        made[row["incident"]].update(tuple(one[name] for name in columns) for one in found)
    for key in sorted(kept.keys() | made.keys()):
        if kept[key] != made[key]:
            yield "harms", key, "are not those of its tallies"
