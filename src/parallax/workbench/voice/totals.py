"""One voice's running totals, drawn: what it said up to each day, added up with nothing counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from parallax.exports.amounts import ends_words, number_words
from parallax.model import Addend, Kind, RunningTotal
from parallax.workbench.charts import HEIGHT, MOST, Cell, Chart, Scale, day_axis, drawing, number_axis, titled
from parallax.workbench.words import day_words, days_words, kind_words

# So many steps are told apart on a screen; more are drawn a month each.
MOST_STEPS = 400
MOST_ROWS = 400
# Fewer steps are told better in words.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Added:
    """One running total as a page shows it: its chart where it has three days or more, its last sums."""

    total: RunningTotal
    chart: Chart | None
    low: int
    high: int
    number: int

    @property
    def words(self) -> str:
        """What is counted: "killed, its own losses: Britain"."""
        return f"{kind_words(self.total.kind)}, {self.total.whose}"


def added(totals: Sequence[RunningTotal], name: str) -> tuple[Added, ...]:
    """The totals of a voice of this name, those of most incidents first."""
    found = []
    for number, total in enumerate(totals):
        last = total.addends[-1] if total.addends else None
        found.append(
            Added(
                total,
                _chart(total, name, number),
                last.sum_low if last else 0,
                last.sum_high if last else 0,
                len(total.addends),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.number, list(Kind).index(one.total.kind), one.total.whose)))


def _chart(total: RunningTotal, name: str, number: int) -> Chart | None:
    dated = [addend for addend in total.addends if addend.when is not None]
    steps = _steps(dated)
    if len(steps) < FEWEST:
        return None
    last = steps[-1][1]
    title = f"{kind_words(total.kind).capitalize()}, {total.whose}, as {name} adds up"
    ends = ends_words(last.sum_low, last.sum_high)
    days = f"from {day_words(steps[0][0])} to {day_words(steps[-1][0])}"
    described = (
        f"{number_words(len(dated))} incidents {days} come to {ends} "
        "by this voice's own word. Nothing is added twice; it is what the voice says, not what happened."
    )
    notes = []
    if is_monthly(steps, dated):
        notes.append("One step a month: the sum as it stood after the month's last day.")
    if undated := len(total.addends) - len(dated):
        notes.append(f"{undated} more without a day stand in the sum above alone.")
    shown = dated[-MOST_ROWS:]
    if len(shown) < len(dated):
        notes.append(f"The table has the last {number_words(len(shown))} of {number_words(len(dated))}.")
    return Chart(
        name=f"total-{number}",
        title=title,
        described=described,
        svg=_drawing(steps, described),
        spec=_spec(total, steps, title),
        head=("Happened", "Incident", "Adds", "So far"),
        rows=tuple(_row(addend) for addend in reversed(shown)),
        notes=tuple(notes),
    )


def _steps(addends: Sequence[Addend]) -> list[tuple[date, Addend]]:
    """The days at which the sum changes, each with the last addend of that day; a month each if there are many."""
    days: dict[date, Addend] = {}
    for addend in addends:
        if addend.when is not None:
            days[addend.when.first] = addend
    if len(days) > MOST_STEPS:
        months = {day.replace(day=1): (day, addend) for day, addend in sorted(days.items())}
        return [months[month] for month in sorted(months)]
    return sorted(days.items())


def is_monthly(steps: Sequence[tuple[date, Addend]], addends: Sequence[Addend]) -> bool:
    """Whether the steps are a month each, for there are more days than a screen tells apart."""
    return len({addend.when.first for addend in addends if addend.when is not None}) > len(steps)


def _row(addend: Addend) -> tuple[Cell, ...]:
    return (
        Cell(days_words(addend.when)),
        Cell(addend.incident, f"/incidents/{addend.incident}"),
        Cell(ends_words(addend.low, addend.high), is_number=True),
        Cell(ends_words(addend.sum_low, addend.sum_high), is_number=True),
    )


def _drawing(steps: Sequence[tuple[date, Addend]], words: str) -> Markup:
    scale = Scale.of([day for day, _ in steps], max(min(addend.sum_high, MOST) for _, addend in steps))
    lows = [(scale.x(day), scale.y(min(addend.sum_low, MOST))) for day, addend in steps]
    highs = [(scale.x(day), scale.y(min(addend.sum_high, MOST))) for day, addend in steps]
    around = [*_stairs(lows), *reversed(_stairs(highs))]
    parts = [
        f'<path class="spread" d="{_path(around)}Z"/>',
        f'<path class="low" d="{_path(_stairs(lows))}"/>',
        f'<path class="low" d="{_path(_stairs(highs))}"/>',
    ]
    return drawing(scale, words, parts)


def _stairs(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A line that stays level until the next point, and then steps."""
    found = [points[0]]
    for x, y in points[1:]:
        found += [(x, found[-1][1]), (x, y)]
    return found


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _spec(total: RunningTotal, steps: Sequence[tuple[date, Addend]], title: str) -> dict[str, Any]:
    values: list[dict[str, Any]] = [
        {
            "at": day.isoformat(),
            "low": min(addend.sum_low, MOST),
            "high": min(addend.sum_high, MOST),
            "words": f"up to {day_words(day)}: {ends_words(addend.sum_low, addend.sum_high)}",
        }
        for day, addend in steps
    ]
    # The last sum stands for a while, or its step would have no width.
    first, last = steps[0][0], steps[-1][0]
    values.append(values[-1] | {"at": (last + timedelta(days=1 + (last - first).days // 30)).isoformat()})
    across = {"field": "at"} | day_axis("First day that the incidents can have happened", [day for day, _ in steps])
    up = {"type": "quantitative"} | number_axis(f"People {kind_words(total.kind)}, added up", values[-1]["high"])
    tooltip = {"tooltip": {"field": "words", "type": "nominal"}, "x": across}
    under = ["This voice's own statements added up, nothing twice, from their low to their high ends."]
    return {
        "height": HEIGHT,
        "title": titled(title, under),
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "area", "interpolate": "step-after", "color": "var(--series-1)", "opacity": 0.25},
                "encoding": {"x": across, "y": up | {"field": "low"}, "y2": {"field": "high"}},
            },
            *(
                {
                    "mark": {"type": "line", "interpolate": "step-after", "color": "var(--series-1)", "point": point},
                    "encoding": tooltip | {"y": up | {"field": end}},
                }
                for end, point in (("low", False), ("high", {"color": "var(--series-1)", "size": 24}))
            ),
        ],
    }
