"""When a report was published: dates as pages, feeds, headers, addresses and datelines write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from parallax.model import DateSource, Published

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
} | {
    name: number
    for number, names in enumerate(
        (
            "كانون الثاني|يناير", "شباط|فبراير", "آذار|اذار|مارس", "نيسان|أبريل|ابريل", "أيار|ايار|مايو",
            "حزيران|يونيو|يونيه", "تموز|يوليو|يوليه", "آب|أغسطس|اغسطس", "أيلول|ايلول|سبتمبر",
            "تشرين الأول|تشرين الاول|أكتوبر|اكتوبر", "تشرين الثاني|نوفمبر", "كانون الأول|كانون الاول|ديسمبر",
        ),
        1,
    )
    for name in names.split("|")
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY_FIRST = re.compile(rf"{_WEEKDAY}\b{_DAY}\s+(?:of\s+)?{_MONTH}[,،]?\s+{_YEAR}\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}\b{_MONTH}\s+{_DAY}[,،]?\s+{_YEAR}\b", re.IGNORECASE)
_ISO = re.compile(rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)")
_COMPACT = re.compile(rf"(?:D:)?{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:\d{{4,6}}|T|\b)")
_NUMBERS = re.compile(rf"(?P<first>\d\d?)(?P<mark>[./-])(?P<second>\d\d?)(?P=mark){_YEAR}(?!\d)")
_IN_URL = re.compile(
    r"[/_.-](?P<year>19[89]\d|20\d\d)(?P<mark>[/_-]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?=[/_.?-]|\Z)"
)
# A dateline starts a line: a place in capitals, or a word such as "Published", may come before.
_LEAD = re.compile(r"(?:[^\W\d_a-z][^\n\d.!?]{0,50}[,،:(–—-]\s*|(?i:published|posted|updated|date)\b:?\s*(?i:on\s+)?)")
_FIRST_LINES = 6
_POST = 60
_FIRST_CHARACTERS = 600


def parse(value: str) -> date | None:
    """The day that `value` states, or None where it states none or could mean two.

    A timestamp gives the day in the time zone it is written in. `05/04/2017` is None: it is
    the fifth of April to some writers and the fourth of May to others.
    """
    value = value.strip()[:200]
    if not value:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    for pattern in (_ISO, _COMPACT):
        if found := pattern.match(value):
            return _day(found["year"], found["month"], found["day"])
    if found := _NUMBERS.match(value):
        return _numbers(found)
    if found := _DAY_FIRST.match(value) or _MONTH_FIRST.match(value):
        return _day(found["year"], str(_MONTHS[found["month"].casefold()]), found["day"])
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def in_url(url: str | None) -> date | None:
    """The day in a web address such as `/2017/04/05/` or `-20170405-`; None without one."""
    found = _IN_URL.search(url) if url else None
    return _day(found["year"], found["month"], found["day"]) if found else None


def in_dateline(text: str) -> date | None:
    """The full date that starts one of the first lines of a text, with or without a place before it."""
    for line in text[:_FIRST_CHARACTERS].split("\n")[:_FIRST_LINES]:
        line = line.strip()
        for start in dict.fromkeys((0, _lead(line))):
            found = _DAY_FIRST.match(line, start) or _MONTH_FIRST.match(line, start)
            if found:
                return _day(found["year"], str(_MONTHS[found["month"].casefold()]), found["day"])
            if iso := _ISO.match(line, start):
                return _day(iso["year"], iso["month"], iso["day"])
    return None


def choose(candidates: Iterable[tuple[DateSource, date | None]]) -> tuple[Published | None, str | None]:
    """The day from the surest source, and a line naming any other that disagrees with it.

    The order of sources is that of `DateSource`; among equals the first given stands. Two
    disagree if they are more than a day apart; a dateline, which tells the day of writing,
    only if it is later, or earlier by more than `_POST` days.
    """
    order = list(DateSource)
    found = sorted(((order.index(source), source, day) for source, day in candidates if day), key=lambda row: row[0])
    if not found:
        return None, None
    _, source, day = found[0]
    other = [
        (where, when)
        for _, where, when in found[1:]
        if not -1 <= (day - when).days <= (_POST if where is DateSource.DATELINE else 1)
    ]
    words = None
    if other:
        rest = ", ".join(f"{where.value} says {when}" for where, when in dict.fromkeys(other))
        words = (
            f"sources of the publication date disagree: {source.value} says {day}, {rest}; {day} was taken, check it"
        )
    return Published(day, source), words


def unused(value: object) -> str:
    """The line for a date that cannot be understood, where the report is taken without it."""
    return f"date {str(value)[:40]!r} cannot be understood; write it as YYYY-MM-DD. The report was taken without it"


def _lead(line: str) -> int:
    found = _LEAD.match(line)
    return found.end() if found else 0


def _numbers(found: re.Match[str]) -> date | None:
    first, second = int(found["first"]), int(found["second"])
    if found["mark"] == "." or first > 12 or first == second:
        return _day(found["year"], found["second"], found["first"])
    if second > 12:
        return _day(found["year"], found["first"], found["second"])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
