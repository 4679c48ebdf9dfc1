"""Values as people say them: kinds, counts, ranges, days, places of a date, actors."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from parallax.exports.amounts import ends_words, number_words
from parallax.model import Bound, DateSource, DayPrecision, Days, Incident, Kind, Range
from parallax.names.actors import resolve

KIND_WORDS = {
    Kind.KILLED: "killed",
    Kind.INJURED: "injured",
    Kind.DETAINED: "detained",
    Kind.MISSING: "missing",
    Kind.DISPLACED: "displaced",
    Kind.AIR_STRIKE: "air strike",
    Kind.SHELLING: "shelling",
    Kind.BOMBING: "bombing",
    Kind.CHEMICAL_ATTACK: "chemical attack",
    Kind.GROUND_ATTACK: "ground attack",
    Kind.SEIZED: "seized",
    Kind.WITHDREW: "withdrew",
    Kind.TRUCE: "truce",
    Kind.AID: "aid",
    Kind.STRENGTH: "strength",
    Kind.DAMAGE: "damage",
}
WHOM_WORDS = {"all": "all", "civilian": "civilians", "combatant": "combatants", "unknown": "of whom no more is said"}
FOUND_WORDS = {
    DateSource.GIVEN: "given with the report",
    DateSource.METADATA: "from the page's own metadata",
    DateSource.JSON_LD: "from the page's structured data",
    DateSource.HEADER: "from the message's header",
    DateSource.FEED: "from the feed that carried it",
    DateSource.URL: "from the web address",
    DateSource.DATELINE: "from the dateline in the text",
}


def kind_words(kind: Kind | str) -> str:
    """A kind as people say it."""
    return KIND_WORDS[Kind(kind)]


def whom_words(whom: str) -> str:
    """A class of victim, or a side, as people say it."""
    return WHOM_WORDS.get(whom, whom.replace("side: ", "of "))


def found_words(source: DateSource) -> str:
    """Where a date of publication was found."""
    return FOUND_WORDS[source]


def range_words(spread: Range) -> str:
    """A spread of reports as people write it."""
    return ends_words(spread.low.value, spread.high.value)


def value_words(value: int | None) -> str:
    """One end of a spread."""
    return "unknown" if value is None else number_words(value)


def reasons(bound: Bound) -> tuple[str, ...]:
    """Why an end stands where it does, a reason each; the value itself, which stands beside them, is left out."""
    words = bound.words
    for value in (str(bound.value), "unknown"):
        words = words.removeprefix(f"{value}: ")
    return tuple(spaced(part) for part in _unquoted_split(words))


def _unquoted_split(words: str) -> list[str]:
    parts, inside = [""], False
    for piece in re.split(r'(["“”]|; )', words):
        inside = not inside if piece in ('"', "“", "”") else inside
        if piece == "; " and not inside:
            parts.append("")
        else:
            parts[-1] += piece
    return [part for part in parts if part.strip()]


# What stands in quotation marks is a report's own; a number after a month is a year, and so may be one of four
# digits that ends a name ("Allied powers of 1854"): a count without its comma is still right, a year with one is not.
_LONG_NUMBER = re.compile(
    r'"[^"]*"|“[^”]*”|'
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b|"
    r"[A-Za-z] (?:of|in) (?:1[5-9]|20)\d\d\b(?! (?:of|people|others)\b)|"
    r"(?<![\w.,:/-])\d{4,}(?![\w:/-]|[.,]\d)"
)


def spaced(words: str) -> str:
    """Our own words with the thousands of their numbers apart."""
    return _LONG_NUMBER.sub(lambda found: _grouped(found[0]), words)


def _grouped(found: str) -> str:
    if not (found.isascii() and found.isdigit()):
        return found
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", found)


def brief(words: str, most: int = 160) -> str:
    """Words cut to so many characters, for lists; the page of the thing itself has them whole."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def day_words(day: date | None) -> str:
    """A day as "25 October 1854"."""
    return f"{day.day} {day:%B} {day.year}" if day else "undated"


def days_words(days: Days | None) -> str:
    """An interval of days, shortened where its ends share a month or a year."""
    if days is None:
        return "day not known"
    first, last = days.first, days.last
    if days.precision is DayPrecision.DAY:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B} {last.year}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def incident_words(incident: Incident) -> str:
    """An incident's name: where and when."""
    return f"{incident.where.name if incident.where else 'Place not known'}, {days_words(incident.when)}"


@cache
def actor_words(key: str) -> str:
    """The name of the actor of a key: the pack's, or the key made readable where no pack has it."""
    plain = key.replace("-", " ").strip()
    actor = resolve(plain)
    if actor is not None and key in (actor.key, actor.name):
        return actor.name
    return plain[:1].upper() + plain[1:]


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web, so that no other scheme ever becomes a link."""
    try:
        scheme = urlsplit(url or "").scheme
    except ValueError:
        return None
    return url if scheme in ("http", "https") else None
