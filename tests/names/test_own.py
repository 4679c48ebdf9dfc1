"""A person's own gazetteers: read from what people keep, kept whole, looked up beside what comes along."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.errors import SettingsError, UnreadableError
from parallax.model import PlacePrecision, Report
from parallax.names import dumps, own, version
from parallax.names.gazetteer import load
from parallax.names.places import find


def row(number: int, name: str, lat: float = 36.5, lon: float = 38.5, people: int = 0, code: str = "P\tPPL") -> str:
    cells = [str(number), name, name, "", str(lat), str(lon), code, "SY", "", "09", "", "", "", str(people)]
    return "\t".join([*cells, "", "400", "Asia/Damascus", "2020-01-01"])


def keep(folder: Path, text: str, name: str = "mine.csv") -> tuple[own.Listing, list[str]]:
    """What is kept of a file with this text, and what is said of its bad rows."""
    path, said = folder.parent / name, list[UnreadableError]()
    path.write_text(text, encoding="utf-8")
    listing = own.keep(own.called(path), own.good(dumps.rows(path), said.append), path.name, folder)
    return listing, [str(error) for error in said]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


def test_a_geonames_dump_is_taken_and_its_bad_rows_are_said(folder: Path) -> None:
    lines = [
        row(9000001, "Qwertabad"),
        "9000002\tshort",
        row(9000003, "Zwertabad", lat=99),
        row(9000004, "Wertaq", code="A\tADM3"),
        row(9000005, ""),
        row(9000006, "Far").replace("\t38.5\t", "\teast\t"),
    ]
    listing, said = keep(folder, "\n".join(lines) + "\n", "SY.txt")
    assert (listing.name, listing.places) == ("SY", 2)
    assert [line.split(": ", 1)[0].rsplit("/", 1)[-1] for line in said] == [
        f"SY.txt, line {number}" for number in (2, 3, 5, 6)
    ]
    assert "19, parted by tabs" in said[0]
    assert "outside -90 to 90" in said[1]
    held = own.Own(folder)
    (village,) = held.named("qwertabad")
    assert (village.lat, village.lon, village.country, village.admin1) == (36.5, 38.5, "SY", "09")
    assert held.named("wertaq")[0].precision is PlacePrecision.SUBDISTRICT


def test_an_archive_is_read_without_its_readme(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not a dump")
        archive.writestr("SY.txt", row(9000001, "Qwertabad"))
    assert [type(each) for each in dumps.rows(path)] == [tuple]
    path.write_bytes(b"PK not a zip")
    with pytest.raises(UnreadableError, match="cannot be unpacked"):
        list(dumps.rows(path))


def test_an_archive_with_broken_contents_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", "".join(row(9000001 + n, f"Qwertabad {n}") for n in range(400)))
    whole = bytearray(path.read_bytes())
    whole[60:120] = b"\xff" * 60
    path.write_bytes(whole)
    with pytest.raises(UnreadableError, match="cannot be unpacked"):
        list(dumps.rows(path))


def test_csv_columns_go_by_their_names(folder: Path) -> None:
    text = (
        "Longitude,NAME,latitude,aliases,precision,country\n"
        "38.5,Qwertabad,36.5,Kwertabad;قورتباد,neighbourhood,sy\n"
        "38.5,Qwert Two,36.5,,castle,SY\n"
        "38.5,Qwert Three,36.5\n"
        "nan,Qwert Four,36.5,,,\n"
        "38.5,Qwert Five,36.5,,,Syria\n"
    )
    listing, said = keep(folder, text)
    assert listing.places == 1
    assert ["castle" in said[0], "3 cells" in said[1], "longitude" in said[2], "SYRIA" in said[3]] == [True] * 4
    held = own.Own(folder)
    assert held.named("kwertabad") == held.named("قورتباد") == held.named("qwertabad")
    assert held.named("qwertabad")[0].precision is PlacePrecision.NEIGHBOURHOOD


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("a,b\n1,2\n", "mine.csv", "no column name"),
        ("", "mine.csv", "no column name"),
        ("{}", "mine.geojson", "no list of features"),
        ("[", "mine.json", "not JSON"),
        ("x", "mine.xlsx", "known by its ending"),
        ("name,lat,lon\n,1,2\n", "mine.csv", "no place in it can be used"),
    ],
)
def test_a_file_of_no_use_is_said_and_nothing_is_kept(folder: Path, text: str, name: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        keep(folder, text, name)
    assert own.listings(folder) == []
    assert not folder.exists() or not list(folder.iterdir())


def test_geojson_takes_points_alone(folder: Path) -> None:
    def feature(kind: str, point: list[float], **properties: object) -> dict[str, object]:
        return {"type": "Feature", "geometry": {"type": kind, "coordinates": point}, "properties": properties}

    features = [
        feature("Point", [38.5, 36.5], name="Qwertabad", aliases=["Kwertabad"], population=12_000),
        feature("LineString", [38.5, 36.5], name="A road"),
        feature("Point", [38.5, 36.5]),
        "odd",
    ]
    listing, said = keep(folder, json.dumps({"features": features}), "mine.geojson")
    assert listing.places == 1
    assert [line.split(", ")[-1][:9] for line in said] == ["feature 2", "feature 3", "feature 4"]
    assert own.Own(folder).named("kwertabad")[0].precision is PlacePrecision.TOWN


def test_the_second_of_a_name_takes_the_firsts_place_and_removal_is_whole(folder: Path) -> None:
    first, _ = keep(folder, "name,lat,lon\nQwertabad,36.5,38.5\n")
    before = own.digest(folder)
    second, _ = keep(folder, "name,lat,lon\nZwertabad,36.5,38.5\n")
    assert own.listings(folder) == [second]
    assert first.digest != second.digest
    assert own.digest(folder) != before
    with pytest.raises(SettingsError, match="there are: mine"):
        own.remove("other", folder)
    own.remove("mine", folder)
    assert (own.listings(folder), own.digest(folder), list(folder.iterdir())) == ([], "", [])


def test_a_damaged_file_is_named_with_its_mend(folder: Path) -> None:
    folder.mkdir()
    (folder / "bad.gazetteer").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(SettingsError, match=r"bad\.gazetteer.*add the gazetteer again"):
        own.Own(folder)


def test_the_digest_of_the_names_counts_them(folder: Path) -> None:
    bare = version.digest(folder)
    assert bare == version.digest()
    keep(folder, "name,lat,lon\nQwertabad,36.5,38.5\n")
    version.digest.cache_clear()
    assert version.digest(folder) != bare
    version.digest.cache_clear()


def test_places_of_ones_own_are_read_by_name_and_by_likeness(folder: Path) -> None:
    text = "name,lat,lon,country,population\nQwertabad,36.5,38.5,SY,\nAl-Zwerdaqiyah,36.4,37.9,SY,300\n"
    keep(folder, text + "Hama,36.51,38.51,SY,300\nHajin,34.7,40.84,SY,\n")
    gazetteer = load(folder)

    def point(report: str, name: str) -> tuple[float | None, float | None]:
        found = {each.mention.text: each.place for each in find(Report.of(report), gazetteer)}
        place = found[name]
        assert place is not None
        return place.lat, place.lon

    assert point("Shells fell in Qwertabad on Monday.", "Qwertabad") == (36.5, 38.5)
    assert point("Shells fell on Zwardakia, Aleppo.", "Zwardakia") == (36.4, 37.9)
    # A village does not take a city's name away, not even beside its neighbour.
    assert point("Shells fell in Qwertabad. The wounded reached Hama.", "Hama")[0] == pytest.approx(35.13, abs=0.01)
    # What is one place in both stands where the person says.
    assert point("Shells fell in Hajin.", "Hajin") == (34.7, 40.84)
    # Nobody else's gazetteer has it.
    assert load().named("Qwertabad") == ()


@given(st.text(max_size=60), st.sampled_from([".txt", ".csv", ".json"]))
def test_any_file_is_read_or_said(tmp_path_factory: pytest.TempPathFactory, text: str, ending: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"any{ending}"
    path.write_bytes(text.encode("utf-16" if text.startswith("u") else "utf-8", "surrogatepass"))
    found: list[object] = []
    try:
        found.extend(dumps.rows(path))
    except UnreadableError as error:
        found.append(error)
    for each in found:
        assert path.name in str(each) if isinstance(each, UnreadableError) else isinstance(each, tuple)


def test_the_command_goes_on_past_bad_rows_and_ends_with_one(program: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nQwertabad,36.5,38.5\nZwertabad,north,38.5\n", encoding="utf-8")
    environment = {"PARALLAX_GAZETTEERS": str(tmp_path / "own"), "PATH": ""}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, "gazetteer", *words], capture_output=True, check=False, text=True, env=environment
        )

    added = run("add", str(path), str(tmp_path / "none.csv"))
    assert added.returncode == 1
    assert "mine.csv, line 3: latitude 'north' is no number; give degrees such as 35.34" in added.stderr
    assert "none.csv" in added.stderr
    assert run("list").stdout.startswith("mine\t1\tmine.csv\t")
    assert run("remove", "mine").returncode == 0
    assert run("remove", "mine").returncode == 2
    assert run("list").stdout == ""
