"""Values to rows and back, and the seal of a row: what the log keeps of it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping, Table

from parallax.errors import LedgerError
from parallax.ledger import tables
from parallax.model import (
    Capture,
    DateSource,
    Days,
    Incident,
    Judgement,
    Kind,
    Link,
    Place,
    Published,
    Report,
    Statement,
    Tally,
    Telling,
    Zone,
)

STATEMENT = TypeAdapter(Statement)
LINK = TypeAdapter(Link)
INCIDENT = TypeAdapter(Incident)
_SCORE = '"score":'
TALLY = TypeAdapter(Tally)
JUDGEMENT = TypeAdapter(Judgement)
PLACE = TypeAdapter(Place)
ZONES = TypeAdapter(tuple[Zone, ...])
KEYS = TypeAdapter(tuple[str, ...])

Row = dict[str, Any]
Stored = RowMapping | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """What the log seals as one: a row of a table with the rows that hang on it."""

    table: Table
    key: tuple[str, ...]
    children: tuple[tuple[Table, str], ...] = ()

    def name(self, row: Stored) -> str:
        """The row's key as one string."""
        return "/".join(str(row[column]) for column in self.key)


UNITS: Mapping[str, Unit] = {
    "captures": Unit(tables.captures, ("sha256",)),
    "reports": Unit(tables.reports, ("key",)),
    "readings": Unit(tables.readings, ("number",)),
    "states": Unit(tables.states, ("report",)),
    "statements": Unit(tables.statements, ("reading", "position")),
    "copies": Unit(tables.copies, ("report",), ((tables.bands, "report"),)),
    "likenesses": Unit(tables.likenesses, ("a", "b")),
    "tellings": Unit(tables.tellings, ("key",), ((tables.blocks, "telling"),)),
    "links": Unit(tables.links, ("a", "b")),
    "incidents": Unit(
        tables.incidents,
        ("id",),
        (
            (tables.listings, "incident"),
            (tables.incident_actors, "incident"),
            (tables.members, "incident"),
        ),
    ),
    "tallies": Unit(tables.tallies, ("incident", "policy")),
    "formers": Unit(tables.formers, ("id",)),
    "judgements": Unit(tables.judgements, ("number",), ((tables.judgement_claims, "judgement"),)),
    "faults": Unit(tables.faults, ("key",)),
    "saved_views": Unit(tables.saved_views, ("number",)),
    "reliabilities": Unit(tables.reliabilities, ("number",)),
    "users": Unit(tables.users, ("name",)),
    "options": Unit(tables.options, ("name",)),
    "risks": Unit(tables.risks, ("number",)),
}


def _stand_in(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    return str(value)


# `json.dumps` makes an encoder for every value: a quarter of the time that a small row takes.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_stand_in)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: one text for one value."""
    return _CANONICAL.encode(value)


def seal(row: Stored, children: Mapping[str, Iterable[Stored]] | None = None) -> str:
    """32 hexadecimal digits of SHA-256 over every column of a row and of the rows that hang on it."""
    hung = {name: sorted(canonical(dict(child)) for child in rows) for name, rows in (children or {}).items()}
    text = canonical([dict(row), {name: rows for name, rows in hung.items() if rows}])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def checked(words: str, what: str) -> str:
    """The words, if both databases can hold them.

    Raises LedgerError for a NUL or half a surrogate pair, which PostgreSQL and UTF-8 cannot hold.
    """
    if "\x00" in words or any("\ud800" <= sign <= "\udfff" for sign in words):
        raise LedgerError(f"{what}: holds a NUL or half a character; normalise the text before it is kept")
    return words


def fold(words: str) -> str:
    """Words for comparing: no case, no accents."""
    bare = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()


def capture_row(capture: Capture) -> Row:
    return {
        "sha256": capture.sha256,
        "name": checked(capture.name, capture.sha256),
        "media_type": capture.media_type,
        "data": zlib.compress(capture.data, 6),
    }


def capture_of(row: Stored) -> Capture:
    return Capture(row["sha256"], row["name"], row["media_type"], zlib.decompress(row["data"]))


def report_row(report: Report, number: int) -> Row:
    row: Row = {
        "number": number,
        "key": report.key,
        "id": report.id,
        "text": report.text,
        "title": report.title,
        "outlet": report.outlet,
        "author": report.author,
        "published": report.published.day.isoformat() if report.published else None,
        "dated_by": report.published.source.value if report.published else None,
        "language": report.language,
        "url": report.url,
        "zones": ZONES.dump_json(report.zones).decode(),
        "capture": report.capture,
    }
    for column, value in row.items():
        if isinstance(value, str):
            checked(value, f"report {report.id!r}, {column}")
    return row


def report_of(row: Stored) -> Report:
    from datetime import date

    published = None
    if row["published"] is not None:
        published = Published(date.fromisoformat(row["published"]), DateSource(row["dated_by"]))
    return Report(
        key=row["key"],
        id=row["id"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        published=published,
        language=row["language"],
        url=row["url"],
        zones=ZONES.validate_json(row["zones"]),
        capture=row["capture"],
    )


def statement_row(statement: Statement, reading: int, position: int) -> Row:
    claim = statement.claim
    return {
        "reading": reading,
        "position": position,
        "claim": claim.key,
        "report": claim.report,
        "start": claim.start,
        "end": claim.end,
        "kind": claim.kind.value,
        "voice": statement.voice.key,
        "place": fold(statement.place.name) if statement.place else None,
        "first_day": claim.when.first.isoformat() if claim.when else None,
        "last_day": claim.when.last.isoformat() if claim.when else None,
        "who": statement.who.key if statement.who else None,
        "whom": statement.whom.key if statement.whom else None,
        "low": claim.count.low if claim.count else None,
        "high": claim.count.high if claim.count else None,
        "value": STATEMENT.dump_json(statement).decode(),
    }


def statement_of(row: Stored) -> Statement:
    return STATEMENT.validate_json(row["value"])


def telling_row(telling: Telling) -> Row:
    return {"key": telling.key, "report": telling.report, "claims": KEYS.dump_json(telling.claims).decode()}


def telling_of(row: Stored) -> Telling:
    return Telling(row["key"], row["report"], KEYS.validate_json(row["claims"]))


def link_row(link: Link) -> Row:
    """A link's row; the two ends are put in order, since a link has no direction."""
    a, b = sorted((link.a, link.b))
    return {"a": a, "b": b, "value": LINK.dump_json(Link(a, b, link.score, link.weights)).decode()}


def score_of(value: str) -> float:
    """The score of a link as it is kept, or of the beginning of it: its weights need not be read for that."""
    return float(value.partition(_SCORE)[2].partition(",")[0])


@dataclass(frozen=True, slots=True)
class _Bare:
    """An incident as it is kept but for its links, which are not read: an older program kept thousands there."""

    id: str
    tellings: tuple[Telling, ...]
    kinds: tuple[Kind, ...]
    when: Days | None
    where: Place | None


@dataclass(frozen=True, slots=True)
class _Kept(_Bare):
    """An incident as it is kept; without links where they are all those kept between its tellings."""

    links: tuple[Link, ...] | None = None


_BARE, _KEPT = TypeAdapter(_Bare), TypeAdapter(_Kept)


def incident_row(incident: Incident, number: int, words: str, *, linked: bool = False) -> Row:
    """An incident's row; where it is `linked`, its links are all those kept between its tellings, and stand there."""
    return {
        "number": number,
        "id": incident.id,
        "place": PLACE.dump_json(incident.where).decode() if incident.where else None,
        "words": words,
        "value": incident_value(incident, linked=linked),
    }


def incident_value(incident: Incident, *, linked: bool) -> str:
    """An incident as JSON, without its links where it is `linked`."""
    return INCIDENT.dump_json(incident, exclude={"links"} if linked else None).decode()


def incident_of(value: str) -> tuple[Incident, bool]:
    """An incident from its value, and whether it is linked: its links are then all those kept between its tellings."""
    kept = _KEPT.validate_json(value)
    incident = Incident(kept.id, kept.tellings, kept.links or (), kept.kinds, kept.when, kept.where)
    return incident, kept.links is None


def bare_of(value: str) -> Incident:
    """An incident from its value, without its links."""
    kept = _BARE.validate_json(value)
    return Incident(kept.id, kept.tellings, (), kept.kinds, kept.when, kept.where)


def tally_row(tally: Tally) -> Row:
    return {"incident": tally.incident, "policy": tally.policy, "value": TALLY.dump_json(tally).decode()}


def listing_row(incident: Incident, number: int, tally: Tally | None) -> Row:
    """An incident as lists need it; its range is the one of all killed."""
    place = incident.where
    names = (place.name, *place.admin, place.country or "", *(p.name for p in place.alternatives)) if place else ()
    ranges = tally.ranges if tally else ()
    killed = next((one for one in ranges if one.kind is Kind.KILLED and one.whom == "all"), None)
    return {
        "policy": tally.policy if tally else "",
        "incident": incident.id,
        "number": number,
        "first_day": incident.when.first.isoformat() if incident.when else None,
        "last_day": incident.when.last.isoformat() if incident.when else None,
        "place_names": "|".join(dict.fromkeys(fold(name) for name in names if name)),
        "kinds": "|" + "".join(f"{kind.value}|" for kind in sorted(set(incident.kinds))),
        "grade": tally.grade.value if tally else None,
        "low": killed.low.value if killed else None,
        "high": killed.high.value if killed else None,
        "best": killed.best.value if killed and killed.best else None,
        "origins": tally.origins if tally else None,
        "reports": len(incident.reports),
        "claims": len(incident.claims),
    }


def chunks(keys: Iterable[str], size: int = 500) -> Iterable[Sequence[str]]:
    """The keys, each once, sorted, some hundreds at a time: databases bound the values of one question."""
    every = sorted(set(keys))
    for start in range(0, len(every), size):
        yield every[start : start + size]
