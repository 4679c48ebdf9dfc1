"""What the makers of packs read in files that others publish, in forms that those publish."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.theatre import localities


def test_localities_with_a_point_come_in_with_their_arabic_and_their_division(tmp_path: Path) -> None:
    """The form of Open-Syria's schema of localities; one without a point, or withdrawn, is left out."""
    locality = {
        "id": "sy-idlib-balaklava",
        "governorateId": "sy-idlib",
        "kind": "village",
        "name": {"en": "Balaklava", "ar": "بلكلافا"},
        "aliases": [{"value": "Balaclava"}],
        "centroid": {"latitude": 35.81234, "longitude": 36.51234},
        "externalIds": {"geonames": "12"},
        "sourceIds": ["made"],
        "sourceStatus": "released",
    }
    others = [locality | {"centroid": None}, locality | {"sourceStatus": "deprecated"}, locality | {"kind": "city"}]
    path = tmp_path / "localities.json"
    path.write_text(json.dumps([locality, *others]), "utf-8")
    village, city = localities(path)
    assert (village["name"], village["lat"], village["lon"], village["admin1"]) == ("Balaklava", 35.8123, 36.5123, "12")
    assert village["aliases"] == ["بلكلافا", "Balaclava"]
    assert (village["precision"], city["precision"]) == ("village", "town")
