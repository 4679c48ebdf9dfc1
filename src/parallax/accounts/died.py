"""Who is told of as hurt and as killed: one person, or several, who were hurt and died.

Reports tell how people were found hurt before they tell that they died, and first reports know
of the hurt alone. Who died is no more among the hurt. Two claims are taken to be of one
person where nothing in their words speaks against it (name, age, sex, how old they are called,
class) and something speaks for it: one mention, one name, one age, words for people told of before
("the boy"), or words that say no more than that there was somebody ("a victim").

Whom a report tells of beside its dead, in one sentence and in other words, was hurt besides them;
so is everybody whom later words of that report may mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from parallax.accounts.figures import BESIDES, Figure, is_called_alike, is_same_person, speaks_back
from parallax.accounts.origins import Said
from parallax.accounts.persons import NOT_NAMES, Person, is_of_one
from parallax.model import Claim, Kind, Stance

SAME_REPORT = "told of as killed by the same report"
LATER_REPORT = "told of as killed by a report that came no earlier"

_OTHER = re.compile(r"\b(?:another|second|third|fourth|fifth|sixth)\b", re.IGNORECASE)


def who_died(figures: Sequence[Figure], sayings: Sequence[Said]) -> Mapping[str, str]:
    """Of the figures of the hurt, those of people who are told of as killed too, each with the reason.

    `figures` are those of the hurt that bear on a bound, `sayings` all claims of the incident.
    """
    dead = _by_report(_dead(sayings))
    hurt = _by_report([figure.claim for figure in figures if figure.spread.top > 0])
    days = {said.statement.claim.report: said.day for said in sayings}
    found: dict[str, str] = {}
    besides: dict[str, list[Claim]] = {}
    for report, told in hurt.items():
        besides[report] = [claim for claim in told if _is_besides(claim, dead.get(report, ()))]
        found |= dict.fromkeys(_of_report(told, dead.get(report, ()), besides[report]), SAME_REPORT)
    for report, told in hurt.items():
        left = [claim for claim in told if claim.key not in found]
        if left and report not in dead:
            later = [o for o in dead if _are_one(dead[o]) and _no_earlier(days.get(o), days.get(report))]
            found |= dict.fromkeys(_of_others(left, dead, besides, later), LATER_REPORT)
    return found


def _dead(sayings: Iterable[Said]) -> list[Claim]:
    told = (said.statement for said in sayings if said.statement.dead != 0)
    claims = (statement.claim for statement in told if statement.claim.kind is Kind.KILLED)
    return [
        claim
        for claim in claims
        if claim.stance in (Stance.ASSERTED, Stance.DOUBTED) and not (claim.count and claim.count.high == 0)
    ]


def _by_report(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.report, []).append(claim)
    return found


def _is_besides(claim: Claim, dead: Sequence[Claim]) -> bool:
    """Whether a report tells of the hurt beside its dead: as others, or in one sentence in other words."""
    words = f"{claim.whom.text if claim.whom else ''} {claim.count.text if claim.count else ''}"
    if BESIDES.search(words) or _OTHER.search(words):
        return True
    beside = [other for other in dead if other.start == claim.start]
    return any(not _touch(claim, other) and not is_back(other) for other in beside) and not any(
        is_same_person(claim, other) for other in dead
    )


def is_back(claim: Claim) -> bool:
    """Whether the claim's words are for people told of before: "the boy", "he", a given name or a surname alone."""
    words = (claim.count.text if claim.count else "") or (claim.whom.text if claim.whom else "")
    bare = words.strip().casefold().removesuffix("'s").removesuffix("’s")
    return speaks_back(claim) and bare not in NOT_NAMES


def _touch(one: Claim, other: Claim) -> bool:
    """Whether the two count by the same words for the same people."""
    if one.whom is None or other.whom is None or not one.whom.span.touches(other.whom.span):
        return False
    return one.count is None or other.count is None or one.count.text.casefold() == other.count.text.casefold()


def _of_report(hurt: Sequence[Claim], dead: Sequence[Claim], besides: Sequence[Claim]) -> set[str]:
    """The keys of the hurt whom their own report tells of as killed."""
    if not dead:
        return set()
    found = {c.key for c in hurt if is_of_one(c) and any(is_same_person(c, other) for other in dead)}
    first = min(claim.start for claim in dead)
    alone = _are_one(dead)
    for claim in hurt:
        if claim.key in found or not is_of_one(claim) or any(_may_mean(claim, other) for other in besides):
            continue
        if any(_speaks_for(claim, other, first, alone) for other in dead if is_of_one(other)):
            found.add(claim.key)
    left = [claim for claim in hurt if claim.key not in found and (claim in besides or not is_back(claim))]
    if not left:
        found |= {c.key for c in hurt if is_back(c) and any(is_called_alike(c, other) for other in dead)}
    return found


def _are_one(dead: Sequence[Claim]) -> bool:
    """Whether all the dead that a report tells of may be one person."""
    return all(map(is_of_one, dead)) and all(Person.of(a).may_be(Person.of(b)) for a, b in combinations(dead, 2))


def _may_mean(claim: Claim, other: Claim) -> bool:
    """Whether later words may be for one whom the report tells of as hurt besides its dead."""
    return claim is other or (is_of_one(other) and Person.of(claim).may_be(Person.of(other)))


def _speaks_for(hurt: Claim, dead: Claim, first: int, alone: bool) -> bool:
    """Whether something speaks for the hurt being the dead, and nothing against it."""
    a, b = Person.of(hurt), Person.of(dead)
    if not a.may_be(b):
        return False
    if a.is_named_as(b) or a.ages & b.ages or a.is_anybody:
        return True
    if hurt.start < first == dead.start and is_back(dead):
        return True  # nobody else was told of whom its words could mean
    if is_back(hurt) or hurt.start < first or (is_back(dead) and dead.start > hurt.start):
        return a.is_like(b) or b.is_anybody or (is_back(hurt) and alone)
    return False


def _of_others(
    hurt: Sequence[Claim],
    dead: Mapping[str, Sequence[Claim]],
    besides: Mapping[str, Sequence[Claim]],
    later: Sequence[str],
) -> set[str]:
    """The keys of the hurt of a report that knows of no dead, whom later reports tell of as killed and not as hurt.

    `later` are reports that tell of one dead alone: where several died, words fit one of them by chance.
    """
    known = [claim for report in later for claim in dead[report] if is_of_one(claim)]
    others = [claim for report in later for claim in besides.get(report, ())]
    return {
        claim.key
        for claim in hurt
        if is_of_one(claim)
        and not any(_may_mean(claim, other) for other in others)
        and any(_may_be(claim, other) for other in known)
    }


def _may_be(hurt: Claim, dead: Claim) -> bool:
    a, b = Person.of(hurt), Person.of(dead)
    return a.may_be(b) and (a.is_like(b) or a.is_anybody)


def _no_earlier(day: date | None, than: date | None) -> bool:
    return day is None or than is None or day >= than
