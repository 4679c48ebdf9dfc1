from __future__ import annotations

from itertools import pairwise

from parallax.claims import calibration, trained
from parallax.claims.decode import CERTAIN
from parallax.claims.repeats import Reading
from parallax.model import Kind, Scope, Stance, VictimClass


def _reading(certainty: float, **slots: float) -> Reading:
    return Reading(
        0, 1, Kind.KILLED, None, None, VictimClass.UNKNOWN, None, None, None, None, None, Stance.ASSERTED,
        Scope.EVENT, certainty, False, certainties=tuple(slots.items()),
    )  # fmt: skip


def test_certainties_are_read_between_the_knots() -> None:
    lines = {"whole": ([0.2, 0.6], [0.1, 0.5]), "who": ([0.5], [0.9]), "count none": ([0.0, 1.0], [0.0, 1.0])}
    settled = calibration.settle(_reading(0.4, who=0.3, count=0.25), lines)
    assert settled.certainty == 0.3
    assert settled.certainties == (("who", 0.9), ("count", 0.25))
    assert calibration.settle(_reading(0.99), lines).certainty == 0.5


def test_the_shipped_lines_rise_and_cover_every_slot() -> None:
    lines = trained.settings()["calibration"]
    assert set(lines) == {"whole", "count none", *CERTAIN}
    for knots, shares in lines.values():
        assert len(knots) == len(shares) > 0
        assert all(a < b for a, b in pairwise(knots))
        assert all(a <= b for a, b in pairwise(shares))
        assert all(0 <= share <= 1 for share in shares)
