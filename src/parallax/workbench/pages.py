"""How a page is made: the templates, and the words they put values in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.model import Bound, Count, DayPrecision, Days, Kind, Range
from parallax.pipeline import is_read

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
WHOM_WORDS = {"civilian": "civilians", "combatant": "combatants", "unknown": "not said", "all": "all"}


def kind_words(kind: Kind | str) -> str:
    """A kind as people say it."""
    return KIND_WORDS[Kind(kind)]


def whom_words(whom: str) -> str:
    """A class of victim, or a side, as people say it."""
    return WHOM_WORDS.get(whom, whom.replace("side: ", "of "))


def ends_words(low: int | None, high: int | None) -> str:
    """Two ends as people write them; "unknown" where neither is known."""
    if low is None and high is None:
        return "unknown"
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"{low:,} or more"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}–{high:,}"


def count_words(count: Count | None) -> str:
    """A count with the words that gave it, where these say more than the number."""
    return ends_words(count.low, count.high) if count else "no number given"


def range_words(spread: Range) -> str:
    """A spread of reports as people write it."""
    return ends_words(spread.low.value, spread.high.value)


def bound_words(bound: Bound) -> str:
    """The value of one end."""
    return "unknown" if bound.value is None else f"{bound.value:,}"


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


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web, so that no other scheme ever becomes a link."""
    if url and urlsplit(url).scheme in ("http", "https"):
        return url
    return None


def with_query(query: Mapping[str, Any], **changes: Any) -> str:
    """The query string of these values with some changed; empty ones are left out."""
    merged = {**query, **changes}
    return "?" + urlencode({name: value for name, value in merged.items() if value not in (None, "", 0)})


def _environment() -> Environment:
    folder = resources.files("parallax.workbench") / "templates"
    environment = Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kind": kind_words,
        "count": count_words,
        "range": range_words,
        "bound": bound_words,
        "day": day_words,
        "days": days_words,
        "web": web_address,
        "whom": whom_words,
        "is_read": is_read,
    }
    environment.globals |= {"with_query": with_query, "ends": ends_words, "all_kinds": list(Kind)}
    return environment


TEMPLATES = _environment()


def ledger_of(request: Request) -> Ledger:
    """The ledger that this request reads."""
    ledger: Ledger = request.app.state.ledger
    return ledger


def settings_of(request: Request) -> Settings:
    """The settings that this request is answered under."""
    settings: Settings = request.app.state.settings
    return settings


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """One page; `here` is the path, for the mark in the menu."""
    page = TEMPLATES.get_template(template).render(here=request.url.path, **values)
    return HTMLResponse(page, status)


def missing(what: str) -> HTTPException:
    """The answer to an address that names nothing in this ledger."""
    return HTTPException(404, what)


def page_number(text: str | None) -> int:
    """A page number from an address; whatever is no number is the first page."""
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def day_or_none(text: str | None) -> date | None:
    """A day from an address, None where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
