"""What the browser shows where the workbench refuses, breaks or is gone: words above the page, and the page stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
WHOLE = (
    "<!doctype html><html><body><main><h1>No</h1>"
    "<p class=empty>The ledger is held. <a href=/>Back</a></p></main></body></html>"
)


def answer(page: Page, **given: object) -> None:
    """Let every decision of the queue be answered so.

    Said before the page is opened: one that is loaded may send what follows at once to the workbench itself.
    """

    def handle(route: Route) -> None:
        route.fulfill(**given)  # type: ignore[arg-type]

    page.route("**/queue/decide", handle)


@pytest.mark.parametrize(
    ("status", "kind", "body", "told"),
    [
        (503, "text/html; charset=utf-8", WHOLE, "The ledger is held."),
        (429, "text/plain", "Too many changes in a short time.", "Too many changes in a short time."),
        (500, "text/plain", "", "The workbench answers with 500."),
    ],
)
def test_a_page_that_refuses_takes_no_page_away(
    page: Page, workbench: str, status: int, kind: str, body: str, told: str
) -> None:
    answer(page, status=status, content_type=kind, body=body)
    page.goto(f"{workbench}/queue")
    item = page.locator("#queue").get_attribute("data-at")
    page.keyboard.press("a")
    expect(page.locator("#trouble")).to_have_text(told)
    assert page.locator("#queue").get_attribute("data-at") == item
    assert page.locator("header.bar").count() == 1


def test_a_workbench_that_is_gone_is_told_and_a_part_that_refuses_speaks_for_itself(page: Page, workbench: str) -> None:
    part = '<div id="queue" class="queue"><p class="warn" role="alert">This cannot be applied.</p></div>'
    asked: list[str] = []

    def first_gone_then_refused(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.fulfill(status=422, content_type="text/html", body=part)

    # One route for both answers: between taking one away and setting the next, the workbench itself could be asked.
    page.route("**/queue/decide", first_gone_then_refused)
    page.goto(f"{workbench}/queue")
    page.keyboard.press("a")
    expect(page.locator("#trouble")).to_contain_text("does not answer")
    page.keyboard.press("a")
    expect(page.locator("#queue")).to_have_text("This cannot be applied.")
    expect(page.locator("#trouble")).to_be_hidden()
