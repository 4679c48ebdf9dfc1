"""What is asked of the workbench: addresses as people come by them, drawn from the ledger itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

from sqlalchemy import Connection, func, select

from parallax.ledger import narrow, tables
from parallax.ledger.ledger import Ledger
from parallax.model import Grade, Kind

SEED = 12
LARGEST = 10
PARTS = ("accounts?page=2", "reports", "links", "left-out?kind=killed&whom=all&end=low")
POLICIES = ("airwars", "ucdp", "ibc", "acled")

Addresses = dict[str, list[str]]


def drawn(path: Path | str, each: int) -> Addresses:
    """So many addresses of each page, by the page's name."""
    chance = random.Random(SEED)
    with Ledger.open(path) as ledger, ledger.reading_connection() as connection:
        reports = _some(connection, tables.reports, tables.reports.c.key, chance, each)
        incidents = _some(connection, tables.incidents, tables.incidents.c.id, chance, each)
        listings = tables.listings
        largest = (
            connection.execute(
                select(listings.c.incident)
                .where(listings.c.policy == "")
                .order_by(listings.c.reports.desc(), listings.c.incident)
                .limit(LARGEST)
            )
            .scalars()
            .all()
        )
        voices = narrow.voices
        loud = connection.execute(select(voices.c.key).order_by(voices.c.claims.desc()).limit(LARGEST)).scalars()
        quiet = connection.execute(select(voices.c.key).order_by(voices.c.key).limit(each)).scalars()
        texts = connection.execute(select(tables.reports.c.text).where(tables.reports.c.key.in_(reports))).scalars()
        words = sorted({word for text in texts for word in text.replace(".", " ").split() if word.isalpha()})
        places = [
            name for name in connection.execute(select(narrow.sites.c.name).distinct().limit(5_000)).scalars() if name
        ]
        actors = sorted(connection.execute(select(tables.incident_actors.c.actor).distinct()).scalars())
        claims = [claim for key in reports[:20] for claim in _claims(ledger, key)]
        half = each // 2
        return {
            "incidents": _lists(chance, each, words, places, actors),
            "incidents, searched": [f"/?{urlencode({'q': _words(chance, words, places)})}" for _ in range(each)],
            "an incident": [f"/incidents/{id}?policy={chance.choice(POLICIES)}" for id in incidents],
            "an incident of many reports": [f"/incidents/{id}" for id in largest],
            "parts of it": [f"/incidents/{id}/parts/{part}" for id in largest for part in PARTS],
            "a dossier": [f"/incidents/{id}/dossier" for id in incidents[: each // 2]],
            "reports": [
                *_pages(chance, "/reports", each // 2, 1_000),
                *_searched(chance, "/reports", words, each // 2),
            ],
            "a report": [f"/reports/{key}" for key in reports],
            "a claim": claims[:each],
            "voices": [*_pages(chance, "/voices", half, 20), *_searched(chance, "/voices", places, half)],
            "a voice": [f"/voices/{quote(key, safe='')}" for key in quiet],
            "a loud voice": [f"/voices/{quote(key, safe='')}" for key in loud],
            "map": [f"/map?{urlencode(_asked(chance, words, places, actors))}" for _ in range(each)],
            "marks of the map": [_view(chance) for _ in range(each)],
            "log": [
                *_pages(chance, "/log", each // 2, 5_000),
                *(f"/log?subject={id}" for id in incidents[: each // 2]),
            ],
            "queue": [*_pages(chance, "/queue", each, 50)],
            "tallies": _tallies(chance, each),
            "unread": ["/unread"] * 5,
            "help": ["/help"] * 5,
        }


def _some(connection: Connection, table: object, column: object, chance: random.Random, count: int) -> list[str]:
    """Keys of rows drawn by their numbers."""
    number = table.c.number  # type: ignore[attr-defined]
    last = connection.execute(select(func.max(number))).scalar() or 0
    wanted = [chance.randint(1, last) for _ in range(count)] if last else []
    return sorted(connection.execute(select(column).where(number.in_(wanted))).scalars())  # type: ignore[call-overload]


def _claims(ledger: Ledger, key: str) -> list[str]:
    return [f"/reports/{key}/claims/{said.claim.key}" for said in ledger.statements(reports=[key])[:2]]


def _words(chance: random.Random, words: Sequence[str], places: Sequence[str]) -> str:
    return " ".join(chance.choice(chance.choice((words, places)) or words) for _ in range(chance.choice((1, 1, 2, 3))))


def _asked(chance: random.Random, words: Sequence[str], places: Sequence[str], actors: Sequence[str]) -> dict[str, str]:
    """Some of the fields that a list can be asked for."""
    first = date(2011, 1, 1) + timedelta(chance.randrange(6_000))
    fields = {
        "kind": chance.choice(list(Kind)).value,
        "grade": chance.choice(list(Grade)).value,
        "place": chance.choice(places),
        "from": first.isoformat(),
        "to": (first + timedelta(chance.choice((7, 90, 1_000)))).isoformat(),
        "actor": chance.choice(actors),
        "q": chance.choice(words),
        "policy": chance.choice(POLICIES),
    }
    return {name: fields[name] for name in chance.sample(sorted(fields), chance.choice((0, 1, 1, 2, 3)))}


def _lists(
    chance: random.Random, count: int, words: Sequence[str], places: Sequence[str], actors: Sequence[str]
) -> list[str]:
    made = []
    for _ in range(count):
        asked = _asked(chance, words, places, actors)
        asked["order"] = chance.choice(("when", "oldest", "killed", "reports"))
        if chance.random() < 0.4:
            asked["page"] = str(chance.choice((2, 3, 10, 500, 2_000)))
        made.append(f"/?{urlencode(asked)}")
    return made


def _pages(chance: random.Random, path: str, count: int, last: int) -> list[str]:
    return [f"{path}?page={chance.choice((1, 1, 2, 3, last // 2, last))}" for _ in range(count)]


def _searched(chance: random.Random, path: str, words: Sequence[str], count: int) -> list[str]:
    return [f"{path}?{urlencode({'q': chance.choice(words)})}" for _ in range(count)]


def _view(chance: random.Random) -> str:
    zoom = chance.choice((0, 3, 5, 7, 9))
    wide = 180 / 2**zoom
    lon, lat = chance.uniform(35, 42), chance.uniform(32, 37)
    view = f"{lon - wide:.3f},{max(-85.0, lat - wide / 2):.3f},{lon + wide:.3f},{min(85.0, lat + wide / 2):.3f}"
    return f"/map.json?z={zoom}&view={view}"


def _tallies(chance: random.Random, count: int) -> list[str]:
    made = []
    for _ in range(count):
        asked = {"policy": chance.choice(POLICIES), "by": chance.choice(("month", "place", "actor", "whom", "kind"))}
        made.append(f"/tallies?{urlencode(asked)}")
    return made
