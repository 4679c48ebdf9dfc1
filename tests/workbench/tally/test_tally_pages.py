"""A tally of many rows stands on several pages, whose sums and chart are those of all rows."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from parallax.workbench.tally import tallies
from tests.workbench.markup import parsed, values, words


@pytest.mark.parametrize("by", ["actor", "month", "division"])
def test_every_row_stands_on_one_page(client: TestClient, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    whole = parsed(client.get(f"/tallies?by={by}"))
    every = values(whole, "//table[contains(@class, 'tally')]/tbody/tr/th/a[1]/@href")
    assert len(every) > 2
    monkeypatch.setattr(tallies, "ROWS", 2)
    found: list[str] = []
    for number in range(1, -(-len(every) // 2) + 1):
        page = parsed(client.get(f"/tallies?by={by}&page={number}"))
        found += values(page, "//table[contains(@class, 'tally')]/tbody/tr/th/a[1]/@href")
        assert f"of {len(every)}" in words(page, "//p[@class='sum'][last()]")
        assert values(page, "//figure/@data-spec") == values(whole, "//figure/@data-spec")
        for part in ("//table[contains(@class, 'tally')]/tfoot", "//p[@class='sum'][1]"):
            assert words(page, part) == words(whole, part)
    assert found == every
    files = csv.DictReader(io.StringIO(client.get(f"/tallies.csv?by={by}").text.lstrip("\ufeff")))
    assert len(list(files)) == len(every)
