"""The list of incidents as a choice: what combines, what facets count, what places are called, views that are saved."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from parallax.ledger.ledger import Ledger
from tests.workbench.conftest import QUOTED, SCRIPT, client_of
from tests.workbench.markup import elements, parsed, values, words


def total(client: TestClient, address: str) -> int:
    """How many incidents a list says that it holds."""
    page = client.get(address)
    assert page.status_code == 200, address
    return int(words(parsed(page), "//p[@class='sum']").split()[0].replace(",", ""))


@pytest.fixture
def own(ledger_path: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A workbench over a copy of the demo's ledger, to be changed."""
    path = tmp_path / "own.ledger"
    shutil.copy(ledger_path, path)
    with client_of(path) as client:
        yield client


def post(client: TestClient, address: str, **fields: str) -> int:
    """Send a form with the token of a page; the status of the answer."""
    token = values(parsed(client.get("/")), "//input[@name='token']/@value")[0]
    return int(client.post(address, data={"token": token, **fields}, follow_redirects=False).status_code)


def test_filters_combine_and_each_can_be_taken_away(client: TestClient) -> None:
    narrow = "/?kind=killed&place=sevas&from=1854-10-01&to=1854-10-31"
    assert 0 < total(client, narrow) < total(client, "/?kind=killed&place=sevas")
    assert total(client, "/?kind=killed&place=sevas") < total(client, "/?kind=killed") < total(client, "/")
    assert 0 < total(client, "/?kind=killed&kind=injured") < total(client, "/?kind=killed")
    chips = values(parsed(client.get(narrow)), "//a[@class='chip']/@href")
    assert len(chips) == 4
    for chip in chips:
        assert total(client, chip) >= total(client, narrow)


@pytest.mark.parametrize("start", ["/", "/?kind=killed&division=UA", "/?from=1854-10-01&to=1854-10-31&q=guns"])
def test_facets_count_what_their_links_show(client: TestClient, start: str) -> None:
    items = elements(parsed(client.get(start)), "//*[contains(@class, 'facets')]//li[a]")
    assert len(items) > 8
    for item in items:
        if "chosen" not in (item.get("class") or ""):
            shown = total(client, values(item, "./a/@href")[0])
            assert shown == int(words(item, "./span[@class='n']").replace(",", "")), words(item, "./a")


def test_a_chosen_facet_leads_back(client: TestClient) -> None:
    chosen = elements(parsed(client.get("/?kind=killed&grade=weak")), "//li[contains(@class, 'chosen')]/a")
    assert [link.get("href") for link in chosen] == ["/?grade=weak", "/?kind=killed"]


def test_actors_are_offered_once_by_name(client: TestClient) -> None:
    names = values(parsed(client.get("/")), "//*[@id='facet-actor']//li/a/bdi/text()")
    assert "Russia" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("asked", ["q", "place"])
@pytest.mark.parametrize("name", ["سيفاستوبول", "Sebastopol", "Sevastopol", "Севастополь", "sewastopol"])
def test_a_town_is_found_by_any_of_its_names(client: TestClient, name: str, asked: str) -> None:
    known = total(client, "/?at=g694423")
    page = parsed(client.get("/", params={asked: name}))
    places = [cell.text_content() for cell in elements(page, "//td[@class='where']/bdi")]
    assert places.count("Sevastopol") == min(known, 50)
    if asked == "place":
        assert set(places) == {"Sevastopol"}


def test_a_country_is_found_by_its_name_in_arabic(client: TestClient) -> None:
    assert total(client, "/?place=أوكرانيا") == total(client, "/?division=UA") > 0


def test_the_timeline_tells_its_bars_as_a_table(client: TestClient) -> None:
    page = parsed(client.get("/?kind=killed"))
    rows = elements(page, "//tbody[@id='bars']/tr[not(@hidden)]")
    assert len(rows) > 5
    for row in rows:
        first, link = row.get("data-first") or "", values(row, "./th/a/@href")[0]
        assert f"from={first}" in link
        within, may = (int(words(row, f"./td[{n}]").replace(",", "")) for n in (1, 2))
        assert total(client, link) == within + may
    bars = elements(page, "//*[local-name()='rect'][@class='sure' or @class='may']")
    assert len(bars) >= len(rows)


def test_the_timeline_zooms(client: TestClient) -> None:
    whole = parsed(client.get("/?zoom=all"))
    near = parsed(client.get("/?zoom=1854-10-20..1854-10-31"))
    assert len(elements(near, "//tbody[@id='bars']/tr")) == 12
    assert len(elements(whole, "//tbody[@id='bars']/tr")) > 12
    assert re.search(r"\d+ earlier, \d+ later", words(near, "//p[@id='timeline-words']"))


def test_an_order_by_place_is_by_name(client: TestClient) -> None:
    names = values(parsed(client.get("/?order=place")), "//td[@class='where']/bdi/text()")
    assert names == sorted(names, key=str.casefold)
    assert len(set(names)) > 3


def test_a_view_is_saved_opened_and_taken_away(own: TestClient) -> None:
    assert post(own, "/views", name="Killed in October", page="/", query="kind=killed&from=1854-10-01") == 303
    assert post(own, "/views", name=f"{SCRIPT}{QUOTED}", page="/map", query="") == 303
    page = parsed(own.get("/"))
    links = elements(page, "//*[@id='views']//li/a")
    assert [link.text_content() for link in links] == [f"{SCRIPT}{QUOTED}", "Killed in October"]
    assert [link.get("href") for link in links] == ["/map", "/?kind=killed&from=1854-10-01"]
    assert SCRIPT not in own.get("/").text
    opened = parsed(own.get(links[1].get("href") or ""))
    assert values(opened, "//*[@id='views']//a[@aria-current]/bdi/text()") == ["Killed in October"]
    removal = values(page, "//*[@id='views']//li//form/@action")
    assert post(own, removal[1]) == 303
    assert values(parsed(own.get("/")), "//*[@id='views']//li/a/bdi/text()") == [f"{SCRIPT}{QUOTED}"]
    assert "view removed" in own.get("/log").text
    assert post(own, removal[1]) == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "page": "/", "query": "q=x"},
        {"name": " \n ", "page": "/", "query": "q=x"},
        {"name": "n" * 500, "page": "/", "query": "q=x"},
        {"name": "n", "page": "/settings", "query": ""},
        {"name": "n", "page": "https://example.org/", "query": ""},
        {"name": "n", "page": "/", "query": "q=" + "x" * 5000},
    ],
)
def test_a_view_that_makes_no_sense_is_refused(own: TestClient, fields: dict[str, str]) -> None:
    assert post(own, "/views", **fields) == 400
    assert values(parsed(own.get("/")), "//*[@id='views']//li/a/@href") == []


def test_a_view_needs_the_token_of_a_page(own: TestClient) -> None:
    assert own.post("/views", data={"name": "n", "page": "/", "query": ""}).status_code == 403


def test_hostile_words_are_shown_as_words(hostile: TestClient) -> None:
    page = parsed(
        hostile.get("/", params={"q": SCRIPT, "place": QUOTED, "actor": SCRIPT, "division": QUOTED, "at": SCRIPT})
    )
    chips = [chip.text_content() for chip in elements(page, "//a[@class='chip']//bdi")]
    assert chips.count(SCRIPT) == 3
    assert chips.count(QUOTED) == 2
    assert "No incident fits" in words(page, "//main")


def test_a_list_shows_what_was_written_since(own: TestClient) -> None:
    before = total(own, "/")
    with Ledger.open(own.app.state.ledger.name) as other, other.write() as writer:  # type: ignore[attr-defined]
        writer.replace_incidents([other.incidents().items[0].id], [])
    assert total(own, "/") == before - 1
