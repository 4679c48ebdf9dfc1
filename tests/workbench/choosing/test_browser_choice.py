"""Choosing incidents in a real Chromium: typing, brushing, drawing a box, going back, saving a view, playing days."""

from __future__ import annotations

import re
import shutil
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.workbench.conftest import serving
from tests.workbench.test_browser import AXE, MAP_WAIT

pytestmark = pytest.mark.browser

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")


@pytest.fixture
def ready(page: Page, workbench: str) -> Page:
    """The list of incidents with its map drawn."""
    page.goto(workbench)
    wait_for_map(page)
    return page


def wait_for_map(page: Page) -> None:
    page.wait_for_selector("#atlas[data-ready]", timeout=MAP_WAIT)


def rows(page: Page) -> Locator:
    return page.locator("table.list tbody tr")


def total(page: Page) -> int:
    """How many incidents the page says that there are."""
    return int((page.locator("p.sum b").first.inner_text()).split()[0].replace(",", ""))


def test_an_incident_is_found_by_an_arabic_name_while_typing(ready: Page) -> None:
    every = total(ready)
    ready.locator("#q").press_sequentially("سيفاستوب", delay=20)
    expect(rows(ready).first.locator(".where")).to_contain_text("Sevastopol", timeout=30_000)
    assert 0 < total(ready) < every
    expect(ready.locator("#q")).to_be_focused()
    assert "q=%D8%B3" in ready.url
    ready.reload()
    expect(rows(ready).first.locator(".where")).to_contain_text("Sevastopol")
    expect(ready.locator("#q")).to_have_value("سيفاستوب")


def brush(page: Page, start: float, end: float) -> None:
    """Drag over the timeline, from and to these shares of its width."""
    box = page.locator("#strip").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, middle, steps=5)
    page.mouse.up()


def test_brushing_the_timeline_narrows_the_table_and_the_map_and_back_undoes_it(ready: Page) -> None:
    every, placed = total(ready), ready.get_attribute("#atlas", "data-ready")
    brush(ready, 0.55, 0.75)
    ready.wait_for_url(re.compile(r"from=\d{4}-\d\d-\d\d&to="))
    expect(ready.locator(".chip")).to_have_count(2)
    narrowed = total(ready)
    assert 0 < narrowed < every
    expect(ready.locator("#atlas")).not_to_have_attribute("data-ready", placed or "")
    assert ready.get_attribute("#atlas", "data-total") == str(narrowed)
    expect(ready.locator("#strip .picked")).to_have_count(1)
    ready.go_back()
    wait_for_map(ready)
    expect(ready.locator(".chip")).to_have_count(0)
    assert total(ready) == every
    ready.go_forward()
    expect(ready.locator(".chip")).to_have_count(2)
    assert total(ready) == narrowed


def test_the_timeline_is_brushed_by_keyboard(ready: Page) -> None:
    strip = ready.locator("#strip")
    strip.focus()
    first = ready.locator("#bars tr").first
    expect(strip).to_have_attribute("aria-valuetext", re.compile(re.escape(first.get_attribute("data-words") or "?")))
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        ready.keyboard.press(key)
    bars = ready.locator("#bars tr")
    expect(strip).to_have_attribute("aria-valuenow", "4")
    ready.keyboard.press("Enter")
    begin, end = bars.nth(2).get_attribute("data-first"), bars.nth(4).get_attribute("data-last")
    ready.wait_for_url(f"**/?from={begin}&to={end}")
    expect(ready.locator("#from")).to_have_value(begin or "")
    strip.focus()
    ready.keyboard.press("Escape")
    ready.wait_for_url(re.compile(r"/$|/\?$"))


def test_a_box_drawn_on_the_map_narrows_the_table(ready: Page) -> None:
    every = total(ready)
    ready.get_by_role("button", name="Draw a box").click()
    box = ready.locator("#atlas").bounding_box()
    assert box is not None
    ready.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.25)
    ready.mouse.down()
    ready.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.75, steps=4)
    ready.mouse.up()
    ready.wait_for_url(re.compile(r"box="))
    assert total(ready) < every
    ready.get_by_role("button", name="Everywhere again").click()
    ready.wait_for_url(re.compile(r"/$|/\?$"))
    expect(ready.locator("p.sum b").first).to_contain_text(str(every))


def test_the_view_of_the_map_narrows_the_table_by_keyboard(ready: Page) -> None:
    every = total(ready)
    heap = ready.locator("#atlas .heap:visible").first
    heap.focus()
    ready.keyboard.press("Enter")
    ready.wait_for_function("document.querySelectorAll('#atlas .label:not([hidden])').length > 1", timeout=MAP_WAIT)
    button = ready.get_by_role("button", name="Only what lies in this view")
    button.focus()
    ready.keyboard.press("Enter")
    ready.wait_for_url(re.compile(r"box="))
    assert 0 < total(ready) <= every
    expect(ready.locator(".chip")).to_contain_text("on the map within")


def test_a_place_on_the_map_leads_to_its_incidents(ready: Page) -> None:
    label = ready.locator("#atlas .label:visible").first
    label.focus()
    ready.keyboard.press("Enter")
    link = ready.locator(".at-place li a").first
    href = link.get_attribute("href") or ""
    link.click()
    ready.wait_for_url(f"**{href}")
    expect(ready.locator("h1")).to_be_visible()


def test_facets_and_chips_change_the_page_in_place(ready: Page) -> None:
    every = total(ready)
    ready.evaluate("window.same = true")
    ready.locator("#facet-kind").get_by_role("link", name="killed").click()
    ready.wait_for_url("**/?kind=killed")
    expect(ready.locator("#facet-kind .chosen")).to_contain_text("killed")
    ready.locator(".chip").click()
    ready.wait_for_url(re.compile(r"/$|/\?$"))
    expect(ready.locator("p.sum b").first).to_contain_text(str(every))
    assert ready.evaluate("window.same")


@pytest.fixture
def own(program: str, ledger_path: Path, tmp_path: Path) -> Iterator[str]:
    """The program serving a copy of the demo's ledger, to be changed."""
    path = tmp_path / "own.ledger"
    shutil.copy(ledger_path, path)
    with serving(program, path) as address:
        yield address


def test_a_view_is_saved_and_opened(page: Page, own: str) -> None:
    page.goto(f"{own}/?kind=killed&order=killed")
    page.locator("#views summary").click()
    page.get_by_label("Name of the present view").fill("Most killed")
    page.get_by_role("button", name="Save it").click()
    page.goto(f"{own}/")
    page.locator("#views summary").click()
    page.get_by_role("link", name="Most killed").click()
    page.wait_for_url("**/?kind=killed&order=killed")
    expect(page.locator("#order")).to_have_value("killed")
    page.locator("#views summary").click()
    page.get_by_role("button", name="Remove the view Most killed").click()
    page.locator("#views summary").click()
    expect(page.get_by_role("link", name="Most killed")).to_have_count(0)


def test_days_are_played_by_keyboard(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/map?from=1854-10-20&to=1854-10-31")
    wait_for_map(page)
    every = page.get_attribute("#atlas", "data-total")
    play = page.get_by_role("button", name="Play")
    play.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#playing")).to_contain_text("20 October 1854: ")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#playing")).to_contain_text("25 October 1854: ")
    expect(page.locator("#playing")).to_contain_text("killed")
    page.wait_for_url(re.compile("day=1854-10-25"))
    assert page.get_attribute("#atlas", "data-total") != every
    page.locator("[data-play=speed]").select_option("350")
    play.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#playing")).to_contain_text("31 October 1854: ", timeout=30_000)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#atlas")).to_have_attribute("data-total", every or "")
    assert "day=" not in page.url


def test_a_day_of_playback_is_an_address(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/map?day=1854-10-25&step=7")
    wait_for_map(page)
    expect(page.locator("#playing")).to_contain_text("25 October 1854 to 31 October 1854: ")
    expect(page.locator("[data-play=step]")).to_have_value("7")


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, workbench: str) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{workbench}/map")
        wait_for_map(page)
        assert page.evaluate("parallax.still()")
        page.locator("#atlas .heap:visible").first.click()
        expect(page.locator("#atlas .label:not([hidden])").nth(1)).to_be_attached(timeout=MAP_WAIT)


class Tiles(BaseHTTPRequestHandler):
    """A tile server whose every tile is one grey pixel."""

    def do_GET(self) -> None:
        """Answer any address with the pixel."""
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(PIXEL)))
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on standard error."""


def test_tiles_are_asked_of_the_one_host_and_no_other(
    page: Page, program: str, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tiles = f"127.0.0.1:{server.server_port}"
    monkeypatch.setenv("PARALLAX_TILES", f"http://{tiles}/{{z}}/{{x}}/{{y}}.png")
    monkeypatch.setenv("PARALLAX_TILES_CREDIT", "Example Maps")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)
    with serving(program, ledger_path) as address:
        page.goto(f"{address}/map")
        wait_for_map(page)
        expect(page.locator(".maplibregl-ctrl-attrib")).to_contain_text("Example Maps")
        page.wait_for_timeout(500)
    hosts = {url.split("/")[2] for url in asked if not url.startswith(("blob:", "data:"))}
    server.shutdown()
    assert hosts == {address.removeprefix("http://"), tiles}
    assert refused == []


STATES = (
    "/",
    "/?kind=killed&from=1854-10-01&to=1854-10-31&place=sevas&box=30,40,40,50",
    "/?q=nothing-of-the-kind",
    "/map",
    "/map?day=1854-10-25&kind=killed",
)


# In the dark nothing differs but the colours, so each page is loaded once and then darkened.
SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, list[str]]], ...] = (
    ("light", {}),
    ("dark", {"runOnly": ["color-contrast"]}),
)


@pytest.mark.parametrize("width", [1360, 390])
def test_axe_finds_no_serious_barrier(browser: Browser, workbench: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not fetched: run `make setup`")
    axe, found = AXE.read_text("utf-8"), []
    with browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        for address in STATES:
            page.emulate_media(color_scheme="light")
            page.goto(workbench + address)
            wait_for_map(page)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            page.evaluate(axe)
            for scheme, rules in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                run = (
                    "rules => axe.run(document, {resultTypes: ['violations'], ...rules}).then(told => told.violations)"
                )
                for each in page.evaluate(run, rules):
                    if each["impact"] in ("serious", "critical"):
                        nodes = [node["html"][:160] for node in each["nodes"][:3]]
                        found.append((address, scheme, each["id"], nodes))
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
    assert found == []
