"""Every claim of every report, a report a line, in the shape of `parallax claims` with its quote and keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parallax.exports import contract
from parallax.ledger.ledger import Ledger


def lines(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """One line a report, in the order of their keys."""
    for report in ledger.every_report():
        claims = [
            {
                "key": statement.claim.key,
                "quote": report.text[statement.claim.start : statement.claim.end],
                **contract.claim(statement.claim),
            }
            for statement in ledger.statements(reports=[report.key])
        ]
        yield {
            "id": report.id,
            "key": report.key,
            "title": report.title,
            "source": report.outlet,
            "date": report.published.day.isoformat() if report.published else None,
            "url": report.url,
            "lang": report.language,
            "sha256": report.capture,
            "claims": claims,
        }
