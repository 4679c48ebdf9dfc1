"""What voices say, counted as it is written: the list of voices, and one voice's claims, totals and standing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, Literal, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from parallax.accounts.running import Part, added_up
from parallax.accounts.spoken import Spoken, Standing
from parallax.ledger import narrow, reliability, tables
from parallax.ledger.rows import KEYS, Row, canonical, chunks, fold, statement_of
from parallax.ledger.views import Page, VoiceRow
from parallax.model import Days, Kind, LeftOut, Place, PlacePrecision, RunningTotal, Statement, Voice, VoiceType

VoiceOrder = Literal["claims", "reports", "name", "last", "first"]
VOICE_ORDERS: tuple[VoiceOrder, ...] = get_args(VoiceOrder)
voices, statements, states = narrow.voices, tables.statements, tables.states
standing, numbers = narrow.voice_incidents, narrow.voice_numbers
_COUNTED = tuple(field.name for field in fields(Standing))


@dataclass(frozen=True, slots=True)
class VoiceQuery:
    """A question for voices: words of their names, a type, the party spoken for, a reliability ("-": none set)."""

    text: str | None = None
    type: str | None = None
    party: str | None = None
    reliability: str | None = None
    order: VoiceOrder = "claims"
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Record:
    """How a voice stands to the others over all its incidents, and how many these are."""

    incidents: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class VoiceIncident:
    """One incident that a voice speaks of, with its standing there."""

    id: str
    when: Days | None
    place: str | None
    standing: Standing


def count_in(connection: Connection, old: int | None, new: int) -> None:
    """Count a report's new reading in and the one it stands for out, by their numbers, while the old one stands."""
    fewer = _by_voice(_said_in(connection, old)) if old is not None else {}
    more = _by_voice(_said_in(connection, new))
    for key in sorted(fewer.keys() | more.keys()):
        _count_voice(connection, key, old, fewer.get(key, []), more.get(key, []))


def _said_in(connection: Connection, reading: int) -> list[Statement]:
    question = select(statements.c.value).where(statements.c.reading == reading)
    return [statement_of(row) for row in connection.execute(question).mappings()]


def _by_voice(said: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in said:
        found.setdefault(statement.voice.key, []).append(statement)
    return found


def _count_voice(
    connection: Connection, key: str, old: int | None, fewer: Sequence[Statement], more: Sequence[Statement]
) -> None:
    row = connection.execute(select(voices).where(voices.c.key == key)).mappings().first()
    if row is None:
        connection.execute(insert(voices), voice_row(more) | {"claims": len(more), "reports": 1})
        return
    claims = row["claims"] - len(fewer) + len(more)
    if claims == 0:
        connection.execute(delete(voices).where(voices.c.key == key))
        return
    changes: Row = {"claims": claims, "reports": row["reports"] - bool(fewer) + bool(more)}
    rest = _without(connection, key, row, old, fewer)
    spelt = [found for found in (rest, voice_row(more) if more else None) if found is not None]
    changes |= min(spelt, key=lambda found: found["claim"])
    for name, best in (("first_day", min), ("last_day", max)):
        changes[name] = best((found[name] for found in spelt if found[name] is not None), default=None)
    connection.execute(update(voices).where(voices.c.key == key).values(changes))


def voice_row(said: Sequence[Statement]) -> Row:
    """What a voice's row says of itself by these statements; of several spellings, that beside the smallest claim."""
    first = min(said, key=lambda statement: statement.claim.key)
    days = [statement.claim.when for statement in said if statement.claim.when is not None]
    return {
        "key": first.voice.key,
        "name": first.voice.name,
        "folded": fold(first.voice.name),
        "type": first.voice.type.value,
        "party": first.voice.party,
        "claim": first.claim.key,
        "first_day": min((when.first.isoformat() for when in days), default=None),
        "last_day": max((when.last.isoformat() for when in days), default=None),
    }


def _without(
    connection: Connection, key: str, row: RowMapping, old: int | None, fewer: Sequence[Statement]
) -> Row | None:
    """The voice's row by its other statements; None where it has no others. Read anew only where it may change."""
    kept = {name: row[name] for name in ("key", "name", "folded", "type", "party", "claim", "first_day", "last_day")}
    if not fewer:
        return kept
    gone = voice_row(fewer)
    if all(gone[name] != row[name] for name in ("claim", "first_day", "last_day")):
        return kept
    others = (statements.c.voice == key, statements.c.reading != old)
    ends = select(func.min(statements.c.claim), func.min(statements.c.first_day), func.max(statements.c.last_day))
    standing_now = states.c.reading == statements.c.reading
    claim, first, last = connection.execute(ends.join(states, standing_now).where(*others)).one()
    if claim is None:
        return None
    spelt = select(statements.c.value).join(states, standing_now).where(*others, statements.c.claim == claim)
    value = connection.execute(spelt.limit(1)).mappings().one()
    return voice_row([statement_of(value)]) | {"first_day": first, "last_day": last}


def standing_rows(incident_id: str, when: Days | None, found: Spoken) -> list[Row]:
    """The rows of `voice_incidents` of one incident."""
    day = when.first.isoformat() if when else ""
    return [
        {"voice": voice, "incident": incident_id, "day": day} | {name: getattr(one, name) for name in _COUNTED}
        for voice, one in found.standings.items()
    ]


def number_rows(found: Spoken) -> list[Row]:
    """The rows of `voice_numbers` of one incident."""
    return [
        {
            "voice": part.voice,
            "kind": part.kind.value,
            "whose": part.whose,
            "incident": part.incident,
            "first_day": part.when.first.isoformat() if part.when else None,
            "last_day": part.when.last.isoformat() if part.when else None,
            "place": canonical([part.where.name, *part.where.admin]) if part.where else None,
            "low": part.low,
            "high": part.high,
            "claims": KEYS.dump_json(part.claims).decode(),
            "left_out": canonical([[left.claim, left.reason] for left in part.left_out]),
            "stated": KEYS.dump_json(part.stated).decode(),
        }
        for part in found.parts
    ]


def every_voice(connection: Connection) -> tuple[VoiceRow, ...]:
    """The voices of the current readings, those with the most claims first."""
    question = select(voices).order_by(voices.c.claims.desc(), voices.c.key)
    return tuple(_row(row) for row in connection.execute(question).mappings())


def find(connection: Connection, query: VoiceQuery) -> Page[VoiceRow]:
    """One page of voices, with counts by type, party and reliability of all that were asked for."""
    held = reliability.standing(connection)
    conditions: list[ColumnElement[bool]] = []
    if query.text:
        conditions.append(voices.c.folded.contains(fold(query.text), autoescape=True))
    if query.type:
        conditions.append(voices.c.type == query.type)
    if query.party:
        conditions.append(voices.c.party == query.party)
    graded = sorted(key for key, grade in held.items() if query.reliability in ("-", grade))
    if query.reliability:
        conditions.append(voices.c.key.not_in(graded) if query.reliability == "-" else voices.c.key.in_(graded))
    order: dict[VoiceOrder, ColumnElement[Any]] = {
        "claims": voices.c.claims.desc(),
        "reports": voices.c.reports.desc(),
        "name": voices.c.folded,
        "first": func.coalesce(voices.c.first_day, "9999"),
        "last": func.coalesce(voices.c.last_day, "").desc(),
    }
    page = select(voices).where(*conditions).order_by(order[query.order], voices.c.key)
    rows = connection.execute(page.offset(query.offset).limit(query.limit)).mappings()
    items = tuple(_row(row, held.get(row["key"])) for row in rows)
    facets: dict[str, dict[str, int]] = {"type": {}, "party": {}, "reliability": {}}
    total = 0
    together = voices.c.type, voices.c.party
    counted = select(*together, func.count()).where(*conditions).group_by(*together)
    for type, party, number in connection.execute(counted):
        total += number
        for name, value in (("type", type), ("party", party)):
            if value:
                facets[name][value] = facets[name].get(value, 0) + number
    # Few voices have a reliability, so those are counted and all others have none.
    own = select(voices.c.key).where(*conditions, voices.c.key.in_(sorted(held)))
    for key in connection.execute(own).scalars() if held else ():
        facets["reliability"][held[key]] = facets["reliability"].get(held[key], 0) + 1
    if rest := total - sum(facets["reliability"].values()):
        facets["reliability"]["-"] = rest
    return Page(items, total, query.offset, query.limit, facets)


def row_of(connection: Connection, key: str) -> VoiceRow | None:
    """One voice with how much it says."""
    row = connection.execute(select(voices).where(voices.c.key == key)).mappings().first()
    return _row(row) if row else None


def _row(row: RowMapping, grade: str | None = None) -> VoiceRow:
    voice = Voice(row["key"], row["name"], VoiceType(row["type"]), row["party"])
    return VoiceRow(voice, row["claims"], row["reports"], _day(row["first_day"]), _day(row["last_day"]), grade)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def claims_of(connection: Connection, key: str, offset: int, limit: int) -> tuple[Statement, ...]:
    """Some of a voice's claims, of the latest days first; those without a day stand last."""
    # Written out, so that the index of this very expression is used.
    day = func.coalesce(statements.c.first_day, literal_column("''"))
    question = (
        select(statements.c.value)
        .join(states, states.c.reading == statements.c.reading)
        .where(statements.c.voice == key)
        .order_by(day.desc(), statements.c.reading.desc(), statements.c.position.desc())
        .offset(offset)
        .limit(limit)
    )
    return tuple(statement_of(row) for row in connection.execute(question).mappings())


def record(connection: Connection, key: str) -> Record:
    """How a voice stands to the others over all its incidents."""
    columns = [func.coalesce(func.sum(standing.c[name]), 0) for name in _COUNTED]
    number, *counted = connection.execute(select(func.count(), *columns).where(standing.c.voice == key)).one()
    return Record(number, Standing(*(int(one) for one in counted)))


def incidents_of(
    connection: Connection, key: str, only: str | None, offset: int, limit: int
) -> tuple[VoiceIncident, ...]:
    """Some of the incidents that a voice speaks of, the latest first; `only` those with a claim so counted.

    `only` is a field of `Standing`, or "apart" for those where no other origin's number meets the voice's.
    """
    conditions = [standing.c.voice == key]
    if only == "apart":
        conditions.append(standing.c.beside > standing.c.agreed)
    elif only in _COUNTED:
        conditions.append(standing.c[only] > 0)
    columns = [standing.c[name] for name in _COUNTED]
    question = select(standing.c.incident, *columns).where(*conditions)
    page = question.order_by(standing.c.day.desc(), standing.c.incident).offset(offset).limit(limit)
    found = connection.execute(page).all()
    listings, incidents = tables.listings, tables.incidents
    known: dict[str, RowMapping] = {}
    for some in chunks(row.incident for row in found):
        named = (
            select(incidents.c.id, incidents.c.place, listings.c.first_day, listings.c.last_day)
            .join(listings, (listings.c.incident == incidents.c.id) & (listings.c.policy == ""))
            .where(incidents.c.id.in_(some))
        )
        known.update((row["id"], row) for row in connection.execute(named).mappings())
    return tuple(
        VoiceIncident(
            row.incident,
            _days(known[row.incident]["first_day"], known[row.incident]["last_day"]),
            json.loads(known[row.incident]["place"])["name"] if known[row.incident]["place"] else None,
            Standing(*row[1:]),
        )
        for row in found
        if row.incident in known
    )


def _days(first: str | None, last: str | None) -> Days | None:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first)) if first else None


def numbers_of(connection: Connection, key: str) -> int:
    """How many numbers a voice's running totals are made of."""
    return connection.execute(select(func.count()).where(numbers.c.voice == key)).scalar_one()


def totals(connection: Connection, key: str) -> tuple[RunningTotal, ...]:
    """A voice's running totals over all its incidents, by harm and people; see `accounts.running`."""
    question = select(numbers).where(numbers.c.voice == key)
    return added_up([_part(row) for row in connection.execute(question).mappings()])


def _part(row: RowMapping) -> Part:
    return Part(
        voice=row["voice"],
        kind=Kind(row["kind"]),
        whose=row["whose"],
        incident=row["incident"],
        where=_place(row["place"]),
        when=_days(row["first_day"], row["last_day"]),
        low=row["low"],
        high=row["high"],
        claims=_keys(row["claims"]),
        left_out=() if row["left_out"] == "[]" else tuple(LeftOut(*each) for each in json.loads(row["left_out"])),
        stated=_keys(row["stated"]),
    )


@lru_cache(maxsize=20_000)
def _place(told: str | None) -> Place | None:
    """A place as far as adding up needs it: its name and what it lies in."""
    if told is None:
        return None
    name, *admin = json.loads(told)
    return Place(name, None, None, PlacePrecision.COUNTRY, admin=tuple(admin))


def _keys(told: str) -> tuple[str, ...]:
    """A stored list of keys, which hold no sign that JSON writes otherwise."""
    return () if told == "[]" else tuple(told[2:-2].split('","'))


def unspoken(connection: Connection) -> tuple[str, ...]:
    """Ids of the incidents of which what voices do is not kept yet, sorted."""
    told = exists().where(standing.c.incident == tables.incidents.c.id)
    found = select(tables.incidents.c.id).where(~told)
    return tuple(sorted(connection.execute(found).scalars()))
