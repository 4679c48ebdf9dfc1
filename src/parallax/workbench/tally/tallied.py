"""A tally drawn: a bar for each row, solid up to the sum of the low ends and paler up to the sum of the high ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from parallax.exports.amounts import ends_words, number_words
from parallax.ledger.summing import SEVERAL_YEARS
from parallax.ledger.tallying import By, TallyCell, TallyQuery
from parallax.names.areas import countries, divisions
from parallax.workbench.charts import BOTTOM, HEIGHT, LEFT, MOST, WIDTH, Cell, Chart, Scale, day_axis, drawing, titled
from parallax.workbench.words import brief, day_words, kind_words, whom_words

IN_TIME: tuple[By, ...] = ("year", "month", "day")
# More bars than these are drawn by no screen; the table has them all.
MOST_BARS = 30
ROW, NAMES, FOOT = 24, 230, 44
# On a narrow page a row is a line of words and a bar under it; a letter is about so wide.
NARROW, NARROW_ROW, BAR, LETTER = 320, 36, 14, 6.4


def key_words(by: By, key: Sequence[str]) -> str:
    """A row of a tally in words."""
    value = key[0]
    if by == "division":
        return division_words(value, key[1])
    if by == "country":
        return country_words(value)
    if by in IN_TIME:
        return time_words(by, value)
    if by == "actor":
        return value or "no one, by any report"
    if by == "act":
        return kind_words(value) if value else "nothing told of what was done"
    return kind_words(value) if by == "kind" else whom_words(value)


def country_words(code: str) -> str:
    """A country by its code."""
    return countries().get(code, code) if code else "country not known"


def division_words(country: str, code: str) -> str:
    """A division by its country and code; one that no pack names keeps its code."""
    if not code:
        return f"{country_words(country)}, division not known" if country else "place not known"
    name = divisions().get(f"{country}-{code}")
    return name if name else f"{country_words(country)}, division {code}"


def time_words(by: By, value: str) -> str:
    """A day, a month, a year, or in words that it is not known so exactly."""
    if value == "":
        return "over several days, or no day known" if by == "day" else "day not known"
    if value == SEVERAL_YEARS:
        return "over several years"
    if by == "day":
        return day_words(date.fromisoformat(value))
    if len(value) == 7:
        return f"{date.fromisoformat(f'{value}-01'):%B %Y}"
    return value if by == "year" else f"{value}, month not known"


def figure(
    query: TallyQuery,
    cells: Sequence[TallyCell],
    title: str,
    address: dict[tuple[str, ...], str],
    listed: Sequence[TallyCell] | None = None,
) -> Chart | None:
    """The chart of a tally with its table; None where no row has a number. `address`: where a row's incidents are.

    `listed` are the rows that its table holds, if not all.
    """
    counted = [cell for cell in cells if cell.counted]
    if query.by in IN_TIME:
        counted = [cell for cell in counted if _day(query.by, cell.key[0]) is not None]
        shown = counted
    else:
        shown = sorted(counted, key=lambda cell: (-cell.high, -cell.low, cell.key))[:MOST_BARS]
    if not shown:
        return None
    names = [brief(key_words(query.by, cell.key), 60) for cell in shown]
    top = max(cell.high for cell in shown)
    highest = max(shown, key=lambda cell: (cell.high, cell.low))
    described = (
        f"{number_words(len(shown))} rows; the most in {key_words(query.by, highest.key)}: "
        f"{ends_words(highest.low, highest.high)}. A bar is solid up to the low ends added, paler up to the high ends."
    )
    notes = []
    if silent := sum(cell.silent for cell in shown):
        # An incident of two actors is silent in both their rows.
        words = "incidents" if query.by in ("actor", "act") else _some(silent)
        notes.append(f"Not in the bars: {words} without a number.")
    if len(shown) < len(counted):
        notes.append(f"The {number_words(len(shown))} rows with the highest sums of {number_words(len(counted))}.")
    if query.by in IN_TIME and (vague := sum(cell.counted for cell in cells) - sum(cell.counted for cell in shown)):
        notes.append(f"In the table alone, for their days are vaguer: {_some(vague)} with a number.")
    in_time = query.by in IN_TIME
    return Chart(
        name="tally",
        title=title,
        described=described,
        svg=_in_time(query.by, shown, top, described) if in_time else _in_rows(names, shown, top, described),
        narrow=Markup() if in_time else _narrow(names, shown, top, described),
        spec=_spec(query, shown, names, top, title),
        head=("", "Incidents", "With a number", "Without one", "Lows added", "Highs added"),
        rows=tuple(_row(query.by, cell, address.get(cell.key)) for cell in (cells if listed is None else listed)),
        notes=tuple(notes),
    )


def _some(number: int) -> str:
    return f"{number_words(number)} incident{'' if number == 1 else 's'}"


def _row(by: By, cell: TallyCell, href: str | None) -> tuple[Cell, ...]:
    numbers = (cell.incidents, cell.counted, cell.silent, cell.low, cell.high)
    cells = [Cell(number_words(number), is_number=True) for number in numbers]
    if not cell.counted:
        cells[-2:] = [Cell("unknown", is_number=True)] * 2
    return (Cell(key_words(by, cell.key), href), *cells)


def _day(by: By, value: str) -> date | None:
    if by == "year":
        return date(int(value), 1, 1) if value.isdigit() and len(value) == 4 else None
    whole = f"{value}-01" if len(value) == 7 else value
    return date.fromisoformat(whole) if len(whole) == 10 else None


def _in_time(by: By, cells: Sequence[TallyCell], top: int, words: str) -> Markup:
    days = [day for cell in cells if (day := _day(by, cell.key[0])) is not None]
    scale = Scale.of(days, top, linear=True)
    width = max(
        1.5, min(28.0, 0.8 * (WIDTH - LEFT) / max(1, scale.days / {"day": 1, "month": 30.4, "year": 365.2}[by]))
    )
    parts = []
    for day, cell in zip(days, cells, strict=True):
        x = round(scale.x(day) - width / 2, 1)
        for style, value in (("high", cell.high), ("low", cell.low)):
            y = scale.y(min(value, MOST))
            parts.append(f'<rect class="{style}" x="{x}" y="{y}" width="{round(width, 1)}" height="{_height(y)}"/>')
    return drawing(scale, words, parts)


def _height(y: float) -> float:
    return round(max(0.0, HEIGHT - BOTTOM - y), 1)


def _in_rows(names: Sequence[str], cells: Sequence[TallyCell], top: int, words: str) -> Markup:
    height = ROW * len(cells) + FOOT
    parts = [f'<svg viewBox="0 0 {WIDTH} {height}" height="{height}" role="img" aria-label="{escape(words)}">']
    across = (WIDTH - NAMES - 120) / max(1, top)
    for number, (name, cell) in enumerate(zip(names, cells, strict=True)):
        y = 4 + ROW * number
        parts.append(f'<text x="{NAMES - 8}" y="{y + 15}" text-anchor="end">{escape(brief(name, 34))}</text>')
        for style, value in (("high", cell.high), ("low", cell.low)):
            parts.append(
                f'<rect class="{style}" x="{NAMES}" y="{y + 3}" width="{round(across * value, 1)}" height="{ROW - 8}"/>'
            )
        at = round(NAMES + across * cell.high + 6, 1)
        parts.append(f'<text x="{at}" y="{y + 15}">{escape(ends_words(cell.low, cell.high))}</text>')
    return Markup("".join((*parts, "</svg>")))


def _narrow(names: Sequence[str], cells: Sequence[TallyCell], top: int, words: str) -> Markup:
    height = NARROW_ROW * len(cells) + FOOT
    across = NARROW / _room(cells, top)
    parts = [
        f'<svg class="narrow" viewBox="0 0 {NARROW} {height}" height="{height}" role="img" '
        f'aria-label="{escape(words)}">'
    ]
    for number, (name, cell) in enumerate(zip(names, cells, strict=True)):
        y = NARROW_ROW * number
        parts.append(f'<text x="0" y="{y + 13}">{escape(brief(name, 48))}</text>')
        for style, value in (("high", cell.high), ("low", cell.low)):
            parts.append(
                f'<rect class="{style}" x="0" y="{y + 18}" width="{round(across * value, 1)}" height="{BAR}"/>'
            )
        at = round(across * cell.high + 5, 1)
        parts.append(f'<text x="{at}" y="{y + 29}">{escape(ends_words(cell.low, cell.high))}</text>')
    return Markup("".join((*parts, "</svg>")))


def _room(cells: Sequence[TallyCell], top: int) -> float:
    """Where the axis of a narrow drawing ends, so that the words beside each bar have room."""
    rooms = (cell.high / max(0.25, 1 - (len(ends_words(cell.low, cell.high)) * LETTER + 8) / NARROW) for cell in cells)
    return max(1.0, float(top), *rooms)


def _narrow_spec(cells: Sequence[TallyCell], top: int, tooltip: dict[str, Any], axis: dict[str, Any]) -> dict[str, Any]:
    """What differs in the spec of a narrow page."""
    down = {"field": "at", "type": "nominal", "sort": None, "axis": None}
    amount = {"type": "quantitative", "axis": axis | {"tickCount": 3}}
    amount |= {"scale": {"domain": [0, _room(cells, top)], "nice": False}}
    mark: dict[str, Any] = {"type": "bar", "color": "var(--series-1)", "height": BAR, "yOffset": 7}
    layer: list[dict[str, Any]] = [
        {"mark": mark | {"opacity": opacity}, "encoding": {"y": down, "x": amount | {"field": end}} | tooltip}
        for end, opacity in (("high", 0.35), ("low", 1))
    ]
    words = {"type": "text", "align": "left", "color": "var(--ink)"}
    beside = {"y": down, "x": amount | {"field": "high"}, "text": {"field": "ends", "type": "nominal"}}
    above = {"y": down, "x": {"value": 0}, "text": {"field": "at", "type": "nominal"}}
    layer.append({"mark": words | {"dx": 5, "dy": 7}, "encoding": beside})
    layer.append({"mark": words | {"dy": -10, "fontSize": 12}, "encoding": above})
    return {"height": NARROW_ROW * len(cells) + FOOT, "layer": layer}


def _spec(query: TallyQuery, cells: Sequence[TallyCell], names: Sequence[str], top: int, title: str) -> dict[str, Any]:
    values = [
        {
            "at": cell.key[0] if query.by in IN_TIME else name,
            "low": min(cell.low, MOST),
            "high": min(cell.high, MOST),
            "ends": ends_words(cell.low, cell.high),
            "words": f"{name}: {ends_words(cell.low, cell.high)} in {_some(cell.counted)}"
            + (f", {number_words(cell.silent)} more give no number" if cell.silent else ""),
        }
        for cell, name in zip(cells, names, strict=True)
    ]
    tooltip = {"tooltip": {"field": "words", "type": "nominal"}}
    under = [f"Policy {query.policy}. Solid: low ends added. Paler: high ends added. Spreads of reports, no estimate."]
    of = "People" if query.by == "kind" else f"People {kind_words(query.kind)}"
    axis: dict[str, Any] = {"title": of, "format": ",d", "tickMinStep": 1}
    amount: dict[str, Any] = {"type": "quantitative", "axis": axis}
    bars: list[dict[str, Any]]
    if query.by in IN_TIME:
        unit = {"year": "utcyear", "month": "utcyearmonth", "day": "utcyearmonthdate"}[query.by]
        days = [day for cell in cells if (day := _day(query.by, cell.key[0])) is not None]
        values = [value | {"at": day.isoformat()} for value, day in zip(values, days, strict=True)]
        across = {"field": "at", "timeUnit": unit} | day_axis(
            query.by.capitalize(), days, {"year": "%Y", "month": "%b %Y"}.get(query.by)
        )
        bars = [
            {
                "mark": {"type": "bar", "color": "var(--series-1)", "opacity": opacity},
                "encoding": {"x": across, "y": amount | {"field": end}} | tooltip,
            }
            for end, opacity in (("high", 0.35), ("low", 1))
        ]
        return {"height": HEIGHT, "title": titled(title, under), "data": {"values": values}, "layer": bars}
    # Words beside the longest bar need room of their own.
    amount |= {"scale": {"domain": [0, max(1, round(top * 1.18))], "nice": False}, "axis": axis | {"tickCount": 6}}
    down = {"field": "at", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 240}}
    bars = [
        {
            "mark": {"type": "bar", "color": "var(--series-1)", "opacity": opacity},
            "encoding": {"y": down, "x": amount | {"field": end}} | tooltip,
        }
        for end, opacity in (("high", 0.35), ("low", 1))
    ]
    bars.append(
        {
            "mark": {"type": "text", "align": "left", "dx": 5, "color": "var(--ink)"},
            "encoding": {"y": down, "x": amount | {"field": "high"}, "text": {"field": "ends", "type": "nominal"}},
        }
    )
    return {
        "height": ROW * len(cells) + FOOT,
        "title": titled(title, under),
        "data": {"values": values},
        "layer": bars,
        "usermeta": {"narrow": _narrow_spec(cells, top, tooltip, axis)},
    }
