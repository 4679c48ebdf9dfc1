"""How a page is made: the templates, what they are given, and what an address asks of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from parallax import signing
from parallax.accounts.signing import Signature, Signed
from parallax.config import Settings
from parallax.exports import amounts, internal
from parallax.exports.doubt import is_doubtful
from parallax.exports.shield import shielded
from parallax.ledger.ledger import Ledger
from parallax.ledger.risk import AtRisk
from parallax.model import Incident, Kind
from parallax.pipeline import is_read
from parallax.workbench import look, words
from parallax.workbench.acting import Role, header, hidden_field, may, person_of


def with_query(query: Mapping[str, Any], **changes: Any) -> str:
    """The query string of these values with some changed; empty ones are left out, each of several is named."""
    merged = {**query, **changes}
    kept = {name: value for name, value in merged.items() if value not in (None, "", 0, ())}
    return "?" + urlencode(kept, doseq=True, errors="replace")


def _environment() -> Environment:
    folder = resources.files("parallax.workbench") / "templates"
    environment = Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "actor": words.actor_words,
        "brief": words.brief,
        "kind": words.kind_words,
        "count": amounts.count_words,
        "range": words.range_words,
        "value": words.value_words,
        "reasons": words.reasons,
        "spaced": words.spaced,
        "day": words.day_words,
        "days": words.days_words,
        "found": words.found_words,
        "name": words.incident_words,
        "web": words.web_address,
        "whom": words.whom_words,
        "n": amounts.number_words,
        "is_read": is_read,
        "is_doubtful": is_doubtful,
    }
    environment.globals["internal_mark"] = internal.MARK
    environment.globals |= {"with_query": with_query, "ends": amounts.ends_words, "all_kinds": list(Kind)}
    return environment


TEMPLATES = _environment()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which page of a list: its number, how many there are, and how many entries each holds."""

    number: int
    size: int
    total: int = 0

    @classmethod
    def of(cls, text: str | None, size: int) -> Sheet:
        """The page that an address asks for; whatever is no number is the first."""
        sane = bool(text) and text is not None and text.isascii() and text.isdigit() and len(text) < 9
        return cls(max(1, int(text or 1)) if sane else 1, size)

    def holding(self, total: int) -> Sheet:
        """The same page of a list of so many entries."""
        return Sheet(self.number, self.size, total)

    @property
    def offset(self) -> int:
        """How many entries stand before this page."""
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one."""
        return max(1, -(-self.total // self.size))


def ledger_of(request: Request) -> Ledger:
    """The ledger that this request reads, as whoever asks may see it: readers see no source at risk."""
    person = person_of(request)
    return whole_ledger_of(request) if person and person.role.covers(Role.CODER) else outgoing_ledger_of(request)


def whole_ledger_of(request: Request) -> Ledger:
    """The ledger with all that it holds, for questions whose answers are not shown as they are."""
    ledger: Ledger = request.app.state.ledger
    return ledger


def outgoing_ledger_of(request: Request) -> Ledger:
    """The ledger as it may be shown outside, for whatever is made to be sent on."""
    return _outgoing(request)[1]


def reach_of(request: Request) -> AtRisk:
    """Everything that leads to the sources at risk, which whatever is made for others keeps out."""
    return _outgoing(request)[2]


def at_risk(request: Request, kind: str, key: str | None) -> bool:
    """Whether a voice or an outlet is a source at risk, or a report or an incident leads to one."""
    reach = reach_of(request)
    every = {"voice": reach.voices, "outlet": reach.outlets, "report": reach.reports, "incident": reach.incidents}
    return key in every[kind]


def signed_of(request: Request, shown: Incident, source: Ledger) -> Signed:
    """How an incident, as `source` shows it, stands to its signatures, which are over the whole of it."""
    ledger = whole_ledger_of(request)
    found = shown if source is ledger else ledger.incident(shown.id, links=False)
    return signing.how_signed(ledger, found) if found is not None else Signed(Signature.NONE)


def _outgoing(request: Request) -> tuple[tuple[int, str], Ledger, AtRisk]:
    """Worked out anew when the log has grown."""
    ledger, state = whole_ledger_of(request), request.app.state
    head = ledger.head()
    kept: tuple[tuple[int, str], Ledger, AtRisk] | None = getattr(state, "outgoing", None)
    if kept is None or kept[0] != head:
        reach = ledger.at_risk()
        kept = state.outgoing = (head, shielded(ledger, reach), reach)
    return kept


def settings_of(request: Request) -> Settings:
    """The settings that this request is answered under."""
    settings: Settings = request.app.state.settings
    return settings


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """One page; `here` is the path, for the mark in the menu."""
    frame = look.frame(request) | {"token": partial(hidden_field, request), "token_header": header(request)}
    frame |= {"person": person_of(request), "team": request.app.state.team is not None, "may": partial(may, request)}
    frame["at_risk"] = partial(at_risk, request)
    settings = settings_of(request)
    frame |= {"tiles": settings.tiles, "tiles_credit": settings.tiles_credit}
    page = TEMPLATES.get_template(template).render(here=request.url.path, **(frame | values))
    # Half a surrogate pair cannot be sent; no report in a ledger holds one, an address may.
    return HTMLResponse(page.encode("utf-8", "replace"), status)


def unweighed(id: str, policy: str) -> HTTPException:
    """The answer for an incident that this program's version of a policy has not weighed yet, with the mend."""
    return missing(
        f"Incident {id} is not weighed under {policy} as this program has it: an older one wrote this ledger. "
        "The next `parallax read FILE… --into LEDGER` weighs every incident anew."
    )


def missing(what: str) -> HTTPException:
    """The answer to an address that names nothing in this ledger."""
    return HTTPException(404, what)


def day_or_none(text: str | None) -> date | None:
    """A day from an address, None where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
