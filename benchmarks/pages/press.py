"""Reports of an invented war in the shapes of real ones, with their claims as the reader would give them.

The shapes were counted on 708 English reports drawn from Syrian and Gazan news, incidents of the
coded sets, MUC-4 and shootings, read by the program: words and claims of a report, kinds, how
many claims the author makes and how many another voice, how many voices speak once, stances,
totals. Their words are not used: every word here is coined from syllables, drawn as often as words
stand in news (Zipf's law). How many reports tell of one happening is a Pareto's: most are told by
one or two, few by a hundred.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

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
    Stance,
    Statement,
    VictimClass,
    Voice,
    VoiceType,
)

SEED = 20180719
START = date(2021, 1, 1)  # two years without a 29 February, so that they may be moved to others
DAYS = 730
PLACES = 300
PROVINCES = 12
OUTLETS = 60
OFFICES = 40
# Words and claims of a report at every tenth of the reports.
WORDS = (60, 123, 160, 190, 240, 300, 350, 443, 560, 710, 1417)
CLAIMS = (1, 2, 4, 5, 7, 9, 11, 14, 17, 23, 41)
SPREAD, MOST = 1.4, 120
AUTHOR = 0.43  # of claims; of the others, a quarter is by voices that speak once
ONCE = 0.25
STANCES = ((Stance.ASSERTED, 0.946), (Stance.DOUBTED, 0.031), (Stance.EXPECTED, 0.015), (Stance.DENIED, 0.008))
TOTALS = 0.073
CLASSES = ((VictimClass.UNKNOWN, 0.54), (VictimClass.CIVILIAN, 0.34), (VictimClass.COMBATANT, 0.12))
ACTS = (
    (Kind.AIR_STRIKE, 0.36),
    (Kind.GROUND_ATTACK, 0.33),
    (Kind.SHELLING, 0.13),
    (Kind.BOMBING, 0.10),
    (Kind.CHEMICAL_ATTACK, 0.08),
)
HARMS = ((Kind.KILLED, 0.70), (Kind.INJURED, 0.26), (Kind.DETAINED, 0.02), (Kind.MISSING, 0.02))
OTHERS = (
    (Kind.DAMAGE, 0.39),
    (Kind.SEIZED, 0.19),
    (Kind.DISPLACED, 0.12),
    (Kind.TRUCE, 0.09),
    (Kind.STRENGTH, 0.07),
    (Kind.WITHDREW, 0.07),
    (Kind.AID, 0.07),
)
PRECISIONS = (PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.CITY, PlacePrecision.NEIGHBOURHOOD)
SYLLABLES = ("ba", "da", "ka", "lo", "mi", "na", "ro", "sha", "ti", "vu", "ze", "gor", "len", "mar", "sul", "tem")
FILLERS = ("ab", "ec", "id", "of", "ug", "quo", "wex", "pyl", "cru", "fli", "bre", "stu")
SIDES = ("northern army", "southern army", "allied fleet")
BANDS = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its statements."""

    report: Report
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Happening:
    day: date
    place: Place
    act: Kind
    who: Actor
    killed: int
    injured: int


class Press:
    """The press of one invented war; `names` are the proper names it has used, each of one word."""

    def __init__(self, seed: int = SEED) -> None:
        self.names: set[str] = set()
        self._chance = chance = random.Random(seed)
        self._words = sorted({self._coined(FILLERS, chance.randint(2, 4)) for _ in range(30_000)})
        chance.shuffle(self._words)
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        self._provinces = [self._province(n) for n in range(PROVINCES)]
        self._places = [self._town(n) for n in range(PLACES)]
        bands = [Actor(f"band {n}", f"the {self._name()} band", None) for n in range(BANDS)]
        self._actors = [*(Actor(side, side, side) for side in SIDES), *bands]
        self._outlets = [Voice(f"outlet {n}", f"Outlet {n}", VoiceType.OUTLET) for n in range(OUTLETS)]
        sorts = (VoiceType.MONITOR, VoiceType.AGENCY, VoiceType.PARTY, VoiceType.OFFICIAL, VoiceType.UNNAMED)
        self._offices = [Voice(f"office {n}", f"office {n}", sorts[n % len(sorts)]) for n in range(OFFICES)]

    def reports(self, size: int) -> Iterator[Told]:
        """Reports until they hold so many claims or a few more, in the order they were published."""
        chance = self._chance
        tellings: list[tuple[date, float, _Happening]] = []
        while 3.5 * len(tellings) < 1.3 * size:
            happening = self._happening()
            for _ in range(min(MOST, int(chance.paretovariate(SPREAD)))):
                late = int(chance.expovariate(0.7))
                tellings.append((happening.day + timedelta(late), chance.random(), happening))
        waiting = deque(sorted(tellings, key=lambda one: one[:2]))
        claims = number = 0
        while waiting and claims < size:
            number += 1
            told = self._report(number, waiting)
            claims += len(told.statements)
            yield told

    def _report(self, number: int, waiting: deque[tuple[date, float, _Happening]]) -> Told:
        chance = self._chance
        wanted, length = self._drawn(CLAIMS), self._drawn(WORDS)
        outlet = chance.choices(self._outlets, [1 / (n + 1) for n in range(OUTLETS)])[0]
        published = waiting[0][0]
        sheet = _Sheet(self, number, outlet, published)
        told: list[_Happening] = []
        later: list[tuple[date, float, _Happening]] = []
        while waiting and len(sheet.claims) < wanted and len(later) < MOST:
            one = waiting.popleft()
            if one[2] in told:
                later.append(one)
                continue
            told.append(one[2])
            self._tell(sheet, one[2], wanted - len(sheet.claims))
        waiting.extendleft(reversed(later))
        while sheet.words < length:
            sheet.say(self.filler(chance.randint(9, 24)).capitalize() + ".")
        return sheet.done()

    def _tell(self, sheet: _Sheet, happening: _Happening, room: int) -> None:
        chance = self._chance
        act, place, who = happening.act.value.replace("_", " "), happening.place, happening.who
        if chance.random() < 0.1:
            place = next(one for one in self._provinces if one.name in place.admin)
        killed = happening.killed + (chance.randint(1, 3) if chance.random() < 0.1 else 0)
        voice = self._voice(sheet.outlet)
        day = happening.day if chance.random() < 0.74 else None
        lead = (
            f"A {act} by the {who.name} on {place.name} killed {killed} people and injured "
            f"{happening.injured} others on {happening.day:%d %B}, {voice.name} said {self.filler(6)}."
        )
        start = sheet.say(lead)
        sheet.claim(start, lead, happening.act, voice, place, who, day)
        sheet.claim(start, lead, Kind.KILLED, voice, place, who, day, killed)
        if room > 2:
            sheet.claim(start, lead, Kind.INJURED, voice, place, who, day, happening.injured)
        for _ in range(min(room - 3, chance.choice((0, 1, 1, 2, 3, 5)))):
            self._more(sheet, happening, place, day, killed)

    def _more(self, sheet: _Sheet, happening: _Happening, place: Place, day: date | None, killed: int) -> None:
        chance = self._chance
        voice = self._voice(sheet.outlet)
        kind = self._one_of(HARMS) if chance.random() < 0.6 else self._one_of(OTHERS)
        number = max(1, killed + chance.randint(-2, 2)) if kind is Kind.KILLED else chance.randint(1, 60)
        total = kind is Kind.KILLED and chance.random() < TOTALS / 0.32
        if total:
            number += 100 + 7 * (sheet.published - START).days
        words = f"{voice.name} {self.filler(5)} {kind.value.replace('_', ' ')} {number} people in {place.name} "
        words = words.capitalize() if words[0].islower() else words
        words += self.filler(chance.randint(4, 14)) + "."
        start = sheet.say(words)
        scope = Scope.TOTAL if total else Scope.EVENT
        sheet.claim(start, words, kind, voice, place, happening.who, day, number, scope=scope)

    def _voice(self, outlet: Voice) -> Voice:
        chance = self._chance
        if chance.random() < AUTHOR:
            return outlet
        if chance.random() < ONCE:
            name = f"{self._name(2)} {self._name(3)}"
            return Voice(name.casefold(), name, VoiceType.PERSON)
        return chance.choices(self._offices, [1 / (n + 1) for n in range(OFFICES)])[0]

    def _happening(self) -> _Happening:
        chance = self._chance
        return _Happening(
            START + timedelta(chance.randrange(DAYS - 14)),
            chance.choice(self._places),
            self._one_of(ACTS),
            chance.choices(self._actors, [6, 5, 4] + [1] * BANDS)[0],
            min(300, int(chance.paretovariate(0.9))),
            min(500, int(chance.paretovariate(0.8))),
        )

    def _province(self, number: int) -> Place:
        lat, lon = 33 + 1.1111 * (number // 4), 36 + 1.3131 * (number % 4)
        lat, lon = round(lat, 4), round(lon, 4)
        return Place(f"{self._name()} Province", lat, lon, PlacePrecision.GOVERNORATE, "XX", 11111 + number)

    def _town(self, number: int) -> Place:
        province = self._chance.choice(self._provinces)
        lat, lon = (
            round((at or 0.0) + self._chance.uniform(-0.5, 0.5), 3) + 0.0007 for at in (province.lat, province.lon)
        )
        precision = self._chance.choice(PRECISIONS)
        at = round(lat, 4), round(lon, 4)
        return Place(self._name(4), *at, precision, "XX", 21111 + number, (province.name,))

    def _name(self, syllables: int = 3) -> str:
        while True:
            name = self._coined(SYLLABLES, syllables).capitalize()
            if len(name) > 5 or syllables < 3:
                self.names.add(name)
                return name

    def _coined(self, syllables: Sequence[str], count: int) -> str:
        return "".join(self._chance.choice(syllables) for _ in range(count))

    def filler(self, count: int) -> str:
        """So many words that mean nothing."""
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=count))

    def _drawn(self, tenths: Sequence[int]) -> int:
        at = self._chance.randrange(len(tenths) - 1)
        return self._chance.randint(tenths[at], tenths[at + 1])

    def _one_of(self, shares: Sequence[tuple[Kind, float]]) -> Kind:
        return self._chance.choices([one for one, _ in shares], [share for _, share in shares])[0]

    def stance(self) -> Stance:
        """A stance, as often as it is taken."""
        return self._chance.choices([one for one, _ in STANCES], [share for _, share in STANCES])[0]

    def whose(self) -> VictimClass:
        """A class of victims, as often as it is named."""
        return self._chance.choices([one for one, _ in CLASSES], [share for _, share in CLASSES])[0]

    def certainty(self) -> float:
        """How sure the reader is."""
        return round(self._chance.uniform(0.3, 0.99), 2)


@dataclass(frozen=True, slots=True)
class _Drafted:
    start: int
    end: int
    kind: Kind
    slots: dict[str, object]
    voice: Voice
    place: Place
    who: Actor


class _Sheet:
    """A report while it is written: its text, and its claims by offset."""

    def __init__(self, press: Press, number: int, outlet: Voice, published: date) -> None:
        self._press, self._number, self.outlet, self.published = press, number, outlet, published
        self._title = press.filler(8).capitalize()
        self._text = f"{self._title}\n\n"
        self.words = 0
        self.claims: list[_Drafted] = []

    def say(self, sentence: str) -> int:
        """Write a sentence; where it stands."""
        start = len(self._text)
        self._text += sentence + "\n"
        self.words += sentence.count(" ") + 1
        return start

    def claim(
        self,
        start: int,
        words: str,
        kind: Kind,
        voice: Voice,
        place: Place,
        who: Actor,
        day: date | None,
        number: int | None = None,
        scope: Scope = Scope.EVENT,
    ) -> None:
        """Claim something in the sentence that stands there."""
        slots: dict[str, object] = {
            "where": self._mention(place.name, start),
            "stance": self._press.stance(),
            "scope": scope,
            "certainty": self._press.certainty(),
        }
        if who.name in words:
            slots["who"] = self._mention(who.name, start)
        if voice != self.outlet:
            slots["voice"] = self._mention(voice.name, start)
        if day is not None:
            slots["when"] = Days(START, self.published) if scope is Scope.TOTAL else Days(day, day)
        if number is not None:
            slots |= {"count": Count(number, number, str(number)), "whom": self._mention("people", start)}
            slots["whom_class"] = self._press.whose()
        self.claims.append(_Drafted(start, start + len(words), kind, slots, voice, place, who))

    def _mention(self, words: str, start: int) -> Mention:
        at = self._text.casefold().index(words.casefold(), start)
        return Mention(at, at + len(words), self._text[at : at + len(words)])

    def done(self) -> Told:
        """The report with its statements."""
        report = Report.of(
            self._text,
            id=f"made-{self._number}",
            title=self._title,
            outlet=self.outlet.name,
            published=Published(self.published, DateSource.GIVEN),
            language="en",
            url=f"https://outlet.example/{self._number}",
        )
        statements = {
            s.claim.key: s
            for s in (
                Statement(
                    Claim.of(report.key, one.start, one.end, one.kind, **one.slots),
                    one.voice,
                    place=one.place,
                    who=one.who if "who" in one.slots else None,
                    outlet=self.outlet.name,
                    published=self.published,
                )
                for one in self.claims
            )
        }
        return Told(report, tuple(statements.values()))
