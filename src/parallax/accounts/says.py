"""What each origin says of each class of victim, all its standing figures taken together.

Counts of different people by one voice are added (5 fighters and 3 civilians are 8 dead),
counts of the same people never.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parallax.accounts.figures import Figure
from parallax.accounts.losses import Losses
from parallax.accounts.origins import in_own_words, place
from parallax.accounts.persons import Person
from parallax.accounts.policy import Say, listed
from parallax.model import VictimClass

Floors = Mapping[tuple[str, str, VictimClass], int]
ALL = "all"
CLASSES = ("civilian", "combatant", "unknown", ALL)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a report itself reckons with, as a low end, and where it says so."""

    low: int
    place: int


@dataclass(frozen=True, slots=True)
class Number:
    """A low end (None: open), a high end, and the figures they come from."""

    low: int | None
    high: int
    figures: tuple[Figure, ...]
    some_only: bool = False
    told: bool = True


def sayings(
    figures: Sequence[Figure], unsaid: VictimClass, reckonings: Mapping[str, Reckoning], floors: Floors
) -> dict[str, tuple[Say, ...]]:
    """For each class and for all, what each origin says, origins in order of their keys."""
    by_origin: dict[str, list[Figure]] = {}
    for figure in figures:
        by_origin.setdefault(figure.origin, []).append(figure)
    found: dict[str, list[Say]] = {name: [] for name in CLASSES}
    for origin in sorted(by_origin):
        for name, number in _numbers(by_origin[origin], unsaid, floors).items():
            found[name].append(_say(origin, number, reckonings))
    return _with_disputes({name: tuple(says) for name, says in found.items()})


def _numbers(own: Sequence[Figure], unsaid: VictimClass, floors: Floors) -> dict[str, Number]:
    """One origin's numbers by class: told classes, the rest of whom no more is said, and all."""
    if unsaid is VictimClass.CIVILIAN and not any(
        f.whom_class in (VictimClass.COMBATANT, VictimClass.MIXED) for f in own
    ):
        every = _together(own, floors)
        every = every and replace(every, told=every.told and _are_civilians(every.figures))
        return {"civilian": every, ALL: every} if every is not None else {}
    told = {c: _together([f for f in own if f.whom_class is c], floors) for c in VictimClass}
    civilian, combatant, mixed, people = (
        told[VictimClass.CIVILIAN],
        told[VictimClass.COMBATANT],
        told[VictimClass.MIXED],
        told[VictimClass.UNKNOWN],
    )
    parts = [n for n in (civilian, combatant) if n is not None]
    found: dict[str, Number] = {}
    if civilian is not None:
        found["civilian"] = civilian
    if combatant is not None:
        found["combatant"] = combatant
    total = people or mixed
    if people is not None and mixed is not None:
        total = _either(people, mixed)
    if total is None:
        found[ALL] = _sum(parts)
        return found
    found[ALL] = _cover(total, _sum(parts)) if parts else total
    rest = _rest(total, parts)
    if mixed is not None:
        found["unknown"] = rest
        for name in ("civilian", "combatant"):
            base = found.get(name)
            high = rest.high + (base.high if base else 0)
            # A number of both classes that leaves nobody beside those told of adds no figure to theirs.
            figures = (base.figures if base else ()) + (rest.figures if rest.high or not base else ())
            found[name] = Number(base.low if base else None, high, figures, told=False)
    elif unsaid is VictimClass.CIVILIAN:
        if combatant is None and total.high >= (civilian.high if civilian else 0):
            found["civilian"] = replace(total, told=False)
        elif rest.high > 0:
            found["civilian"] = _sum([civilian, rest]) if civilian is not None else rest
    else:
        found["unknown"] = rest
    return found


def _together(figures: Sequence[Figure], floors: Floors) -> Number | None:
    """One number for figures of one class by one origin: who counts one and tells of more without a number, to two."""
    firm = [figure for figure in figures if not figure.spread.vague]
    number = _counted(firm or figures, floors)
    if firm and number is not None and number.high == 1:
        more = tuple(figure for figure in figures if figure.spread.vague)
        return replace(number, high=2, figures=number.figures + more) if more else number
    return number


def _counted(figures: Sequence[Figure], floors: Floors) -> Number | None:
    """Totals that disagree make a range, parts are added."""
    totals = [figure for figure in figures if not figure.names_some]
    if totals:
        lows = [low for report in _by_report(totals) if (low := least(report, floors)) is not None]
        return Number(
            min(lows) if lows else None,
            max(f.spread.top for f in totals),
            tuple(totals),
            told=any(f.has_words_for_whom for f in totals),
        )
    if not figures:
        return None
    named = _distinct(f for f in figures if f.names_people)
    groups = _distinct(f for f in figures if not f.names_people)
    sums = [
        Number(_sum_of_lows(some), sum(f.spread.top for f in some), tuple(some), some_only=True)
        for some in (named, groups)
        if some
    ]
    return max(sums, key=lambda n: (n.high, n.low or 0))


def _are_civilians(figures: Sequence[Figure]) -> bool:
    return all(figure.whom_class is VictimClass.CIVILIAN for figure in figures)


def _sum_of_lows(figures: Sequence[Figure]) -> int | None:
    lows = [figure.spread.low for figure in figures if figure.spread.low is not None]
    return sum(lows) if lows else None


def _by_report(figures: Sequence[Figure]) -> list[list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.claim.report, []).append(figure)
    return list(found.values())


def least(totals: Sequence[Figure], floors: Floors) -> int | None:
    """The low end of what one voice says in one report.

    A report opens with its own reckoning, and what it counts further down are details of
    it: so its own words are taken at their first number. Of a voice that it quotes, the
    lowest of its sentences. Neither falls below a part that the same voice counts.
    """
    sentences: dict[int, int] = {}
    for figure in totals:
        if figure.spread.low is not None:
            start = place(figure.claim)
            sentences[start] = max(sentences.get(start, 0), figure.spread.low)
    if not sentences:
        return None
    own = any(in_own_words(figure.claim) and figure.spread.low is not None for figure in totals)
    low = sentences[min(sentences)] if own else min(sentences.values())
    top = max(figure.spread.top for figure in totals)
    floor = max(floors.get((figure.origin, figure.claim.report, figure.whom_class), 0) for figure in totals)
    return max(low, min(top, floor))


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    """One figure, the highest, for each wording of whom; of words that may mean one person, the first."""
    best: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda f: (-f.spread.top, f.key)):
        whom = figure.claim.whom.text.casefold() if figure.claim.whom else ""
        best.setdefault(whom, figure)
    found: list[Figure] = []
    persons: list[Person] = []
    for figure in sorted(best.values(), key=lambda f: (f.claim.report, f.claim.start, f.key)):
        if figure.spread.top == 1:
            person = Person.of(figure.claim)
            if any(person.may_be(other) for other in persons):
                continue
            persons.append(person)
        found.append(figure)
    return sorted(found, key=lambda f: f.key)


def _sum(parts: Sequence[Number]) -> Number:
    lows = [part.low for part in parts if part.low is not None]
    return Number(
        sum(lows) if lows else None,
        sum(part.high for part in parts),
        tuple(figure for part in parts for figure in part.figures),
        all(part.some_only for part in parts),
        all(part.told for part in parts),
    )


def _either(a: Number, b: Number) -> Number:
    lows = [n.low for n in (a, b) if n.low is not None]
    return Number(min(lows) if lows else None, max(a.high, b.high), a.figures + b.figures, a.some_only and b.some_only)


def _cover(total: Number, parts: Number) -> Number:
    """A total beside its parts: the total, unless the parts come to more."""
    return total if total.high >= parts.high else _either(total, parts)


def _rest(total: Number, parts: Sequence[Number]) -> Number:
    """Of a total, those whom its parts do not account for."""
    high = max(0, total.high - sum(part.low or 0 for part in parts))
    low = None if total.low is None else min(high, max(0, total.low - sum(part.high for part in parts)))
    return Number(low, high, total.figures, total.some_only, told=False)


def _say(origin: str, number: Number, reckonings: Mapping[str, Reckoning]) -> Say:
    figures = number.figures
    return Say(
        origin=origin,
        name=figures[0].statement.voice.name,
        low=number.low,
        high=number.high,
        claims=tuple(sorted({figure.key for figure in figures})),
        words=listed([figure.spread.words for figure in figures], most=3),
        doubted=all(figure.is_doubted for figure in figures),
        some_only=number.some_only,
        enemy=all(figure.losses is Losses.ENEMY for figure in figures),
        own=all(figure.losses is Losses.OWN for figure in figures),
        reckoning=any(figure.reckons for figure in figures),
        quoted_under=_quoted_under(figures, reckonings),
        vague=all(figure.spread.vague for figure in figures),
        told=number.told,
    )


def _opens(figure: Figure, reckoning: Reckoning) -> bool:
    """Whether a report opens with the number: ahead of its own, or beside it and no smaller, as a part would be."""
    start = place(figure.claim)
    return start < reckoning.place or (start == reckoning.place and figure.spread.top >= reckoning.low)


def _quoted_under(figures: Sequence[Figure], reckonings: Mapping[str, Reckoning]) -> int | None:
    """What the one report that quotes this voice itself reckons with, None if it does not or others carry it too.

    A voice whose number the report opens with in its own words stands for that reckoning itself.
    """
    reports = {figure.claim.report for figure in figures}
    if len(reports) != 1 or any(figure.claim.voice is None for figure in figures):
        return None
    reckoning = reckonings.get(reports.pop())
    if reckoning is None:
        return None
    opens = any(in_own_words(f.claim) and _opens(f, reckoning) for f in figures)
    return None if opens else reckoning.low


def _with_disputes(found: dict[str, tuple[Say, ...]]) -> dict[str, tuple[Say, ...]]:
    """Mark the people whom one origin calls civilians and another fighters.

    Told classes are disputed where the two numbers can be of the same dead. People who are
    civilians only because no more is said of them yield to any count of fighters.
    """
    civilian = {say.origin: say for say in found["civilian"]}
    combatant = {say.origin: say for say in found["combatant"]}

    def disputed(say: Say, own: Mapping[str, Say], others: Mapping[str, Say]) -> int:
        meeting = [
            min(say.high, other.high)
            for other in others.values()
            if say.origin not in others and other.origin not in own and not other.enemy and not other.doubted
            if (other.told and _meet(say, other)) or not say.told
        ]
        return max(meeting, default=0)

    return found | {
        "civilian": tuple(
            replace(say, disputed=disputed(say, civilian, combatant), yields=True) for say in found["civilian"]
        ),
        "combatant": tuple(replace(say, disputed=disputed(say, combatant, civilian)) for say in found["combatant"]),
    }


def _meet(a: Say, b: Say) -> bool:
    return (a.low or 0) <= b.high and (b.low or 0) <= a.high
