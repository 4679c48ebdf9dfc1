"""Every incident of a ledger under one policy as arrays, so that any choice among them is counted in milliseconds.

A list with its facets, its timeline and its map asks one question of every incident, and asks it at each
keystroke. A database answers such a question by reading hundreds of thousands of rows; numpy
answers it over these arrays. They hold what the narrow rows of the ledger hold (`listings`,
`sites`, `incident_actors`), are read once, and follow the ledger by the seals of its log.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from parallax.accounts.signing import Signature
from parallax.ledger import narrow, tables
from parallax.ledger.rows import chunks
from parallax.ledger.store import fetched
from parallax.ledger.whereabouts import Whereabouts
from parallax.model import Grade, Kind, Place, PlacePrecision

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Days are counted from 1 January 1970. An incident without a day has an interval that no day meets.
NO_FIRST, NO_LAST = 10**9, -(10**9)
EPOCH = np.datetime64("1970-01-01", "D")
KINDS = tuple(Kind)
GRADES = tuple(Grade)
SIGNATURES = (Signature.NONE, Signature.SIGNED, Signature.CHANGED, Signature.OWN)
# Above this share of changed incidents all are read anew.
MOST_CHANGED = 0.2

Site = tuple[str, str | None, str | None, float | None, float | None, str, int | None]


@dataclass(frozen=True)
class Columns:
    """The incidents by id: entry `n` of each array is the same incident.

    `policy` is the policy asked for, `listed` the one whose rows these are: "" where it has no tallies.
    `first` and `last` are days since 1970, `kinds` has a bit for each kind in the order of `Kind`,
    `grades` is a number in the order of `Grade` or -1, `places` a number in `where` or -1. Of `low`,
    `high`, `best` and `origins`, -1 is not known. `starts` and `actors` hold the actors of incident
    `n` as the numbers `actors[starts[n]:starts[n + 1]]` in `parties`. `found`, `chosen` and `hidden` hold
    what was asked for before.
    """

    policy: str
    listed: str
    head: tuple[int, str]
    ids: NDArray[np.bytes_]
    numbers: Ints
    first: Ints
    last: Ints
    kinds: Ints
    grades: Ints
    low: Ints
    high: Ints
    best: Ints
    origins: Ints
    reports: Ints
    claims: Ints
    places: Ints
    starts: Ints
    actors: Ints
    where: Whereabouts
    parties: tuple[str, ...]
    found: dict[str, Mask] = field(default_factory=dict)
    chosen: dict[Any, Any] = field(default_factory=dict)
    hidden: dict[frozenset[str], Columns] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def unplaced(self, incidents: Collection[str]) -> Columns:
        """The same with these incidents lying nowhere, and found by none of their words; made once for each set."""
        key = frozenset(incidents)
        made = self.hidden.get(key)
        if made is None:
            hidden = np.isin(self.ids, np.array(sorted(one.encode() for one in key), self.ids.dtype))
            places, numbers = np.where(hidden, -1, self.places), np.where(hidden, 0, self.numbers)
            made = replace(self, places=places, numbers=numbers, found={}, chosen={}, hidden={})
            self.hidden.clear()
            self.hidden[key] = made
        return made

    def signatures(self, signed: Mapping[str, Signature]) -> Ints:
        """How each incident stands to its signatures, as a number in the order of `SIGNATURES` less one."""
        codes = np.full(len(self), -1, np.int64)
        known = {key.encode(): SIGNATURES.index(signature) - 1 for key, signature in signed.items()}
        if known and len(self):
            keys = np.array(sorted(known), np.bytes_)
            at = np.searchsorted(self.ids, keys)
            for row, key in zip(np.minimum(at, len(self) - 1).tolist(), keys.tolist(), strict=True):
                if self.ids[row] == key:
                    codes[row] = known[key]
        return codes

    @cached_property
    def rows(self) -> Ints:
        """The entry of each incident's number in the ledger, -1 where a number is no incident's."""
        at = np.full(int(self.numbers.max(initial=0)) + 1, -1, np.int64)
        at[self.numbers] = np.arange(len(self))
        return at

    @cached_property
    def owners(self) -> Ints:
        """The incident of each entry of `actors`."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @property
    def sites(self) -> tuple[Place, ...]:
        """The places by their number."""
        return self.where.places

    @cached_property
    def ranked(self) -> dict[str, Ints]:
        """The entries in every order that a list can be asked for."""
        # Incidents without a place, of number -1, stand last.
        rank = np.append(self.where.ranks, len(self.where))
        killed = np.where(self.high >= 0, self.high, self.low)
        keys = {
            "when": np.where(self.first == NO_FIRST, NO_FIRST, -self.first),
            "oldest": self.first,
            "killed": -killed,
            "reports": -self.reports,
            "place": rank[self.places],
        }
        ranked = {name: np.argsort(key, kind="stable").astype(np.int64) for name, key in keys.items()}
        return ranked | {"id": np.arange(len(self))}


def load(connection: Connection, policy: str, head: tuple[int, str]) -> Columns:
    """Read every incident under a policy; under "" where none has a tally under it."""
    listed = _tallied(connection, policy)
    rows = fetched(connection, _rows(listed))
    named = tables.incident_actors
    actors = fetched(connection, select(named.c.incident, named.c.actor))
    return _columns(policy, listed, head, rows, actors)


def follow(connection: Connection, columns: Columns, head: tuple[int, str]) -> Columns:
    """The same as the ledger now has it: only the incidents that the log seals since then are read."""
    if head == columns.head:
        return columns
    changed = _changed(connection, columns.head[0])
    listed = _tallied(connection, columns.policy)
    if len(changed) > MOST_CHANGED * len(columns) or listed != columns.listed:
        return load(connection, columns.policy, head)
    if not changed:
        return Columns(**{**_parts(columns), "head": head})
    rows: list[Any] = []
    actors: list[Any] = []
    named = tables.incident_actors
    for keys in chunks(changed):
        rows += fetched(connection, _rows(listed).where(tables.listings.c.incident.in_(keys)))
        actors += fetched(connection, select(named.c.incident, named.c.actor).where(named.c.incident.in_(keys)))
    fresh = _columns(columns.policy, listed, head, rows, actors, columns.where, columns.parties)
    gone = np.isin(columns.ids, np.array([key.encode() for key in changed]))
    return _joined(columns, np.flatnonzero(~gone), fresh)


def _tallied(connection: Connection, policy: str) -> str:
    """The policy, if any incident has a tally under it, else ""."""
    column = tables.listings.c.policy
    return connection.execute(select(column).where(column == policy).limit(1)).scalar() or ""


def _parts(columns: Columns) -> dict[str, Any]:
    names = Columns.__dataclass_fields__
    return {name: getattr(columns, name) for name in names if name not in ("found", "chosen", "hidden")}


def _changed(connection: Connection, since: int) -> set[str]:
    """The incidents that entries of the log after this one seal."""
    log = tables.log
    question = select(log.c.seals).where(log.c.number > since, log.c.seals.contains('"incidents"'))
    return {key for seals in connection.execute(question).scalars() for key in json.loads(seals).get("incidents", ())}


def _rows(policy: str) -> Select[Any]:
    listings, sites = tables.listings, narrow.sites
    return (
        select(
            *(listings.c[name] for name in ("incident", "number", "first_day", "last_day", "kinds", "grade")),
            *(listings.c[name] for name in ("low", "high", "best", "origins", "reports", "claims")),
            *(sites.c[name] for name in ("name", "country", "division", "lat", "lon", "precision", "geonameid")),
        )
        .select_from(listings.outerjoin(sites, sites.c.incident == listings.c.incident))
        .where(listings.c.policy == policy)
    )


def _columns(
    policy: str,
    listed: str,
    head: tuple[int, str],
    rows: Sequence[Any],
    actors: Sequence[Any],
    where: Whereabouts | None = None,
    parties: tuple[str, ...] = (),
) -> Columns:
    """The arrays of these rows; what places and parties are known already keep their numbers."""
    where = where or Whereabouts()
    ids = np.array([row[0].encode() for row in rows], np.bytes_) if rows else np.array([], "S16")
    order = np.argsort(ids, kind="stable")
    kinds: dict[str, int] = {}
    known = {_site(site): number for number, site in enumerate(where.places)}
    grades = {grade.value: number for number, grade in enumerate(GRADES)}

    def bits(told: str) -> int:
        if told not in kinds:
            said = told.split("|")
            kinds[told] = sum(1 << number for number, kind in enumerate(KINDS) if kind.value in said)
        return kinds[told]

    def whole(at: int) -> Ints:
        return np.array([-1 if row[at] is None else row[at] for row in rows], np.int64)[order]

    def days(at: int, none: int) -> Ints:
        told = np.array([row[at] or "NaT" for row in rows], "datetime64[D]")
        return np.where(np.isnat(told), none, (told - EPOCH).astype(np.int64))[order]

    places = [-1 if row[12] is None else known.setdefault(tuple(row[12:19]), len(known)) for row in rows]
    numbers = {party: number for number, party in enumerate(parties)}
    row_of = {row[0]: number for number, row in enumerate(rows)}
    named = [(row_of[one], numbers.setdefault(actor, len(numbers))) for one, actor in actors if one in row_of]
    starts, codes = _gathered(named, len(rows))
    starts, codes = _taken(starts, codes, order)
    return Columns(
        policy=policy,
        listed=listed,
        head=head,
        ids=ids[order],
        numbers=whole(1),
        first=days(2, NO_FIRST),
        last=days(3, NO_LAST),
        kinds=np.array([bits(row[4]) for row in rows], np.int64)[order],
        grades=np.array([grades.get(row[5], -1) for row in rows], np.int64)[order],
        low=whole(6),
        high=whole(7),
        best=whole(8),
        origins=whole(9),
        reports=whole(10),
        claims=whole(11),
        places=np.array(places, np.int64)[order],
        starts=starts,
        actors=codes,
        where=where.with_more(_place(site) for site, number in known.items() if number >= len(where)),
        parties=tuple(numbers),
    )


def _joined(old: Columns, kept: Ints, fresh: Columns) -> Columns:
    """Those of the old entries that are kept, and the fresh ones, by id."""
    ids = np.concatenate([old.ids[kept], fresh.ids])
    order = np.argsort(ids, kind="stable")
    starts, codes = _taken(old.starts, old.actors, kept)
    starts = np.concatenate([starts, fresh.starts[1:] + starts[-1]])
    starts, codes = _taken(starts, np.concatenate([codes, fresh.actors]), order)
    arrays = (
        *("numbers", "first", "last", "kinds", "grades", "low", "high", "best", "origins"),
        *("reports", "claims", "places"),
    )
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(old, name)[kept], getattr(fresh, name)])[order] for name in arrays
    }
    return Columns(
        policy=fresh.policy,
        listed=fresh.listed,
        head=fresh.head,
        ids=ids[order],
        starts=starts,
        actors=codes,
        where=fresh.where,
        parties=fresh.parties,
        **joined,
    )


def _gathered(pairs: Sequence[tuple[int, int]], rows: int) -> tuple[Ints, Ints]:
    """Pairs of a row and a number as the numbers of each row, one row after the other."""
    both = np.array(pairs, np.int64).reshape(-1, 2)
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    counts = np.bincount(both[:, 0], minlength=rows) if len(both) else np.zeros(rows, np.int64)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), both[:, 1]


def _taken(starts: Ints, codes: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """The same for some of the rows, in this order."""
    lengths = np.diff(starts)[rows]
    ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    at = np.arange(ends[-1]) - np.repeat(ends[:-1], lengths) + np.repeat(starts[:-1][rows], lengths)
    return ends, codes[at]


def _site(place: Place) -> Site:
    admin = place.admin[0] if place.admin else None
    return place.name, place.country, admin, place.lat, place.lon, place.precision.value, place.geonameid


def _place(site: Iterable[Any]) -> Place:
    name, country, admin, lat, lon, precision, geonameid = site
    return Place(name, lat, lon, PlacePrecision(precision), country, geonameid, (admin,) if admin else ())
