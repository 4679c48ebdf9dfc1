"""Tallies: harms of all incidents added up by place, time, actor, act, kind or class of victim, as page and as data."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from parallax.accounts.policies import POLICIES
from parallax.exports import internal, table
from parallax.ledger.ledger import Ledger
from parallax.ledger.summing import ALL
from parallax.ledger.tallying import BYS, By, Tallied, TalliedIncident, TallyCell, TallyQuery
from parallax.model import ACTS, HARMS, Kind
from parallax.workbench.pages import Sheet, ledger_of, missing, render, settings_of
from parallax.workbench.tally.tallied import IN_TIME, country_words, division_words, figure, key_words, time_words
from parallax.workbench.words import kind_words, whom_words

router = APIRouter()
PER_PAGE = 100
# So many rows of a tally stand on one page; its files have all.
ROWS = 250
BY_WORDS: dict[By, str] = {
    "division": "governorate or like division",
    "country": "country",
    "year": "year",
    "month": "month",
    "day": "day",
    "actor": "whom it is put down to",
    "act": "what was done",
    "kind": "harm",
    "whom": "class of victim",
}
SORTS = {"": "by time, or most first", "key": "in order", "high": "most first", "incidents": "most incidents first"}
FIELDS = ("policy", "by", "kind", "whom", "country", "division", "actor", "act", "from", "to", "sort")
COLUMNS = ("key", "words", "incidents", "with_number", "without_number", "no_low", "no_high", "low", "high")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
LONGEST = 300
# Of so many incidents, one that makes so many percent of the sum is named beside it.
FEW, MUCH = 5, 20
# A table of days is asked for so many months at a time: more days are no table that anyone reads.
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a tally: its fields, the question that they make, those that make no sense."""

    values: dict[str, str]
    query: TallyQuery
    refused: tuple[str, ...]
    narrowed: str = ""

    @property
    def address(self) -> dict[str, str]:
        """The fields that an address needs to ask the same again."""
        return {name: value for name, value in self.values.items() if value}


@router.get("/tallies", response_class=HTMLResponse)
def page(request: Request, page: str = "1") -> HTMLResponse:
    """A tally as a chart and a table, each row of which leads to its incidents; of many rows, some to a page."""
    asked, ledger = _asked(request), ledger_of(request)
    choices = ledger.tally_choices(asked.query.policy, asked.query.kind)
    tallied = ledger.tally_cells(asked.query)
    cells = _sorted(tallied.cells, asked.query.by, asked.values["sort"])
    title = title_words(asked)
    sheet = Sheet.of(page, ROWS).holding(len(cells))
    shown = cells[sheet.offset : sheet.offset + ROWS]
    addresses = {cell.key: incidents_address(asked, cell.key) for cell in shown}
    return render(
        request,
        "tallies.html",
        asked=asked,
        query=asked.query,
        wanted=asked.values,
        tallied=tallied,
        cells=cells,
        shown=shown,
        sheet=sheet,
        title=title,
        chart=figure(asked.query, cells, title, addresses, shown),
        addresses=addresses,
        deeper={cell.key: _deeper(asked, cell.key) for cell in shown},
        words={cell.key: key_words(asked.query.by, cell.key) for cell in shown},
        whole=tallied.whole,
        largest=_outlier(ledger, asked, tallied),
        overlaps=asked.query.by in ("actor", "act", "whom"),
        bys=BY_WORDS,
        sorts=SORTS,
        policies=list(POLICIES),
        harms=HARMS,
        acts=[act for act in ACTS if act.value in choices["act"]],
        whoms=_whoms(choices["whom"]),
        countries=sorted(((code, country_words(code)) for code in choices["country"]), key=lambda pair: pair[1]),
        divisions=_divisions(choices["division"], asked.values["country"]),
        actors=choices["actor"],
        months=choices["month"],
        is_weighed=bool(cells) or ledger.is_weighed(asked.query.policy),
    )


@router.get("/tallies.json")
def as_json(request: Request) -> JSONResponse:
    """A tally as data, with what was asked; of all incidents, signed off or not, and so internal."""
    asked = _asked(request)
    tallied = ledger_of(request).tally_cells(asked.query)
    whole = _record(asked.query.by, tallied.whole) if tallied.whole else None
    about = {
        "internal": True,
        "mark": internal.MARK,
        "title": title_words(asked),
        "policy": asked.query.policy,
        "meaning": "low and high are the ends of the spreads of reports of the incidents, added; an incident without a "
        "number adds nothing; no estimate",
        "asked": asked.address,
        "left_out_as_too_vague": tallied.vague,
        "whole": whole,
        "rows": [_record(asked.query.by, cell) for cell in tallied.cells],
    }
    return JSONResponse(about, headers=internal.disposition("parallax-tally", "json"))


@router.get("/tallies.csv")
def as_csv(request: Request) -> Response:
    """A tally as a table for spreadsheets, internal as the data is."""
    asked = _asked(request)
    out = io.StringIO()
    rows = [_record(asked.query.by, cell) for cell in ledger_of(request).tally_cells(asked.query).cells]
    mark = {internal.COLUMN: internal.VALUE}
    table.write((*COLUMNS, internal.COLUMN), [row | {"key": "/".join(row["key"])} | mark for row in rows], out)
    headers = internal.disposition("parallax-tally", "csv")
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/tallies/incidents", response_class=HTMLResponse)
def behind(request: Request, page: str = "1") -> HTMLResponse:
    """The incidents behind one row of a tally, those with the highest numbers first."""
    asked, ledger = _asked(request), ledger_of(request)
    key = tuple(part[:LONGEST] for part in request.query_params.getlist("key"))
    if len(key) != (2 if asked.query.by == "division" else 1):
        raise missing("This address names no row of a tally.")
    if asked.query.by in ("kind", "whom") and not _is_thing(asked.query.by, key[0]):
        raise missing("This address names no row of a tally.")
    query = asked.query
    if query.by == "kind":
        query = replace(query, kind=Kind(key[0]))
    cell = next((cell for cell in ledger.tally_cells(query).cells if cell.key == key), None)
    number = 0 if cell is None else cell.counted if query.whom != ALL or query.by == "whom" else cell.incidents
    sheet = Sheet.of(page, PER_PAGE).holding(number)
    return render(
        request,
        "tally_incidents.html",
        asked=asked,
        query=query,
        cell=cell,
        words=key_words(query.by, key) if cell else "",
        title=title_words(asked),
        incidents=ledger.tally_incidents(query, key, sheet.offset, PER_PAGE),
        sheet=sheet,
        back=f"/tallies?{urlencode(asked.address, errors='replace')}",
        pages={
            number: f"{incidents_address(asked, key)}&page={number}" for number in (sheet.number - 1, sheet.number + 1)
        },
    )


def title_words(asked: Asked) -> str:
    """What a tally is of, in words."""
    query, values = asked.query, asked.values
    of = "People harmed" if query.by == "kind" else f"People {kind_words(query.kind)}"
    if query.by != "whom" and query.whom != ALL:
        of += f" ({whom_words(query.whom)})"
    parts = [f"{of} by {BY_WORDS[query.by]}"]
    if query.country is not None and query.division is not None:
        parts.append(division_words(query.country, query.division))
    elif query.country is not None:
        parts.append(country_words(query.country))
    if query.actor is not None:
        parts.append(f"put down to {query.actor}")
    if query.act is not None:
        parts.append(kind_words(query.act))
    if query.from_month or query.to_month:
        ends = [time_words("month", month) if month else "" for month in (query.from_month, query.to_month)]
        parts.append(" to ".join(end for end in dict.fromkeys(ends) if end) if all(ends) else _open_ended(*ends))
    return f"{', '.join(parts)}; policy {values['policy']}"


def _outlier(ledger: Ledger, asked: Asked, tallied: Tallied) -> tuple[TalliedIncident, int] | None:
    """The one incident that makes much of all that a tally adds up to, and how many percent of the highs."""
    if tallied.whole is None or tallied.whole.counted < FEW or not tallied.whole.high:
        return None
    found = ledger.tally_largest(asked.query)
    share = round(100 * (found.high or 0) / tallied.whole.high) if found else 0
    return (found, share) if found and share >= MUCH else None


def _open_ended(first: str, last: str) -> str:
    return f"from {first}" if first else f"until {last}"


def incidents_address(asked: Asked, key: Sequence[str]) -> str:
    """Where the incidents behind a row are."""
    query = [*asked.address.items(), *(("key", part) for part in key)]
    return f"/tallies/incidents?{urlencode(query, errors='replace')}"


def _deeper(asked: Asked, key: Sequence[str]) -> str:
    """Where a row's own rows are: a country's divisions, a year's months, a month's days; none for the others."""
    by, value = asked.query.by, key[0]
    changes: dict[str, str] = {}
    if by == "country" and value:
        changes = {"by": "division", "country": value}
    elif by == "division" and key[1]:
        changes = {"by": "month", "country": value, "division": key[1]}
    elif by == "year" and len(value) == 4:
        changes = {"by": "month", "from": f"{value}-01", "to": f"{value}-12"}
    elif by == "month" and len(value) == 7:
        changes = {"by": "day", "from": value, "to": value}
    return f"/tallies?{urlencode(asked.address | changes, errors='replace')}" if changes else ""


def _asked(request: Request) -> Asked:
    """What an address asks; a table of days without months is of the last that have incidents."""
    ledger, settings = ledger_of(request), settings_of(request)
    given = {name: request.query_params.get(name, "").strip()[:LONGEST] for name in FIELDS}
    fits = {
        "policy": given["policy"] in POLICIES,
        "by": given["by"] in BYS,
        "kind": given["kind"] in [kind.value for kind in HARMS],
        "act": given["act"] in [act.value for act in ACTS],
        "from": MONTH.fullmatch(given["from"]) is not None,
        "to": MONTH.fullmatch(given["to"]) is not None,
        "sort": given["sort"] in SORTS,
    }
    refused = tuple(name for name, fit in fits.items() if given[name] and not fit)
    values = {name: "" if name in refused else value for name, value in given.items()}
    values["policy"] = values["policy"] or settings.policy
    values["division"] = values["division"] if values["country"] else ""
    by: By = next((by for by in BYS if by == values["by"]), "month")
    values["by"] = by
    query = TallyQuery(
        policy=POLICIES[values["policy"]].label,
        by=by,
        kind=Kind(values["kind"] or Kind.KILLED),
        whom=values["whom"] or ALL,
        country=values["country"] or None,
        division=values["division"] or None,
        actor=values["actor"] or None,
        act=values["act"] or None,
        from_month=values["from"] or None,
        to_month=values["to"] or None,
    )
    return _with_days(Asked(values, query, refused), ledger) if by == "day" else Asked(values, query, refused)


def _with_days(asked: Asked, ledger: Ledger) -> Asked:
    """The same with months that a table of days can hold, and in words how they were narrowed."""
    first, last = asked.query.from_month, asked.query.to_month
    if first and last and 0 <= _number(last) - _number(first) < MOST_MONTHS:
        return asked
    months = ledger.tally_choices(asked.query.policy, asked.query.kind)["month"]
    if not months:
        return asked
    last = min(last or months[-1], months[-1]) if not first else _month(_number(first) + MOST_MONTHS - 1)
    first = first or _month(_number(last) - 2)
    words = f"Days are shown for {MOST_MONTHS} months at most: these are {first} to {last}."
    values = asked.values | {"from": first, "to": last}
    return Asked(values, replace(asked.query, from_month=first, to_month=last), asked.refused, words)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    number = min(max(number, 12), 9999 * 12 + 11)
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _is_thing(by: By, value: str) -> bool:
    return value in [kind.value for kind in HARMS] if by == "kind" else value != ALL


def _sorted(cells: Sequence[TallyCell], by: By, sort: str) -> tuple[TallyCell, ...]:
    """Time in its order, with what is vague at the end; all else by the highest sums, unless another order is asked."""
    if sort == "incidents":
        return tuple(sorted(cells, key=lambda cell: (-cell.incidents, cell.key)))
    if sort == "high" or (not sort and by not in IN_TIME):
        return tuple(sorted(cells, key=lambda cell: (-cell.high, -cell.low, -cell.incidents, cell.key)))
    if by not in IN_TIME:
        return tuple(sorted(cells, key=lambda cell: key_words(by, cell.key).casefold()))
    exact = {"year": 4, "month": 7, "day": 10}[by]
    return tuple(sorted(cells, key=lambda cell: (len(cell.key[0]) != exact, cell.key)))


def _record(by: By, cell: TallyCell) -> dict[str, Any]:
    known = cell.counted > 0
    return {
        "key": list(cell.key),
        "words": key_words(by, cell.key) if cell.key else "all, each incident once",
        "incidents": cell.incidents,
        "with_number": cell.counted,
        "without_number": cell.silent,
        "no_low": cell.no_low,
        "no_high": cell.no_high,
        "low": cell.low if known else None,
        "high": cell.high if known else None,
    }


def _whoms(found: Sequence[str]) -> list[tuple[str, str]]:
    return [(whom, whom_words(whom)) for whom in sorted(found, key=lambda whom: (whom != ALL, whom))]


def _divisions(found: Sequence[str], country: str) -> list[tuple[str, str]]:
    pairs = [tuple(each.split("/", 1)) for each in found]
    own = [(code, division_words(land, code)) for land, code in pairs if land == country]
    return sorted(own, key=lambda pair: pair[1])
