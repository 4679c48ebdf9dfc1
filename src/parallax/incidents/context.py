"""Where a claim happened that names no place: what its report is about.

"Air strikes killed 12", under the headline "Hajin bombed again", is of Hajin. A claim
that names no place takes the place that its report tells most of: by how often the report
names it, its title counting more and a dateline less, because a dateline says where it was
written. A running total takes none: who counts the dead "so far" counts them in a whole
land. A claim that names a place no gazetteer has ("Dar Street") keeps it; the place of
the report stands behind it, as its last alternative, where linking finds it.

The report's words also say whether a claim counts over days, whether it is of another
happening than those before or refers back to them, how many dead they come to (`deaths`), and, where the day
given for the report cannot be right, when it was printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from parallax.incidents import cues, deaths
from parallax.incidents.words import fold, named_place
from parallax.model import Place, PlaceMention, PlacePrecision, Report, Scope, Stance, Statement

TITLE = 3.0  # what a place in the title counts, in mentions
DATELINE = 0.5
DATELINE_WITHIN = 60  # code points from the start of the text
BORROWED = 0.7  # part of its certainty that a place keeps when it is taken from context
WIDE = (PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
PAST = (Stance.ASSERTED, Stance.DOUBTED)
LEAST_LATER = 2  # claims: one day may be misread
WEEK = 7  # days
VERSION = "4"  # of what `settle` reads in a report: a reading made by another is made anew


def settle(report: Report, statements: Sequence[Statement], mentions: Sequence[PlaceMention]) -> tuple[Statement, ...]:
    """The statements, in order, as their report settles them; those without a located place with the one it is about.

    `mentions` are the places that the report names. A place taken from context keeps only
    a part of its certainty; no claim changes. What a claim names itself
    stays its place, with the borrowed one as the last of its alternatives.
    """
    about = subject(report, mentions)
    printed = _printed(statements)
    borrowed = replace(about, certainty=round(about.certainty * BORROWED, 3), alternatives=()) if about else None
    told = deaths.told(report, [s.claim for s in statements])
    return tuple(
        replace(_settled(s, report, borrowed, printed), dead=dead) for s, dead in zip(statements, told, strict=True)
    )


def _settled(s: Statement, report: Report, borrowed: Place | None, printed: date | None) -> Statement:
    sentence = report.text[s.claim.start : s.claim.end]
    place = s.place if borrowed is None or s.claim.scope is Scope.TOTAL else _with(s, borrowed)
    return replace(
        s,
        place=place,
        published=printed or s.published,
        over_days=cues.counts_over_days(s.claim, sentence),
        another=cues.is_another(sentence),
        ties=cues.ties(sentence),
    )


def _printed(statements: Sequence[Statement]) -> date | None:
    """The day on which the report can have been printed, where the day given for it cannot be; else None.

    Most of the single days that it tells of lie more than a day after the day given: what
    it says was read by a date of its own text. It was printed on the last of those days
    that lies within a week of the one told most.
    """
    given = next((s.published for s in statements if s.published), None)
    told = [s.claim for s in statements if s.claim.stance in PAST and s.claim.scope is Scope.EVENT]
    days = Counter(claim.when.first for claim in told if claim.when is not None and claim.when.length == 1)
    if given is None or not days:
        return None
    later = {day: n for day, n in days.items() if day > given + timedelta(1)}
    if 2 * sum(later.values()) <= sum(days.values()) or sum(later.values()) < LEAST_LATER:
        return None
    most = min(later, key=lambda day: (-later[day], day))
    return max(day for day in later if abs((day - most).days) <= WEEK)


def _with(statement: Statement, borrowed: Place) -> Place:
    """The place of the statement, `borrowed` behind or in place of it where it has no point."""
    place, where = statement.place, statement.claim.where
    if place is None and named_place(where) and where is not None:
        place = Place(where.text, None, None, PlacePrecision.LANDMARK, certainty=0.0)
    if place is None:
        return borrowed
    if place.lat is not None or borrowed in place.alternatives:
        return place
    return replace(place, alternatives=(*place.alternatives, borrowed))


def subject(report: Report, mentions: Sequence[PlaceMention]) -> Place | None:
    """The place that the report tells most of; no province or country; None if it names none."""
    title = f" {fold(report.title or '')} "
    weight: dict[tuple[int | None, str, float | None], float] = {}
    first: dict[tuple[int | None, str, float | None], Place] = {}
    for found in sorted(mentions, key=lambda m: (m.mention.start, m.mention.end)):
        place = found.place
        if place is None or place.lat is None or place.precision in WIDE:
            continue
        key = (place.geonameid, place.name, place.lat)
        in_title = key not in weight and f" {fold(found.mention.text)} " in title
        dateline = found.mention.start < DATELINE_WITHIN and found.mention.text.isupper()
        weight[key] = weight.get(key, 0.0) + (DATELINE if dateline else 1.0) + (TITLE if in_title else 0.0)
        first.setdefault(key, place)
    if not weight:
        return None
    order = list(first)
    return first[max(order, key=lambda key: (weight[key], -order.index(key)))]
