"""Every claim of every report, a report a line, in the shape of `parallax claims` with its quote and keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parallax.exports import contract
from parallax.exports.walk import Leaving
from parallax.model import Report


def lines(leaving: Leaving) -> Iterator[dict[str, Any]]:
    """One line a report, in the order of their keys; a line that is not to be published says so."""
    for report, statements in leaving.reports():
        yield {
            "id": report.id,
            "key": report.key,
            "title": report.title,
            "source": report.outlet,
            "date": report.published.day.isoformat() if report.published else None,
            "url": report.url,
            "lang": report.language,
            "sha256": report.capture,
            "claims": [
                {
                    "key": statement.claim.key,
                    "quote": _quote(leaving, report, statement.claim.start, statement.claim.end),
                    **contract.claim(statement.claim),
                }
                for statement in statements
            ],
        } | ({"internal": True} if leaving.internal else {})


def _quote(leaving: Leaving, report: Report, start: int, end: int) -> str | None:
    """The words of a claim; None where the report's text is withheld to protect a source."""
    return None if report.key in leaving.redaction.reach.reports else report.text[start:end]
