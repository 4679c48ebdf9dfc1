"""Each rule of the design's Ranges, as a table of cases."""

from __future__ import annotations

import pytest

from parallax.model import Statement

from .cases import ends, said, tally


@pytest.mark.parametrize(
    ("statement", "policy", "expected"),
    [
        (said("monitor", 25, None, "at least 25"), "airwars", (25, 25)),
        (said("monitor", 400, None, "more than 400"), "airwars", (401, 401)),
        (said("monitor", 24, None, "dozens"), "airwars", (12, 24)),
        (said("monitor", 200, None, "hundreds"), "airwars", (100, 200)),
        (said("monitor", 24, None, "tens"), "acled", (10, 10)),
        (said("monitor", 24, None, "dozens"), "acled", (12, 12)),
        (said("monitor", 200, None, "hundreds"), "acled", (100, 100)),
        (said("monitor", whom="residents"), "airwars", (2, 2)),
        (said("monitor", whom="a family"), "airwars", (None, None)),
        (said("monitor", whom=None), "airwars", (None, None)),
        (said("monitor", 0), "airwars", (0, 0)),
        (said("monitor", None, 50, "up to 50"), "airwars", (None, 50)),
        (said("monitor", None, 50, "fewer than 50"), "airwars", (None, 49)),
        (said("monitor", 400, 600, "400 to 600"), "airwars", (400, 600)),
    ],
)
def test_words_become_numbers(statement: Statement, policy: str, expected: tuple[int | None, int | None]) -> None:
    assert ends(tally(statement, policy=policy)) == expected
