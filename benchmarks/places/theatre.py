"""Names of places in Syria with their region, as two coded sets have them, put to `parallax places`' own function.

Each name becomes a report of one line, "NAME, REGION", and the first place with coordinates that is
read within the name is held against the coded point: right within 10 km. Names are told apart by
spelling; the half of them that rules may be tuned on, and the half that only measures, are told
apart by a digest of the name. No pack is made from either set.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from parallax.model import Place, Report, kilometres
from parallax.names import places
from parallax.names.gazetteer import Gazetteer, load

RIGHT_KM = 10.0


@dataclass(frozen=True, slots=True)
class Named:
    """A place as a set has it: its name, its region, its point, whether it is a village, and how many rows name it."""

    name: str
    region: str
    lat: float
    lon: float
    village: bool
    rows: int = 1

    @property
    def tuning(self) -> bool:
        """Whether rules may be tuned on it."""
        return hashlib.sha256(self.name.lower().encode()).digest()[0] % 2 == 0


def airwars(path: Path) -> list[Named]:
    """The places of `airwars-syria-incidents.jsonl` that have a point: `location_en` with `region`."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row.get("lat") is not None and row.get("location_en"):
                village = row.get("geo_accuracy") == "village"
                found.append(Named(row["location_en"], row.get("region") or "", row["lat"], row["lon"], village))
    return gathered(found)


def ucdp(path: Path) -> list[Named]:
    """The places of `ucdp-ged-syria.csv` known to the place or its nearness (`where_prec` 1, 2): with `adm_1`."""
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = row["where_coordinates"]
            if name and row["where_prec"] in ("1.0", "2.0"):
                village = name.endswith(" village")
                found.append(Named(name, row["adm_1"], float(row["latitude"]), float(row["longitude"]), village))
    return gathered(found)


def gathered(named: Iterable[Named]) -> list[Named]:
    """One of each name and region, as first coded, with the number of rows."""
    first: dict[tuple[str, str], Named] = {}
    times: dict[tuple[str, str], int] = {}
    for each in named:
        key = (each.name, each.region)
        first.setdefault(key, each)
        times[key] = times.get(key, 0) + 1
    return [Named(each.name, each.region, each.lat, each.lon, each.village, times[key]) for key, each in first.items()]


def resolved(named: Named, gazetteer: Gazetteer) -> Place | None:
    """The first place with coordinates that is read within the name; None where there is none."""
    text = f"{named.name}, {named.region}" if named.region else named.name
    for found in places.find(Report.of(text), gazetteer):
        if found.mention.start < len(named.name) and found.place is not None and found.place.lat is not None:
            return found.place
    return None


def figures(named: list[Named], away: dict[Named, float | None]) -> str:
    """One line: the share of names and of rows that are right, and how far the places given are off."""
    rows = sum(each.rows for each in named)
    right = [each for each in named if (far := away[each]) is not None and far <= RIGHT_KM]
    given = [far for each in named if (far := away[each]) is not None]
    return (
        f"right {len(right) / len(named):.3f} of {len(named)} names, {sum(each.rows for each in right) / rows:.3f} of "
        f"{rows} rows; given {len(given)}, of these right {len(right) / len(given) if given else 0:.3f}, "
        f"median {median(given) if given else math.nan:.1f} km off"
    )


def lines(named: list[Named]) -> Iterator[str]:
    """The figures with the theatre's packs and without, each for the tuning and the measuring half."""
    for words, gazetteer in (("with the pack", load()), ("without", load(theatre=False))):
        away: dict[Named, float | None] = {}
        for each in named:
            place = resolved(each, gazetteer)
            away[each] = None if place is None else kilometres(each, place)
        for half, tuning in (("measured half", False), ("tuning half", True)):
            for kind in ("villages", "all"):
                part = [each for each in named if each.tuning is tuning and (each.village or kind == "all")]
                if part:
                    yield f"  {words}, {half}, {kind}: {figures(part, away)}"
