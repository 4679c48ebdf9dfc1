"""How often a reading of this certainty proves right: the network's numbers as honest ones.

For the whole claim and for each slot a rising line, fitted on annotated reports that nothing was
trained on (isotonic regression: Zadrozny and Elkan 2002, "Transforming classifier scores into
accurate multiclass probability estimates"), read between its knots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from parallax.claims.repeats import Reading

WHOLE = "whole"
Lines = Mapping[str, tuple[Sequence[float], Sequence[float]]]


def settle(reading: Reading, lines: Lines) -> Reading:
    """The reading with its certainties read off the lines, rounded to thousandths."""
    return replace(
        reading,
        certainty=_read(lines, WHOLE, reading.certainty),
        certainties=tuple((slot, _read(lines, name(reading, slot), sure)) for slot, sure in reading.certainties),
    )


def name(reading: Reading, slot: str) -> str:
    """The line of a slot: a number that is given and one that is not are sure in different ways."""
    return f"{slot} none" if slot == "count" and reading.count is None else slot


def _read(lines: Lines, line: str, sure: float) -> float:
    knots, shares = lines[line]
    return round(float(np.interp(sure, knots, shares)), 3)
