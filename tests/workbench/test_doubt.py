"""A report's page with the certainty of each slot, and its claims by place or by doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from parallax import pipeline
from parallax.claims import reader
from parallax.engine.local import Local
from parallax.ledger.ledger import Ledger
from parallax.model import Claim, Report

from .conftest import client_of, serving
from .markup import elements, parsed, values, words
from .test_browser import AXE

TEXT = (
    "Shelling killed 12 civilians in Aleppo on Monday, the mayor said. "
    "Five men were hurt in Homs. The army denied that 30 soldiers were killed in Hama on Tuesday."
)
SLOTS = ("count", "whom_class", "whom", "who", "where", "when", "voice", "stance", "scope")
read = reader.read


def unsure(report: Report) -> tuple[Claim, ...]:
    """What the reader reads, each claim surer than the one before, but the last unsure of its voice and its doer."""
    found = read(report)
    made = []
    for number, claim in enumerate(found):
        sure = dict.fromkeys(SLOTS, 0.9)
        if number == len(found) - 1:
            sure |= {"voice": 0.31, "who": 0.42}
        made.append(replace(claim, certainty=0.75 + number / 100, certainties=tuple(sure.items())))
    return tuple(made)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of two reports, the first read with certainties for each slot, the second without."""
    folder = tmp_path_factory.mktemp("doubt")
    (folder / "unsure.txt").write_text(TEXT, "utf-8")
    (folder / "bare.txt").write_text(f"{TEXT} Read more.", "utf-8")
    with Ledger.open(folder / "doubt.ledger", create=True) as ledger, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "read", unsure)
        list(pipeline.read([str(folder / "unsure.txt")], ledger, Local(1)))
        patch.setattr(reader, "read", lambda report: tuple(replace(c, certainties=()) for c in read(report)))
        list(pipeline.read([str(folder / "bare.txt")], ledger, Local(1)))
    return folder / "doubt.ledger"


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with client_of(path) as client:
        yield client


@pytest.fixture(scope="module")
def addresses(path: Path) -> tuple[str, str]:
    """The pages of the report with certainties, and of the one without."""
    with Ledger.open(path) as ledger:
        rows = {("more" in row.report.text): row.report.key for row in ledger.reports(limit=9).items}
    return f"/reports/{rows[False]}", f"/reports/{rows[True]}"


NOTES = "//li[contains(@class, 'note-of')]"


def numbers(client: TestClient, address: str) -> list[str]:
    page = parsed(client.get(address))
    return values(page, f"{NOTES}/@data-n")


def test_the_most_doubtful_stand_first_where_asked_for(client: TestClient, addresses: tuple[str, str]) -> None:
    by_place = numbers(client, addresses[0])
    assert len(by_place) >= 3
    assert by_place == sorted(by_place, key=int)
    page = parsed(client.get(f"{addresses[0]}?order=doubtful"))
    shown = values(page, f"{NOTES}/@data-n")
    assert sorted(shown, key=int) == by_place
    assert shown[0] == by_place[-1]
    sure = [words(page, f"({NOTES})[{at}]//dt[text()='reading']/following-sibling::dd[1]") for at in (2, 3)]
    assert int(sure[0].split()[0]) < int(sure[1].split()[0])
    assert numbers(client, f"{addresses[0]}?order=nonsense") == by_place


def test_the_order_that_holds_is_marked(client: TestClient, addresses: tuple[str, str]) -> None:
    for query, chosen in (("", "beside the text"), ("?order=doubtful", "most doubtful first")):
        page = parsed(client.get(addresses[0] + query))
        assert values(page, "//*[contains(@class, 'order')]/a[@aria-current]/text()") == [chosen]


def test_each_slot_bears_its_certainty_and_the_doubtful_are_named(
    client: TestClient, addresses: tuple[str, str]
) -> None:
    page = parsed(client.get(f"{addresses[0]}?order=doubtful"))
    first, second = f"({NOTES})[1]", f"({NOTES})[2]"
    voice = words(page, f"{first}//dt[text()='on whose word']/following-sibling::dd[1]")
    assert "31 % sure" in voice
    assert "doubtful" in voice
    assert "42 % sure" in words(page, f"{first}//dt[text()='by whom']/following-sibling::dd[1]")
    for slot in ("where", "when", "stance", "scope"):
        assert "90 % sure" in words(page, f"{first}//dt[text()='{slot}']/following-sibling::dd[1]")
    assert "90 % sure" in words(page, f"{first}//dt[text()='how many']/following-sibling::dd[1]")
    assert elements(page, f"{second}//*[contains(@class, 'tag-doubtful')]") == []


def test_a_reading_without_certainties_of_slots_shows_none(client: TestClient, addresses: tuple[str, str]) -> None:
    page = parsed(client.get(addresses[1]))
    claims = len(elements(page, NOTES))
    assert claims >= 3
    assert len(elements(page, f"{NOTES}//span[@class='sure']")) == claims


@pytest.mark.browser
def test_axe_finds_no_barrier_where_doubt_is_shown(
    browser: Browser, program: str, path: Path, addresses: tuple[str, str]
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not fetched: run `make setup`")
    with serving(program, path) as workbench, browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{workbench}{addresses[0]}?order=doubtful")
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(told => told.violations)")
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
