"""Parties to a conflict as packs list them: their names, kinds, sides and parents, and when each held.

Shipped packs are `packs/actors-*.json`; a folder of a user's own packs is read over them. A row of
the user's with a key that a shipped row has adds its names to it, and what else it says stands in
place of what the shipped row says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from parallax.errors import UnreadableError
from parallax.names.folding import fold

# By its own name, by its people's adjective, by a word that others go by too, by a word for nobody in particular.
SURE, BY_ADJECTIVE, LOOSE, UNNAMED = 0.95, 0.85, 0.55, 0.5

_POSSESSIVE = re.compile(r"['’ʼ]s?(?=\W|$)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LISTS = ("aliases", "loose", "demonyms", "adjectives", "peoples", "seats", "countries", "traits")


@dataclass(frozen=True, slots=True)
class During:
    """What held for a time (a side, a parent, an ally, a name), by its key or words; both days included."""

    what: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether it held on that day; without a day, whether it holds still."""
        if day is None:
            return self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Party:
    """A row of a pack. `first` and `last` bound the party's own life, `years` what its pack is about."""

    key: str
    name: str
    kind: str | None = None
    traits: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    sides: tuple[During, ...] = ()
    parents: tuple[During, ...] = ()
    allies: tuple[During, ...] = ()
    names: tuple[During, ...] = ()
    first: date | None = None
    last: date | None = None
    years: tuple[int | None, int | None] = (None, None)
    unnamed: bool = False

    def told_of(self, day: date | None) -> bool:
        """Whether its pack is about that day's year; without a day, whether the pack's time is still open."""
        first, last = self.years
        if day is None:
            return last is None
        return (first is None or first <= day.year) and (last is None or day.year <= last)

    def lived(self, day: date | None) -> bool:
        """Whether the party was there on that day; without a day, any party may have been."""
        if day is None:
            return True
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def side(self, day: date | None) -> str | None:
        """The side it fought on that day; without a day, the one it took last."""
        return _held(self.sides, day)

    def parent(self, day: date | None) -> str | None:
        """The party that it was a part of on that day; without a day, the one it joined last."""
        return _held(self.parents, day)

    def called(self, day: date | None) -> str:
        """What it called itself on that day; else the name that its pack gives it."""
        return next((name.what for name in self.names if day is not None and name.holds(day)), self.name)


@dataclass(frozen=True, slots=True)
class Sense:
    """One party that words may mean, and how sure the words alone make it."""

    party: Party
    certainty: float


@dataclass(frozen=True, slots=True)
class Vague:
    """Words that many parties go by, and what those parties are; with `back`, one that was named before."""

    words: frozenset[str]
    kinds: frozenset[str]
    traits: frozenset[str]
    back: bool
    hostile: bool

    def fits(self, party: Party) -> bool:
        """Whether the words may be said of this party."""
        return not party.unnamed and (
            (not self.kinds or party.kind in self.kinds) and (not self.traits or bool(self.traits & party.traits))
        )


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """Every pack read: senses by folded words, and the lists of words that go with them.

    `acronyms` are names that count in running text only in capitals ("IS"). `seats` are
    places that stand for a government, and say which country a report is about.
    """

    all: tuple[Party, ...]
    by_key: Mapping[str, tuple[Party, ...]]
    aliases: Mapping[str, tuple[Sense, ...]]
    peoples: Mapping[str, tuple[Sense, ...]]
    adjectives: Mapping[str, tuple[Sense, ...]]
    nations: frozenset[str]
    acronyms: frozenset[str]
    seats: Mapping[str, frozenset[str]]
    openings: frozenset[str]
    forces: frozenset[str]
    backed: frozenset[str]
    fighting: frozenset[str]
    weapons: frozenset[str]
    vague: tuple[Vague, ...]
    longest: int

    def party(self, key: str, day: date | None = None) -> Party | None:
        """The party of this key in the pack about that day, else in any pack; None for an unknown key."""
        known = self.by_key.get(key, ())
        return next((party for party in known if party.told_of(day)), known[0] if known else None)

    def side(self, key: str, day: date | None) -> str | None:
        """The side of a party on that day; None where it is unknown or takes none."""
        party = self.party(key, day)
        return party.side(day) if party else None

    def allied(self, a: str, b: str, day: date | None) -> bool:
        """Whether two parties stood together on that day: one side, a stated alliance, or one a part of the other."""
        if a == b or a in self._above(b, day) or b in self._above(a, day):
            return True
        sides = self.side(a, day), self.side(b, day)
        if sides[0] is not None and sides[0] == sides[1]:
            return True
        return any(
            ally.what == other and ally.holds(day)
            for one, other in ((a, b), (b, a))
            if (party := self.party(one, day)) is not None
            for ally in party.allies
        )

    def _above(self, key: str, day: date | None) -> set[str]:
        """The parties that this one was a part of on that day, at any remove."""
        above: set[str] = set()
        while (party := self.party(key, day)) is not None and (parent := party.parent(day)) and parent not in above:
            above.add(parent)
            key = parent
        return above


def _held(times: tuple[During, ...], day: date | None) -> str | None:
    if day is None:
        return max(times, key=lambda time: time.first or date.min).what if times else None
    return next((time.what for time in reversed(times) if time.holds(day)), None)


def bare(words: str) -> str:
    """Folded, without possessive endings and without a leading "the"."""
    return fold(_POSSESSIVE.sub("", words)).removeprefix("the ")


def as_day(given: object, *, last: bool = False) -> date | None:
    """A day from `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the first that it can mean, or the last.

    Raises `ValueError` for anything else; None gives None.
    """
    if given is None or given == "":
        return None
    match = _DAY.fullmatch(str(given))
    if match is None:
        raise ValueError(f"{given!r} is no day: write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        return date(year, month, day)
    if not last:
        return date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return after - timedelta(1)


def as_party(row: Mapping[str, Any], years: tuple[int | None, int | None] = (None, None)) -> Party:
    """The party of a row. Raises `KeyError` or `ValueError` for what a row may not hold."""
    return Party(
        row["key"],
        row["name"],
        row.get("kind"),
        frozenset(row.get("traits", ())),
        frozenset(row.get("countries", ())),
        tuple(_times(row, "side", "sides")),
        tuple(_times(row, "parent", "parents")),
        tuple(_times(row, "party", "allies")),
        tuple(_times(row, "name", "names")),
        as_day(row.get("from")),
        as_day(row.get("to"), last=True),
        years,
        bool(row.get("unnamed")),
    )


def _times(row: Mapping[str, Any], one: str, many: str) -> Iterator[During]:
    """What a row gives for all its time (`one`), or time by time (`many`)."""
    if one in ("side", "parent") and row.get(one) and not row.get(many):
        yield During(row[one])
    for time in row.get(many) or ():
        first, last = as_day(time.get("from")), as_day(time.get("to"), last=True)
        if first is not None and last is not None and first > last:
            raise ValueError(f"{many}: {time[one]!r} ends before it begins")
        yield During(time[one], first, last)


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Parties:
    """Every party of the shipped packs and of a person's own in the folder; 20 ms, once per process and folder.

    Raises `UnreadableError` for an own pack that is not as `own_actors` wrote it.
    """
    shipped = resources.files("parallax.names").joinpath("packs")
    files = sorted(shipped.iterdir(), key=lambda file: file.name, reverse=True)
    packs = [json.loads(file.read_text("utf-8")) for file in files if file.name.startswith("actors-")]
    words = json.loads(shipped.joinpath("force-words.json").read_text("utf-8"))
    rows = _rows(pack for pack in packs if not pack.get("under"))
    for pack in (*(pack for pack in packs if pack.get("under")), *own_packs(folder)):
        rows = _over(rows, _rows([pack]))
    return build(rows, words)


def own_packs(folder: Path | None) -> list[dict[str, Any]]:
    """A person's own packs, by the name of their file; none where there is no folder."""
    if folder is None or not folder.is_dir():
        return []
    packs = []
    for path in sorted(path for path in folder.glob("*.json") if not path.name.startswith(".")):
        try:
            pack = json.loads(path.read_bytes())
            for row, years in _rows([pack]):
                as_party(row, years)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise UnreadableError(f"{path}: not a pack of parties ({error}); remove it and add yours again") from error
        packs.append(pack)
    return packs


_Row = tuple[dict[str, Any], tuple[int | None, int | None]]


def _rows(packs: Iterable[dict[str, Any]]) -> list[_Row]:
    return [(row, (pack.get("from"), pack.get("to"))) for pack in packs for row in pack["actors"]]


def _over(rows: list[_Row], own: list[_Row]) -> list[_Row]:
    """A person's rows laid over those of the same key, or put before them all; a pack of other years stands apart."""
    by_key = {row["key"]: row for row, years in own if years == (None, None)}
    keys = {row["key"] for row, _ in rows}
    apart = [(row, years) for row, years in own if years != (None, None) or row["key"] not in keys]
    return [*apart, *((_merged(row, by_key[row["key"]]) if row["key"] in by_key else row, at) for row, at in rows)]


def _merged(row: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    both = {name: [*row.get(name, ()), *own.get(name, ())] for name in _LISTS if name in row or name in own}
    # What the user says of a side or a parent stands alone, whether told once or time by time.
    less = [many for one, many in (("side", "sides"), ("parent", "parents")) if one in own and many not in own]
    return {**{name: value for name, value in row.items() if name not in less}, **own, **both}


def build(rows: Iterable[_Row], words: Mapping[str, Any]) -> Parties:
    """The parties of these rows, each with the years its pack is about, and the lists of words."""
    every: list[Party] = []
    aliases: dict[str, list[Sense]] = {}
    peoples: dict[str, list[Sense]] = {}
    adjectives: dict[str, list[Sense]] = {}
    seats: dict[str, set[str]] = {}
    nations: set[str] = set()
    capitals: dict[str, bool] = {}
    for row, years in rows:
        party = as_party(row, years)
        every.append(party)
        named = UNNAMED if party.unnamed else SURE
        for alias in (party.name, *(name.what for name in party.names), *row.get("aliases", ())):
            said = bare(alias)
            aliases.setdefault(said, []).append(Sense(party, named))
            short = alias.isupper() and alias.isascii() and len(said) < 6
            capitals[said] = capitals.get(said, True) and short
        for alias in row.get("loose", ()):
            aliases.setdefault(bare(alias), []).append(Sense(party, LOOSE))
        for people in row.get("demonyms", ()):
            peoples.setdefault(bare(people), []).append(Sense(party, BY_ADJECTIVE))
        for adjective in row.get("adjectives", ()):
            adjectives.setdefault(bare(adjective), []).append(Sense(party, BY_ADJECTIVE))
        for seat in row.get("seats", ()):
            seats.setdefault(bare(seat), set()).update(party.countries)
        nations.update(map(bare, row.get("peoples", ())))
    by_key: dict[str, list[Party]] = {}
    for party in every:
        by_key.setdefault(party.key, []).append(party)
    aliases.pop("", None)
    return Parties(
        tuple(every),
        {key: tuple(found) for key, found in by_key.items()},
        {alias: tuple(dict.fromkeys(senses)) for alias, senses in aliases.items()},
        {people: tuple(senses) for people, senses in peoples.items()},
        {adjective: tuple(senses) for adjective, senses in adjectives.items()},
        frozenset([*nations, *peoples, *adjectives, *(f"{adjective}s" for adjective in adjectives)]),
        frozenset(alias for alias, capital in capitals.items() if capital),
        {seat: frozenset(countries) for seat, countries in seats.items()},
        frozenset(opening for said in (*aliases, *peoples, *adjectives) for opening in (said.split()[0],)),
        frozenset(words["forces"]),
        frozenset(words["backed"]),
        frozenset(words["fighting"]),
        frozenset(words["weapons"]),
        tuple(
            Vague(
                frozenset(row["words"]),
                frozenset(row.get("kinds", ())),
                frozenset(row.get("traits", ())),
                bool(row.get("back")),
                bool(row.get("hostile")),
            )
            for row in words["vague"]
        ),
        max((len(alias.split()) for alias in aliases), default=0),
    )
