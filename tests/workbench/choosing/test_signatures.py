"""The list of incidents divided by how they stand to their signatures, as decisions change it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from parallax import pipeline, signing
from parallax.accounts.signing import Signature
from parallax.ledger.ledger import Ledger
from parallax.ledger.views import IncidentQuery
from parallax.model import Incident, Judgement, Verb
from parallax.workbench.choosing.signatures import Signatures
from tests.workbench.conftest import client_of
from tests.workbench.markup import elements, parsed, values, words


@pytest.fixture
def path(ledger_path: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "own.ledger"
    shutil.copy(ledger_path, copy)
    return copy


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


def some(ledger: Ledger, count: int) -> list[Incident]:
    rows = ledger.incidents(IncidentQuery(order="reports", limit=count)).items
    return [incident for row in rows if (incident := ledger.incident(row.id)) is not None]


def sign(ledger: Ledger, incident: Incident) -> Judgement:
    return decide(ledger, Verb.SIGN_OFF, incident.claims)


def decide(ledger: Ledger, verb: Verb, claims: tuple[str, ...]) -> Judgement:
    judgement = signing.prepared(ledger, Judgement(verb, claims, "A. Editor", "read the pages", datetime.now(UTC)))
    pipeline.decide(ledger, judgement)
    return judgement


def test_signatures_are_followed_as_decisions_are_made(ledger: Ledger) -> None:
    followed = Signatures(ledger)
    assert followed.now() == {}
    first, second, third = some(ledger, 3)
    sign(ledger, first)
    signed = sign(ledger, second)
    assert followed.now() == {first.id: Signature.SIGNED, second.id: Signature.SIGNED}
    as_it_was = followed.now()
    decide(ledger, Verb.ACCEPT, third.claims[:1])
    assert followed.now() is as_it_was
    decide(ledger, Verb.DISCOUNT, first.claims[:1])
    assert followed.now() == Signatures(ledger).now()
    assert followed.now()[first.id] is Signature.CHANGED
    pipeline.withdraw(ledger, signed.key, "A. Editor", "too early")
    assert followed.now() == Signatures(ledger).now() == {first.id: Signature.CHANGED}


def test_the_list_is_narrowed_by_signature(path: Path, ledger: Ledger) -> None:
    first, second = some(ledger, 2)
    sign(ledger, first)
    sign(ledger, second)
    decide(ledger, Verb.DISCOUNT, second.claims[:1])
    with client_of(path) as client:
        counts = facet(client)
        assert counts["signed off"] == counts["changed since it was signed off"] == 1
        for name, number in counts.items():
            assert listed(client, name) == number
        assert f"/incidents/{first.id}" in client.get("/", params={"signature": "signed off"}).text


def test_a_signature_that_is_none_is_left_out_in_words(client: TestClient) -> None:
    page = parsed(client.get("/?signature=sealed"))
    assert "signature" in words(page, "//p[@class='warn']")


def facet(client: TestClient) -> dict[str, int]:
    page = parsed(client.get("/"))
    names = elements(page, "//*[@id='facet-signature']//bdi")
    numbers = values(page, "//*[@id='facet-signature']//span[@class='n']/text()")
    return {str(name.text): int(number.replace(",", "")) for name, number in zip(names, numbers, strict=True)}


def listed(client: TestClient, signature: str) -> int:
    said = words(parsed(client.get("/", params={"signature": signature})), "//p[@class='sum']")
    return int(said.split()[0].replace(",", ""))
