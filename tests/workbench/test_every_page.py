"""What holds for every page, whoever wrote it: no barrier, no shift, every control by keyboard, nothing hostile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, ViewportSize

from parallax import pipeline
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Judgement, Verb
from parallax.workbench.look import COOKIE

from .conftest import client_of, serving
from .everything import every_page
from .markup import elements, parsed, values
from .test_answers import assert_harmless
from .test_browser import AXE, MAP_WAIT

pytestmark = pytest.mark.browser

WIDE, PHONE = ViewportSize(width=1400, height=900), ViewportSize(width=390, height=844)
# Google's bound of a good cumulative layout shift is 0.1; these pages have no reason to shift at all.
SHIFT = 0.01
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  const moved = [];
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) {
      if (one.hadRecentInput) continue;
      sum += one.value;
      moved.push(...one.sources.map(({ node }) => ((node?.outerHTML ?? node?.textContent) || "").slice(0, 90)));
    }
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([sum, moved.slice(0, 4)]), 300);
})"""
# What stands out of the room that the page's main part has, unless it lies in a box that scrolls or cuts by itself;
# and lists that have to be scrolled sideways in their box, though they are made to fit.
CUT = """() => {
  const main = document.querySelector("main"), style = getComputedStyle(main), box = main.getBoundingClientRect();
  const left = box.left + parseFloat(style.paddingLeft) - 1, right = box.right - parseFloat(style.paddingRight) + 1;
  const held = one => one !== main && (getComputedStyle(one).overflowX !== "visible" || held(one.parentElement));
  const out = [...main.querySelectorAll("*")].filter(one => {
    const own = one.getBoundingClientRect();
    return own.width && own.height && one.checkVisibility() && (own.right > right || own.left < left)
      && !held(one.parentElement);
  });
  const lists = [...main.querySelectorAll(".scroll:has(table.list)")]
    .filter(one => one.scrollWidth > one.clientWidth + 1);
  return [...out.slice(0, 3), ...lists.slice(0, 3)].map(one => one.outerHTML.slice(0, 90));
}"""
# A control by what stands in its tag, for a part of a page may be made anew while it is walked; its class aside,
# for that may say that it has the focus.
NAMED = """(one => {
  const copy = one.cloneNode(false);
  copy.removeAttribute("class");
  return copy.outerHTML.slice(0, 160) + one.textContent.trim().slice(0, 40);
})"""
# What the keyboard must reach: shown, not disabled, and one of a group of radio buttons.
CONTROLS = """() => {
  const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const radios = new Set();
  const reached = one => !one.disabled && one.tabIndex >= 0 && !one.closest("[inert]")
    && one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length
    && (one.type !== "radio" || (!radios.has(one.name) && radios.add(one.name)));
  return [...document.querySelectorAll(kinds)].filter(reached).map(NAMED);
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== "none" || getComputedStyle(one.parentElement).outlineStyle !== "none";
  return [NAMED(one), seen];
}"""
# So many controls of a long list are walked; the rest are more of the same.
MOST = 60


@pytest.fixture(scope="module")
def lived(ledger_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's ledger after some decisions, so that the pages about them have something to show."""
    path = tmp_path_factory.mktemp("lived") / "lived.ledger"
    shutil.copy(ledger_path, path)
    with Ledger.open(path) as ledger:
        incident = ledger.incident(ledger.incidents(IncidentQuery(order="reports", limit=1)).items[0].id)
        assert incident is not None
        for verb, claim in ((Verb.ACCEPT, incident.claims[0]), (Verb.DISCOUNT, incident.claims[1])):
            pipeline.decide(ledger, Judgement(verb, (claim,), "Ann", "checked by hand", datetime.now(UTC)))
    return path


@pytest.fixture(scope="module")
def pages(lived: Path) -> tuple[str, ...]:
    return every_page(lived)


@pytest.fixture(scope="module")
def served(program: str, lived: Path) -> Iterator[str]:
    with serving(program, lived) as address:
        yield address


@pytest.fixture(scope="module")
def asked(lived: Path) -> Iterator[TestClient]:
    with client_of(lived) as client:
        yield client


def opened(page: Page, address: str) -> None:
    """Open a page and wait until what moves on it has come to rest."""
    page.goto(address, wait_until="load")
    if page.locator("div#map, div#atlas").count():
        page.wait_for_selector("#map[data-ready], #atlas[data-ready]", timeout=MAP_WAIT)
    page.wait_for_function("!document.querySelector('.htmx-request')")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_no_serious_barrier_on_any_page(
    browser: Browser, served: str, pages: tuple[str, ...], look: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not fetched: run `make setup`")
    axe = AXE.read_text("utf-8")
    # In the dark nothing differs but the colours.
    rules: dict[str, Any] = {} if look == "light" else {"runOnly": ["color-contrast"]}
    found = []
    # The pages' own policy would refuse the checker's script; this one run goes round it.
    with browser.new_context(bypass_csp=True, viewport=WIDE) as context:
        context.add_cookies([{"name": COOKIE, "value": look, "url": served}])
        page = context.new_page()
        for address in pages:
            opened(page, served + address)
            assert page.get_attribute("html", "data-look") == look
            page.evaluate(axe)
            run = "rules => axe.run(document, {resultTypes: ['violations'], ...rules}).then(told => told.violations)"
            for each in page.evaluate(run, rules):
                if each["impact"] in ("serious", "critical"):
                    found.append((address, each["id"], [node["html"][:140] for node in each["nodes"][:3]]))
    assert found == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_shifts_nothing_is_cut_and_nothing_scrolls_sideways(
    browser: Browser, served: str, pages: tuple[str, ...], size: ViewportSize
) -> None:
    shifted, wide, cut = [], [], []
    with browser.new_context(viewport=size) as context:
        page = context.new_page()
        for address in pages:
            opened(page, served + address)
            much, moved = page.evaluate(SHIFTS)
            if much > SHIFT:
                shifted.append((address, round(much, 3), moved))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(address)
            cut += [(address, what) for what in page.evaluate(CUT)]
        # The check sees what it is for.
        page.evaluate(
            "main => main.insertAdjacentHTML('beforeend', '<table id=long><td>' + 'x'.repeat(900) + '</table>')",
            page.query_selector("main"),
        )
        assert any("long" in what for what in page.evaluate(CUT))
    assert shifted == []
    assert wide == []
    assert cut == []


def test_every_control_is_reached_by_keyboard_and_shows_it(
    browser: Browser, served: str, pages: tuple[str, ...]
) -> None:
    missed, unseen = [], []
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        for address in pages:
            opened(page, served + address)
            controls = page.evaluate(CONTROLS.replace("NAMED", NAMED))
            assert controls, address
            reached = set()
            # From the top, also where a field of the page took the focus.
            page.evaluate(
                "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
            )
            # A field for a date is several stops of its own.
            dates = sum('type="date"' in words or 'type="month"' in words for words in controls)
            for _ in range(min(len(controls), MOST) + 5 * dates + 20):
                page.keyboard.press("Tab")
                focused = page.evaluate(FOCUSED.replace("NAMED", NAMED))
                if focused is None:
                    break
                reached.add(focused[0])
                if not focused[1]:
                    unseen.append((address, focused[0]))
            missed += [(address, words) for words in controls[:MOST] if words not in reached]
    assert missed == []
    assert unseen == []


def test_every_page_has_one_head_a_language_and_help_about_itself(asked: TestClient, pages: tuple[str, ...]) -> None:
    sections = set(values(parsed(asked.get("/help")), "//*[@id]/@id"))
    for address in pages:
        page = parsed(asked.get(address))
        assert len(elements(page, "//h1")) == 1, address
        assert values(page, "/html/@lang") == ["en"], address
        assert len(elements(page, "//main")) == 1, address
        (help_here,) = values(page, "//a[@class='help-here']/@href")
        assert help_here.removeprefix("/help#") in sections, address
        names = values(page, "//*[@id]/@id")
        assert len(names) == len(set(names)), address


def test_every_link_of_the_menu_and_of_the_pages_leads_somewhere(asked: TestClient, pages: tuple[str, ...]) -> None:
    known: dict[str, int] = {}
    for address in pages:
        page = parsed(asked.get(address))
        for link in values(page, "//a/@href")[:60]:
            if link.startswith("/"):
                path = link.split("#")[0]
                if path not in known:
                    known[path] = asked.get(path, follow_redirects=False).status_code
                assert known[path] in (200, 303), (address, link)
        for inner in {link for link in values(page, "//a/@href") if link.startswith("#") and len(link) > 1}:
            assert elements(page, f"//*[@id={quoted(inner[1:])}]"), (address, inner)


def quoted(words: str) -> str:
    """Words as a literal of XPath."""
    return f"'{words}'" if "'" not in words else f'"{words}"'


def test_hostile_reports_are_harmless_on_every_page(hostile: TestClient, hostile_path: Path) -> None:
    for address in every_page(hostile_path):
        answer = hostile.get(address)
        assert answer.status_code in (200, 404), address
        assert_harmless(answer)


@pytest.mark.parametrize("look", ["light", "dark", "system"])
def test_the_choice_of_colours_holds_on_the_next_page_and_without_javascript(
    browser: Browser, served: str, look: str
) -> None:
    with browser.new_context(java_script_enabled=False, color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{served}/reports?q=the")
        page.locator("form.look select").select_option(look)
        page.locator("form.look button").click()
        assert page.url == f"{served}/reports?q=the"
        page.goto(f"{served}/log")
        dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (dark == "rgb(21, 24, 27)") == (look == "dark")


def test_the_choice_of_colours_is_made_at_once(page: Page, served: str) -> None:
    page.goto(f"{served}/help")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    with page.expect_response("**/look"):
        page.locator("form.look select").select_option("dark")
    assert page.evaluate(ground) != light
    page.goto(f"{served}/reports")
    assert page.get_attribute("html", "data-look") == "dark"


@pytest.mark.parametrize(
    "back", ["//example.org", "https://example.org", "/\\example.org", "", "x", "/a\r\nSet-Cookie: b=c"]
)
def test_the_choice_of_colours_sends_nobody_elsewhere(asked: TestClient, back: str) -> None:
    token = values(parsed(asked.get("/help")), "//input[@name='token']/@value")[0]
    form = {"look": "dark", "back": back, "token": token}
    answer = asked.post("/look", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert "b=c" not in str(answer.headers)
