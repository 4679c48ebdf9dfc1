"""The workbench in a real Chromium, served by the real program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import addresses_of

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
MAP_WAIT = 90_000


def walk(page: Page, workbench: str) -> None:
    """From the list, by a filter, to an incident, and by one of its numbers to the sentence."""
    page.goto(workbench)
    every = page.locator("table.list tbody tr").count()
    page.locator("input[name=place]").fill("Alma")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/?place=Alma")
    page.locator("#facet-kind").get_by_role("link", name="killed").click()
    page.wait_for_url("**/?kind=killed&place=Alma")
    page.locator("select[name=order]").select_option("killed")
    page.wait_for_url("**/?*order=killed*")
    rows = page.locator("table.list tbody tr")
    expect(rows).not_to_have_count(every)
    assert 0 < rows.count() < every
    for words in rows.locator("td:nth-child(2)").all_inner_texts():
        assert "Alma" in words
    rows.first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("Alma")
    number = page.locator(".ranges .refs a").first
    target = (number.get_attribute("href") or "").split("#")[1]
    number.click()
    marked = page.locator(f"mark.claim:has(#{target})")
    expect(marked).to_be_in_viewport()
    expect(marked).to_have_css("outline-style", "solid")
    expect(page.locator(f"#n-{target.removeprefix('c-')}")).to_have_count(1)


def test_from_the_list_to_the_sentence(page: Page, workbench: str) -> None:
    walk(page, workbench)


def test_the_same_without_javascript(browser: Browser, workbench: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        # What a page shows can be asked without the page's own scripts.
        page.goto(f"{workbench}/?kind=killed&place=Alma&order=killed")
        page.locator("table.list tbody tr").first.get_by_role("link").first.click()
        page.locator(".ranges .refs a").first.click()
        target = page.url.split("#")[1]
        expect(page.locator(f"mark.claim:has(#{target})")).to_be_in_viewport()
        page.goto(f"{workbench}/map")
        expect(page.get_by_text("The map needs JavaScript.")).to_be_visible()
        assert page.locator("table.list tbody tr").count() > 5


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.className + ' ' + document.activeElement.id"))


def test_the_keyboard_reaches_a_claim(page: Page, workbench: str, addresses: tuple[str, ...]) -> None:
    page.goto(workbench + next(address for address in addresses if address.startswith("/reports/")))
    page.keyboard.press("Tab")
    assert focused(page).startswith("skip")
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page).startswith("no "):
            break
    key = focused(page).split(" c-")[1]
    note = page.locator(f"#n-{key}")
    expect(note).to_have_class(re.compile(r"\bon\b"))
    expect(note).to_contain_text("says")
    page.keyboard.press("Enter")
    expect(page.locator(f"#n-{key}")).to_be_in_viewport()
    assert page.url.endswith(f"#n-{key}")


def test_hovering_a_note_shows_its_words(page: Page, workbench: str, addresses: tuple[str, ...]) -> None:
    page.goto(workbench + next(address for address in addresses if address.startswith("/reports/")))
    note = page.locator(".note-of").nth(1)
    expect(page.locator(".p.on")).to_have_count(0)
    note.locator(".what b").first.hover()
    number = note.get_attribute("data-n")
    expect(page.locator(".p.on").first).to_have_attribute("data-c", re.compile(rf"\b{number}\b"))
    expect(page.locator(".note-of.on")).to_have_count(1)


def test_an_incidents_map_is_ready(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/?place=Sevastopol")
    page.locator("table.list tbody a").first.click()
    page.wait_for_selector("#map[data-ready='1']", timeout=MAP_WAIT)


def test_without_webgl_the_map_says_so(browser: Browser, workbench: str) -> None:
    with browser.new_context() as context:
        context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page = context.new_page()
        page.goto(f"{workbench}/map")
        expect(page.locator("#atlas")).to_contain_text("cannot draw the map")
        assert page.locator("table.list tbody tr").count() > 5


def test_no_page_complains_or_asks_another_host(page: Page, workbench: str, addresses: tuple[str, ...]) -> None:
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((workbench, "blob:", "data:")) else trouble.append(asked.url),
    )
    for address in addresses:
        page.goto(workbench + address)
        if page.locator("div#map, div#atlas").count():
            page.wait_for_selector("div#map[data-ready], div#atlas[data-ready]", timeout=MAP_WAIT)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{address} scrolls sideways"
        if address != "/nowhere":
            assert trouble == [], address
    # The browser notes the one page that is not there, and nothing else.
    assert all("404" in words for words in trouble)


def test_hostile_reports_run_nothing(page: Page, hostile_workbench: str, hostile_path: Path) -> None:
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    for address in addresses_of(hostile_path)[:-1]:
        page.goto(hostile_workbench + address)
        if address == "/map":
            page.wait_for_selector("#atlas[data-ready]", timeout=MAP_WAIT)
            page.locator("#atlas .label:visible, #atlas .heap:visible").first.click()
        assert page.evaluate("window.broken === undefined")
    assert trouble == []


def test_arabic_reads_from_the_right(page: Page, hostile_workbench: str) -> None:
    page.goto(f"{hostile_workbench}/reports?q=حلب")
    page.locator("table.list tbody a").first.click()
    assert page.locator("h1").evaluate("it => getComputedStyle(it).direction") == "rtl"
    assert page.locator("article.text").evaluate("it => getComputedStyle(it).direction") == "rtl"
