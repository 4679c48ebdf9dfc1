"""Intervals of the calendar: months, years, weeks, weekdays, seasons."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta

from parallax.model import Days

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def day(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shift(start: date, days: int) -> date:
    """The date so many days on, kept within the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def span(first: date, last: date) -> Days:
    """The interval between two dates in either order."""
    return Days(min(first, last), max(first, last))


def month(year: int, number: int, part: str | None = None) -> Days | None:
    """A month, or its early (days 1-10), middle (11-20) or late (21-end) part."""
    if not MINYEAR <= year < MAXYEAR or not 1 <= number <= 12:
        return None
    first = date(year, number, 1)
    last = (date(year + 1, 1, 1) if number == 12 else date(year, number + 1, 1)) - timedelta(days=1)
    if part == "early":
        return Days(first, first.replace(day=10))
    if part == "mid":
        return Days(first.replace(day=11), first.replace(day=20))
    if part == "late":
        return Days(first.replace(day=21), last)
    return Days(first, last)


def year(number: int, part: str | None = None) -> Days | None:
    """A year, or its early (January-April), middle (May-August) or late (September-December) part."""
    if not MINYEAR <= number <= MAXYEAR:
        return None
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part or "", (1, 12))
    return Days(date(number, first, 1), date(number, last, 30 if last == 4 else 31))


def season(number: int, name: str) -> Days | None:
    """A season of the northern year; the winter of a year begins in its December."""
    start = _SEASONS[name]
    begin = month(number, start)
    end = month(number + 1, 2) if start == 12 else month(number, start + 2)
    return Days(begin.first, end.last) if begin and end else None


def months_before(anchor: date, count: int) -> Days | None:
    """The calendar month so many months before that of the anchor."""
    total = anchor.year * 12 + anchor.month - 1 - count
    return month(total // 12, total % 12 + 1)


def week(anchor: date, offset: int = 0) -> Days:
    """The week, Monday to Sunday, that holds the anchor, or one so many weeks on."""
    monday = shift(anchor, 7 * offset - anchor.weekday())
    return span(monday, shift(monday, 6))


def weekend(anchor: date, *, before: bool = False) -> Days:
    """The last Saturday and Sunday begun by the anchor; with `before`, ended before it."""
    saturday = shift(anchor, -((anchor.weekday() - 5) % 7))
    if before and anchor.weekday() >= 5:
        saturday = shift(saturday, -7)
    return span(saturday, shift(saturday, 1))


def weekday(anchor: date, number: int, *, ahead: bool = False, strict: bool = False) -> date:
    """The nearest such day of the week on or before the anchor; `ahead`: on or after; `strict`: not the anchor."""
    if ahead:
        step = (number - anchor.weekday()) % 7
        return shift(anchor, 7 if strict and step == 0 else step)
    step = (anchor.weekday() - number) % 7
    return shift(anchor, -7 if strict and step == 0 else -step)
