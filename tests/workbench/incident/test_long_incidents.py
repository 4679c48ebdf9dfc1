"""An incident of many reports: its page shows the beginning of what is long, and says how much there is and where."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from parallax import pipeline
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import (
    Claim,
    Count,
    DateSource,
    Days,
    Kind,
    Mention,
    Origin,
    Place,
    PlacePrecision,
    Published,
    Report,
    Statement,
    Voice,
    VoiceType,
)
from parallax.workbench.incident.parts import ACCOUNTS, MOST_LINKS, MOST_REPORTS
from tests.workbench.conftest import client_of
from tests.workbench.markup import elements, parsed, values, words

REPORTS = 48
SYLLABLES = ("ba", "du", "ki", "lo", "me", "na", "ro", "sha", "ti", "vu", "ze")
DAY = date(1871, 5, 24)
PLACE = Place("Belleville", 48.87, 2.38, PlacePrecision.TOWN, "FR", 3034640)


def told(number: int) -> tuple[Report, list[Statement]]:
    """A report of an outlet of its own, which puts the dead of one day at a number of its own."""
    dead = 5 + number % 2
    name, at = f"Gazette {number}", DAY + timedelta(number % 4)
    chance = random.Random(number)
    own = [" ".join("".join(chance.sample(SYLLABLES, 3)) for _ in range(14)) for _ in range(2)]
    sentence = f"{own[0]} shelling in Belleville on 24 May killed {dead} people {own[1]}."
    text = f"{name}\n\n{sentence}"
    report = Report.of(
        text, id=f"gazette-{number}", title=name, outlet=name, published=Published(at, DateSource.GIVEN), language="en"
    )
    voice = Voice(name.casefold(), name, VoiceType.OUTLET)

    def mention(words: str) -> Mention:
        start = text.index(words)
        return Mention(start, start + len(words), words)

    slots = {"where": mention("Belleville"), "when": Days(DAY, DAY), "certainty": 0.9}
    counted = slots | {"count": Count(dead, dead, str(dead)), "whom": mention("people")}
    claims = [
        Claim.of(report.key, len(text) - len(sentence), len(text), Kind.SHELLING, **slots),
        Claim.of(report.key, len(text) - len(sentence), len(text), Kind.KILLED, **counted),
    ]
    return report, [Statement(one, voice, place=PLACE, outlet=name, published=at) for one in claims]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    path: Path = tmp_path_factory.mktemp("long") / "long.ledger"
    with Ledger.open(path, create=True) as ledger:
        with ledger.write() as writer:
            for number in range(REPORTS):
                report, statements = told(number)
                writer.add_report(report, None)
                writer.add_copy(report.key, (), Origin(report.key, 1.0))
                writer.add_reading(report.key, pipeline.READER, statements)
        for _ in pipeline.link_new(ledger):
            pass
        (row,) = ledger.incidents(IncidentQuery(order="reports", limit=1)).items
        assert row.reports == REPORTS
    with client_of(path) as client:
        yield client, row.id


def anchors(client: TestClient, address: str) -> list[str]:
    return values(parsed(client.get(address)), "//table[contains(@class, 'matrix')]/tbody/tr/@id")


def test_pages_of_accounts_hold_every_account_once(long: tuple[TestClient, str]) -> None:
    client, id = long
    pages = [anchors(client, f"/incidents/{id}?accounts={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [ACCOUNTS, ACCOUNTS, REPORTS - 2 * ACCOUNTS]
    every = [anchor for page in pages for anchor in page]
    assert len(set(every)) == REPORTS
    assert anchors(client, f"/incidents/{id}/parts/accounts?page=all") == every
    assert [anchors(client, f"/incidents/{id}/parts/accounts?page={number}") for number in (1, 2, 3)] == pages
    said = words(parsed(client.get(f"/incidents/{id}?accounts=2")), "//*[@id='accounts-part']/p[@class='sum']")
    assert f"{REPORTS} accounts" in said
    assert f"{ACCOUNTS + 1} to {2 * ACCOUNTS}" in said


def test_an_account_to_decide_on_is_shown_wherever_it_stands(long: tuple[TestClient, str]) -> None:
    client, id = long
    last = anchors(client, f"/incidents/{id}/parts/accounts?page=all")[-1]
    page = parsed(client.get(f"/incidents/{id}?decide={last}"))
    assert values(page, "//tr[@class='deciding']/preceding-sibling::tr[1]/@id") == [last]
    backs = values(page, "//tr[@class='deciding']//input[@name='back']/@value")
    assert backs
    assert set(backs) == {f"/incidents/{id}?policy=airwars&accounts=3#{last}"}
    assert last in anchors(client, backs[0])


def test_every_part_that_is_cut_short_says_how_much_there_is_and_leads_to_all(long: tuple[TestClient, str]) -> None:
    client, id = long
    page = client.get(f"/incidents/{id}")
    parts = sorted(set(values(parsed(page), "//a[contains(@class, 'part')]/@href")))
    assert {re.search(r"/parts/([a-z-]+)", each)[1] for each in parts} >= {"accounts", "reports", "links", "left-out"}  # type: ignore[index]
    assert f"first {MOST_REPORTS} of {REPORTS}" in page.text
    for part in parts:
        alone = client.get(part)
        assert alone.status_code == 200, part
        assert f"/incidents/{id}" in "".join(values(parsed(alone), "//main/p/a/@href"))
        piece = client.get(part, headers={"HX-Request": "true"})
        assert piece.status_code == 200
        assert "<html" not in piece.text
    reports = parsed(client.get(f"/incidents/{id}/parts/reports"))
    assert len(elements(reports, "//*[@id='reports-part']/ul/li")) == REPORTS


def test_links_are_read_when_they_are_asked_for(long: tuple[TestClient, str]) -> None:
    client, id = long
    with Ledger.open(client.app.state.ledger.name) as ledger:  # type: ignore[attr-defined]
        found = ledger.incident(id)
    assert found is not None
    assert len(found.links) > MOST_LINKS
    page = parsed(client.get(f"/incidents/{id}"))
    assert f"{len(found.links):,} links" in words(page, "//*[@id='links-part']")
    for address, shown in (("links", MOST_LINKS), ("links?all=yes", len(found.links))):
        part = parsed(client.get(f"/incidents/{id}/parts/{address}"))
        assert len(elements(part, "//ul[@class='links']/li")) == shown


def test_what_is_left_out_is_named_claim_by_claim(long: tuple[TestClient, str]) -> None:
    client, id = long
    page = parsed(client.get(f"/incidents/{id}"))
    (link, *_) = elements(page, "//p[@class='left-out']/a")
    number = int("".join(link.itertext()).split()[0])
    part = parsed(client.get(link.get("href")))
    assert len(elements(part, "//details[@class='left-out']/ul/li")) == number


@pytest.mark.parametrize("part", ["differences?type=nothing", "left-out?kind=killed&whom=nobody", "left-out?kind=%00"])
def test_a_part_that_is_not_there_is_said_to_be_missing(long: tuple[TestClient, str], part: str) -> None:
    client, id = long
    assert client.get(f"/incidents/{id}/parts/{part}").status_code in (400, 404)
    assert client.get(f"/incidents/none/parts/{part}").status_code in (400, 404)
