"""Spellings of one name meet, and those of two do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.names.entry import Entry, within
from parallax.names.folding import fold, skeleton
from parallax.names.gazetteer import load
from parallax.names.likeness import Spelling, nearest

# Pairs as outlets, monitors and maps write them.
SAME = [
    ("Khan Sheikhoun", "Khan Shaykhun"), ("Maarat al-Numan", "Ma'arrat an-Nu'man"),
    ("Jisr al-Shughur", "Jisr ash-Shughour"),
    ("Saraqib", "Saraqeb"), ("Kafr Zita", "Kafr Zeita"), ("Tell Rifaat", "Tal Rifat"), ("Al-Mayadin", "Mayadeen"),
    ("Suqaylabiyah", "Al-Suqaylibiyah"), ("Darayya", "Daraya"), ("Busra al-Sham", "Bosra ash-Sham"), ("Harem", "Harim"),
    ("Taftanaz", "Teftnaz"), ("Latamneh", "Al-Lataminah"), ("Ain Terma", "Ayn Tarma"), ("Kafr Batna", "Kafr Botna"),
    ("Tabqa", "Al-Tabqah"), ("Talbiseh", "Talbisah"), ("Abu al-Duhur", "Abu ad-Dhuhur"),
    ("Manbij", "Menbij"), ("Azaz", "A'zaz"), ("Jarablus", "Jarabulus"), ("Tal Abyad", "Tell Abiad"),
    ("Sukhnah", "Al-Sokhna"),
    ("Zabadani", "Az-Zabdani"), ("Qaryatayn", "Al-Qaryatain"), ("Ras al-Ayn", "Ras al-Ain"), ("Shaddadi", "Al-Shadadi"),
    ("Al-Hirak", "Al-Herak"), ("Hamouriyah", "Hammuriya"), ("Zamalka", "Zamelka"),
]  # fmt: skip
# Too far apart for the rules: three vowels differ, or two in a short name. Packs have to list both.
MISSED = [("Uqayribat", "Akeirbat"), ("Ihsim", "Ehsem")]
# Villages of one division that are no spellings of each other.
OTHER = [
    ("Kafr Nabl", "Kafr Nabudah"), ("Kafr Zita", "Kafr Naya"), ("Tal Abyad", "Tal Aswad"), ("Maar Zita", "Kafr Zita"),
    ("Deir Hafer", "Deir Jamal"), ("Al-Ghariyah al-Sharqiyah", "Al-Ghariyah al-Gharbiyah"),
    ("Khan Tuman", "Khan Touqan"),
    ("Urum al-Kubra", "Urum al-Sughra"), ("Binnish", "Bansh Jadid"), ("Hayan", "Hayr"), ("Sarmin", "Sarmada"),
    ("Saraqib", "Sarja"), ("Harim", "Haram Sharif"), ("Jobar", "Jabal"), ("Hazano", "Hizarin"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) or Spelling.of(one).slips(Spelling.of(other)) is not None


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_names_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)
    assert Spelling.of(one).slips(Spelling.of(other)) is None


@pytest.mark.parametrize(("one", "other"), MISSED)
def test_what_likeness_misses_the_packs_hold(one: str, other: str) -> None:
    assert Spelling.of(one).slips(Spelling.of(other)) is None
    assert {e.name for e in load().named(one)} & {e.name for e in load().named(other)}


def test_few_places_of_a_division_are_mistaken_for_one_another() -> None:
    """Of all pairs of names in one governorate of Syria that are two places, under one in 500 are held to be alike."""
    gazetteer = load()
    wrong = pairs = 0
    for region in [e for e in gazetteer.named("Idlib") + gazetteer.named("Hama") if e.region and e.admin1]:
        towns = [e for e in gazetteer.entries if not e.region and within(e, region)]
        spellings = [(Spelling.of(e.name), e) for e in towns if fold(e.name).isascii()]
        for at, (spelling, _) in enumerate(spellings):
            pairs += len(spellings) - at - 1
            wrong += sum(spelling.slips(other) is not None for other, _ in spellings[at + 1 :])
    assert pairs > 10_000
    assert wrong / pairs < 0.002


@given(st.text(max_size=25), st.text(max_size=25))
def test_slips_are_the_same_both_ways(one: str, other: str) -> None:
    assert Spelling.of(one).slips(Spelling.of(other)) == Spelling.of(other).slips(Spelling.of(one))


@given(st.text(alphabet="abdefghiklmnqrstuwyz '-", min_size=6, max_size=25))
def test_a_name_is_nearest_to_itself(name: str) -> None:
    (entry,) = [entry for entry in load().named("Raqqa") if not entry.region and entry.country == "SY"][:1]
    spelling = Spelling.of(name)
    found = nearest(name, [(spelling, entry)])
    assert found == ((entry,) if spelling.slips(spelling) is not None else ())


def test_a_region_bounds_the_search() -> None:
    gazetteer = load()
    idlib: list[Entry] = [entry for entry in gazetteer.named("Idlib") if entry.region]
    assert {entry.name for entry in gazetteer.alike("Saraqeeb", idlib)} == {"Saraqib"}
    assert gazetteer.alike("Hajeen", idlib) == ()
    texas = [entry for entry in gazetteer.named("Texas") if entry.region]
    assert gazetteer.alike("Dalas", texas) == ()
