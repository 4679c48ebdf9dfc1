"""What words of days mean: one reading for each shape of expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from parallax.claims import calendar, nouns
from parallax.claims.day_pieces import NUMBER, SURE, YEAR
from parallax.claims.lexicons import load
from parallax.model import Days

_LISTS: Mapping[str, Any] = load("calendar")
_MONTHS: Mapping[str, int] = _LISTS["months"]
_WEEKDAYS: Mapping[str, int] = _LISTS["weekdays"]
_NUMBERS: Mapping[str, int] = _LISTS["numbers"]

Meaning = Days | None | Literal[False]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a mention stands: its passage, the day of publication, the mentions already read, the day told before."""

    text: str
    published: date | None
    before: Sequence[tuple[int, int, Days | None]]
    last: date | None = None

    def ahead(self, at: int) -> bool:
        """Whether the clause before `at` looks to the future, with no word of telling or past doing after it."""
        cues = [cue.end() for cue in _FUTURE.finditer(self.text, max(0, at - 70), at)]
        return bool(cues) and _PAST.search(self.text, cues[-1], at) is None

    def anchor(self, at: int) -> date | None:
        """The single day last mentioned before `at`, here or in what was told before, else the day of publication."""
        earlier = [row for row in self.before[-200:] if row[1] <= at and row[2] is not None and row[2].length == 1]
        days = max(earlier)[2] if earlier else None
        return days.first if days else self.last or self.published


_FUTURE = re.compile(
    r"\b(?:" + "|".join(re.escape(word) for word in _LISTS["future"]) + r")\b|\b(?:as soon|as early) as\b|[’']ll\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"[.;:,”\"]|\b(?:said|told|says|was|were|had|\w\w+ed)\b", re.IGNORECASE)
_PARTS = {
    "early": "early", "beginning of": "early", "start of": "early", "mid": "mid", "middle": "mid",
    "middle of": "mid", "late": "late", "end of": "late", "first half of": None, "second half of": None,
}  # fmt: skip


def _part(match: re.Match[str]) -> str | None:
    return _PARTS.get((match["part"] or "").lower())


def _month_number(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def iso(match: re.Match[str], setting: Setting) -> Meaning:
    found = calendar.day(int(match[1]), int(match[2]), int(match[3]))
    return Days(found, found) if found else False


def slashes(match: re.Match[str], setting: Setting) -> Meaning:
    """7/10/2023: where day and month may change places, the reading nearest before publication, else both."""
    year = int(match[4])
    year += 2000 if year < 50 else 1900 if year < 100 else 0
    readings = {calendar.day(year, int(match[3]), int(match[1])), calendar.day(year, int(match[1]), int(match[3]))}
    found = sorted(one for one in readings if one is not None)
    if not found:
        return False
    past = [one for one in found if setting.published and one <= setting.published]
    if past and setting.published and (setting.published - past[-1]).days <= 45:
        return Days(past[-1], past[-1])
    return Days(found[0], found[-1])


def _in_year(setting: Setting, at: int, make: Callable[[int], Days | None]) -> Days | None:
    """The days that `make` gives for the last year begun by publication, or the next where the words look ahead."""
    if setting.published is None:
        return None
    this = setting.published.year
    found = [days for days in map(make, (this - 4, this - 3, this - 2, this - 1, this, this + 1)) if days is not None]
    past = [days for days in found if days.first <= setting.published]
    if setting.ahead(at):
        later = [days for days in found if days.last >= setting.published]
        # Words that look ahead say little of a day a year off: then the nearer reading holds.
        if later and not (
            past and (setting.published - past[-1].last).days < (later[0].first - setting.published).days - 180
        ):
            return later[0]
    return past[-1] if past else None


def _nearest(setting: Setting, at: int, make: Callable[[int], Days | None], weekday: int | None) -> Days | None:
    """The days that `make` gives for the year that the words leave out.

    A weekday given with the date picks the nearest year that has it so. A day up to
    45 days ahead is nearer than one the year before, which would be told with its year.
    """
    if setting.published is None:
        return None
    years = range(max(2, setting.published.year - 6), min(9998, setting.published.year + 2))
    found = [days for days in map(make, years) if days is not None]
    if weekday is not None:
        fitting = [days for days in found if days.first.weekday() == weekday]
        if fitting:
            return min(fitting, key=lambda days: abs((days.first - setting.published).days))  # type: ignore[operator]
    soon = [days for days in found if 0 < (days.first - setting.published).days <= 45]
    return soon[0] if soon else _in_year(setting, at, make)


def month_day(match: re.Match[str], setting: Setting) -> Meaning:
    """A day of a month, with or without its weekday and year; a second number ends an interval."""
    groups = match.groupdict()
    number = _day_number(match["day"])
    other = _day_number(match["other"]) if groups.get("other") else number
    month = _month_number(match["month"])
    if match["month"] == "may" and _VERB.match(setting.text, match.end()):
        return False

    def make(year: int) -> Days | None:
        first, last = calendar.day(year, month, number), calendar.day(year, month, other)
        return Days(first, last) if first and last and first <= last else None

    year = match["year"] or _borrowed(match, setting)
    if year:
        return make(int(year)) or False
    if make(2024) is None:
        return False
    name = groups.get("name")
    return _nearest(setting, match.start(), make, _WEEKDAYS[name.lower()] if name else None)


def _borrowed(match: re.Match[str], setting: Setting) -> str | None:
    """The year of the next date in a pair such as "between March and May 2015"."""
    found = _PAIRED.match(setting.text, match.end())
    return found["year"] if found else None


def month(match: re.Match[str], setting: Setting) -> Meaning:
    word, number = match["month"], _month_number(match["month"])
    part = _part(match)
    year_given = match["year"] or _borrowed(match, setting)
    if year_given:
        return calendar.month(int(year_given), number, part) or False
    lone = word.rstrip(".") in ("May", "March", "MAY", "MARCH", "Mar", "Jan", "Dec", "Jun", "Sep")
    if (
        lone
        and not match["part"]
        and not match["last"]
        and not _LEADING.search(setting.text, max(0, match.start() - 20), match.start())
    ):
        return False
    if setting.published is None:
        return None
    which = (match["rel"] or "").lower()
    if which:
        year = setting.published.year + {"last": -1, "this": 0, "next": 1}[which.split()[0]]
        return calendar.month(year, number, part)
    if (match["last"] or "").lower() == "this":
        return calendar.month(setting.published.year, number, part)
    found = _in_year(setting, match.start(), lambda year: calendar.month(year, number, part))
    if found and (match["last"] or "").lower().startswith("last") and found.last >= setting.published:
        return calendar.month(found.first.year - 1, number, part)
    return found


def weekday(match: re.Match[str], setting: Setting) -> Meaning:
    if setting.published is None:
        return None
    number = _WEEKDAYS[match["name"].lower()]
    which = (match["which"] or "").lower()
    if which in ("every", "each", "black", "bloody", "good", "easter", "palm"):
        return False
    if which in ("next", "coming", "this coming"):
        found = calendar.weekday(setting.published, number, ahead=True, strict=True)
    elif not which.startswith(("last", "past", "previous")) and not match["owner"] and setting.ahead(match.start()):
        found = calendar.weekday(setting.published, number, ahead=True)
    else:
        found = calendar.weekday(setting.published, number, strict=which == "last")
    return Days(found, found)


_FIXED: Mapping[str, tuple[int, int]] = {
    "today": (0, 0), "tonight": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "overnight": (-1, 0),
    "last night": (-1, 0), "last evening": (-1, -1), "the day before yesterday": (-2, -2),
    "the day after tomorrow": (2, 2), "hours ago": (-1, 0), "hours earlier": (-1, 0), "minutes ago": (0, 0),
}  # fmt: skip


def fixed(match: re.Match[str], setting: Setting) -> Meaning:
    if setting.published is None:
        return None
    words = " ".join(match["words"].lower().split())
    first, last = next((ends for name, ends in _FIXED.items() if words.startswith(name)), (0, 0))
    return calendar.span(calendar.shift(setting.published, first), calendar.shift(setting.published, last))


def _number(word: str) -> int | None:
    word = word.lower()
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def _back(anchor: date, count: int, unit: str) -> Days | None:
    """The day, week, month or year that lies so many units before the anchor (after it where negative)."""
    if unit == "day":
        found = calendar.shift(anchor, -count)
        return Days(found, found)
    if unit == "week":
        middle = calendar.shift(anchor, -7 * count)
        return calendar.span(calendar.shift(middle, -3), calendar.shift(middle, 3))
    if unit == "month":
        return calendar.months_before(anchor, count)
    if unit == "hour":
        return calendar.span(calendar.shift(anchor, -max(1, -(-count // 24))), anchor)
    return calendar.year(anchor.year - count * (10 if unit == "decade" else 1))


_LENGTH = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366, "decade": 3653, "weekend": 2}


def ago(match: re.Match[str], setting: Setting) -> Meaning:
    """ "three days ago" from publication, "three days earlier" from the day last mentioned."""
    relation = match["relation"].lower()
    unit = match["unit"].lower()
    ago = relation in ("ago", "from now")
    anchor = setting.published if ago else setting.anchor(match.start())
    if anchor is None:
        return None
    if (relation == "after" and _CLAUSE.match(setting.text, match.end())) or (
        relation == "before" and _OBJECT.match(setting.text, match.end())
    ):
        return None
    after = relation in ("later", "after", "from now", "afterwards")
    count = _number(match["count"])
    if after and anchor == setting.published and relation != "from now":
        return None
    if count is None:
        if after:
            return None
        far = calendar.shift(anchor, -round(9 * _LENGTH[unit]))
        return calendar.span(far, calendar.shift(anchor, -round(2 * _LENGTH[unit])))
    return _back(anchor, -count if after else count, unit)


def neighbour(match: re.Match[str], setting: Setting) -> Meaning:
    """ "the previous day", "the next day": beside the day last mentioned; "the same day": that day."""
    word = (match["which"] or "before").lower()
    if word == "before" and _OBJECT.match(setting.text, match.end()):
        return None
    anchor = setting.anchor(match.start())
    if anchor is None or (word in ("next", "following") and anchor == setting.published):
        return None
    found = calendar.shift(anchor, {"next": 1, "following": 1, "same": 0}.get(word, -1))
    return Days(found, found)


def past(match: re.Match[str], setting: Setting) -> Meaning:
    """ "in the past 24 hours", "the last three days", "recent weeks"; ahead for "the next two days"."""
    if setting.published is None:
        return None
    unit = match["unit"].lower()
    words = match["count"]
    if match["which"].lower() == "recent":
        count: int | None = 7 if unit == "day" else 5
    else:
        count = (_number(words) or 5) if words else 1
    length = max(1, round((count or 1) * _LENGTH[unit] + 0.49))
    if match["which"].lower() in ("next", "coming"):
        if not setting.ahead(match.start()) and _PAST.search(setting.text, max(0, match.start() - 60), match.start()):
            return None
        return calendar.span(setting.published, calendar.shift(setting.published, length))
    return calendar.span(calendar.shift(setting.published, -length), setting.published)


def period(match: re.Match[str], setting: Setting) -> Meaning:
    """ "last week", "this month", "earlier this year", "the weekend"."""
    today = setting.published
    if today is None:
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    step = -1 if which in ("last", "previous") else 1 if which in ("next", "coming") else 0
    if unit == "weekend":
        if step > 0 or setting.ahead(match.start()):
            saturday = calendar.weekday(today, 5, ahead=True)
            return calendar.span(saturday, calendar.shift(saturday, 1))
        return calendar.weekend(today, before=step < 0)
    if unit == "week":
        days: Days | None = calendar.week(today, step)
    elif unit == "month":
        days = calendar.months_before(today, -step)
    else:
        days = calendar.year(today.year + step)
    if days is None or step or setting.ahead(match.start()):
        return days
    return calendar.span(days.first, today)


def ordinal(match: re.Match[str], setting: Setting) -> Meaning:
    """ "on the 20th": the last such day by publication; "inst." and "ult." name this month and the one before."""
    if setting.published is None:
        return None
    number, which = _day_number(match["day"]), (match["which"] or "").lower()
    for back in (0,) if which == "inst" else (1,) if which == "ult" else (0, 1, 2):
        days = calendar.months_before(setting.published, back)
        found = calendar.day(days.first.year, days.first.month, number) if days else None
        if found and (found <= setting.published or which):
            return Days(found, found)
    return False


def week_of_month(match: re.Match[str], setting: Setting) -> Meaning:
    """ "the first week of October": days 1-7, 8-14, 15-21 and 22-28; "the last week": the last seven."""
    nth = match["nth"].lower()
    number = _month_number(match["month"])

    def make(year: int) -> Days | None:
        days = calendar.month(year, number)
        if days is None or nth == "last":
            return days and Days(calendar.shift(days.last, -6), days.last)
        first = days.first.replace(day=1 + 7 * ("first", "second", "third", "fourth").index(nth))
        return Days(first, calendar.shift(first, 6))

    return (make(int(match["year"])) or False) if match["year"] else _in_year(setting, match.start(), make)


def in_a_row(match: re.Match[str], setting: Setting) -> Meaning:
    """ "the second day in a row", "for the third day running": from the first of them to publication."""
    if setting.published is None:
        return None
    back = _NTHS.index((match["nth"] or match["other"]).lower())
    return calendar.span(calendar.shift(setting.published, -back), setting.published)


def season(match: re.Match[str], setting: Setting) -> Meaning:
    name = match["name"].lower()
    if match["year"]:
        return calendar.season(int(match["year"]), name) or False
    return _in_year(setting, match.start(), lambda year: calendar.season(year, name))


def decade(match: re.Match[str], setting: Setting) -> Meaning:
    first, last = calendar.year(int(match[1] + "0")), calendar.year(int(match[1] + "9"))
    return calendar.span(first.first, last.last) if first and last else False


def year(match: re.Match[str], setting: Setting) -> Meaning:
    """A year, a span of years, or the early, middle or late part of a year.

    Four figures are a year where the words before say so, or nothing that they could
    count follows them.
    """
    lead = _YEAR_LEAD.search(setting.text, max(0, match.start() - 24), match.start())
    follows = _FOLLOWS.match(setting.text, match.end())
    counted = follows is not None and nouns.plural_unit(follows["word"].lower()) is not None
    word = (lead["lead"] or lead.group().strip() or "^").lower() if lead else ""
    if counted and word not in ("in", "since", "during", "year", "early", "late", "mid"):
        return False
    other = match.groupdict().get("other")
    if not word and not other and match.start():
        return False
    first = calendar.year(int(match["year"]), _PARTS.get(lead["part"].lower()) if lead and lead["part"] else None)
    if first is None or not other:
        return first or False
    last = calendar.year(int(match["year"][: 4 - len(other)] + other))
    return Days(first.first, last.last) if last and last.last >= first.first else False


def unknown(match: re.Match[str], setting: Setting) -> Meaning:
    return None


_YEAR_LEAD = re.compile(
    r"(?:^|(?<!\w)(?P<lead>in|since|of|year|during|until|till|by|from|before|after|between|to|through|and|fiscal|for|the|a|its|his|her|their|that|"
    r"into|due|"
    r"(?P<part>early|mid|late|beginning of|start of|end of|middle of))\b[\s-]+(?:the\s+)?|(?P<mark>[(]|[’']s\s)|, )$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"\s+(?:(?:to|and|or|-)\s+\d[\d,]*\s+)?(?P<word>[^\W\d_]+)")
_VERB = re.compile(
    r"\s+(?:have|be|not|also|yet|still|well|never|even|now|soon|only|need|seem|want|die)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[’'\s]+(?!on\b|in\b|at\b|and\b|but\b)[^\W_]")
_OBJECT = re.compile(r"\s+(?:the|an?|his|her|their|its|last|that|[A-Z])\b")
_LEADING = re.compile(
    r"\b(?:in|since|last|this|next|during|of|until|till|by|from|between|and|to|through|before|after|on|or|the)\s+$",
    re.IGNORECASE,
)
_NTHS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PAIRED = re.compile(
    rf"\s*(?:and|to|or|until|through|-|–)\s*(?:{NUMBER}\s+)?{SURE}(?:\s{NUMBER})?,?\s+(?P<year>{YEAR})"
)
