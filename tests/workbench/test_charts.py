"""Charts: the server's drawing, the spec and the table say the same, whatever reports hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from parallax.ledger.tallying import BYS, By, TallyCell, TallyQuery
from parallax.model import (
    Account,
    Addend,
    Bound,
    Claim,
    Count,
    Days,
    Difference,
    DifferenceType,
    Grade,
    Kind,
    Mention,
    Range,
    RunningTotal,
    Scope,
    Stance,
    Statement,
    Tally,
    Voice,
    VoiceType,
)
from parallax.workbench.charts import Cell, Chart, Scale
from parallax.workbench.incident.history import steps
from parallax.workbench.incident.toll import tolls
from parallax.workbench.tally.tallied import LETTER, NARROW, figure, key_words
from parallax.workbench.voice.totals import added

DAY = date(1854, 10, 25)
HOSTILE = "<script>window.broken=1</script>\"'&]]>\u202e"
SVG = "{http://www.w3.org/2000/svg}"

counts = st.one_of(
    st.builds(lambda low: Count(low, None, "<b>"), st.integers(0, 10**24)),
    st.builds(lambda high: Count(None, high, '"'), st.integers(0, 10**24)),
    st.builds(lambda a, b: Count(min(a, b), max(a, b), "&"), st.integers(0, 10**6), st.integers(0, 10**6)),
)
days = st.dates(date(1600, 1, 1), date(2200, 1, 1))


def statement(start: int, count: Count | None, later: int = 0, by: str = "Post", **slots: Any) -> Statement:
    claim = Claim.of("r<", start, start + 5, Kind.KILLED, count=count, when=Days(DAY, DAY), **slots)
    return Statement(claim, Voice(by.lower(), by, VoiceType.OUTLET), published=DAY + timedelta(days=later))


def exactly(number: int) -> Count:
    return Count(number, number, str(number))


def tally(*told: tuple[str, list[Statement], list[Statement]], differences: tuple[Difference, ...] = ()) -> Tally:
    accounts = tuple(
        Account(
            "i",
            name.lower(),
            Voice(name.lower(), name, VoiceType.OUTLET),
            tuple(s.claim.key for s in now),
            tuple(s.claim.key for s in before),
        )
        for name, now, before in told
    )
    spread = Range(Kind.KILLED, "all", Bound(3, "3: made"), Bound(9, "9: made"))
    return Tally("i", "airwars 2", (spread,), Grade.WEAK, "", None, (), accounts, differences, 1, len(accounts))


def drawn(*told: tuple[str, list[Statement], list[Statement]], differences: tuple[Difference, ...] = ()) -> list[Chart]:
    made = tally(*told, differences=differences)
    every = {s.claim.key: s for _, now, before in told for s in (*now, *before)}
    return list(tolls(made, steps(made, every), "airwars 2"))


def assert_within(drawing: ElementTree.Element) -> None:
    _, _, width, height = (float(side) for side in drawing.attrib["viewBox"].split())
    for element in drawing.iter():
        for across in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.get(across, 0)) <= width
        for down in ("y", "y1", "y2", "cy"):
            assert 0 <= float(element.get(down, 0)) <= height
        assert element.tag in ("svg", "line", "text", "rect", "circle", "path", "g", "title")
        assert not [name for name in element.attrib if name.startswith("on") or name in ("href", "style")]


def assert_consistent(chart: Chart) -> None:
    """The drawing is well formed and everything in it lies within it; the spec is JSON that names no other host."""
    for svg in filter(None, (chart.svg, chart.narrow)):
        assert_within(ElementTree.fromstring(str(svg)))
    spec = json.dumps(chart.spec, allow_nan=False)
    assert '"url"' not in spec
    assert '"expr"' not in spec
    assert '"signal"' not in spec
    assert all(len(row) == len(chart.head) for row in chart.rows)


def layers(chart: Chart, mark: str) -> list[dict[str, Any]]:
    return [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == mark]


@given(st.lists(st.tuples(counts, st.integers(0, 4000), st.sampled_from(["A", "B", HOSTILE])), min_size=2, max_size=14))
def test_any_toll_is_drawn_well_formed(told: list[tuple[Count, int, str]]) -> None:
    by: dict[str, list[Statement]] = {}
    for number, (count, later, name) in enumerate(told):
        whom = Mention(1, 2, HOSTILE)
        by.setdefault(name, []).append(statement(6 * number, count, later, name, whom=whom))
    for chart in drawn(*((name, own, []) for name, own in by.items())):
        assert_consistent(chart)
        values = chart.spec["data"]["values"]
        assert len(values) == str(chart.svg).count("<circle") <= len(chart.rows)


def test_a_replaced_number_is_hollow_and_joined_to_the_one_in_its_place() -> None:
    first, then, other = statement(0, exactly(3)), statement(10, exactly(8), 2), statement(20, exactly(5), 1, "Times")
    changed = Difference(DifferenceType.GROWTH, first.claim.key, then.claim.key, "raised")
    (chart,) = drawn(("Post", [then], [first]), ("Times", [other], []), differences=(changed,))
    assert [value["stands"] for value in chart.spec["data"]["values"]] == [False, True, True]
    (join,) = [layer for layer in layers(chart, "rule") if "data" in layer]
    assert [(one["high"], one["high2"]) for one in join["data"]["values"]] == [(3, 8)]
    assert str(chart.svg).count('class="join"') == 1
    assert str(chart.svg).count('<circle class="mark gone"') == 1
    assert [row[2].words for row in chart.rows] == ["3", "5", "8"]
    assert [row[4].words for row in chart.rows] == ["until it was changed", "now", "now"]


def test_totals_denials_forecasts_and_undated_numbers_stand_in_the_table_alone() -> None:
    kept = [statement(0, exactly(3)), statement(10, exactly(5), 1)]
    others = [
        statement(20, exactly(900), 2, scope=Scope.TOTAL),
        statement(30, exactly(4), 2, stance=Stance.DENIED),
        statement(40, exactly(6), 2, stance=Stance.EXPECTED),
        replace(statement(50, exactly(7)), published=None),
    ]
    (chart,) = drawn(("Post", [*kept, *others], []))
    assert len(chart.spec["data"]["values"]) == 2
    assert len(chart.rows) == 6
    assert any(note.startswith("4 more stand in the table alone") for note in chart.notes)


def test_one_number_is_no_chart() -> None:
    assert drawn(("Post", [statement(0, exactly(3))], [])) == []


def test_many_origins_are_drawn_in_one_colour_and_a_few_in_one_each() -> None:
    def colours(number: int) -> Any:
        told: list[tuple[str, list[Statement], list[Statement]]] = [
            (f"Voice {n}", [statement(9 * n, exactly(n + 1), n, f"Voice {n}")], []) for n in range(number)
        ]
        (chart,) = drawn(*told)
        return layers(chart, "point")[-1]["encoding"]["color"]

    assert len(colours(6)["scale"]["range"]) == 6
    assert colours(7) == {"value": "var(--series-1)"}


def test_the_band_is_the_spread_under_the_policy() -> None:
    (chart,) = drawn(("Post", [statement(0, exactly(3)), statement(9, exactly(5), 1)], []))
    assert layers(chart, "rect")[0]["data"]["values"] == [{"low": 3, "high": 9}]
    assert "airwars 2: 3–9" in chart.described


@given(st.lists(st.tuples(st.one_of(st.none(), days), st.integers(0, 10**18), st.integers(0, 10**18)), max_size=12))
def test_any_running_total_is_drawn_well_formed(told: list[tuple[date | None, int, int]]) -> None:
    low = high = 0
    addends = []
    for number, (day, one, other) in enumerate(sorted(told, key=lambda each: each[0] or date.max)):
        low, high = low + min(one, other), high + max(one, other)
        when = Days(day, day) if day else None
        addends.append(Addend(f"i{number}", when, min(one, other), max(one, other), low, high, ("c",)))
    (found,) = added([RunningTotal("v", Kind.KILLED, HOSTILE, tuple(addends), (), ())], HOSTILE)
    assert (found.low, found.high, found.number) == (low, high, len(addends))
    distinct = {day for day, _, _ in told if day}
    assert (found.chart is not None) == (len(distinct) >= 3)
    if found.chart is not None:
        assert_consistent(found.chart)
        assert len(found.chart.rows) == len([day for day, _, _ in told if day])


def test_a_long_running_total_is_drawn_a_month_a_step() -> None:
    first = date(2011, 3, 1)
    addends = [Addend(f"i{n}", Days(d, d), 1, 1, n + 1, n + 1, ()) for n in range(900) if (d := first + timedelta(n))]
    (found,) = added([RunningTotal("v", Kind.KILLED, "others", tuple(addends), (), ())], "V")
    assert found.chart is not None
    assert len(found.chart.spec["data"]["values"]) == 31
    assert "One step a month" in found.chart.notes[0]
    assert len(found.chart.rows) == 400


KEYS: dict[By, list[tuple[str, ...]]] = {
    "division": [("SY", "09"), ("SY", ""), ("", ""), ("XX", "<b>")],
    "country": [("SY",), ("",), ("XX",)],
    "year": [("2017",), ("",), ("-",)],
    "month": [("2017-04",), ("2016",), ("",), ("-",)],
    "day": [("2017-04-05",), ("2017-04-09",), ("",)],
    "actor": [(HOSTILE,), ("",)],
    "act": [("air_strike",), ("",)],
    "kind": [("killed",), ("injured",)],
    "whom": [("civilian",), ("side: <b>",)],
}
cells = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 10**12), st.integers(0, 10**12))


@given(st.sampled_from(BYS), st.lists(cells, min_size=4, max_size=4))
def test_any_tally_is_drawn_well_formed(by: By, numbers: list[tuple[int, int, int, int]]) -> None:
    made = [
        TallyCell(key, known + silent, silent, silent, silent, min(a, b) if known else 0, max(a, b) if known else 0)
        for key, (known, silent, a, b) in zip(KEYS[by], numbers, strict=False)
    ]
    address = {cell.key: "/tallies/incidents" for cell in made}
    chart = figure(TallyQuery("airwars 2", by), made, HOSTILE, address)
    exact = {"year": 4, "month": 7, "day": 10}.get(by)
    bars = [cell for cell in made if cell.counted and (exact is None or len(cell.key[0]) == exact)]
    assert (chart is not None) == bool(bars)
    if chart is not None:
        assert_consistent(chart)
        assert len(chart.spec["data"]["values"]) == len(bars)
        assert len(chart.rows) == len(made)
        # Words beside a bar end within a narrow drawing.
        for bar, words in zip(*narrow_rows(chart), strict=True):
            assert bar + LETTER * len(words) <= NARROW + 8


def narrow_rows(chart: Chart) -> tuple[list[float], list[str]]:
    """Where the words beside each bar of the narrow drawing begin, and the words."""
    if not chart.narrow:
        return [], []
    texts = [one for one in ElementTree.fromstring(str(chart.narrow)).iter("text") if one.get("x") != "0"]
    return [float(one.get("x", "")) for one in texts], [one.text or "" for one in texts]


def test_a_row_without_a_number_is_unknown_and_not_nought() -> None:
    made = [TallyCell(("SY",), 3, 3, 3, 3, 0, 0), TallyCell(("IQ",), 2, 0, 0, 0, 5, 6)]
    chart = figure(TallyQuery("airwars 2", "country"), made, "t", {})
    assert chart is not None
    assert [cell.words for cell in chart.rows[0]] == ["Syria", "3", "0", "3", "unknown", "unknown"]


def test_what_is_not_known_has_words() -> None:
    assert key_words("division", ("SY", "")) == "Syria, division not known"
    assert key_words("division", ("", "")) == "place not known"
    assert key_words("division", ("UA", "99")) == "Ukraine, division 99"
    assert key_words("month", ("2016",)) == "2016, month not known"
    assert key_words("month", ("-",)) == "over several years"
    assert key_words("actor", ("",)) == "no one, by any report"


def test_a_scale_names_days_once() -> None:
    assert Scale.of([DAY, DAY + timedelta(2)], 5).ticks() == [DAY, DAY + timedelta(1), DAY + timedelta(2)]
    assert len(Scale.of([DAY, DAY + timedelta(4000)], 5).ticks()) == 7


def test_bars_stand_on_a_linear_scale() -> None:
    scale = Scale.of([DAY], 1000, linear=True)
    assert scale.y(500) * 2 == scale.y(0) + scale.y(1000)
    assert not scale.by_tens


@given(st.lists(st.tuples(st.text(max_size=40), st.none() | st.text(max_size=20), st.booleans()), max_size=6))
def test_a_charts_table_holds_its_words_and_no_markup_of_theirs(told: list[tuple[str, str | None, bool]]) -> None:
    chart = Chart("c", "t", "d", Markup(""), {}, ("Head",), tuple((Cell(*one),) for one in told))
    body = str(chart.body)
    assert body.count("<tr>") == body.count("</tr>") == len(told)
    assert body.count("<") == sum(6 + 2 * bool(href) for _, href, _ in told)
