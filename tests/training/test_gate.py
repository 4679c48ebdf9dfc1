from __future__ import annotations

import json

from parallax.claims.decode import CERTAIN
from training.gate import FLOORS, fallen


def test_a_figure_below_its_floor_is_named_and_a_missing_one_too() -> None:
    floors = {"found": 0.7, "core": 0.5, "slot who": 0.6}
    assert fallen(floors, {"found": 0.7, "core": 0.499, "slot who": 0.9}) == []
    (words,) = fallen(floors, {"found": 0.65, "core": 0.5, "slot who": 0.6})
    assert words.startswith("found: 0.6500")
    assert len(fallen(floors, {})) == 3


def test_the_floors_kept_name_the_data_and_every_slot() -> None:
    kept = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert len(kept["data"]) == 64
    slots = {name for name in kept["floors"] if name.startswith("slot ")}
    assert slots == {f"slot {name}" for name in CERTAIN}
    assert {"found", "core", "full", "harm found", "harm core"} <= set(kept["floors"])
    assert all(0 < floor < 1 for floor in kept["floors"].values())
