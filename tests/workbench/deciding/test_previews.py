"""What a decision changes is told of each incident once: as it was and as it is, whatever its id becomes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parallax import pipeline
from parallax.ledger.ledger import Ledger
from parallax.model import Judgement, Verb
from parallax.pipeline import Decided


@pytest.fixture
def ledger(ledger_path: Path, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(shutil.copy(ledger_path, tmp_path / "previews.ledger")) as ledger:
        yield ledger


def tried(ledger: Ledger) -> Iterator[Decided]:
    """A claim of each of the smaller incidents, moved in thought to where and when another incident was."""
    every = sorted((incident for incident, _, _ in ledger.walk()), key=lambda one: (len(one.claims), one.id))
    largest = every[-1]
    assert largest.where is not None
    assert largest.when is not None
    for incident in every[:20]:
        for slot, value in (("where", largest.where.name), ("when", largest.when.first.isoformat())):
            claims, at = incident.claims[:1], datetime.now(UTC)
            yield pipeline.preview(
                ledger, Judgement(Verb.CORRECT, claims, "A. Coder", "as a later page says", at, slot, value)
            )


def test_an_incident_stands_in_one_line_before_and_after(ledger: Ledger) -> None:
    moved = 0
    for told in tried(ledger):
        before = {weighed.incident.id: set(weighed.incident.claims) for weighed in told.before}
        after = {weighed.incident.id: set(weighed.incident.claims) for weighed in told.after}
        pairs = {(change.before, change.after) for change in told.changes}
        for side in (0, 1):
            named = [pair[side] for pair in pairs if pair[side] is not None]
            assert len(named) == len(set(named))
        assert all(one == other for one, other in pairs if one in after or other in before)
        # Of what shares claims, nothing is left over on both sides.
        gone = [one for one, other in pairs if one is not None and other is None]
        new = [other for one, other in pairs if other is not None and one is None]
        assert not [(one, other) for one in gone for other in new if before[one] & after[other]]
        moved += len(before) > 1
    assert moved >= 3
