"""Shares of right counts do not hang on one draw of ties."""

from __future__ import annotations

from pathlib import Path

from benchmarks.incidents.__main__ import DRAWS, over_ties

MEASURE = """
import os, sys
seed = int(os.environ["PYTHONHASHSEED"])
print("2 reports, 1 incidents, 1 read; B-cubed F1 1.000")
if "--each" in sys.argv:
    print("a killed published 2 read {}")
print(f"killed: exact {0.5 if seed % 2 else 0.6:.3f} of 10")
print("injured: exact 0.700 of 10")
"""


def test_a_share_is_the_mean_over_the_draws_with_its_least_and_most(tmp_path: Path) -> None:
    measure = tmp_path / "measure.py"
    measure.write_text(MEASURE, encoding="utf-8")
    assert DRAWS % 2 == 0
    assert over_ties(measure, tmp_path, tmp_path).splitlines() == [
        "2 reports, 1 incidents, 1 read; B-cubed F1 1.000",
        "killed: exact 0.550 of 10, 0.500 to 0.600 by how ties fall",
        "injured: exact 0.700 of 10, 0.700 to 0.700 by how ties fall",
    ]
    assert "a killed published 2 read {}" in over_ties(measure, tmp_path, tmp_path, each=True).splitlines()
