"""The gazetteer and its packs."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import PlacePrecision
from parallax.names.bundled import packed
from parallax.names.folding import fold
from parallax.names.gazetteer import load


def test_it_holds_the_cities_and_is_read_once() -> None:
    assert len(load()) > 230_000
    assert load() is load()


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Sebastopol", "UA", 44.6, 33.5),
        ("Kozlov", "UA", 45.2, 33.4),
        ("Stamboul", "TR", 41.0, 28.9),
        ("Hmeimim", "SY", 35.4, 35.9),
        ("البوكمال", "SY", 34.45, 40.92),
        ("خان يونس", "PS", 31.34, 34.3),
        ("U.S.", "US", 39.8, -98.5),
        ("Conn.", "US", 41.7, -72.7),
    ],
)
def test_names_old_foreign_and_short_are_known(name: str, country: str, lat: float, lon: float) -> None:
    found = load().named(name)
    assert any(
        entry.country == country
        and entry.lat is not None
        and entry.lon is not None
        and math.isclose(entry.lat, lat, abs_tol=0.5)
        and math.isclose(entry.lon, lon, abs_tol=0.5)
        for entry in found
    )


def test_a_packed_town_that_geonames_knows_is_one_place() -> None:
    towns = [entry for entry in load().named("Balaclava") if entry.country == "UA"]
    assert len(towns) == 1
    assert towns[0].name == "Balaklava"
    assert towns[0].geonameid is not None


def test_likeness_answers_only_where_spellings_vary() -> None:
    found = load().like("Al-Boukkamal")
    assert {(entry.country, entry.name) for entry in found} >= {("SY", "Abu Kamal")}
    assert load().like("Sprinkfield") == ()
    assert load().like("Ur") == ()


def test_every_packed_place_stands_on_the_globe_and_has_a_name() -> None:
    rows = list(packed())
    assert len(rows) > 1_000
    for entry, called in rows:
        assert fold(entry.name)
        assert entry.lat is not None
        assert entry.lon is not None
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
        assert entry.weight >= 0
        assert all(fold(name) for name in called)


def test_counties_have_a_point_in_their_state() -> None:
    (county,) = [entry for entry in load().named("Rapides Parish") if entry.admin1 == "LA"]
    assert county.precision is PlacePrecision.DISTRICT
    assert county.lat is not None
    assert county.lon is not None
    assert 29 < county.lat < 33
    assert -94 < county.lon < -89


@given(st.text(max_size=30))
def test_lookups_take_any_text(name: str) -> None:
    gazetteer = load()
    assert gazetteer.named(name) == gazetteer.folded(fold(name))
    assert all(entry.name for entry in gazetteer.like(name))


# Names that several places bear or are a spelling of, each resolved as a report's only name.
READ = """
import hashlib
from parallax.model import Report
from parallax.names.gazetteer import load
from parallax.names.places import find
known = load()
villages = [entry.name for entry in known.entries if entry.country == "SY" and not entry.region][::12]
divisions = ("Aleppo", "Idlib", "Deir Ezzor", "Hama")
seen = hashlib.sha256(repr(known.entries).encode())
for number, name in enumerate(villages):
    report = Report.of(f"Rain fell on {name}, {divisions[number % 4]}, and on {name} again.")
    seen.update(repr(find(report, known)).encode())
print(len(villages), seen.hexdigest())
"""


def test_every_process_reads_the_same_places(capsys: pytest.CaptureFixture[str]) -> None:
    """Python walks its sets of words in another order in every process, this one and one with a seed of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    other = subprocess.run(
        [sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=True
    ).stdout
    exec(READ, {})
    ours = capsys.readouterr().out
    assert ours == other
    assert int(ours.split()[0]) > 200
