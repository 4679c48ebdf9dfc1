"""How an incident's toll was told, drawn: each origin's numbers by day of publication, a line through its revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from parallax.exports.amounts import count_words, ends_words, number_words
from parallax.model import HARMS, Count, DifferenceType, Kind, Range, Scope, Stance, Statement, Tally
from parallax.workbench.charts import (
    HEIGHT,
    LEFT,
    MOST,
    SERIES,
    WIDTH,
    Cell,
    Chart,
    Scale,
    day_axis,
    drawing,
    number_axis,
    titled,
)
from parallax.workbench.incident.history import Step
from parallax.workbench.words import brief, day_words, kind_words

# More marks than this are a smear; the table beside the chart has them all.
MOST_MARKS = 400
# More origins than colours are drawn in one colour, told apart by the words that a pointer shows.
MOST_NAMED = len(SERIES)
FORMS = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


@dataclass(frozen=True, slots=True)
class _Mark:
    step: Step
    day: date
    share: float
    low: int
    high: int

    @property
    def top(self) -> int:
        return max(self.low, self.high)


_Join = tuple[_Mark, _Mark]


def tolls(tally: Tally, steps: Sequence[Step], policy: str) -> tuple[Chart, ...]:
    """A chart for each harm that has two numbers or more with a day of publication."""
    return tuple(chart for kind in HARMS if (chart := _toll(kind, tally, steps, policy)) is not None)


def _toll(kind: Kind, tally: Tally, steps: Sequence[Step], policy: str) -> Chart | None:
    told = [step for step in steps if step.statement.claim.kind is kind]
    drawn = [step for step in told if _is_of_the_incident(step.statement)]
    if len(drawn) < 2:
        return None
    marks = _marks(drawn[:MOST_MARKS])
    joined = _joined(marks, tally)
    spread = next((one for one in tally.ranges if one.kind is kind and one.whom == "all"), None)
    title = f"{kind_words(kind).capitalize()}, as each origin told it"
    ends = ends_words(spread.low.value, spread.high.value) if spread else "unknown"
    highest = number_words(max(mark.top for mark in marks))
    described = (
        f"{len(marks)} numbers of people {kind_words(kind)} by {len(_origins(marks))} origins, from "
        f"{day_words(marks[0].day)} to {day_words(marks[-1].day)}, the highest {highest}. "
        f"The band is the spread of reports under {policy}: {ends}."
    )
    notes = [
        "A hollow mark is a number that its origin has since replaced; a line leads to the number it gave instead."
    ]
    if more := len(told) - len(marks):
        notes.append(
            f"{more} more stand in the table alone: running totals, denials, forecasts, numbers without a day."
        )
    return Chart(
        name=f"toll-{kind.value}",
        title=title,
        described=described,
        svg=_drawing(marks, joined, spread, described),
        spec=_spec(kind, marks, joined, spread, policy),
        head=("Published", "Origin", "Number", "Of whom", "Stands"),
        rows=tuple(_row(step) for step in told),
        notes=tuple(notes),
    )


def _is_of_the_incident(statement: Statement) -> bool:
    claim = statement.claim
    told = claim.stance in (Stance.ASSERTED, Stance.DOUBTED) and claim.scope is Scope.EVENT
    return told and statement.published is not None and claim.count is not None


def _marks(steps: Sequence[Step]) -> list[_Mark]:
    """Marks in order of publication; those of one day are spread over it, so that none hides another."""
    days = Counter(step.statement.published for step in steps)
    seen: Counter[date] = Counter()
    found = []
    for step in steps:
        day, count = step.statement.published, step.statement.claim.count
        if day is None or count is None:
            continue
        seen[day] += 1
        low, high = ends_of(count)
        found.append(_Mark(step, day, 0.8 * seen[day] / (days[day] + 1), low, high))
    return found


def ends_of(count: Count) -> tuple[int, int]:
    """Both ends of a count as they are drawn: an open one is drawn as the other."""
    low = count.low if count.low is not None else (count.high or 0)
    high = count.high if count.high is not None else low
    return min(low, MOST), min(high, MOST)


def _origins(marks: Sequence[_Mark]) -> list[str]:
    """The names of the origins, those with the most numbers first."""
    counted = Counter(mark.step.account.origin for mark in marks)
    names = {mark.step.account.origin: mark.step.account.voice.name for mark in marks}
    return [brief(names[origin], 40) for origin, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def _joined(marks: Sequence[_Mark], tally: Tally) -> list[_Join]:
    """Each number that its origin raised or changed, with the one it gave in its place."""
    by_claim = {claim: mark for mark in marks for claim in mark.step.claims}
    found: dict[tuple[int, int], _Join] = {}
    for one in tally.differences:
        if one.type in (DifferenceType.GROWTH, DifferenceType.REVISION) and one.a in by_claim and one.b in by_claim:
            before, after = by_claim[one.a], by_claim[one.b]
            found[id(before), id(after)] = before, after
    return [pair for pair in found.values() if pair[0] is not pair[1]]


def _row(step: Step) -> tuple[Cell, ...]:
    claim = step.statement.claim
    marks = [str(claim.stance)] if claim.stance is not Stance.ASSERTED else []
    marks += ["running total"] if claim.scope is Scope.TOTAL else []
    return (
        Cell(day_words(step.statement.published)),
        Cell(step.account.voice.name, f"/voices/{quote(step.account.voice.key)}"),
        Cell(count_words(claim.count), sentence(step.statement), is_number=True),
        Cell(", ".join([claim.whom.text if claim.whom else "", *marks]).strip(", ")),
        Cell("now" if step.stands else "until it was changed"),
    )


def sentence(statement: Statement) -> str:
    """The address of the sentence that makes a claim."""
    return f"/reports/{statement.claim.report}#c-{statement.claim.key}"


def _drawing(marks: Sequence[_Mark], joined: Sequence[_Join], spread: Range | None, words: str) -> Markup:
    tops = [mark.top for mark in marks] + [min(end, MOST) for end in _band(spread)]
    scale = Scale.of([marks[0].day, marks[-1].day + timedelta(days=1)], max(tops))
    parts = []
    if band := _band(spread):
        low, high = scale.y(min(band)), scale.y(max(band))
        height = max(2.0, round(low - high, 1))
        parts.append(f'<rect class="band" x="{LEFT}" y="{high}" width="{WIDTH - LEFT}" height="{height}"/>')
    for before, after in joined:
        at = (scale.x(before.day, before.share), scale.y(before.high), scale.x(after.day, after.share))
        parts.append(f'<line class="join" x1="{at[0]}" y1="{at[1]}" x2="{at[2]}" y2="{scale.y(after.high)}"/>')
    for mark in marks:
        x, low, high = scale.x(mark.day, mark.share), scale.y(mark.low), scale.y(mark.high)
        style = "mark" if mark.step.stands else "mark gone"
        parts.append(
            f"<g><title>{escape(_said(mark))}</title>"
            f'<line class="{style}" x1="{x}" y1="{low}" x2="{x}" y2="{high}"/>'
            f'<circle class="{style}" cx="{x}" cy="{high}" r="4.5"/></g>'
        )
    return drawing(scale, words, parts)


def _band(spread: Range | None) -> list[int]:
    if spread is None:
        return []
    return [end for end in (spread.low.value, spread.high.value) if end is not None]


def _said(mark: _Mark) -> str:
    claim = mark.step.statement.claim
    whom = f" {brief(claim.whom.text, 80)}" if claim.whom else ""
    return f"{brief(mark.step.account.voice.name, 60)}, {day_words(mark.day)}: {count_words(claim.count)}{whom}"


def _spec(
    kind: Kind, marks: Sequence[_Mark], joined: Sequence[_Join], spread: Range | None, policy: str
) -> dict[str, Any]:
    # Origins of one name (unnamed officials of several reports) share a colour; the pointer's words tell them apart.
    names = list(dict.fromkeys(_origins(marks)))
    is_named = len(names) <= MOST_NAMED
    values = [_value(mark) for mark in marks]
    top = max([*(mark.top for mark in marks), *_band(spread)])
    series = {"field": "origin", "type": "nominal", "scale": {"domain": names, "range": list(SERIES[: len(names)])}}
    colour: dict[str, Any] = (
        series | {"legend": {"title": None, "orient": "top", "columns": 3, "labelLimit": 260}}
        if is_named
        else {"value": "var(--series-1)"}
    )
    # Told apart by form too, for those who do not tell the colours apart.
    form = series | {"scale": {"domain": names, "range": list(FORMS[: len(names)])}, "legend": colour.get("legend")}
    days = [*(mark.day for mark in marks), marks[-1].day + timedelta(days=1)]
    across = day_axis("Day of publication (UTC)", days)
    up = number_axis(f"People {kind_words(kind)}", top)
    # Nothing is drawn by this layer: it holds the axis open from the first day to the end of the last.
    ends = [{"at": day.isoformat()} for day in (days[0], days[-1])]
    layers: list[dict[str, Any]] = [
        {"data": {"values": ends}, "mark": {"type": "point", "opacity": 0}, "encoding": {"x": {"field": "at"} | across}}
    ]
    if band := _band(spread):
        layers.append(
            {
                "data": {"values": [{"low": min(band), "high": max(band)}]},
                "mark": {"type": "rect", "color": "var(--accent)", "fillOpacity": 0.14, "stroke": "var(--accent)"},
                "encoding": {"y": {"field": "low", "type": "quantitative"} | up, "y2": {"field": "high"}},
            }
        )
    joins = [{"from": _value(a), "to": _value(b)} for a, b in joined]
    if joins:
        layers.append(
            {
                "data": {
                    "values": [
                        {
                            "at": join["from"]["at"],
                            "high": join["from"]["high"],
                            "at2": join["to"]["at"],
                            "high2": join["to"]["high"],
                            "origin": join["from"]["origin"],
                        }
                        for join in joins
                    ]
                },
                "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.5},
                "encoding": {
                    "x": {"field": "at"} | across,
                    "x2": {"field": "at2"},
                    "y": {"field": "high", "type": "quantitative"} | up,
                    "y2": {"field": "high2"},
                    "color": colour,
                },
            }
        )
    words = {"field": "words", "type": "nominal"}
    base = {"x": {"field": "at"} | across, "color": colour, "tooltip": words}
    layers.append(
        {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": base | {"y": {"field": "low", "type": "quantitative"} | up, "y2": {"field": "high"}},
        }
    )
    layers.append(
        {
            "mark": {"type": "point", "size": 70, "strokeWidth": 2},
            "encoding": base
            | {
                "y": {"field": "high", "type": "quantitative"} | up,
                "fill": {"condition": {"test": "!datum.stands", "value": "var(--panel)"}, **colour},
                "href": {"field": "href", "type": "nominal"},
                "description": words,
            }
            | ({"shape": form} if is_named else {}),
        }
    )
    under = [f"Band: the spread of reports under the policy {policy}. Hollow: replaced since."]
    return {
        "height": HEIGHT,
        "title": titled(f"{kind_words(kind).capitalize()}, as each origin told it", under),
        "data": {"values": values},
        "layer": layers,
    }


def _value(mark: _Mark) -> dict[str, Any]:
    at = datetime.combine(mark.day, time(), UTC) + timedelta(days=mark.share)
    return {
        "at": at.isoformat(timespec="minutes").replace("+00:00", "Z"),
        "low": mark.low,
        "high": mark.high,
        "origin": brief(mark.step.account.voice.name, 40),
        "words": _said(mark),
        "stands": mark.step.stands,
        "href": sentence(mark.step.statement),
    }
