"""The queue worked by keyboard in a real Chromium, served by the real program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from parallax.ledger.ledger import Ledger
from parallax.ledger.queueing import QueueQuery
from parallax.ledger.verify import verify
from parallax.model import Kind, Reason, Verb
from tests.workbench.conftest import serving

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent.parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def own_path(ledger_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(ledger_path, tmp_path_factory.mktemp("queue") / "queue.ledger"))


@pytest.fixture(scope="module")
def desk(program: str, own_path: Path) -> Iterator[str]:
    with serving(program, own_path) as address:
        yield address


def item(page: Page) -> str:
    return page.locator("#queue").get_attribute("data-at") or ""


def press(page: Page, key: str) -> None:
    """Press a key that leads to another item, and wait for it."""
    before = item(page)
    page.keyboard.press(key)
    expect(page.locator("#queue")).not_to_have_attribute("data-at", before)


def test_ten_items_are_worked_by_keyboard_alone(page: Page, desk: str, own_path: Path) -> None:
    page.goto(f"{desk}/queue")
    worked = []
    for number in range(10):
        worked.append(item(page))
        with Ledger.open(own_path) as ledger:
            here = ledger.queue_item(worked[-1])
            assert here is not None
        press(page, "a")
        with Ledger.open(own_path) as ledger:
            made = ledger.judgements()[-1]
            assert (made.verb, made.claims) == (Verb.ACCEPT, here.item.claims)
            (following,) = ledger.queue(after=(here.item.priority, here.item.key), limit=1)
        assert item(page) == following.item.key
        assert page.evaluate("document.activeElement.id") == "item"
        expect(page.locator(".progress-line b")).to_have_text(str(number + 1))
    assert len(set(worked)) == 10
    at = item(page)
    assert page.url.endswith(f"/queue?at={at}")
    press(page, "n")
    after = item(page)
    press(page, "k")
    assert item(page) == at
    page.go_back()
    expect(page.locator("#queue")).to_have_attribute("data-at", after)
    press(page, "u")
    assert item(page) == worked[-1]
    expect(page.locator(".progress-line b")).to_have_text("9")


def test_a_number_is_corrected_and_the_range_is_seen_to_change(page: Page, desk: str, own_path: Path) -> None:
    page.goto(f"{desk}/queue?kind=killed&reason=rests")
    with Ledger.open(own_path) as ledger:
        (waiting,) = ledger.queue(QueueQuery(reason=Reason.RESTS, kind=Kind.KILLED), limit=1)
    page.keyboard.press("c")
    expect(page.locator("select[name=slot]")).to_be_focused()
    page.locator("select[name=slot]").select_option("count")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("54321")
    preview = page.locator("#preview .changes")
    expect(preview).to_contain_text("54,321")
    with Ledger.open(own_path) as ledger:
        assert not ledger.judgements_on(waiting.item.claims)
    # Keys are letters again while a field has the focus.
    page.keyboard.press("Tab")
    page.keyboard.type("a dash of ink")
    before = item(page)
    page.keyboard.press("Enter")
    expect(page.locator("#queue")).not_to_have_attribute("data-at", before)
    changed = page.locator(".last .changes tbody tr", has_text="killed").first
    expect(changed).to_contain_text("54,321")
    with Ledger.open(own_path) as ledger:
        (statement,) = ledger.statements(claims=waiting.item.claims)
        assert statement.claim.count is not None
        assert statement.claim.count.high == 54321
        (made,) = ledger.judgements_on(waiting.item.claims)[waiting.item.claims[0]]
        assert made.why.endswith("a dash of ink")
        incident = ledger.incidents_of(claim=waiting.item.claims[0])[0]
    page.goto(f"{desk}/incidents/{incident}")
    expect(page.locator("main")).to_contain_text("54,321")
    page.goto(f"{desk}/queue")
    page.keyboard.press("u")
    expect(page.locator(".last")).to_contain_text("withdrew")
    with Ledger.open(own_path) as ledger:
        (statement,) = ledger.statements(claims=waiting.item.claims)
        assert statement.claim.count is not None
        assert statement.claim.count.high != 54321
        assert list(verify(ledger)) == []


def test_a_key_pressed_before_the_forms_are_taken_up_loads_no_page_anew(page: Page, desk: str) -> None:
    # The library takes forms up in a timeout without a delay; here that comes late, as on a busy machine.
    page.add_init_script("const own = setTimeout; window.setTimeout = (f, ms) => own(f, ms === undefined ? 4000 : ms)")
    page.goto(f"{desk}/queue")
    assert page.locator("[data-htmx-powered]").count() == 0
    page.evaluate("window.same = true")
    press(page, "a")
    assert page.evaluate("window.same") is True
    press(page, "u")
    assert page.evaluate("window.same") is True


def test_two_incidents_are_merged_and_it_is_undone(page: Page, desk: str, own_path: Path) -> None:
    page.goto(f"{desk}/queue")
    with Ledger.open(own_path) as ledger:
        here = ledger.queue_item(item(page))
        assert here is not None
        before = [(incident.id, incident.claims) for incident, _, _ in ledger.walk()]
    page.keyboard.press("m")
    expect(page.locator("#merge-words")).to_be_focused()
    expect(page.locator("#others li").first).to_be_visible()
    page.keyboard.type("Balaklava")
    candidate = page.locator("#others li", has_text="holds these words").first
    expect(candidate).to_be_visible()
    candidate.locator("input[name=why]").fill("one battle, told twice")
    candidate.get_by_role("button", name="Preview").click()
    expect(candidate.locator(".previewed")).to_contain_text("Not written down yet")
    candidate.get_by_role("button", name="Merge", exact=True).click()
    expect(candidate.locator(".done")).to_contain_text("one battle, told twice")
    with Ledger.open(own_path) as ledger:
        assert len(list(ledger.walk())) < len(before)
    page.goto(f"{desk}/log")
    row = page.locator("table.log tr", has_text="one battle, told twice")
    row.get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_have_text("A decision")
    with Ledger.open(own_path) as ledger:
        assert [(incident.id, incident.claims) for incident, _, _ in ledger.walk()] == before


def test_keys_are_shown_and_forms_close_with_escape(page: Page, desk: str) -> None:
    page.goto(f"{desk}/queue")
    page.keyboard.press("?")
    expect(page.locator(".keys dl")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".keys dl")).to_be_hidden()
    for key, words in (("d", "Discount"), ("s", "Split off"), ("m", "Merge"), ("c", "Correct")):
        page.keyboard.press(key)
        form = page.locator("details.deed[open]")
        expect(form).to_have_count(1)
        expect(form.locator("summary")).to_contain_text(words)
        page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("details.deed[open]")).to_have_count(0)


def test_what_cannot_be_applied_is_said_beside_the_item(page: Page, desk: str) -> None:
    page.goto(f"{desk}/queue")
    before = item(page)
    page.keyboard.press("c")
    page.locator("select[name=slot]").first.select_option("count")
    page.locator("form.correct input[name=value]").first.fill("lots")
    page.locator("form.correct").first.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#preview [role=alert]")).to_contain_text("cannot be applied")
    assert item(page) == before
    expect(page.locator("form.correct input[name=value]").first).to_have_value("lots")


def test_the_queue_works_without_scripts(browser: Browser, desk: str, own_path: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk}/queue")
        before = item(page)
        page.get_by_role("button", name="Accept").first.click()
        assert item(page) != before
        page.get_by_role("button", name="Undo").click()
        assert item(page) == before
        page.locator("details.deed summary", has_text="Correct").click()
        form = page.locator("form.correct").first
        form.locator("select[name=slot]").select_option("stance")
        form.locator("input[name=value]").fill("doubted")
        form.get_by_role("button", name="What it would change").click()
        expect(page.locator("h1")).to_have_text("What it would change")
        page.get_by_role("link", name="Leave it").click()
        assert item(page) == before
    with Ledger.open(own_path) as ledger:
        assert list(verify(ledger)) == []


# In the dark nothing differs but the colours, so each page is loaded once and then darkened.
SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, list[str]]], ...] = (
    ("light", {}),
    ("dark", {"runOnly": ["color-contrast"]}),
)


def test_no_serious_fault_of_access(browser: Browser, desk: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not fetched: run `make setup`")
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        for address, keys in (("/queue", ""), ("/queue", "c"), ("/queue", "d"), ("/queue?place=Atlantis", "")):
            page.emulate_media(color_scheme="light")
            page.goto(f"{desk}{address}")
            for key in keys:
                page.keyboard.press(key)
            page.add_script_tag(path=AXE)
            for scheme, rules in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                faults = page.evaluate("rules => axe.run(rules).then(found => found.violations)", rules)
                serious = [
                    (f["id"], [n["html"][:120] for n in f["nodes"]][:3])
                    for f in faults
                    if f["impact"] in ("serious", "critical")
                ]
                assert serious == [], (address, scheme)
