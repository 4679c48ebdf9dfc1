"""Pages of voices and tallies: what they answer, and to whom."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.workbench.app import create
from parallax.workbench.voice import voices
from tests.workbench.conftest import BASE, SCRIPT
from tests.workbench.markup import elements, parsed, values, words


@pytest.fixture
def own(ledger_path: Path, tmp_path: Path) -> Iterator[TestClient]:
    """Asks the workbench over a copy of the demo's ledger that the test may change."""
    shutil.copy(ledger_path, tmp_path / "own.ledger")
    with Ledger.open(tmp_path / "own.ledger") as ledger:
        yield TestClient(create(ledger, Settings(who="Ann")), base_url=BASE, follow_redirects=False)


def token(client: TestClient, address: str) -> str:
    return values(parsed(client.get(address)), "//form[@action='/reliability']/input[@name='token']/@value")[0]


def loudest(client: TestClient) -> str:
    return values(parsed(client.get("/voices")), "//table//a/@href")[0]


def hold(client: TestClient, **fields: str) -> int:
    address = loudest(client)
    voice = address.removeprefix("/voices/")
    given = {"voice": voice, "token": token(client, address)} | fields
    return client.post("/reliability", data=given).status_code


def test_a_reliability_needs_a_reason_a_letter_and_a_voice(own: TestClient) -> None:
    assert hold(own, grade="B", why="  ") == 400
    assert hold(own, grade="Z", why="x") == 503
    assert hold(own, grade="B", why="x", voice="nobody") == 503
    assert hold(own, grade="B", why="x", token="") == 403
    assert "not set by anyone" in words(parsed(own.get(loudest(own))), "//main")
    assert hold(own, grade="B", why=f"careful {SCRIPT}") == 303
    page = own.get(loudest(own))
    assert SCRIPT not in page.text
    assert f"careful {SCRIPT}" in words(parsed(page), "//section[@aria-labelledby='reliability']")
    assert "set by Ann" in words(parsed(page), "//dl")


def test_the_list_is_narrowed_by_what_the_facets_say(own: TestClient) -> None:
    hold(own, grade="B", why="x")
    page = parsed(own.get("/voices"))
    total = int(words(page, "//p[@class='sum']").split(":")[1].split()[0])
    items = elements(page, "//aside//li")
    assert len(items) > 5
    for item in items:
        shown = words(parsed(own.get(values(item, "./a/@href")[0])), "//p[@class='sum']")
        assert int(shown.split(":")[1].split()[0]) == int(words(item, "./span")) < total


def test_a_voice_of_very_many_numbers_is_added_up_when_asked_to(
    own: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "AT_ONCE", 0)
    address = loudest(own)
    page = parsed(own.get(address))
    assert elements(page, "//section[@aria-labelledby='totals']//h3") == []
    assert values(page, "//p[@class='empty']/a/@href") == ["?totals=1#totals"]
    asked = elements(parsed(own.get(f"{address}?totals=1")), "//section[@aria-labelledby='totals']//h3")
    assert asked
    # What was added up is kept while the ledger stays as it is.
    assert len(elements(parsed(own.get(address)), "//section[@aria-labelledby='totals']//h3")) == len(asked)
    hold(own, grade="B", why="x")
    assert elements(parsed(own.get(address)), "//section[@aria-labelledby='totals']//h3") == []


def test_what_a_voice_did_is_counted_as_its_lists_have_it(client: TestClient) -> None:
    address = loudest(client)
    page = parsed(client.get(address))
    links = elements(page, "//table[@class='standing']//a")
    assert links
    for link in links:
        value = values(link, "./@href")[0]
        shown = elements(
            parsed(client.get(address + value.split("#")[0])), "//section[@aria-labelledby='incidents']//tbody/tr"
        )
        assert 0 < len(shown) <= int(words(link, "."))


def test_the_data_of_a_tally_is_what_its_page_shows(client: TestClient) -> None:
    for query in (
        "?by=actor",
        "?by=division&kind=injured",
        "?by=month&whom=civilian",
        "?by=kind",
        "?by=whom&policy=ucdp",
    ):
        shown = elements(parsed(client.get(f"/tallies{query}")), "//table[contains(@class, 'tally')]/tbody/tr")
        told = json.loads(client.get(f"/tallies.json{query}").text)
        rows = list(csv.DictReader(io.StringIO(client.get(f"/tallies.csv{query}").content.decode("utf-8-sig"))))
        assert len(shown) == len(told["rows"]) == len(rows) > 0
        assert sorted(words(row, "./th/a") for row in shown) == sorted(row["words"] for row in told["rows"])
        for row, line in zip(told["rows"], rows, strict=True):
            assert line["incidents"] == str(row["incidents"])
            assert line["high"] == ("" if row["high"] is None else str(row["high"]))
            assert (row["high"] is None) == (row["with_number"] == 0)
        assert "no estimate" in told["meaning"]


@pytest.mark.parametrize(
    "query",
    [
        "?by=<script>&kind=x&policy=none&from=2017-13&to=x&sort=y&act=party",
        "?by=day&from=1854-10",
        "?by=day&to=0001-01",
        "?by=day&from=9999-12&to=9999-12",
        "?by=day&from=0001-01&to=9999-12",
        "?country=%27%20OR%201=1&division=%25&actor=%25_%5C&whom=<b>",
        "?actor=" + "a" * 5_000,
        "?by=month&from=1854-12&to=1854-01",
    ],
)
def test_a_hostile_tally_gets_a_plain_answer(client: TestClient, query: str) -> None:
    for path in ("/tallies", "/tallies.json", "/tallies.csv", "/tallies/incidents"):
        answer = client.get(path + query)
        assert answer.status_code in (200, 404), path
        assert "<script>&kind" not in answer.text


@pytest.mark.parametrize(
    "key", ["", "key=a&key=b&key=c", "key=" + "x" * 4_000, "key=%3Cb%3E", "by=kind&key=none", "by=whom&key=all"]
)
def test_a_row_that_is_not_there_says_so(client: TestClient, key: str) -> None:
    answer = client.get(f"/tallies/incidents?{key}")
    assert answer.status_code in (200, 404)
    assert "<b>" not in words(parsed(answer), "//main") or "&lt;b" in answer.text


def test_what_makes_no_sense_is_named(client: TestClient) -> None:
    page = parsed(client.get("/tallies?kind=party&from=yesterday"))
    assert "kind, from" in words(page, "//p[@role='alert']")


def test_an_empty_ledger_has_voices_and_tallies_that_say_what_to_do(empty: TestClient) -> None:
    assert "parallax read" in words(parsed(empty.get("/tallies")), "//p[@class='empty']")
    assert empty.get("/tallies.json").json()["rows"] == []
    assert "No claim has been read yet" in empty.get("/voices").text
    assert empty.get("/voices/nobody").status_code == 404
