"""What a telling says at a glance: the values that blocking, scoring and clustering work on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from parallax.incidents import days, places, words
from parallax.model import (
    ACTS,
    Count,
    Days,
    Kind,
    Mention,
    Place,
    PlacePrecision,
    Scope,
    Stance,
    Statement,
    Telling,
    VictimClass,
    VoiceType,
)

# A report that names no day mostly tells of the days just before it was printed.
LOOK_BACK = 7
LOOK_AHEAD = 10  # days that a forecast without a day of its own is held to look ahead
VAGUE = 31  # an interval longer than this many days says little of when one thing happened

SPEAKERS = (VoiceType.PERSON, VoiceType.OFFICIAL)  # a sheriff speaks of few incidents, a party of all
FIGHTING = frozenset({*ACTS, Kind.SEIZED, Kind.WITHDREW})
APART_KINDS = {Kind.TRUCE: "truce", Kind.AID: "aid"}


STANDING = frozenset({"total", "over days", "strength"})  # of no happening, or of many


def family(s: Statement) -> str:
    """The sort of thing a statement is about: fight, truce, aid; or a running total, a count over days, a strength."""
    if s.claim.scope is Scope.TOTAL:
        return "total"
    if s.claim.kind is Kind.STRENGTH:
        return "strength"
    return "over days" if s.over_days else APART_KINDS.get(s.claim.kind, "fight")


@dataclass(frozen=True, slots=True)
class Number:
    """How many of what: a kind of harm, a class of victim, and the count."""

    kind: Kind
    whom: VictimClass
    count: Count


@dataclass(frozen=True, slots=True)
class Profile:
    """One telling at a glance.

    `when` is the days its claims agree on best, or None; `window` is what stands for it
    where they give none: the days before publication, or those a forecast looks to. `places` are what its claims name,
    the main one first; `written` is what the claims call them, folded, and `names` those and
    the names of the places found. `doers` and `harmed` are
    keys of actors. `tolls` are the largest of the `numbers` of each harm, `classes` the told classes of
    those counted. `persons` are full names, `tokens` single capitalised
    words of names, neither of actors nor of places found; `spots` those of them that say where
    (a street, a mosque, whose house); `victims` are the persons harmed, `speakers` those who spoke.
    `outlets` are those that told it. `denies` says that it holds a denial, which has no day of its own.
    """

    key: str
    report: str
    outlets: frozenset[str]
    family: str
    kinds: frozenset[Kind]
    happened: frozenset[Kind]
    denies: bool
    when: Days | None
    window: Days | None
    places: tuple[Place, ...]
    written: frozenset[str]
    names: frozenset[str]
    doers: frozenset[str]
    sides: frozenset[str]
    harmed: frozenset[str]
    numbers: tuple[Number, ...]
    tolls: Mapping[Kind, Number]
    classes: frozenset[VictimClass]
    persons: frozenset[str]
    victims: frozenset[str]
    speakers: frozenset[str]
    tokens: frozenset[str]
    spots: frozenset[str]
    ages: frozenset[str]
    telling_words: frozenset[str]
    voices: frozenset[str]
    published: date | None

    @property
    def span(self) -> Days | None:
        """The days it happened as said, or else the days before publication."""
        return self.when or self.window

    @property
    def main(self) -> Place | None:
        return self.places[0] if self.places else None


def publication(known: Iterable[Statement]) -> date | None:
    """The day the report was published; None if it does not say."""
    return min((s.published for s in known if s.published), default=None)


def _place_rank(place: Place, support: int) -> tuple[bool, int, int, float, str]:
    """Provinces and countries after all others, then by how many claims name it, then the finest first."""
    wide = place.precision in (PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
    return (wide, -support, places.FINENESS[place.precision], -place.certainty, f"{place.name} {place.lat} {place.lon}")


def _people(s: Statement) -> list[Mention]:
    """The words of a statement that may name a person whom it happened to, or who did it."""
    found = [s.claim.whom] if s.whom is None else []
    found += [s.claim.who] if s.who is None else []
    return [mention for mention in found if mention is not None]


def _speakers(known: Iterable[Statement]) -> list[Mention]:
    """The words that may name who spoke."""
    spoke = (s.claim.voice for s in known if s.voice.party is None and s.voice.type in SPEAKERS)
    return [mention for mention in spoke if mention is not None]


def profile(
    telling: Telling, statements: Mapping[str, Statement], known: dict[Telling, Profile] | None = None
) -> Profile:
    """The telling at a glance; claims that are not in `statements` are passed over.

    `known` are tellings looked at before beside the same statements; this one is put there.
    """
    seen = None if known is None else known.get(telling)
    if seen is None:
        seen = of_statements([statements[key] for key in telling.claims if key in statements], telling)
        if known is not None:
            known[telling] = seen
    return seen


def _window(published: date | None, forecast: list[Days]) -> Days | None:
    """The days before publication; for a forecast the days it names, and some after."""
    ahead = days.hull(forecast)
    if ahead is not None:
        return Days(ahead.first, ahead.last + timedelta(LOOK_AHEAD))
    return None if published is None else Days(published - timedelta(LOOK_BACK), published)


def _can_be(day: Days, published: date | None) -> bool:
    """Whether a report printed then can tell of that day: no later than the next, given time zones."""
    return published is None or day.first <= published + timedelta(1)


def _words_of(found: Iterable[Place]) -> frozenset[str]:
    """The words of all names of the places, and of the areas around them."""
    named = {p.name for p in found} | {area for p in found for area in p.admin}
    named |= {other.name for p in found for other in p.alternatives}
    return frozenset(word for name in named for word in words.fold(name).split())


@lru_cache(maxsize=16384)
def _less(tokens: frozenset[str], known: frozenset[str]) -> frozenset[str]:
    """The tokens that are no spelling of a known word."""
    bones = {words.skeleton(word) for word in known}
    return frozenset(
        token
        for token in tokens
        if words.skeleton(token) not in bones and not any(places.alike(token, word) for word in known)
    )


def _not_of(known: frozenset[str], named: Iterable[str]) -> frozenset[str]:
    """The names that hold more than known words."""
    return frozenset(name for name in named if _less(frozenset(name.split()), known))


def _size(number: Number) -> tuple[int, int, str]:
    low, high = number.count.low, number.count.high
    return (high if high is not None else low or 0, low or 0, number.count.text)


def _tolls(numbers: Iterable[Number]) -> dict[Kind, Number]:
    found: dict[Kind, Number] = {}
    for number in numbers:
        if number.kind not in found or _size(number) > _size(found[number.kind]):
            found[number.kind] = number
    return found


def of_statements(known: list[Statement], telling: Telling) -> Profile:
    """The glance at these statements, under the key, report and context of the telling."""
    published = publication(known)
    families = [family(s) for s in known]
    # Only what happened has a day; what was expected may come later than was thought.
    happened = [s for s in known if s.claim.stance is not Stance.EXPECTED]
    # A denial has no day of its own: it is printed when the denier hears of it.
    told = [s for s in happened if s.claim.stance is not Stance.DENIED]
    dated = [s.claim.when for s in told if s.claim.when and _can_be(s.claim.when, published)]
    when = days.supported(d for d in dated if d.length <= VAGUE) or days.supported(dated)
    found = [place for s in known if (place := places.about(s.place)) is not None]
    distinct = {(p.geonameid, p.name, p.lat, p.lon): p for p in found}
    support = Counter((p.geonameid, p.name, p.lat, p.lon) for p in found)
    ordered = [distinct[key] for key in sorted(distinct, key=lambda key: _place_rank(distinct[key], support[key]))]
    written = {words.named_place(s.claim.where) for s in known} - {""}
    named = written | {words.place_name(p.name) for p in ordered}
    people, spoke = [m for s in known for m in _people(s)], _speakers(known)
    of_places = _words_of(ordered)
    spots = _less(frozenset().union(*(words.names(s.claim.where) for s in known)), of_places)
    numbers = {Number(s.claim.kind, s.claim.whom_class, s.claim.count) for s in known if s.claim.count}
    ordered_numbers = sorted(numbers, key=lambda n: (n.kind, n.whom, n.count.low or 0, n.count.high or 0, n.count.text))
    return Profile(
        key=telling.key,
        report=telling.report,
        outlets=frozenset(s.outlet.casefold() for s in known if s.outlet),
        family=max(sorted(set(families)), key=families.count) if families else "fight",
        kinds=frozenset(s.claim.kind for s in known),
        happened=frozenset(s.claim.kind for s in happened),
        denies=len(told) < len(happened),
        when=when,
        window=_window(published, [] if happened else [s.claim.when for s in known if s.claim.when]),
        places=tuple(ordered),
        written=frozenset(written),
        names=frozenset(named - {""}),
        doers=frozenset(s.who.key for s in known if s.who),
        sides=frozenset(s.who.side for s in known if s.who and s.who.side),
        harmed=frozenset(s.whom.key for s in known if s.whom),
        numbers=tuple(ordered_numbers),
        tolls=_tolls(ordered_numbers),
        classes=frozenset(n.whom for n in numbers) - {VictimClass.UNKNOWN, VictimClass.MIXED},
        persons=_not_of(of_places | spots, (name for m in people for name in words.persons(m))),
        victims=_not_of(
            of_places | spots, (name for s in known if s.whom is None for name in words.persons(s.claim.whom))
        ),
        speakers=_not_of(of_places, (name for m in spoke for name in words.persons(m))),
        tokens=spots | _less(frozenset().union(*(words.names(m) for m in (*people, *spoke))), of_places),
        spots=spots,
        ages=frozenset().union(*(words.ages(s.claim.whom) | words.ages(s.claim.who) for s in known)),
        telling_words=frozenset().union(*(words.telling_words(s.claim.whom) for s in known)),
        voices=frozenset(s.voice.key for s in known),
        published=published,
    )
