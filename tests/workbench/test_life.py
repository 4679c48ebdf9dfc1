"""How the pages are served beside threads that reckon: the turns of those are short while they are, and only then."""

from __future__ import annotations

import sys
from pathlib import Path

from fastapi.testclient import TestClient

from parallax.config import Settings
from parallax.ledger.ledger import Ledger
from parallax.workbench.app import create

from .conftest import BASE


def test_threads_beside_the_pages_take_short_turns(ledger_path: Path) -> None:
    before = sys.getswitchinterval()
    with Ledger.open(ledger_path) as ledger:
        with TestClient(create(ledger, Settings()), base_url=BASE) as client:
            assert client.get("/help").status_code == 200
            assert sys.getswitchinterval() <= 0.001 < before
        assert sys.getswitchinterval() == before
