"""What the program prints where each report is read by itself, so that linking across reports takes no part."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from parallax import pipeline
from parallax.accounts.policies import named
from parallax.engine.local import Local
from parallax.exports import contract
from parallax.reports.lines import parse


def incidents(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The incidents of each row's report, as `parallax incidents` shapes them, under the policy `airwars`."""
    policy, engine = named("airwars"), Local()
    for number, row in enumerate(rows, start=1):
        report = parse(json.dumps(row), name="rows", number=number)
        gathering = pipeline.gather_reports([report], policy, engine)
        for incident, tally in gathering.incidents:
            yield contract.incident(incident, tally, gathering.statements, gathering.ids)
