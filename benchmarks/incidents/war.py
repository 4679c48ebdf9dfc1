"""A war made by program: reports, and their claims as a reader with resolved names would give them.

Incidents are strewn over 300 places of 12 provinces and two years. Most are told by one to
five reports, few by a hundred or more; a report tells of one to six of them, some days late, some
with the province alone for a place, some without a day, a tenth with another toll. A sixth
of the reports carry a running total as well. One massacre is told by as many reports as are
asked for. Nothing here is taken from a real report.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from parallax.model import (
    Actor,
    Claim,
    Count,
    DateSource,
    Days,
    Kind,
    Mention,
    Place,
    PlacePrecision,
    Published,
    Report,
    Scope,
    Statement,
    VictimClass,
    Voice,
    VoiceType,
)

SEED = 20170404
START = date(2031, 1, 1)
DAYS = 730
PLACES = 300
PROVINCES = 12
OUTLETS = 40
SPREAD = 1.5  # of how many reports tell of an incident (Pareto): a third in one, one in 30 in ten or more
MOST = 200
SIDES = ("north", "south", "allies")
ACTS = (Kind.AIR_STRIKE, Kind.SHELLING, Kind.GROUND_ATTACK, Kind.BOMBING)
SYLLABLES = ("ba", "da", "ka", "lo", "mi", "na", "ro", "sha", "ti", "vu", "ze", "gor", "len", "mar", "sul", "tem")


@dataclass(frozen=True, slots=True)
class _Happening:
    """One thing that happened, as nobody but the maker knows it."""

    day: date
    place: Place
    act: Kind
    who: Actor
    killed: int
    injured: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its statements, and the numbers of the happenings that it tells of."""

    report: Report
    statements: tuple[Statement, ...]
    happenings: tuple[int, ...]


def _name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def _places(chance: random.Random) -> tuple[list[Place], list[Place]]:
    provinces = [
        Place(
            f"{_name(chance, 3)} Province",
            33 + 1.1 * (n // 4),
            36 + 1.3 * (n % 4),
            PlacePrecision.GOVERNORATE,
            "XX",
            1000 + n,
        )
        for n in range(PROVINCES)
    ]
    found = []
    for n in range(PLACES):
        province = chance.choice(provinces)
        precision = chance.choice((PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY))
        lat, lon = (round((at or 0.0) + chance.uniform(-0.5, 0.5), 4) for at in (province.lat, province.lon))
        found.append(Place(_name(chance, 4), lat, lon, precision, "XX", 2000 + n, (province.name,)))
    return found, provinces


def _happening(chance: random.Random, places: list[Place], actors: list[Actor]) -> _Happening:
    return _Happening(
        START + timedelta(chance.randrange(DAYS)),
        chance.choice(places),
        chance.choice(ACTS),
        chance.choice(actors),
        min(300, int(chance.paretovariate(0.9))),
        min(500, int(chance.paretovariate(0.8))),
        tuple(f"{_name(chance, 2)} {_name(chance, 3)}" for _ in range(chance.choice((0, 0, 1, 2)))),
    )


class _Sheet:
    """A report while it is written: its text, and its claims by offset."""

    def __init__(self, chance: random.Random, number: int, outlet: str, published: date) -> None:
        self.chance, self.number, self.outlet, self.published = chance, number, outlet, published
        self.text = ""
        self.waiting: list[tuple[int, int, Kind, dict[str, object], Voice, Place | None, Actor | None]] = []

    def say(self, sentence: str) -> tuple[int, int]:
        """Write a sentence, "~" for any word, and another that claims nothing; where the first stands."""
        start = len(self.text)
        words = [self.filler() if word == "~" else word for word in sentence.split()]
        sentence = " ".join(words)
        self.text += f"{sentence} {' '.join(self.filler() for _ in range(8)).capitalize()}.\n"
        return start, start + len(sentence)

    def filler(self) -> str:
        """A word that means nothing, so that no two reports share five words in a row."""
        return _name(self.chance, 4).lower()

    def mention(self, words: str, start: int) -> Mention:
        at = self.text.index(words, start)
        return Mention(at, at + len(words), words)

    def done(self) -> Told:
        report = Report.of(
            self.text,
            id=f"made-{self.number}",
            outlet=self.outlet,
            published=Published(self.published, DateSource.GIVEN),
            language="en",
        )
        statements = tuple(
            Statement(
                Claim.of(report.key, start, end, kind, **slots),
                voice,
                place=place,
                who=who,
                outlet=self.outlet,
                published=self.published,
            )
            for start, end, kind, slots, voice, place, who in self.waiting
        )
        return Told(report, statements, ())


def _write(sheet: _Sheet, happening: _Happening, provinces: list[Place], voice: Voice) -> None:
    chance = sheet.chance
    place = happening.place
    if chance.random() < 0.15:
        place = next(province for province in provinces if province.name in place.admin)
    killed = happening.killed + (chance.randint(1, 3) if chance.random() < 0.1 else 0)
    victims = f"civilians, among them {' and '.join(happening.names)}" if happening.names else "people"
    act = happening.act.value.replace("_", " ")
    start, end = sheet.say(
        f"A {act} ~ by the {happening.who.name} ~ on {place.name} ~ killed {killed} {victims} "
        f"~ and injured {happening.injured} ~ on {happening.day:%d %B}."
    )
    slots: dict[str, object] = {"where": sheet.mention(place.name, start)}
    if chance.random() < 0.9:
        slots["when"] = Days(happening.day, happening.day)
    who = sheet.mention(happening.who.name, start)
    whom = sheet.mention(victims, start)
    sort = VictimClass.CIVILIAN if happening.names else VictimClass.UNKNOWN
    sheet.waiting.append((start, end, happening.act, {**slots, "who": who}, voice, place, happening.who))
    for kind, number in ((Kind.KILLED, killed), (Kind.INJURED, happening.injured)):
        count = Count(number, number, str(number))
        told = {**slots, "who": who, "whom": whom, "whom_class": sort, "count": count}
        sheet.waiting.append((start, end, kind, told, voice, place, happening.who))


def _total(sheet: _Sheet, voice: Voice, provinces: list[Place]) -> None:
    where = sheet.chance.choice(provinces)
    number = 100 + (sheet.published - START).days * 7
    start, end = sheet.say(f"At least {number} people ~ have been killed ~ in {where.name} ~ since the war began.")
    slots: dict[str, object] = {
        "count": Count(number, None, f"At least {number}"),
        "whom": sheet.mention("people", start),
        "where": sheet.mention(where.name, start),
        "when": Days(START, sheet.published),
        "scope": Scope.TOTAL,
    }
    sheet.waiting.append((start, end, Kind.KILLED, slots, voice, where, None))


def _taken(waiting: deque[tuple[date, int, int]], most: int) -> list[tuple[date, int, int]]:
    """The next so many tellings, or fewer: no report tells of one happening twice."""
    taken: list[tuple[date, int, int]] = []
    while waiting and len(taken) < most and all(waiting[0][2] != happening for _, _, happening in taken):
        taken.append(waiting.popleft())
    return taken


def _massacre(chance: random.Random, places: list[Place], actors: list[Actor]) -> _Happening:
    """A happening that nobody takes for another: a great toll, and two names."""
    names = tuple(f"{_name(chance, 2)} {_name(chance, 3)}" for _ in range(2))
    day = START + timedelta(DAYS // 2)
    return _Happening(day, chance.choice(places), Kind.BOMBING, chance.choice(actors), 140, 310, names)


def tell(size: int, seed: int = SEED, massacre: int = 0) -> Iterator[Told]:
    """Reports until they hold so many claims or a few more, in the order they were published.

    So many reports more tell of the massacre. The same numbers give the same reports.
    """
    chance = random.Random(seed)
    places, provinces = _places(chance)
    actors = [Actor(side, f"{side} army", side) for side in SIDES]
    voices = [Voice(f"outlet {n}", f"Outlet {n}", VoiceType.OUTLET) for n in range(OUTLETS)]
    tellings: list[tuple[date, int, int]] = []  # day of publication, outlet, happening
    happenings: list[_Happening] = []
    while 3 * len(tellings) < size:
        happenings.append(_happening(chance, places, actors))
        for _ in range(min(MOST, int(chance.paretovariate(SPREAD)))):
            late = int(chance.expovariate(0.7))
            tellings.append((happenings[-1].day + timedelta(late), chance.randrange(OUTLETS), len(happenings) - 1))
    if massacre:
        other = random.Random(seed + 1)
        happenings.append(_massacre(other, places, actors))
        for _ in range(massacre):
            late = int(other.expovariate(0.7))
            tellings.append((happenings[-1].day + timedelta(late), other.randrange(OUTLETS), len(happenings) - 1))
    tellings.sort()
    waiting = deque(tellings)
    number = 0
    while waiting:
        taken = _taken(waiting, chance.choice((1, 1, 1, 2, 3, 6)))
        number += 1
        published, outlet, _ = taken[-1]
        voice = voices[outlet]
        sheet = _Sheet(chance, number, voice.name, published)
        told = tuple(happening for _, _, happening in taken)
        for happening in told:
            _write(sheet, happenings[happening], provinces, voice)
        if chance.random() < 1 / 6:
            _total(sheet, voice, provinces)
        made = sheet.done()
        yield Told(made.report, made.statements, told)
