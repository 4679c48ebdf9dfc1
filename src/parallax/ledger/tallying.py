"""Questions for tallies: harms of all incidents by place, time, actor, act, kind or class of victim; see `summing`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, case, func, literal, or_, select

from parallax.ledger import narrow, tables
from parallax.ledger.rows import PLACE, chunks
from parallax.ledger.store import fetched
from parallax.ledger.summing import ALL, AXES, COUNTED, KEPT, SEVERAL_YEARS
from parallax.model import HARMS, Days, Kind, Place

By = Literal["division", "country", "year", "month", "day", "actor", "act", "kind", "whom"]
BYS: tuple[By, ...] = get_args(By)
harms, sums = narrow.harms, narrow.sums
_COLUMNS: dict[By, tuple[str, ...]] = {
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


def tally_cells(connection: Connection, query: TallyQuery) -> Tallied:
    """The rows of a tally, by their keys."""
    columns = _COLUMNS[query.by]
    gathered: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(COUNTED))
    for key, counted in _counts(connection, query, columns):
        for split in _split(query, key):
            for place, number in enumerate(counted):
                gathered[split][place] += number
    # A class of victim has rows where it has a number; incidents of the harm without one are silent of it.
    if query.by == "whom":
        every = _whole(connection, replace(query, whom=ALL))
        for cell in gathered.values():
            _fill(cell, every[0])
        whole = every
    else:
        whole = _whole(connection, query)
        if query.whom != ALL:
            others: dict[tuple[str, ...], int] = defaultdict(int)
            for key, counted in _counts(connection, replace(query, whom=ALL), columns):
                for split in _split(query, key):
                    others[split] += counted[0]
            for split, number in others.items():
                _fill(gathered[split], number)
            _fill(whole, _whole(connection, replace(query, whom=ALL))[0])
    cells = tuple(TallyCell(key, *gathered[key]) for key in sorted(gathered))
    return Tallied(cells, None if query.by == "kind" else TallyCell((), *whole), _vague(connection, query))


def _whole(connection: Connection, query: TallyQuery) -> list[int]:
    """All incidents of a tally as one row, each once."""
    whole = replace(query, by="month")
    return next((list(counted) for _, counted in _counts(connection, whole, ())), [0] * len(COUNTED))


def _fill(cell: list[int], incidents: int) -> None:
    missing = incidents - cell[0]
    cell[0], cell[1], cell[2], cell[3] = incidents, cell[1] + missing, cell[2] + missing, cell[3] + missing


def tally_incidents(
    connection: Connection, query: TallyQuery, key: Sequence[str], offset: int, limit: int
) -> tuple[TalliedIncident, ...]:
    """The incidents behind one row of a tally, those with the highest numbers first, those without one last."""
    conditions = [*_conditions(query, harms), *_key_conditions(query, harms, key)]
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
    conditions = _conditions(replace(query, by="month"), harms)
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
    of_kind = (sums.c.policy == policy, sums.c.kind == kind.value)

    def some(axes: str, *columns: str) -> Iterable[Any]:
        of_all = (sums.c.axes == axes, sums.c.whom == ALL)
        return fetched(connection, select(*(sums.c[name] for name in columns)).where(*of_kind, *of_all))

    places = {(country, division) for country, division in some("place", "country", "division")}
    names = {
        axis: {name for (row,) in some(axis, axis) for name in row.strip("|").split("|")} for axis in ("actors", "acts")
    }
    months = sorted(month for (month,) in some("month", "month") if len(month) == 7)
    whoms = connection.execute(select(sums.c.whom).where(*of_kind, sums.c.axes == "")).scalars()
    return {
        "country": tuple(sorted({country for country, _ in places} - {""})),
        "division": tuple(sorted(f"{country}/{division}" for country, division in places if division)),
        "actor": tuple(sorted(names["actors"] - {""})),
        "act": tuple(sorted(names["acts"] - {""})),
        "whom": tuple(sorted(whoms)),
        "month": tuple(dict.fromkeys((*months[:1], *months[-1:]))),
    }


def is_weighed(connection: Connection, policy: str) -> bool:
    """Whether any incident is weighed under this policy."""
    listings = tables.listings
    return connection.execute(select(listings.c.policy).where(listings.c.policy == policy).limit(1)).first() is not None


def _axes(query: TallyQuery, columns: Sequence[str]) -> str | None:
    """The axes of the sums that answer a question gathered by these columns; None where only the harms do."""
    needed = set(columns)
    needed |= {"country"} if query.country is not None or query.division is not None else set()
    needed |= {"actors"} if query.actor is not None else set()
    needed |= {"acts"} if query.act is not None else set()
    needed |= {"month"} if query.from_month or query.to_month else set()
    axes = " ".join(axis for axis, own in AXES.items() if needed & set(own))
    return axes if axes in KEPT and "day" not in columns else None


def _split(query: TallyQuery, key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The rows that a stored key counts in: one, but an incident of two actors counts for each."""
    if query.by in ("actor", "act"):
        yield from ((name,) for name in key[0].strip("|").split("|"))
    elif query.by == "year":
        yield (key[0][:4],)
    else:
        yield key


def _counts(
    connection: Connection, query: TallyQuery, columns: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    axes = _axes(query, columns)
    table = harms if axes is None else sums
    if table is sums:
        numbers = [func.sum(sums.c[name]) for name in COUNTED]
    else:
        low, high = harms.c.low, harms.c.high
        silent = func.sum(_as_number(and_(low.is_(None), high.is_(None))))
        ends = [func.sum(_as_number(end.is_(None))) for end in (low, high)]
        sizes = [func.sum(func.coalesce(end, 0)) for end in (low, high)]
        numbers = [func.sum(literal(1)), silent, *ends, *sizes]
    keys = [table.c[name] for name in columns]
    question = select(*keys, *numbers).where(*_conditions(query, table, axes))
    for row in fetched(connection, question.group_by(*keys) if keys else question):
        if row[len(keys)]:
            yield tuple(row[: len(keys)]), tuple(int(number or 0) for number in row[len(keys) :])


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _conditions(query: TallyQuery, table: Table, axes: str | None = None) -> list[ColumnElement[bool]]:
    kinds = [kind.value for kind in HARMS] if query.by == "kind" else [query.kind.value]
    found: list[ColumnElement[bool]] = [table.c.policy == query.policy, table.c.kind.in_(kinds)]
    if axes is not None:
        found.append(table.c.axes == axes)
    found.append(table.c.whom != ALL if query.by == "whom" else table.c.whom == query.whom)
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
    anyone = replace(query, by="month", whom=ALL)
    ever = replace(anyone, from_month=None, to_month=None)

    def vague(asked: TallyQuery) -> int:
        return sum(counted[0] for key, counted in _counts(connection, asked, ("month",)) if len(key[0]) != 7)

    return vague(ever) - vague(anyone)


def _key_conditions(query: TallyQuery, table: Table, key: Sequence[str]) -> list[ColumnElement[bool]]:
    if query.by == "division":
        return [table.c.country == key[0], table.c.division == key[1]]
    if query.by == "year":
        return [table.c.month == key[0] if key[0] in ("", SEVERAL_YEARS) else table.c.month.startswith(key[0])]
    if query.by in ("actor", "act"):
        return [_names(table.c.actors if query.by == "actor" else table.c.acts, key[0])]
    return [table.c[_COLUMNS[query.by][0]] == key[0]]
