"""Make the packs of Syria and Iraq, and of the towns around, from open data and from a list of our own.

    .venv/bin/python -m scripts.theatre ../shared/geo [--geonames SY.zip --geonames IQ.zip]

The folder holds what these publish: Open-Syria's `governorates.json`, `districts.json` and
`subdistricts.json` (CC BY 4.0), OCHA's `hdx-pcodes-adm-1-2.csv` (CC BY 3.0 IGO), and the Countries
States Cities database's `cities/XX.json` (ODbL 1.0). `scripts/written/places.csv` is a list of our own.
`one.csv` and `two.csv` beside it are what a language model wrote from memory (`agreed`). With GeoNames' dumps of
the countries (CC BY 4.0, download.geonames.org), or Open-Syria's `localities.json` (its 7,605 towns and
villages, CC BY 4.0), every village of theirs comes in too, and what memory has of it stays out. No set that
benchmarks measure on is read.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from parallax.errors import UnreadableError
from parallax.model import PlacePrecision
from parallax.names import dumps
from parallax.names.bundled import bundled
from parallax.names.entry import Entry, settlement
from parallax.names.folding import fold, skeleton
from parallax.names.likeness import Spelling
from scripts import agreed

ROOT = Path(__file__).resolve().parent
PACKS = ROOT.parent / "src" / "parallax" / "names" / "packs"
COLUMNS = ("name", "lat", "lon", "precision", "country", "admin1", "geonameid", "weight", "aliases")
# GeoNames' codes of first-level divisions, by the governorate's id at Open-Syria and by OCHA's P-code.
SYRIA = {
    "sy-al-hasakah": "01", "sy-latakia": "02", "sy-quneitra": "03", "sy-raqqa": "04", "sy-as-suwayda": "05",
    "sy-daraa": "06", "sy-deir-ez-zor": "07", "sy-rif-dimashq": "08", "sy-aleppo": "09", "sy-hama": "10",
    "sy-homs": "11", "sy-idlib": "12", "sy-damascus": "08", "sy-tartus": "14",
}  # fmt: skip
IRAQ = {
    "IQG01": ("01", ["Anbar", "الأنبار"]),
    "IQG02": ("02", ["Basra Province", "Basra", "البصرة"]),
    "IQG03": ("03", ["Muthanna", "المثنى"]),
    "IQG04": ("17", ["Najaf", "النجف"]),
    "IQG05": ("04", ["Qadisiyah", "Al-Qadisiyyah", "القادسية"]),
    "IQG06": ("05", ["Sulaymaniyah", "Sulaimaniyah", "السليمانية"]),
    "IQG07": ("06", ["Babil", "Babylon", "بابل"]),
    "IQG08": ("07", ["Baghdad", "بغداد"]),
    "IQG09": ("08", ["Dohuk", "دهوك"]),
    "IQG10": ("10", ["Diyala", "ديالى"]),
    "IQG11": ("11", ["Erbil", "Irbil", "Arbil", "أربيل"]),
    "IQG12": ("12", ["Karbala", "كربلاء"]),
    "IQG13": ("13", ["Kirkuk", "At-Tamim", "كركوك"]),
    "IQG14": ("14", ["Maysan", "Missan", "ميسان"]),
    "IQG15": ("15", ["Nineveh", "Ninawa", "Nineveh Plains", "نينوى"]),
    "IQG16": ("18", ["Salahaddin", "Salahuddin", "Saladin", "Salah ad-Din", "صلاح الدين"]),
    "IQG17": ("09", ["Dhi Qar", "ذي قار"]),
    "IQG18": ("16", ["Wasit", "واسط"]),
}
# Prominence, of the order of people, where a division's people are not what makes it known.
DISTRICT, SUBDISTRICT = 20_000, 1_000
FORMAL = (
    "Governorate",
    "District",
    "Subdistrict",
    "Nahiyat",
    "Nāḩiyat",
    "Mintaqat",
    "ناحية",
    "منطقة",
    "محافظة",
    "نواح",
)
TOWNS = ("LB", "LY", "PS", "SD", "YE")
NEAREST_KM = 60.0


def main() -> None:
    """Write the packs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the open data, as the first lines say")
    survey = parser.add_mutually_exclusive_group()
    survey.add_argument(
        "--geonames", type=Path, action="append", default=[], help="a GeoNames dump, as often as need be"
    )
    survey.add_argument("--localities", type=Path, help="Open-Syria's localities.json: every town and village")
    given = parser.parse_args()
    known = [(entry, called) for entry, called in bundled(theatre=False) if entry.country in ("SY", "IQ")]
    divisions = [*_syrian(given.folder, known), *_iraqi(given.folder, known)]
    source = "Open-Syria (CC BY 4.0; after OCHA, geoBoundaries and GeoNames); OCHA P-codes (CC BY 3.0 IGO); GeoNames"
    _write("places-theatre-divisions", f"{source} (CC BY 4.0)", True, divisions)
    points = [row for row in divisions if row["precision"] == "subdistrict" or row["country"] == "IQ"]
    points += [_row(entry, []) for entry, _ in known if entry.admin1]
    listed = [_placed(row, points) for row in _own(ROOT / "written" / "places.csv")]
    _write(
        "places-theatre-list", "Written for Parallax: centres and spellings, right to a few kilometres", True, listed
    )
    towns = [row for country in ("SY", "IQ") for row in _cities(given.folder / "cities" / f"{country}.json")]
    towns = [_placed(row, points) for row in towns]
    cities = "Countries States Cities database (ODbL 1.0): towns with their Arabic names"
    _write("places-theatre-towns", cities, False, towns)
    around = [row for country in TOWNS for row in _cities(given.folder / "cities" / f"{country}.json")]
    _write("places-towns", cities, False, around)
    surveyed = [*localities(given.localities)] if given.localities else []
    _write("places-theatre-localities", "Open-Syria (CC BY 4.0; after OCHA and GeoNames)", False, surveyed)
    villages = [row for path in given.geonames for row in _dumped(path)]
    _write("places-theatre-villages", "GeoNames (CC BY 4.0)", False, villages)
    writings = ROOT / "written"
    both = agreed.agreed(agreed.read(writings / "one.csv"), agreed.read(writings / "two.csv"))
    listed_already = agreed.Spelled((_entry(row), row["aliases"]) for row in (*surveyed, *villages))
    both = (found for found in both if listed_already.same(found[0]) is None)
    standing = [(entry, called) for entry, called in known if entry.country == "SY" and not entry.region]
    standing += [(_entry(row), row["aliases"]) for row in (*listed, *towns) if row["country"] == "SY"]
    recalled = agreed.named_as(both, agreed.Spelled(standing))
    words = "Written for Parallax by a language model from memory, twice over; kept where both agree within 5 km"
    rows = [_placed(_row(entry, _tidy(entry.name, called)), points) for entry, called in recalled]
    _write("places-theatre-recalled", words, False, rows)


def _write(name: str, source: str, preferred: bool, rows: Iterable[Mapping[str, Any]]) -> None:
    path = PACKS / f"{name}.json"
    lines = [json.dumps([row.get(column) for column in COLUMNS], ensure_ascii=False) for row in rows]
    head = f'{{"source":{json.dumps(source)},\n"preferred":{json.dumps(preferred)},\n"columns":{json.dumps(COLUMNS)},\n'
    body = '"places":[\n' + ",\n".join(lines) + "\n]}\n"
    if not lines:
        path.unlink(missing_ok=True)
        return
    path.write_text(head + body, encoding="utf-8")
    print(f"{name}: {len(lines)} places")


def _row(entry: Entry, aliases: Sequence[str]) -> dict[str, Any]:
    row = {column: getattr(entry, column) for column in COLUMNS[:-1]}
    return {**row, "precision": entry.precision.value, "aliases": list(aliases)}


def _entry(row: Mapping[str, Any]) -> Entry:
    own = {column: row[column] for column in COLUMNS[:-1]}
    return Entry(**own | {"precision": PlacePrecision(row["precision"])})


def _syrian(folder: Path, known: Sequence[tuple[Entry, list[str]]]) -> Iterator[dict[str, Any]]:
    """Open-Syria's divisions, with OCHA's spellings, and the spellings of the town that each is named for."""
    codes = {row["P-Code"]: row["Name"] for row in _codes(folder, "SYR")}
    seats = _seats("SY", known)
    for kind, weight in (("governorate", 0), ("district", DISTRICT), ("subdistrict", SUBDISTRICT)):
        for told in json.loads((folder / f"{kind}s.json").read_text("utf-8")):
            name, point, ids = told["name"], told["centroid"], told["externalIds"]
            others = [name["ar"], codes.get(ids.get("ochaPcode", ""), "")]
            others += [alias["value"] for alias in told["aliases"] if alias["type"] != "formal"]
            row = {
                "name": name["en"],
                "lat": round(point["latitude"], 4),
                "lon": round(point["longitude"], 4),
                "precision": kind,
                "country": "SY",
                "admin1": SYRIA[told.get("governorateId", told["id"])],
                "geonameid": int(ids["geonames"]) if ids.get("geonames") else None,
                "weight": weight or told["population"]["value"],
            }
            if kind == "governorate":
                others += _seat_names(row, seats)
            yield {**row, "aliases": _tidy(name["en"], others)}


def _iraqi(folder: Path, known: Sequence[tuple[Entry, list[str]]]) -> Iterator[dict[str, Any]]:
    """OCHA's governorates and districts of Iraq, each at the middle of GeoNames' towns in it or at its seat."""
    towns: dict[str, list[Entry]] = defaultdict(list)
    for entry, _ in known:
        if entry.country == "IQ" and entry.admin1:
            towns[entry.admin1].append(entry)
    seats = _seats("IQ", known)
    for row in _codes(folder, "IRQ"):
        admin1, others = IRAQ[row["P-Code"][:5]]
        name = row["Name"]
        at: dict[str, Any] = {"name": name, "country": "IQ", "admin1": admin1, "geonameid": None}
        if row["Admin Level"] == "1":
            lat = sum(entry.lat or 0 for entry in towns[admin1]) / len(towns[admin1])
            lon = sum(entry.lon or 0 for entry in towns[admin1]) / len(towns[admin1])
            people = sum(entry.weight for entry in towns[admin1])
            at |= {"lat": round(lat, 2), "lon": round(lon, 2), "precision": "governorate", "weight": people}
            yield {
                **at,
                "name": others[0] if others[0].isascii() else name,
                "aliases": _tidy(others[0], [name, *others]),
            }
            continue
        seat = next((e for e, _ in seats.get(skeleton(name), []) if e.admin1 == admin1), None)
        if seat is not None:
            at |= {"lat": seat.lat, "lon": seat.lon, "precision": "district", "weight": DISTRICT}
            yield {**at, "aliases": _tidy(name, [seat.name])}


def _codes(folder: Path, country: str) -> Iterator[dict[str, str]]:
    with (folder / "hdx-pcodes-adm-1-2.csv").open(encoding="utf-8", newline="") as lines:
        yield from (row for row in csv.DictReader(lines) if row["Location"] == country)


def _seats(country: str, known: Sequence[tuple[Entry, list[str]]]) -> dict[str, list[tuple[Entry, list[str]]]]:
    """GeoNames' towns of a country by the skeletons of their names."""
    seats: dict[str, list[tuple[Entry, list[str]]]] = defaultdict(list)
    for entry, called in known:
        if entry.country == country:
            for bare in {skeleton(name) for name in (entry.name, *called) if fold(name).isascii()}:
                seats[bare].append((entry, called))
    return seats


def _seat_names(row: Mapping[str, Any], seats: Mapping[str, list[tuple[Entry, list[str]]]]) -> list[str]:
    """The Latin spellings of the town that a governorate is named for; no name that is another one, such as Berea."""
    near = [(e, called) for e, called in seats.get(skeleton(row["name"]), []) if e.admin1 in (row["admin1"], "13")]
    _, called = max(near, key=lambda pair: pair[0].weight, default=(None, []))
    own = Spelling.of(row["name"])
    return [name for name in called if fold(name).isascii() and own.slips(Spelling.of(name)) is not None]


def _own(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {
                **row,
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
                "precision": PlacePrecision(row["precision"]).value,
                "weight": int(row["weight"]),
                "admin1": None,
                "geonameid": None,
                "aliases": _tidy(row["name"], row["aliases"].split("|")),
            }


def _placed(row: dict[str, Any], points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The row with the first-level division of the nearest place that has one, unless none is near or two are."""
    if row["precision"] in ("governorate", "district"):
        return row
    across = math.cos(math.radians(row["lat"]))
    near = sorted(
        (111.2 * math.hypot(at["lat"] - row["lat"], (at["lon"] - row["lon"]) * across), at["admin1"])
        for at in points
        if at["country"] == row["country"]
    )[:3]
    if not near or near[0][0] > NEAREST_KM:
        return row
    codes = [code for _, code in near]
    return {**row, "admin1": max(codes, key=lambda code: (codes.count(code), -codes.index(code)))}


def _cities(path: Path) -> Iterator[dict[str, Any]]:
    for told in json.loads(path.read_text("utf-8")):
        if told["type"] in ("district", "section", "destroyed"):
            continue
        people = told["population"] or 0
        native = told["native"] or ""
        yield {
            "name": told["name"],
            "lat": round(float(told["latitude"]), 4),
            "lon": round(float(told["longitude"]), 4),
            "precision": settlement(people).value,
            "country": told["country_code"],
            "admin1": None,
            "geonameid": None,
            "weight": people,
            "aliases": [native] if "\u0600" <= native[:1] < "\u0700" else [],
        }


def localities(path: Path) -> Iterator[dict[str, Any]]:
    """Open-Syria's populated places that have a point; `kind` is a city's, a town's, a village's or a locality's."""
    weights = {"city": 50_000, "town": 5_000}
    for told in json.loads(path.read_text("utf-8")):
        name, point = told["name"], told["centroid"]
        if point is None or told["sourceStatus"] == "deprecated":
            continue
        people = weights.get(told["kind"], 500)
        others = [name.get("ar", ""), *(alias["value"] for alias in told["aliases"])]
        yield {
            "name": name["en"],
            "lat": round(point["latitude"], 4),
            "lon": round(point["longitude"], 4),
            "precision": settlement(people).value,
            "country": "SY",
            "admin1": SYRIA[told["governorateId"]],
            "geonameid": None,  # with an id it would stand beside our point for it, not in one with it
            "weight": people,
            "aliases": _tidy(name["en"], others),
        }


def _dumped(path: Path) -> Iterator[dict[str, Any]]:
    for row in dumps.rows(path):
        if isinstance(row, UnreadableError):
            print(row)
        elif row[0].precision in (PlacePrecision.VILLAGE, PlacePrecision.TOWN, PlacePrecision.NEIGHBOURHOOD):
            yield _row(*row)


def _tidy(name: str, others: Iterable[str]) -> list[str]:
    """Other names, each spelling once, the words for a division left out."""
    seen, kept = {fold(name), ""}, []
    for other in others:
        other = other.strip()
        if fold(other) not in seen and not any(word in other for word in FORMAL):
            seen.add(fold(other))
            kept.append(other)
    return kept


if __name__ == "__main__":
    main()
