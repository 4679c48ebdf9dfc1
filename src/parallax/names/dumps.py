"""Places out of files that people keep: GeoNames dumps, CSV with named columns, GeoJSON points.

Each reader gives a place with its other names, or an `UnreadableError` for a row that
cannot be used, which says the file, the line and the mend; the rows after it go on.
"""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from parallax.errors import UnreadableError
from parallax.model import PlacePrecision
from parallax.names.bundled import usable
from parallax.names.entry import REGIONS, Entry, settlement
from parallax.names.folding import fold

Row = tuple[Entry, list[str]]

# Columns of a GeoNames dump (download.geonames.org, readme.txt).
_COLUMNS = 19
# A place on a person's own list is one that their reports name, however few live there.
LISTED = 5_000
_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "name_en", "placename"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "aliases": ("aliases", "alternatenames", "alternate_names", "other_names", "name_ar"),
    "country": ("country", "country_code", "countrycode"),
    "admin1": ("admin1", "admin1_code", "admin1code"),
    "precision": ("precision",),
    "population": ("population", "people"),
    "geonameid": ("geonameid",),
}


def rows(path: Path) -> Iterator[Row | UnreadableError]:
    """The places of a file, by its ending: .txt and .zip (GeoNames), .csv, .geojson and .json.

    Raises `UnreadableError` where the file as a whole cannot be used.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableError(
            f"{path}: not a gazetteer that is known by its ending; give a GeoNames dump (.txt, .zip), .csv or .geojson"
        )
    try:
        with path.open("rb") as stream:
            yield from reader(str(path), stream)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}; check the path and its permissions") from error


def _zipped(name: str, stream: BinaryIO) -> Iterator[Row | UnreadableError]:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [m for m in archive.namelist() if m.lower().endswith(".txt") and "readme" not in m.lower()]
            if not members:
                raise UnreadableError(f"{name}: holds no .txt file; give the archive as GeoNames has it")
            for member in members:
                with archive.open(member) as inner:
                    yield from _geonames(f"{name}, {member}", inner)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UnreadableError(f"{name}: cannot be unpacked ({error}); fetch it again") from error


def _geonames(name: str, stream: Any) -> Iterator[Row | UnreadableError]:
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        try:
            yield _dumped(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            yield UnreadableError(f"{name}, line {number}: not UTF-8 at byte {error.start}; save the file as UTF-8")
        except ValueError as error:
            yield UnreadableError(f"{name}, line {number}: {error}")


def _dumped(line: str) -> Row:
    """One line of a GeoNames dump; raises `ValueError` with the mend."""
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != _COLUMNS:
        raise ValueError(f"{len(cells)} columns where a GeoNames dump has {_COLUMNS}, parted by tabs; mend the row")
    name = cells[1].strip()
    lat, lon = _point(cells[4], cells[5])
    people = _whole(cells[14], "population")
    entry = _entry(
        name,
        lat,
        lon,
        _country(cells[8]),
        cells[10].strip() or None,
        people,
        _whole(cells[0], "geonameid") or None,
        _feature(cells[6], cells[7], people),
    )
    return entry, [other for other in (cells[2].strip(), *cells[3].split(",")) if other and usable(other)]


def _feature(kind: str, code: str, people: int) -> PlacePrecision:
    """The precision of a GeoNames feature (geonames.org/export/codes.html)."""
    if kind == "P":
        return PlacePrecision.NEIGHBOURHOOD if code == "PPLX" else settlement(people)
    if kind == "A":
        if code.startswith("PCL"):
            return PlacePrecision.COUNTRY
        level = {"1": PlacePrecision.GOVERNORATE, "2": PlacePrecision.DISTRICT}
        return level.get(code[3:4], PlacePrecision.SUBDISTRICT)
    if kind == "R":
        return PlacePrecision.STREET
    return PlacePrecision.DISTRICT if code in ("RGN", "RGNH", "RGNE") else PlacePrecision.LANDMARK


def _table(name: str, stream: BinaryIO) -> Iterator[Row | UnreadableError]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.reader(text)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        columns = _columns(header)
    except (csv.Error, ValueError) as error:
        raise UnreadableError(f"{name}, line 1: {error}") from error
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield UnreadableError(f"{name}, line {reader.line_num}: {error}; mend the row")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if any("\ufffd" in cell for cell in cells):
                raise ValueError("not UTF-8; save the file as UTF-8")
            if len(cells) != len(header):
                raise ValueError(f"{len(cells)} cells under {len(header)} column names; mend the row")
            yield _listed({slot: "|".join(cells[at] for at in places) for slot, places in columns.items()})
        except ValueError as error:
            yield UnreadableError(f"{name}, line {reader.line_num}: {error}")


def _columns(header: list[str]) -> dict[str, list[int]]:
    """Which columns hold which slot; raises `ValueError` where one that is needed is lacking."""
    found = {slot: [at for at, cell in enumerate(header) if cell in names] for slot, names in _NAMES.items()}
    for slot in ("name", "lat", "lon"):
        if not found[slot]:
            raise ValueError(f"no column {' or '.join(_NAMES[slot])}; name the columns in the first line")
    # Other names may stand in several columns; of any other slot the first column counts.
    return {slot: places if slot == "aliases" else places[:1] for slot, places in found.items() if places}


def _points(name: str, stream: BinaryIO) -> Iterator[Row | UnreadableError]:
    try:
        shape = json.loads(stream.read().decode("utf-8-sig"))
        features = shape["features"]
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name}: not JSON in UTF-8 ({error}); export it again as GeoJSON") from error
    except (KeyError, TypeError) as error:
        raise UnreadableError(f"{name}: no list of features; give a GeoJSON FeatureCollection of points") from error
    for number, feature in enumerate(features, 1):
        try:
            yield _listed(_properties(feature))
        except ValueError as error:
            yield UnreadableError(f"{name}, feature {number}: {error}")


def _properties(feature: Any) -> dict[str, str]:
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise ValueError("no geometry; give a point")
    geometry, given = feature["geometry"], feature.get("properties")
    point = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not isinstance(point, list) or len(point) < 2:
        raise ValueError(f"a {geometry.get('type')} where a Point belongs; give its middle as a point")
    lower = {str(key).lower(): value for key, value in given.items()} if isinstance(given, dict) else {}
    told: dict[str, str] = {"lon": str(point[0]), "lat": str(point[1])}
    for slot, names in _NAMES.items():
        if slot in told:
            continue
        values = [lower[name] for name in names if lower.get(name) not in (None, "")]
        if slot == "aliases":
            values = [v for value in values for v in (value if isinstance(value, list) else [value])]
            told[slot] = "|".join(map(str, values))
        elif values:
            told[slot] = str(values[0])
    return told


def _listed(told: Mapping[str, str]) -> Row:
    """A place of a person's own list; raises `ValueError` with the mend."""
    lat, lon = _point(told["lat"], told["lon"])
    given = told.get("precision", "").strip().lower()
    if given and given not in [precision.value for precision in PlacePrecision]:
        raise ValueError(f"precision {given!r} is none of {', '.join(precision.value for precision in PlacePrecision)}")
    people = _whole(told.get("population", ""), "population")
    precision = settlement(people) if people else PlacePrecision.VILLAGE
    entry = _entry(
        told.get("name", "").strip(),
        lat,
        lon,
        _country(told.get("country", "")),
        told.get("admin1", "").strip() or None,
        people or LISTED,
        _whole(told.get("geonameid", ""), "geonameid") or None,
        PlacePrecision(given) if given else precision,
    )
    others = told.get("aliases", "").replace(";", "|").split("|")
    return entry, [other.strip() for other in others if fold(other)]


def _entry(
    name: str,
    lat: float,
    lon: float,
    country: str | None,
    admin1: str | None,
    weight: int,
    geonameid: int | None,
    precision: PlacePrecision,
) -> Entry:
    if not fold(name):
        raise ValueError("no name; fill it in")
    if not name.isprintable():
        raise ValueError(f"name {name!r} holds marks that cannot be printed; take them out")
    return Entry(name, lat, lon, country, admin1, weight, geonameid, precision, precision in REGIONS)


def _point(lat: str, lon: str) -> tuple[float, float]:
    found = []
    for given, name, most in ((lat, "latitude", 90), (lon, "longitude", 180)):
        try:
            degrees = float(given)
        except ValueError:
            raise ValueError(f"{name} {given!r} is no number; give degrees such as 35.34") from None
        if not math.isfinite(degrees) or abs(degrees) > most:
            raise ValueError(f"{name} {given!r} lies outside -{most} to {most}; give degrees")
        found.append(degrees)
    return found[0], found[1]


def _whole(given: str, name: str) -> int:
    given = given.strip()
    if not given:
        return 0
    if not (given.isascii() and given.isdecimal()) or len(given) > 12:
        raise ValueError(f"{name} {given!r} is no whole number; leave it empty if it is not known")
    return int(given)


def _country(given: str) -> str | None:
    given = given.strip().upper()
    if given and not (len(given) == 2 and given.isascii() and given.isalpha()):
        raise ValueError(f"country {given!r} is no code of two letters; give one such as SY, or leave it empty")
    return given or None


_READERS: Mapping[str, Callable[[str, BinaryIO], Iterator[Row | UnreadableError]]] = {
    ".txt": _geonames,
    ".zip": _zipped,
    ".csv": _table,
    ".geojson": _points,
    ".json": _points,
}
