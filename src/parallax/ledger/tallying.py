"""What tallies are counted in and how they are asked: harms by place, time, actor, kind and class of victim.

Every incident has, under each policy, a row for each harm that its reports speak of: the number for
all, and one for each class or side that has a number of its own. `sums` holds the same rows
added up by all that a tally can be asked by. `Writer` keeps both, so no question goes
through the incidents themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, case, func, literal, or_, select, text

from parallax.ledger import tables
from parallax.ledger.rows import PLACE, Row, Stored, chunks
from parallax.model import ACTS, Days, Incident, Kind, Place, Tally

By = Literal["division", "country", "year", "month", "day", "actor", "act", "kind", "whom"]
BYS: tuple[By, ...] = get_args(By)
ALL = "all"
SEVERAL_YEARS = "-"

harms, sums = tables.harms, tables.sums

_CELL = ("policy", "kind", "whom", "month", "country", "division", "actors", "acts")
_COUNTED = ("incidents", "silent", "no_low", "no_high", "low", "high")
_ADD = text(
    f"INSERT INTO sums ({', '.join((*_CELL, *_COUNTED))}) VALUES ({', '.join(f':{n}' for n in (*_CELL, *_COUNTED))}) "
    f"ON CONFLICT ({', '.join(_CELL)}) DO UPDATE SET " + ", ".join(f"{n} = sums.{n} + excluded.{n}" for n in _COUNTED)
)
_TAKE_AWAY = text(f"DELETE FROM sums WHERE incidents = 0 AND {' AND '.join(f'{n} = :{n}' for n in _CELL)}")


@dataclass(frozen=True, slots=True)
class TallyQuery:
    """A question for a tally. `policy` is a policy's label; `whom` a class of victim, "all" or a side.

    `country` and `division` are codes, `actor` a name that deeds are put down to, `act` a kind of
    act. `from_month` and `to_month` ("2017-04") bound the months, both included.
    """

    policy: str
    by: By = "month"
    kind: Kind = Kind.KILLED
    whom: str = ALL
    country: str | None = None
    division: str | None = None
    actor: str | None = None
    act: str | None = None
    from_month: str | None = None
    to_month: str | None = None


@dataclass(frozen=True, slots=True)
class TallyCell:
    """One row of a tally: `key` by what it was asked, as codes.

    `low` and `high` are the ends of the spreads of its incidents, added. `silent` incidents give
    no number and add nothing; `no_low` and `no_high` lack one end, which adds nothing to that sum alone.
    """

    key: tuple[str, ...]
    incidents: int
    silent: int
    no_low: int
    no_high: int
    low: int
    high: int

    @property
    def counted(self) -> int:
        """How many incidents give a number."""
        return self.incidents - self.silent


@dataclass(frozen=True, slots=True)
class Tallied:
    """The answer: its rows, and all incidents as one row, each counted once (None for different harms).

    `vague`: how many incidents the months asked for leave out because their days are not known to the month.
    """

    cells: tuple[TallyCell, ...]
    whole: TallyCell | None
    vague: int


@dataclass(frozen=True, slots=True)
class TalliedIncident:
    """One incident behind a row of a tally, with its number there."""

    id: str
    when: Days | None
    where: Place | None
    low: int | None
    high: int | None


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
        self._changes: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(_COUNTED))

    def add(self, rows: Iterable[Stored], sign: int = 1) -> None:
        """Count these rows of `harms` in, or with -1 out."""
        for row in rows:
            low, high = row["low"], row["high"]
            counted = (1, low is None and high is None, low is None, high is None, low or 0, high or 0)
            cell = self._changes[tuple(row[name] for name in _CELL)]
            for place, number in enumerate(counted):
                cell[place] += sign * int(number)

    def keep(self, connection: Connection) -> None:
        """Write the changes down."""
        rows = [
            dict(zip((*_CELL, *_COUNTED), (*cell, *changes), strict=True))
            for cell, changes in sorted(self._changes.items())
            if any(changes)
        ]
        self._changes.clear()
        if rows:
            connection.execute(_ADD, rows)
            connection.execute(_TAKE_AWAY, [{name: row[name] for name in _CELL} for row in rows])


def tally_cells(connection: Connection, query: TallyQuery) -> Tallied:
    """The rows of a tally, by their keys."""
    gathered: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(_COUNTED))
    table, columns = _grouped(query)
    for key, counted in _counts(connection, query, table, columns, query.whom):
        for split in _split(query, key):
            for place, number in enumerate(counted):
                gathered[split][place] += number
    whole = _whole(connection, query, query.whom)
    if query.whom != ALL or query.by == "whom":
        # A class of victim has rows where it has a number; incidents of the harm without one are silent of it.
        every = _whole(connection, query, ALL)
        if query.by == "whom":
            whole = every
            for cell in gathered.values():
                _fill(cell, every[0])
        else:
            others: dict[tuple[str, ...], int] = defaultdict(int)
            for key, counted in _counts(connection, query, table, columns, ALL):
                for split in _split(query, key):
                    others[split] += counted[0]
            for split, number in others.items():
                _fill(gathered[split], number)
            _fill(whole, every[0])
    cells = tuple(TallyCell(key, *gathered[key]) for key in sorted(gathered))
    return Tallied(cells, None if query.by == "kind" else TallyCell((), *whole), _vague(connection, query))


def _whole(connection: Connection, query: TallyQuery, whom: str) -> list[int]:
    whole = replace(query, by="month")
    return next((list(counted) for _, counted in _counts(connection, whole, sums, (), whom)), [0] * len(_COUNTED))


def _fill(cell: list[int], incidents: int) -> None:
    missing = incidents - cell[0]
    cell[0], cell[1], cell[2], cell[3] = incidents, cell[1] + missing, cell[2] + missing, cell[3] + missing


def tally_incidents(
    connection: Connection, query: TallyQuery, key: Sequence[str], offset: int, limit: int
) -> tuple[TalliedIncident, ...]:
    """The incidents behind one row of a tally, those with the highest numbers first, those without one last."""
    conditions = [*_conditions(query, harms, query.whom), *_key_conditions(query, harms, key)]
    question = (
        select(harms.c.incident, harms.c.low, harms.c.high)
        .where(*conditions)
        .order_by(func.coalesce(harms.c.high, harms.c.low, -1).desc(), harms.c.incident)
        .offset(offset)
        .limit(limit)
    )
    return _described(connection, connection.execute(question).all())


def largest(connection: Connection, query: TallyQuery) -> TalliedIncident | None:
    """The incident with the highest number among all of a tally; None where none gives one."""
    conditions = _conditions(replace(query, by="month"), harms, query.whom)
    question = select(harms.c.incident, harms.c.low, harms.c.high).where(*conditions, harms.c.high.is_not(None))
    found = connection.execute(question.order_by(harms.c.high.desc()).limit(1)).all()
    return next(iter(_described(connection, found)), None)


def _described(connection: Connection, found: Sequence[Any]) -> tuple[TalliedIncident, ...]:
    """Rows of incident, low and high, with when and where the incidents were."""
    known: dict[str, RowMapping] = {}
    listings, incidents = tables.listings, tables.incidents
    for some in chunks(row.incident for row in found):
        named = (
            select(incidents.c.id, incidents.c.place, listings.c.first_day, listings.c.last_day)
            .join(listings, and_(listings.c.incident == incidents.c.id, listings.c.policy == ""))
            .where(incidents.c.id.in_(some))
        )
        known.update((row["id"], row) for row in connection.execute(named).mappings())
    return tuple(_incident(known[row.incident], row.low, row.high) for row in found)


def _incident(row: RowMapping, low: int | None, high: int | None) -> TalliedIncident:
    when = None
    if row["first_day"] is not None:
        when = Days(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]))
    return TalliedIncident(row["id"], when, PLACE.validate_json(row["place"]) if row["place"] else None, low, high)


def tally_choices(connection: Connection, policy: str, kind: Kind) -> dict[str, tuple[str, ...]]:
    """What a tally of a harm under this policy can be asked by: countries, divisions ("SY/09"), actors, acts,
    classes, and the first and last month."""
    found: dict[str, set[str]] = {name: set() for name in ("country", "division", "actor", "act", "whom", "month")}
    question = select(sums.c.country, sums.c.division, sums.c.actors, sums.c.acts).where(
        sums.c.policy == policy, sums.c.kind == kind.value, sums.c.whom == ALL
    )
    for country, division, actors, acts in connection.execute(question.distinct()):
        found["country"].add(country)
        found["actor"].update(actors.strip("|").split("|"))
        found["act"].update(acts.strip("|").split("|"))
        if division:
            found["division"].add(f"{country}/{division}")
    of_kind = (sums.c.policy == policy, sums.c.kind == kind.value)
    found["whom"].update(connection.execute(select(sums.c.whom).where(*of_kind).distinct()).scalars())
    ends = select(func.min(sums.c.month), func.max(sums.c.month)).where(
        *of_kind, sums.c.whom == ALL, func.length(sums.c.month) == 7
    )
    found["month"].update(month for month in connection.execute(ends).one() if month)
    return {name: tuple(sorted(some - {""})) for name, some in found.items()}


def is_weighed(connection: Connection, policy: str) -> bool:
    """Whether any incident is weighed under this policy."""
    listings = tables.listings
    return connection.execute(select(listings.c.policy).where(listings.c.policy == policy).limit(1)).first() is not None


def _grouped(query: TallyQuery) -> tuple[Table, tuple[str, ...]]:
    """The table to ask and the columns that its rows are gathered by."""
    columns: dict[By, tuple[str, ...]] = {
        "division": ("country", "division"),
        "country": ("country",),
        "year": ("month",),
        "month": ("month",),
        "day": ("day",),
        "actor": ("actors",),
        "act": ("acts",),
        "kind": ("kind",),
        "whom": ("whom",),
    }
    return (harms if query.by == "day" else sums), columns[query.by]


def _split(query: TallyQuery, key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The rows that a stored key counts in: one, but an incident of two actors counts for each."""
    if query.by in ("actor", "act"):
        yield from ((name,) for name in key[0].strip("|").split("|"))
    elif query.by == "year":
        yield (key[0][:4],)
    else:
        yield key


def _counts(
    connection: Connection, query: TallyQuery, table: Table, columns: Sequence[str], whom: str
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    if table is sums:
        numbers = [func.sum(sums.c[name]) for name in _COUNTED]
    else:
        low, high = harms.c.low, harms.c.high
        silent = func.sum(_as_number(and_(low.is_(None), high.is_(None))))
        ends = [func.sum(_as_number(end.is_(None))) for end in (low, high)]
        sizes = [func.sum(func.coalesce(end, 0)) for end in (low, high)]
        numbers = [func.sum(literal(1)), silent, *ends, *sizes]
    keys = [table.c[name] for name in columns]
    question = select(*keys, *numbers).where(*_conditions(query, table, whom))
    for row in connection.execute(question.group_by(*keys) if keys else question):
        if row[len(keys)]:
            yield tuple(row[: len(keys)]), tuple(int(number or 0) for number in row[len(keys) :])


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _conditions(query: TallyQuery, table: Table, whom: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [table.c.policy == query.policy]
    if query.by != "kind":
        found.append(table.c.kind == query.kind.value)
    found.append(table.c.whom != ALL if query.by == "whom" else table.c.whom == whom)
    if query.country is not None:
        found.append(table.c.country == query.country)
    if query.division is not None:
        found.append(table.c.division == query.division)
    if query.actor is not None:
        found.append(_names(table.c.actors, query.actor))
    if query.act is not None:
        found.append(_names(table.c.acts, query.act))
    if query.from_month or query.to_month:
        found.append(_within(table, query))
    return found


def _names(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return column == "" if name == "" else column.contains(f"|{name}|", autoescape=True)


def _within(table: Table, query: TallyQuery) -> ColumnElement[bool]:
    """In the months asked for: a month within them, or a year of which all months are."""
    month = table.c.month
    first, last = query.from_month or "0000-00", query.to_month or "9999-99"
    exact = and_(month >= first, month <= last, func.length(month) == 7)
    years = and_(
        func.length(month) == 4, (month + literal("-01")) >= first, (month + literal("-12")) <= last, month >= first[:4]
    )
    return or_(exact, years)


def _vague(connection: Connection, query: TallyQuery) -> int:
    """How many incidents the months asked for leave out because their days are not known to the month."""
    if not (query.from_month or query.to_month):
        return 0
    everywhere = TallyQuery(
        query.policy, query.by, query.kind, ALL, query.country, query.division, query.actor, query.act
    )
    conditions = _conditions(everywhere, sums, ALL)
    outside = and_(func.length(sums.c.month) != 7, ~_within(sums, query))
    return int(connection.execute(select(func.sum(sums.c.incidents)).where(*conditions, outside)).scalar() or 0)


def _key_conditions(query: TallyQuery, table: Table, key: Sequence[str]) -> list[ColumnElement[bool]]:
    if query.by == "division":
        return [table.c.country == key[0], table.c.division == key[1]]
    if query.by == "year":
        return [table.c.month == key[0] if key[0] in ("", SEVERAL_YEARS) else table.c.month.startswith(key[0])]
    if query.by in ("actor", "act"):
        return [_names(table.c.actors if query.by == "actor" else table.c.acts, key[0])]
    return [table.c[_grouped(query)[1][0]] == key[0]]
