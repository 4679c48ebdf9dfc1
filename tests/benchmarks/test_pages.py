"""The ledger that pages are timed on: made from a small one, and as sound as that."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from benchmarks.pages import made
from benchmarks.pages.addresses import drawn
from benchmarks.pages.press import Press
from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from parallax.workbench.app import create


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three copies of a small one."""
    patch = pytest.MonkeyPatch()
    patch.setattr(made, "FOLDER", tmp_path_factory.mktemp("pages"))
    patch.setattr(made, "SMALL", 200)
    try:
        return made.ledger(600)
    finally:
        patch.undo()


def test_claims_stand_in_their_reports_and_the_same_seed_makes_the_same() -> None:
    told = list(Press().reports(300))
    assert told == list(Press().reports(300))
    assert sum(len(one.statements) for one in told) >= 300
    for one in told:
        for statement in one.statements:
            claim = statement.claim
            assert claim.report == one.report.key
            for mention in (claim.where, claim.who, claim.whom, claim.voice):
                if mention is not None:
                    assert one.report.text[mention.start : mention.end] == mention.text
                    assert claim.start <= mention.start <= mention.end <= claim.end


def test_a_grown_ledger_is_sound_but_for_the_keys_of_its_copies(large: Path) -> None:
    with Ledger.open(large) as ledger:
        found = Counter((flaw.table, flaw.words) for flaw in verify(ledger))
        counts = ledger.counts()
    (small,) = large.parent.glob("small-*.ledger")
    with Ledger.open(small) as ledger:
        before = ledger.counts()
    copies = counts.reports // before.reports
    assert copies >= 3
    # A report's key is the digest of what it says, and a copy says something else. Claims of a copy come in
    # another order by their keys, so that other claims of the same voices stand for what these say.
    assert {table for table, _ in found} == {"reports", "voices", "voice_numbers"}
    assert found["reports", "what it says has another key"] == counts.reports - before.reports
    for name in ("reports", "claims", "tellings", "incidents", "entries"):
        assert getattr(counts, name) == copies * getattr(before, name)


def test_every_address_that_is_asked_is_a_page_of_the_grown_ledger(large: Path) -> None:
    with Ledger.open(large) as ledger:
        client = TestClient(create(ledger, Settings()), base_url="http://localhost")
        for name, addresses in drawn(large, 3).items():
            assert addresses, name
            for address in addresses:
                assert client.get(address).status_code == 200, address
