"""Charts, policies and reliability in a real Chromium, served by the real program."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from parallax.accounts.policies import POLICIES
from parallax.exports.internal import MARK
from parallax.ledger.ledger import Ledger
from parallax.workbench.incident.history import steps
from parallax.workbench.incident.toll import tolls

from .conftest import serving

pytestmark = pytest.mark.browser
AIRWARS = POLICIES["airwars"].label
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def told(ledger_path: Path) -> str:
    """The id of an incident of the demo with a toll to draw, the one of most marks."""
    with Ledger.open(ledger_path) as ledger:
        marks = {}
        for incident, tally, statements in ledger.walk("airwars 4"):
            assert tally is not None
            own = {s.claim.key: s for s in statements}
            charts = tolls(tally, steps(tally, own), "airwars 4")
            marks[incident.id] = sum(len(chart.spec["data"]["values"]) for chart in charts)
    best = max(marks, key=lambda id: marks[id])
    assert marks[best] >= 2
    return best


@pytest.fixture(scope="module")
def own_workbench(program: str, ledger_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The program over a copy of the demo's ledger that these tests may change."""
    path = tmp_path_factory.mktemp("charts") / "own.ledger"
    shutil.copy(ledger_path, path)
    with serving(program, path) as address:
        yield address


@pytest.fixture(autouse=True)
def without_maps(page: Page) -> None:
    """Incidents' pages without their maps, which software draws slowly; other tests look at maps."""
    page.context.route("**/vendor/maplibre-gl*.js", lambda asked: asked.fulfill(body=""))


def drawn(page: Page) -> Locator:
    """The first chart of the page, once the browser has drawn it."""
    figure = page.locator("figure.chart").first
    expect(figure).to_have_attribute("data-drawn", "yes")
    return figure


def saved(page: Page, figure: Locator, words: str) -> Path:
    with page.expect_download() as waiting:
        figure.get_by_role("button", name=words).click()
    # Nothing of the demo is signed off, so every file says that it is internal, by its name and inside.
    assert re.fullmatch(r"parallax-.+-internal\.(svg|png|csv)", waiting.value.suggested_filename)
    path = Path(waiting.value.path())
    if waiting.value.suggested_filename.endswith("svg"):
        assert MARK in "".join(ElementTree.fromstring(path.read_text("utf-8")).itertext())
    return path


def test_a_tally_is_drawn_without_a_complaint_and_saved_whole(page: Page, workbench: str) -> None:
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(f"{workbench}/tallies?by=actor")
    figure = drawn(page)
    bars = page.locator("table.tally tbody tr").count()
    assert figure.locator(".vega svg .mark-rect path").count() >= bars
    svg = ElementTree.fromstring(saved(page, figure, "Save as SVG").read_text("utf-8"))
    assert svg.tag == f"{SVG}svg"
    text = "".join(svg.itertext())
    assert "People killed by whom it is put down to" in text
    assert "policy airwars" in text
    assert not [element for element in svg.iter() if element.tag == f"{SVG}script"]
    assert "var(--" not in ElementTree.tostring(svg, encoding="unicode")
    png = saved(page, figure, "Save as PNG").read_bytes()
    assert png.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(png[16:20]) > 1500
    assert trouble == []


def test_the_data_of_a_toll_is_the_table_beside_it(page: Page, workbench: str, told: str) -> None:
    page.goto(f"{workbench}/incidents/{told}")
    figure = drawn(page)
    rows = list(csv.reader(io.StringIO(saved(page, figure, "Save the data").read_text("utf-8-sig"))))
    assert rows[0] == ["Published", "Origin", "Number", "Of whom", "Stands", "sign_off"]
    assert {row[-1] for row in rows[1:]} == {"internal"}
    assert len(rows) - 1 == figure.locator(".data-table tbody tr").count() >= 2
    figure.locator("summary").click()
    expect(figure.locator(".data-table")).to_be_visible()
    number = figure.locator(".data-table tbody a[href*='#c-']").first
    target = (number.get_attribute("href") or "").split("#")[1]
    number.click()
    expect(page.locator(f"mark.claim:has(#{target})")).to_be_in_viewport()


def test_a_mark_has_words_and_leads_to_its_sentence(page: Page, workbench: str, told: str) -> None:
    page.goto(f"{workbench}/incidents/{told}")
    figure = drawn(page)
    point = figure.locator(".vega svg .mark-symbol path[aria-label]").last
    assert re.search(r"\d{4}: ", point.get_attribute("aria-label") or "")
    point.click(force=True)
    page.wait_for_url("**/reports/**")
    assert "#c-" in page.url


def test_charts_take_the_colours_of_the_page(browser: Browser, workbench: str) -> None:
    found = []
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(f"{workbench}/tallies?by=actor")
            found.append(drawn(page).locator(".vega svg text").first.get_attribute("fill"))
            page.locator("form.look select").select_option("dark" if scheme == "light" else "light")
            expect(page.locator(".vega svg text").first).not_to_have_attribute("fill", found[-1] or "")
    assert found[0] != found[1]


def test_without_javascript_the_servers_drawing_and_the_table_stand(
    browser: Browser, workbench: str, told: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for address in (f"/incidents/{told}", "/tallies?by=actor", "/tallies?by=month"):
            page.goto(workbench + address)
            figure = page.locator("figure.chart").first
            expect(figure.locator(".drawing > svg:visible")).to_be_visible()
            box = figure.locator(".drawing > svg:visible").bounding_box()
            assert box is not None
            assert box["height"] > 50
            expect(figure.get_by_role("button")).to_have_count(0)
        page.get_by_role("link", name="Save the table").click(trial=True)


def test_on_a_phone_no_label_of_a_tally_is_cut(page: Page, workbench: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{workbench}/tallies?by=actor")
    figure = drawn(page)
    sides = figure.evaluate(
        """figure => { const box = figure.querySelector('.drawing').getBoundingClientRect();
          return [...figure.querySelectorAll('.vega svg text')].map(text => {
            const at = text.getBoundingClientRect();
            return [text.textContent, at.left - box.left, box.right - at.right]; }); }"""
    )
    rows = page.locator("table.tally tbody th a:not(.deeper)").all_inner_texts()
    names = [words for words, _, _ in sides]
    assert set(names) & set(rows)
    assert not [side for side in sides if min(side[1:]) < -0.5 or "…" in side[0]]


def test_the_page_does_not_jump_when_a_chart_is_drawn(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/tallies?by=month")
    drawn(page)
    shift = """() => new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const each of
      list.getEntries()) sum += each.value; }).observe({type: "layout-shift", buffered: true}); setTimeout(() =>
      done(sum), 300); })"""
    assert page.evaluate(shift) < 0.1


def test_another_policy_is_one_click_and_what_differs_is_in_words(page: Page, workbench: str, told: str) -> None:
    page.goto(f"{workbench}/incidents/{told}")
    table = page.locator("table.sides")
    heads = table.locator("thead th").all_inner_texts()
    assert [head for head in heads if "chosen" in head] == ["airwars (chosen)"]
    assert len(heads) == 5
    for cell in table.locator("td.differs").all():
        assert "differs: " in cell.inner_text()
    table.get_by_role("link", name="ucdp").click()
    page.wait_for_url("**policy=ucdp*")
    expect(page.locator("table.sides thead .chosen")).to_contain_text("ucdp (chosen)")
    expect(page.locator(".policies [aria-current]")).to_have_text("ucdp")


def test_a_row_of_a_tally_leads_to_as_many_incidents_as_it_counts(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/tallies?by=actor")
    row = page.locator("table.tally tbody tr").first
    number = row.locator("td").first.inner_text()
    row.locator("th a").first.click()
    expect(page.locator("table.list tbody tr")).to_have_count(int(number))
    page.locator("table.list tbody a").first.click()
    expect(page.locator("h2#ranges")).to_be_visible()


def test_a_reliability_is_set_with_a_reason_and_undone_by_keyboard_alone(page: Page, own_workbench: str) -> None:
    page.goto(f"{own_workbench}/voices?type=official")
    page.locator("table.list tbody a").first.click()
    form = page.locator("form.reliability")
    form.locator("select").focus()
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    page.keyboard.type("counts what he hopes for <script>window.broken=1</script>")
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_contain_text("D not usually reliable")
    history = page.locator("section[aria-labelledby=reliability] tbody tr")
    expect(history).to_have_count(1)
    expect(history.first).to_contain_text("<script>window.broken=1</script>")
    assert page.evaluate("window.broken === undefined")
    name = page.locator("h1").inner_text()
    page.goto(f"{own_workbench}/voices?held=D")
    expect(page.locator("table.list tbody a").first).to_have_text(name)
    page.locator("table.list tbody a").first.click()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_contain_text("not set by anyone")
    expect(history).to_have_count(2)
    page.goto(f"{own_workbench}/log")
    expect(page.locator("table.log")).to_contain_text("reliability")
