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
from parallax.exports.walk import Row
from parallax.ledger.ledger import Ledger
from parallax.model import Bound, Grade, Incident, Kind, Place, PlacePrecision, Range, Tally


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
        written = write(opened, format, str(out), policy="airwars 4", internal=True)
        assert written.rows > 0
        assert [entry.action for entry in opened.log(limit=5) if entry.number > number] == ["export"]
    assert out.stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_claims_carry_their_quotes_and_keys(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.jsonl"
    with Ledger.open(ledger) as opened:
        write(opened, "claims-jsonl", str(out), policy="airwars 4", internal=True)
        for line in out.read_text(encoding="utf-8").splitlines():
            shape = json.loads(line)
            report = opened.report(shape["key"])
            assert report is not None
            for claim in shape["claims"]:
                assert report.text[claim["start"] : claim["end"]] == claim["quote"]


def test_incidents_have_a_row_each_with_their_columns(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "incidents.csv"
    with Ledger.open(ledger) as opened:
        write(opened, "incidents-csv", str(out), policy="airwars 4", internal=True)
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
        write(opened, "ged-csv", str(out), policy="airwars 4", internal=True)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert set(rows[0]) == set(ged_csv.COLUMNS)
    assert all(int(row["high"]) > 0 for row in rows)
    assert any(row["side_a"] and row["side_b"] for row in rows)
    assert tuple(rows[0])[-4:] == ("other_sides", "deaths_other", "note", "sign_off")
    for row in rows:
        if row["best"] and not row["note"]:
            assert sum(int(row[column] or 0) for column in DEATHS) == int(row["best"])
    assert any(row["best"] and not row["note"] for row in rows)


DEATHS = ("deaths_a", "deaths_b", "deaths_other", "deaths_civilians", "deaths_unknown")


def event(**best: int | None) -> dict[str, table.Cell]:
    """The event of an incident with these best numbers of killed, by class or `side_NAME`."""

    def spread(whom: str, number: int | None) -> Range:
        bound = Bound(number, "as said")
        return Range(Kind.KILLED, whom, bound, Bound(number or 1, "as said"), bound)

    ranges = tuple(spread(whom.replace("side_", "side: "), number) for whom, number in best.items())
    incident = Incident("incident-1", (), (), (Kind.KILLED,), None, None)
    tally = Tally("incident-1", "ucdp 4", ranges, Grade.WEAK, "", None, (), (), (), 1, 1)
    (found,) = ged_csv.rows([Row(incident, tally, {}, {})])
    return found


def test_no_side_is_dropped_and_the_two_with_most_deaths_are_a_and_b() -> None:
    found = event(side_Britain=362, side_France=60, side_Russia=1200, side_Turkey=None, all=1622)
    assert (found["side_a"], found["deaths_a"]) == ("Russia", 1200)
    assert (found["side_b"], found["deaths_b"]) == ("Britain", 362)
    assert (found["other_sides"], found["deaths_other"]) == ("France: 60; Turkey: unknown", 60)
    assert (found["deaths_unknown"], found["note"]) == (0, None)


def test_nobody_is_counted_twice() -> None:
    found = event(side_Russia=1200, unknown=1200, civilian=12, all=1300)
    assert (found["deaths_a"], found["deaths_civilians"], found["deaths_unknown"]) == (1200, 12, 88)


def test_parts_that_come_to_more_than_the_best_number_are_left_blank_with_a_note() -> None:
    found = event(side_Russia=1200, side_Britain=60, civilian=12, all=1201)
    assert [found[column] for column in DEATHS] == [None] * 5
    assert (found["side_a"], found["side_b"], found["best"]) == ("Russia", "Britain", 1201)
    assert found["note"] == (
        "deaths by side and class left blank: Russia 1200, Britain 60, civilians 12 come to 1272, "
        "more than the best number 1201"
    )


@given(st.dictionaries(st.sampled_from(["side_A", "side_B", "side_C", "civilian", "unknown"]), st.integers(0, 99)))
def test_the_columns_of_deaths_add_up_to_best(parts: dict[str, int]) -> None:
    found = event(**parts, all=100)
    if found["note"] is None:
        assert sum(int(found[column] or 0) for column in DEATHS) == 100
    else:
        assert sum(number for whom, number in parts.items() if whom != "unknown") > 100


def test_without_a_best_number_the_rest_is_unknown() -> None:
    found = event(side_Russia=1200, all=None)
    assert (found["deaths_a"], found["deaths_unknown"], found["best"]) == (1200, None, None)


def test_geojson_is_rfc_7946(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    with Ledger.open(ledger) as opened:
        write(opened, "geojson", str(out), policy="airwars 4", internal=True)
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
            write(opened, "incidents-csv", str(tmp_path / "none" / "out.csv"), policy="airwars 4", internal=True)
        with pytest.raises(ExportError, match="not weighed"):
            write(opened, "incidents-csv", str(out), policy="a policy of tomorrow", internal=True)
    assert out.read_text(encoding="utf-8") == "what stood before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_unknown_format_names_the_known_ones(ledger: Path) -> None:
    with Ledger.open(ledger) as opened, pytest.raises(ExportError, match="geojson"):
        write(opened, "pdf", "-", policy="airwars 4", internal=True)


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
