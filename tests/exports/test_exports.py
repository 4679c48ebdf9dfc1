"""What leaves the ledger: shapes, safe cells, coarse places, whole files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.errors import ExportError
from parallax.exports import ged_csv, incidents_csv, table
from parallax.exports.coarsen import point, radius_km, where_prec
from parallax.exports.formats import FORMATS, write
from parallax.ledger.ledger import Ledger
from parallax.model import Place, PlacePrecision


@pytest.fixture
def ledger(demo_ledger: Path, tmp_path: Path) -> Path:
    """A copy, since an export writes into the log."""
    path = tmp_path / "copy.ledger"
    path.write_bytes(demo_ledger.read_bytes())
    return path


@pytest.mark.parametrize("format", list(FORMATS))
def test_every_format_is_written_whole_and_logged(format: str, ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Ledger.open(ledger) as opened:
        number, _ = opened.head()
        written = write(opened, format, str(out), policy="airwars 1")
        assert written > 0
        assert [entry.action for entry in opened.log(limit=5) if entry.number > number] == ["export"]
    assert out.stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_claims_carry_their_quotes_and_keys(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.jsonl"
    with Ledger.open(ledger) as opened:
        write(opened, "claims-jsonl", str(out), policy="airwars 1")
        for line in out.read_text(encoding="utf-8").splitlines():
            shape = json.loads(line)
            report = opened.report(shape["key"])
            assert report is not None
            for claim in shape["claims"]:
                assert report.text[claim["start"] : claim["end"]] == claim["quote"]


def test_incidents_have_a_row_each_with_their_columns(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "incidents.csv"
    with Ledger.open(ledger) as opened:
        write(opened, "incidents-csv", str(out), policy="airwars 1")
        total = opened.counts().incidents
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert len(rows) == total
    assert set(rows[0]) == set(incidents_csv.COLUMNS)
    for row in rows:
        low, high = row["killed_all_low"], row["killed_all_high"]
        assert not (low and high) or int(low) <= int(high)


def test_events_have_deaths_and_ucdp_columns(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "ged.csv"
    with Ledger.open(ledger) as opened:
        write(opened, "ged-csv", str(out), policy="airwars 1")
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert set(rows[0]) == set(ged_csv.COLUMNS)
    assert all(int(row["high"]) > 0 for row in rows)
    assert any(row["side_a"] and row["side_b"] for row in rows)


def test_geojson_is_rfc_7946(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    with Ledger.open(ledger) as opened:
        write(opened, "geojson", str(out), policy="airwars 1")
    collection = json.loads(out.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    placed = [feature for feature in collection["features"] if feature["geometry"]]
    assert placed
    for feature in placed:
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90


def test_a_file_that_cannot_be_written_leaves_the_old_one(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("what stood before", encoding="utf-8")
    with Ledger.open(ledger) as opened:
        with pytest.raises(ExportError, match="none"):
            write(opened, "incidents-csv", str(tmp_path / "none" / "out.csv"), policy="airwars 1")
        with pytest.raises(ExportError, match="not weighed"):
            write(opened, "incidents-csv", str(out), policy="a policy of tomorrow")
    assert out.read_text(encoding="utf-8") == "what stood before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_unknown_format_names_the_known_ones(ledger: Path) -> None:
    with Ledger.open(ledger) as opened, pytest.raises(ExportError, match="geojson"):
        write(opened, "pdf", "-", policy="airwars 1")


@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = table.cell(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (text, "'" + text)


def test_numbers_stay_numbers() -> None:
    assert table.cell(-5) == "-5"
    assert table.cell(None) == ""


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(list(PlacePrecision)))
def test_places_leave_no_finer_than_they_are_known(lat: float, lon: float, precision: PlacePrecision) -> None:
    place = Place("somewhere", lat, lon, precision)
    at = point(place)
    assert at is not None
    assert all(round(value, 2) == value for value in at)
    assert radius_km(place) >= 1
    assert where_prec(place) in range(1, 8)


def test_no_place_is_no_point() -> None:
    assert point(None) is None
    assert point(Place("nowhere", None, None, PlacePrecision.TOWN)) is None
    assert where_prec(None) is None
