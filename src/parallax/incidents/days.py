"""How near two intervals of days are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from parallax.model import Days

NEVER = date.max  # stands for a report without a date where an order is needed


def gap(a: Days, b: Days) -> int:
    """Days between the two: 0 where they share a day, 1 where one follows the other."""
    if a.meets(b):
        return 0
    return (b.first - a.last).days if a.last < b.first else (a.first - b.last).days


def shared(a: Days, b: Days) -> Days | None:
    """The days that both hold."""
    return Days(max(a.first, b.first), min(a.last, b.last)) if a.meets(b) else None


def hull(intervals: Iterable[Days]) -> Days | None:
    """The shortest interval that holds them all; None of none."""
    known = list(intervals)
    return Days(min(d.first for d in known), max(d.last for d in known)) if known else None


def widened(days: Days, by: int) -> Days:
    """The interval with so many days more at each end."""
    return Days(days.first - timedelta(by), days.last + timedelta(by))


def supported(intervals: Iterable[Days]) -> Days | None:
    """The days that most of the intervals agree on; None of none.

    The intervals that share a day with the best supported one are narrowed to what they
    have in common; the best supported meets most others, and is the shortest, then the
    earliest, of those that do.
    """
    counts = Counter(intervals)
    if not counts:
        return None
    support = {days: sum(n for other, n in counts.items() if days.meets(other)) for days in counts}
    best = min(counts, key=lambda days: (-support[days], days.length, days.first))
    for other in sorted(counts, key=lambda days: (-counts[days], days.length, days.first)):
        best = shared(best, other) or best
    return best
