"""What tests of several rooms share: the demo's dispatches, and a ledger that holds them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from parallax import pipeline
from parallax.engine.local import Local
from parallax.ledger.ledger import Ledger
from parallax.reports.fault import Fault

# A law is not broken by a busy machine; and what is tested before a change lands is the
# same each time, while other runs go on looking for new cases.
settings.register_profile("parallax", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("parallax")

ROOT = Path(__file__).parent.parent
DISPATCHES = ROOT / "demo" / "dispatches"


@pytest.fixture(scope="session")
def dispatches() -> Path:
    """The folder of the demo's dispatches."""
    return DISPATCHES


@pytest.fixture(scope="session")
def program() -> str:
    """The installed program, as a person runs it."""
    return str(Path(sys.executable).parent / "parallax")


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger into which the whole demo has been read; tests only read it."""
    path = tmp_path_factory.mktemp("demo") / "demo.ledger"
    with Ledger.open(path, create=True) as ledger:
        events = list(pipeline.read([str(DISPATCHES)], ledger, Local(1)))
    assert not [event for event in events if isinstance(event, Fault)]
    return path
