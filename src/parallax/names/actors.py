"""Who a claim names: parties to a conflict and their arms, by the packs `packs/actors-*.json`.

The longest alias in the words wins, so "Syrian regime warplanes" is the Syrian government
and "Syrian Democratic Forces" is not. The adjective of a nation counts only beside a word
for its forces ("Russian jets") or as a people that does something ("the Russians shelled"):
"Syrian children" names no party. Words that several parties go by ("the coalition") keep
the others as alternatives. Those who are harmed are of a party only as its fighters:
"nine Russians" killed are nine people of that nation until the report says otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from parallax.model import Actor, VictimClass
from parallax.names.folding import fold

# By its own name, by its people's adjective, by a word that others go by too, by a word for nobody in particular.
SURE, BY_ADJECTIVE, LOOSE, UNNAMED = 0.95, 0.85, 0.55, 0.5


@dataclass(frozen=True, slots=True)
class Party:
    """A row of a pack: who it is, and the years its pack is about."""

    key: str
    name: str
    side: str | None
    parent: str | None
    first: int | None
    last: int | None

    def lived(self, day: date | None) -> bool:
        """Whether the pack is about that day's year; without a day, whether its time is still open."""
        if day is None:
            return self.last is None
        return (self.first is None or self.first <= day.year) and (self.last is None or day.year <= self.last)


@dataclass(frozen=True, slots=True)
class _Sense:
    party: Party
    certainty: float


@dataclass(frozen=True, slots=True)
class _Packs:
    aliases: Mapping[str, tuple[_Sense, ...]]
    peoples: Mapping[str, tuple[_Sense, ...]]
    adjectives: Mapping[str, tuple[_Sense, ...]]
    nations: frozenset[str]
    forces: frozenset[str]
    backed: frozenset[str]
    fighting: frozenset[str]
    weapons: frozenset[str]
    longest: int


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int
    last: int
    senses: tuple[_Sense, ...]
    words: str

    @property
    def length(self) -> int:
        return self.last - self.first


@cache
def _packs() -> _Packs:
    folder = resources.files("parallax.names").joinpath("packs")
    aliases: dict[str, list[_Sense]] = {}
    peoples: dict[str, list[_Sense]] = {}
    adjectives: dict[str, list[_Sense]] = {}
    nations: set[str] = set()
    for file in sorted(folder.iterdir(), key=lambda file: file.name, reverse=True):
        if not (file.name.startswith("actors-") and file.name.endswith(".json")):
            continue
        pack = json.loads(file.read_text("utf-8"))
        for row in pack["actors"]:
            party = Party(row["key"], row["name"], row.get("side"), row.get("parent"), pack.get("from"), pack.get("to"))
            named = UNNAMED if row.get("unnamed") else SURE
            for alias in (row["name"], *row.get("aliases", ())):
                aliases.setdefault(_bare(alias), []).append(_Sense(party, named))
            for alias in row.get("loose", ()):
                aliases.setdefault(_bare(alias), []).append(_Sense(party, LOOSE))
            for people in row.get("demonyms", ()):
                peoples.setdefault(_bare(people), []).append(_Sense(party, BY_ADJECTIVE))
            for adjective in row.get("adjectives", ()):
                adjectives.setdefault(_bare(adjective), []).append(_Sense(party, BY_ADJECTIVE))
            nations.update(map(_bare, row.get("peoples", ())))
    lists = json.loads(folder.joinpath("force-words.json").read_text("utf-8"))
    return _Packs(
        {alias: tuple(senses) for alias, senses in aliases.items()},
        {people: tuple(senses) for people, senses in peoples.items()},
        {adjective: tuple(senses) for adjective, senses in adjectives.items()},
        frozenset([*nations, *peoples, *adjectives, *(f"{adjective}s" for adjective in adjectives)]),
        frozenset(lists["forces"]),
        frozenset(lists["backed"]),
        frozenset(lists["fighting"]),
        frozenset(lists["weapons"]),
        max(len(alias.split()) for alias in aliases),
    )


_POSSESSIVE = re.compile(r"['’ʼ]s?(?=\W|$)", re.IGNORECASE)


def _bare(words: str) -> str:
    """Folded, without possessive endings and without a leading "the"."""
    return fold(_POSSESSIVE.sub("", words)).removeprefix("the ")


def resolve(words: str, day: date | None = None) -> Actor | None:
    """The party that these words name, or None where they name none that is known.

    `day` (of publication) chooses among the packs: the Russians of 1854 and of 2018 have
    one key but stand on different sides. Neither case nor spacing makes a difference.
    """
    packs = _packs()
    return _chosen(_hits(_bare(words).split(), packs, day))


def harmed(words: str, whom_class: VictimClass, day: date | None = None) -> Actor | None:
    """The party that those harmed belong to, or None where the words tell of no fighters.

    Combatants are of the party that the words name, by its people's name as well ("the
    Russians" who lost a battle). Of anybody else a people's name is a nationality, unless
    the words speak of soldiers or other fighters. Civilians are of no side that fights:
    only such words, or an organisation that stands on none, name whom they belong to.
    """
    packs = _packs()
    said = _bare(words).split()
    hits = _hits(said, packs, day)
    if whom_class is not VictimClass.COMBATANT:
        hits = [hit for hit in hits if hit.words not in packs.nations or _fights(said[hit.last :][:3], packs)]
    if whom_class is VictimClass.CIVILIAN and not _fights(said, packs):
        hits = [hit for hit in hits if all(sense.party.side is None for sense in hit.senses)]
    # The dead of two sides in one number ("soldiers and rebels") are not those of either.
    sides = {hit.senses[0].party.side or hit.senses[0].party.key for hit in hits}
    return None if len(sides) > 1 and "and" in said else _chosen(hits)


def _fights(said: Sequence[str], packs: _Packs) -> bool:
    return any(word in packs.fighting for word in said)


def _chosen(hits: Sequence[_Hit]) -> Actor | None:
    """The surest and longest of the names, the others as alternatives."""
    if not hits:
        return None
    best = max(hits, key=lambda hit: (_rung(hit.senses[0].certainty), hit.length, -hit.first))
    chosen = best.senses[0]
    others = [sense.party.key for sense in best.senses[1:]]
    # Beside a named party a general word ("soldiers", "the army") adds nobody.
    rivals = [hit for hit in hits if hit is not best and hit.senses[0].certainty >= min(chosen.certainty, BY_ADJECTIVE)]
    others += [sense.party.key for hit in rivals for sense in hit.senses]
    alternatives = tuple(dict.fromkeys(key for key in others if key != chosen.party.key))
    certainty = chosen.certainty if not best.senses[1:] else min(chosen.certainty, 0.7)
    return Actor(chosen.party.key, chosen.party.name, chosen.party.side, certainty, alternatives)


def names_people(words: str) -> bool:
    """Whether the words are a nation's adjective or its people: "Syrian", "the Turks"."""
    return _bare(words) in _packs().nations


def _rung(certainty: float) -> int:
    """Names and peoples before loose words, loose words before unnamed parties."""
    return (certainty >= LOOSE) + (certainty > LOOSE)


def _hits(said: list[str], packs: _Packs, day: date | None) -> list[_Hit]:
    """Every alias in the words, none inside a longer one."""
    hits: list[_Hit] = []
    at = 0
    while at < len(said):
        hit = _at(said, at, packs, day)
        if hit is None:
            at += 1
            continue
        if hit.last < len(said) and said[hit.last] in packs.backed and hit.last + 1 < len(said):
            # "Russian-backed Syrian troops" names the troops, not who backs them.
            at = hit.last + 1
            continue
        hits.append(hit)
        at = hit.last
    return hits


def _at(said: list[str], at: int, packs: _Packs, day: date | None) -> _Hit | None:
    for last in range(min(len(said), at + packs.longest), at, -1):
        words = " ".join(said[at:last])
        # Captured pages often lose the apostrophe: "Assads forces", "the regimes jets".
        senses = _alive(packs.aliases.get(words) or packs.aliases.get(words.removesuffix("s"), ()), day)
        if senses:
            return _Hit(at, last, senses, words)
    senses = _alive(packs.peoples.get(said[at], ()), day)
    if senses and (
        (said[at].endswith(("s", "men")) and len(said) <= at + 1)
        or any(word in packs.forces for word in said[at + 1 : at + 4])
        or len(said) == 1
    ):
        return _Hit(at, at + 1, senses, said[at])
    # The adjective of a people that groups fight for is theirs beside fighters and weapons alone.
    senses = _alive(packs.adjectives.get(said[at], ()), day)
    if senses and any(word in packs.fighting or word in packs.weapons for word in said[at + 1 : at + 4]):
        return _Hit(at, at + 1, senses, said[at])
    return None


def _alive(senses: tuple[_Sense, ...], day: date | None) -> tuple[_Sense, ...]:
    """The senses of that day's packs, one for each party; without a day also those of one past time, if none other."""
    living = [sense for sense in senses if sense.party.lived(day)]
    if not living and day is None:
        living = [sense for sense in senses if sense.certainty > LOOSE]
    kept: dict[str, _Sense] = {}
    for sense in living:
        kept.setdefault(sense.party.key, sense)
    return tuple(kept.values())
