"""The map's places, heaps and areas, the table that says the same, and the one host that tiles may come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from parallax.config import Settings, load
from parallax.errors import SettingsError
from parallax.ledger.ledger import Ledger
from parallax.workbench.app import POLICY, create, policy
from tests.workbench.conftest import BASE
from tests.workbench.markup import elements, parsed, values, words

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


def told(client: TestClient, address: str = "/map.json") -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_map_and_its_table_hold_the_same(client: TestClient) -> None:
    page = parsed(client.get("/map"))
    rows = elements(page, "//table[contains(@class, 'stack')]/tbody/tr")
    table = sorted((words(row, "./td[1]/bdi"), int(words(row, "./td[4]"))) for row in rows)
    near = told(client, "/map.json?z=14")
    drawn = [(mark["name"], mark["n"]) for mark in (*near["places"], *near["areas"])]
    drawn += [(name, number) for heap in near["heaps"] for _, name, number in heap["keys"]]
    assert sorted(drawn) == table
    assert sum(number for _, number in table) == near["placed"] == near["total"] - near["unplaced"]


def test_heaps_hold_what_places_would(client: TestClient) -> None:
    far, near = told(client, "/map.json?z=0"), told(client, "/map.json?z=14")
    assert far["placed"] == near["placed"]
    assert len(far["heaps"]) >= 1
    for view in (far, near):
        assert sum(each["n"] for each in (*view["heaps"], *view["places"], *view["areas"])) == view["placed"]


def test_places_are_no_finer_than_a_kilometre_or_so(client: TestClient) -> None:
    near = told(client, "/map.json?z=14")
    for mark in (*near["places"], *near["areas"]):
        assert round(mark["lat"], 2) == mark["lat"]
        assert round(mark["lon"], 2) == mark["lon"]
        assert mark["km"] >= 1


def test_a_place_lists_its_incidents(client: TestClient) -> None:
    mark = max(told(client, "/map.json?z=14")["places"], key=lambda each: each["n"])
    here = told(client, f"/map/incidents.json?at={mark['key']}")
    assert here["total"] == mark["n"] == len(here["incidents"])
    for each in here["incidents"]:
        assert client.get(f"/incidents/{each['id']}").status_code == 200


def test_a_day_of_playback_holds_what_the_list_holds(client: TestClient) -> None:
    frame = told(client, "/map.json?from=1854-10-25&to=1854-10-25")
    listed = words(parsed(client.get("/?from=1854-10-25&to=1854-10-25")), "//p[@class='sum']")
    assert int(listed.split()[0]) == frame["total"] > 0
    assert frame["killed"]
    assert told(client, "/map.json?from=1700-01-01&to=1700-01-01")["total"] == 0


def test_the_map_shows_what_lies_beside_its_own_box(client: TestClient) -> None:
    box = "33.4,44.5,33.7,44.7"
    assert told(client, f"/map.json?box={box}")["total"] == told(client)["total"]
    narrow = parsed(client.get(f"/?box={box}"))
    assert 0 < int(words(narrow, "//p[@class='sum']").split()[0]) < told(client)["total"]
    assert values(narrow, "//*[@id='atlas-choice']/@data-box") == [box]


@pytest.mark.parametrize(
    "query", ["z=x", "z=-1", "z=99999", "z=٣", "view=1,2", "view=a,b,c,d", "view=nan,0,1,1", "z=3&view=" + "9" * 500]
)
def test_a_view_that_makes_no_sense_is_the_world(client: TestClient, query: str) -> None:
    assert told(client, f"/map.json?{query}")["placed"] == told(client)["placed"]


def test_an_empty_ledger_has_an_empty_map(empty: TestClient) -> None:
    assert told(empty)["total"] == 0
    assert empty.get("/map").status_code == 200


def test_tiles_come_from_the_one_host_that_is_set(ledger_path: Path) -> None:
    with Ledger.open(ledger_path) as ledger:
        client = TestClient(create(ledger, Settings(tiles=TILES, tiles_credit="<b>Example</b>")), base_url=BASE)
        page = client.get("/map")
        rules = page.headers["content-security-policy"]
        assert client.get("/static/nothing").headers["content-security-policy"] == rules
    assert values(parsed(page), "//*[@id='atlas']/@data-tiles") == [TILES]
    assert values(parsed(page), "//*[@id='atlas']/@data-credit") == ["<b>Example</b>"]
    named = [rule for rule in rules.split("; ") if "tiles.example.org" in rule]
    assert sorted(rule.split()[0] for rule in named) == ["connect-src", "img-src"]
    assert rules.replace(" https://tiles.example.org", "").count("http") == 0
    assert sorted(POLICY.split("; ")) == sorted(rules.replace(" https://tiles.example.org", "").split("; "))
    assert policy("") == POLICY


@pytest.mark.parametrize(
    "given",
    [
        TILES,
        "http://127.0.0.1:8080/{z}/{x}/{y}",
        "https://a.example.org/t/{z}/{x}/{y}@2x.png?key=abc",
    ],
)
def test_an_address_of_tiles_is_taken(given: str) -> None:
    assert load({"PARALLAX_TILES": f" {given} "}).tiles == given
    assert load({}).tiles == ""


@pytest.mark.parametrize(
    "given",
    [
        "tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://{s}.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org; script-src *;/{z}/{x}/{y}",
        "https://tiles.example.org,x/{z}/{x}/{y}",
        "https://name:word@tiles.example.org/{z}/{x}/{y}",
        "javascript:alert(1)/{z}/{x}/{y}",
        "https:///{z}/{x}/{y}",
        "https://*/{z}/{x}/{y}",
    ],
)
def test_what_is_no_address_of_tiles_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="PARALLAX_TILES"):
        load({"PARALLAX_TILES": given})
