"""The nouns of Parallax: immutable values, and nothing else.

Offsets count Unicode code points of `Report.text`, the end excluded. A count is a range
with its words, a day is an interval with its precision, a place has its precision; no
value here is ever a bare number or string that stands for one of these.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Any


class Kind(StrEnum):
    """What is claimed (the annotation guide's kinds)."""

    KILLED = "killed"
    INJURED = "injured"
    DETAINED = "detained"
    MISSING = "missing"
    DISPLACED = "displaced"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    CHEMICAL_ATTACK = "chemical_attack"
    GROUND_ATTACK = "ground_attack"
    SEIZED = "seized"
    WITHDREW = "withdrew"
    TRUCE = "truce"
    AID = "aid"
    STRENGTH = "strength"
    DAMAGE = "damage"


HARMS = (Kind.KILLED, Kind.INJURED, Kind.DETAINED, Kind.MISSING, Kind.DISPLACED)
ACTS = (Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.CHEMICAL_ATTACK, Kind.GROUND_ATTACK)


class VictimClass(StrEnum):
    """Who was harmed, in the report's own words: a reading, not a finding."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """How the voice, or the report, stands to the claim."""

    ASSERTED = "asserted"
    DOUBTED = "doubted"
    DENIED = "denied"
    EXPECTED = "expected"


class Scope(StrEnum):
    """One happening (or one day's tally), or a running total over weeks or more."""

    EVENT = "event"
    TOTAL = "total"


class ZoneKind(StrEnum):
    """What part of a captured page a stretch of text is."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    QUOTED = "quoted"
    COMMENT = "comment"
    CLUTTER = "clutter"


class DateSource(StrEnum):
    """Where a publication date was found, the surest first."""

    GIVEN = "given"
    METADATA = "metadata"
    JSON_LD = "json-ld"
    HEADER = "header"
    FEED = "feed"
    URL = "url"
    DATELINE = "dateline"


class PlacePrecision(StrEnum):
    """How exactly a place is known (Airwars' scale), the finest first."""

    EXACT = "exact location"
    LANDMARK = "nearby landmark"
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood"
    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    COUNTRY = "country"


class DayPrecision(IntEnum):
    """How exactly a day is known (UCDP `date_prec`)."""

    DAY = 1
    DAYS = 2
    WEEK = 3
    MONTH = 4
    YEAR = 5


class VoiceType(StrEnum):
    """What kind of voice vouches for a claim."""

    OUTLET = "outlet"
    AGENCY = "agency"
    MONITOR = "monitor"
    PARTY = "party"
    OFFICIAL = "official"
    PERSON = "person"
    UNNAMED = "unnamed"


class Grade(StrEnum):
    """How well an incident is supported (Airwars)."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class StrikeStatus(StrEnum):
    """Who is held to have struck (Airwars)."""

    DECLARED = "declared"
    LIKELY = "likely"
    CONTESTED = "contested"
    SINGLE_SOURCE = "single-source claim"


class DifferenceType(StrEnum):
    """Why two claims about one incident differ."""

    REVISION = "revision"
    GROWTH = "growth"
    SCOPE = "scope"
    DISPUTE = "dispute"
    DENIAL = "denial"
    COPY = "copy"


class ContrastType(StrEnum):
    """Numbers of a party to the fighting that are shown against those of others, never pooled unmarked."""

    CONCEDED = "conceded"
    LOSSES = "losses"


class ForecastState(StrEnum):
    """What became of a thing said to be coming, as far as the reports at hand tell."""

    AWAITED = "awaited"
    CAME = "came"
    PASSED = "passed"


class Verb(StrEnum):
    """What a person decided.

    ADD: a claim that no reader read, its slots in `value`. WITHDRAW: an earlier judgement, its key
    in `value`, counts no longer; a withdrawal can be withdrawn as well.
    """

    ACCEPT = "accept"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    DISCOUNT = "discount"
    SIGN_OFF = "sign_off"
    ADD = "add"
    WITHDRAW = "withdraw"


class Reason(StrEnum):
    """Why something waits in the queue for a person."""

    DISPUTE = "dispute"
    CONTESTED = "contested"
    DOUBTFUL = "doubtful"
    RESTS = "rests"
    THIN = "thin"
    NEW = "new"


def digest(*parts: Any) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts as canonical JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """A value as `dataclasses.asdict` has it, without its deep copies: keys are made of every claim that is read."""
    if isinstance(value, (Span, Mention, Count, Days)):
        return {name: getattr(value, name) for name in value.__slots__}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: code points, the end excluded."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} does not run forward from 0")

    def touches(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words of a report that name something, with where they stand."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as a range with the words that gave it; None leaves an end open."""

    low: int | None
    high: int | None
    text: str

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a count has at least one end; leave the count itself out otherwise")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"count {self.low}..{self.high} runs backward")


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The first and the last day something can have happened, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"days {self.first}..{self.last} run backward")

    @property
    def length(self) -> int:
        """How many days the interval holds."""
        return (self.last - self.first).days + 1

    @property
    def precision(self) -> DayPrecision:
        """The interval's length on UCDP's scale (`date_prec`, GED codebook)."""
        for limit, precision in ((1, DayPrecision.DAY), (6, DayPrecision.DAYS), (7, DayPrecision.WEEK)):
            if self.length <= limit:
                return precision
        return DayPrecision.MONTH if self.length <= 31 else DayPrecision.YEAR

    def meets(self, other: Days) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published, and where that was found."""

    day: date
    source: DateSource


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a report's text and what part of the page it is."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes a report was read from, as they came."""

    sha256: str
    name: str
    media_type: str
    data: bytes = field(repr=False)

    @classmethod
    def of(cls, data: bytes, name: str, media_type: str) -> Capture:
        """The capture of these bytes, hashed."""
        return cls(hashlib.sha256(data).hexdigest(), name, media_type, data)


@dataclass(frozen=True, slots=True)
class Report:
    """One published text as captured. Build it with `Report.of`, which sets the key."""

    key: str
    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Published | None = None
    language: str | None = None
    url: str | None = None
    zones: tuple[Zone, ...] = ()
    capture: str | None = None

    @classmethod
    def of(
        cls,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        author: str | None = None,
        published: Published | None = None,
        language: str | None = None,
        url: str | None = None,
        zones: tuple[Zone, ...] = (),
        capture: str | None = None,
    ) -> Report:
        """A report whose key is the digest of what it says; `id` falls back to the URL, then the key.

        Two captures of one page that say the same get one key; a changed page gets
        another key under the same id.
        """
        day = published.day.isoformat() if published else None
        key = digest(id, text, title, outlet, author, day, language, url)
        return cls(key, id or url or key, text, title, outlet, author, published, language, url, zones, capture)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence (or headline, or caption) of a report."""

    start: int
    end: int
    text: str
    zone: ZoneKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing of one kind that one voice says happened. Build it with `Claim.of`.

    `voice` is None where the report says it in its own voice. `certainty` (0 to 1) is how sure
    the reader is that the report makes this claim, not how likely the thing is; `certainties` are
    how sure it is of each slot, if the claim is made, by the slot's name.
    """

    key: str
    report: str
    start: int
    end: int
    kind: Kind
    count: Count | None = None
    whom: Mention | None = None
    whom_class: VictimClass = VictimClass.UNKNOWN
    who: Mention | None = None
    where: Mention | None = None
    when: Days | None = None
    voice: Mention | None = None
    via: Mention | None = None
    stance: Stance = Stance.ASSERTED
    scope: Scope = Scope.EVENT
    certainty: float = 0.5
    also: tuple[Span, ...] = ()
    certainties: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, report: str, start: int, end: int, kind: Kind, **slots: Any) -> Claim:
        """A claim whose key is the digest of all it says; its certainties are left out of the key."""
        unsaid = ("key", "certainty", "certainties")
        bare = cls("", report, start, end, kind, **{name: slots[name] for name in slots if name not in unsaid})
        said = {name: _plain(getattr(bare, name)) for name in cls.__slots__ if name not in unsaid}
        return cls(digest(said), report, start, end, kind, **slots)


@dataclass(frozen=True, slots=True)
class Reader:
    """What made a reading: the reader's name, its version and the digest of its settings."""

    name: str
    version: str
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches. `key` is one for all spellings; `party` names the actor it speaks for, if any."""

    key: str
    name: str
    type: VoiceType
    party: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a claim names, resolved; `side` groups actors that fight together."""

    key: str
    name: str
    side: str | None = None
    certainty: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim says, resolved. `lat` and `lon` are degrees (WGS 84), None if not found."""

    name: str
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    country: str | None = None
    geonameid: int | None = None
    admin: tuple[str, ...] = ()
    certainty: float = 1.0
    alternatives: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text, and what it was resolved to."""

    mention: Mention
    place: Place | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with its names resolved, and what the report tells of itself: what linking works on.

    `over_days`: its words count over a stretch of days ("since Tuesday"), so it is of no one happening;
    `another`: its words say that it is another happening than those told before ("in a separate strike").
    """

    claim: Claim
    voice: Voice
    place: Place | None = None
    who: Actor | None = None
    whom: Actor | None = None
    outlet: str | None = None
    published: date | None = None
    over_days: bool = False
    another: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The first report of the same text, and the share of this report's text that stands in it."""

    report: str
    share: float


@dataclass(frozen=True, slots=True)
class Telling:
    """What one report tells of one happening: its claims about it, by key."""

    key: str
    report: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """One reason for or against a link: a name, points, and the reason in words."""

    name: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two tellings held to be of one happening, with the weights that say so."""

    a: str
    b: str
    score: float
    weights: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening that several claims are about.

    `id` is drawn from the first telling (by day of publication, then key), so that it
    stays the same whatever the order of reading.
    """

    id: str
    tellings: tuple[Telling, ...]
    links: tuple[Link, ...]
    kinds: tuple[Kind, ...]
    when: Days | None
    where: Place | None

    @property
    def claims(self) -> tuple[str, ...]:
        """The keys of all its claims, sorted."""
        return tuple(sorted(key for telling in self.tellings for key in telling.claims))

    @property
    def reports(self) -> tuple[str, ...]:
        """The keys of all its reports, sorted."""
        return tuple(sorted({telling.report for telling in self.tellings}))


@dataclass(frozen=True, slots=True)
class Account:
    """What one origin says of one incident: `current` stands now, `superseded` it said before.

    An origin is one voice, however many reports carry it. Claims are keys, the
    superseded ones in order of publication.
    """

    incident: str
    origin: str
    voice: Voice
    current: tuple[str, ...]
    superseded: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two claims (by key) that differ, and why."""

    type: DifferenceType
    a: str
    b: str
    words: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that a bound does not rest on, and the reason."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a spread of reports: its value (None: unknown), the claims that set it, and why."""

    value: int | None
    words: str
    claims: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """A spread of reports for one harm and one class of victim, under one policy."""

    kind: Kind
    whom: str
    low: Bound
    high: Bound
    best: Bound | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have done it, and the voices that say so."""

    actor: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a party says (`own`) against what others say (`others`), as claims by key, and both in words.

    `conceded`: harm that the party says it did, against harm that others put down to it.
    `losses`: the dead of `actor` as its own side counts them, against its enemy's count.
    """

    type: ContrastType
    kind: Kind
    actor: str
    own: tuple[str, ...]
    others: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """A claim that something will happen, what became of it, and the claims that say it came."""

    claim: str
    state: ForecastState
    words: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Someone harmed whom reports name, with the claims and the voices that do."""

    name: str
    kind: Kind
    claims: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the accounts of one incident add up to under one named, versioned policy."""

    incident: str
    policy: str
    ranges: tuple[Range, ...]
    grade: Grade
    grade_words: str
    strike_status: StrikeStatus | None
    attributed: tuple[Attribution, ...]
    accounts: tuple[Account, ...]
    differences: tuple[Difference, ...]
    links: int
    origins: int
    strike_words: str = ""
    contrasts: tuple[Contrast, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    named: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Addend:
    """What one voice says of one incident in a running total, and the sum up to and with it."""

    incident: str
    when: Days | None
    low: int
    high: int
    sum_low: int
    sum_high: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """One voice's own statements on one harm to the same people, added up over time.

    `whose`: the people counted, as the voice stands to them. `left_out`: claims that are not
    added, and why. `stated`: running totals that the voice gave itself, which are never added.
    """

    voice: str
    kind: Kind
    whose: str
    addends: tuple[Addend, ...]
    left_out: tuple[LeftOut, ...]
    stated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, of which claims, who, when and why; never overwritten.

    `slot` and `value` say what a correction puts in place of what was read.
    """

    verb: Verb
    claims: tuple[str, ...]
    who: str
    why: str
    at: datetime
    slot: str | None = None
    value: str | None = None

    @property
    def key(self) -> str:
        """The digest of all it says: what a withdrawal names it by."""
        at = self.at if self.at.tzinfo is None else self.at.astimezone(UTC)
        return digest(self.verb, self.claims, self.who, self.why, at.isoformat(), self.slot, self.value)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """Something of an incident that a person should look at: its claims, why, and how much it matters.

    `words` say why; `priority` is 100 times the doubt (0 to 1) times the binary logarithm of 1 more
    than the number of people at stake. `decided` is when people last decided about all its claims,
    None while it waits.
    """

    key: str
    incident: str
    reason: Reason
    kind: Kind
    claims: tuple[str, ...]
    words: str
    priority: int
    decided: datetime | None = None
