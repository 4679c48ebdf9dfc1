"""A person's own packs of parties: what is kept, what is refused and how that is said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.errors import SettingsError, UnreadableError
from parallax.names import own_actors
from parallax.names.actors import resolve
from parallax.names.parties import load

DAY = date(2019, 4, 1)
GUARD = {
    "key": "river-guard",
    "name": "River Guard",
    "kind": "armed group",
    "countries": ["SY"],
    "aliases": ["Guardians of the River", "حرس النهر"],
    "parents": [{"parent": "sdf", "from": "2018-03"}],
    "sides": [{"side": "river", "to": "2018-02"}, {"side": "us-led-coalition", "from": "2018-03"}],
}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    load.cache_clear()


def _file(tmp_path: Path, rows: Any, name: str = "mine.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps({"actors": rows}), "utf-8")
    return path


def _add(path: Path, folder: Path) -> tuple[own_actors.Pack, list[str]]:
    said: list[str] = []
    return own_actors.add(path, folder, lambda error: said.append(str(error))), said


def test_a_party_of_ones_own_is_known_by_all_its_names(tmp_path: Path) -> None:
    pack, said = _add(_file(tmp_path, [GUARD]), tmp_path / "own")
    assert (pack.name, pack.parties, said) == ("mine", 1, [])
    known = load(tmp_path / "own")
    for words in ("the River Guard", "Guardians of the River", "حرس النهر"):
        actor = resolve(words, DAY, known)
        assert actor is not None
        assert (actor.key, actor.side) == ("river-guard", "us-led-coalition")
    assert known.allied("river-guard", "ypg", DAY)
    assert not known.allied("river-guard", "ypg", date(2017, 1, 1))
    assert resolve("the River Guard", DAY) is None


def test_a_row_of_a_key_that_is_there_adds_names_and_replaces_the_rest(tmp_path: Path) -> None:
    row = {"key": "hts", "name": "HTS of mine", "aliases": ["the Hilltop Men"], "side": "hilltop"}
    _add(_file(tmp_path, [row]), tmp_path / "own")
    known = load(tmp_path / "own")
    for words in ("the Hilltop Men", "Nusra Front"):
        actor = resolve(words, DAY, known)
        assert actor is not None
        assert (actor.key, actor.side) == ("hts", "hilltop")


def test_a_pack_of_other_years_stands_apart(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    row = {"key": "russia", "name": "Russia", "side": "tsar", "aliases": ["Grand Fleet of the North"]}
    path.write_text(json.dumps({"from": 1904, "to": 1905, "actors": [row]}), "utf-8")
    _add(path, tmp_path / "own")
    known = load(tmp_path / "own")
    then, now = (resolve("Russia", day, known) for day in (date(1904, 5, 1), date(2016, 5, 1)))
    assert then is not None
    assert now is not None
    assert (then.side, now.side) == ("tsar", "syrian-government")
    assert resolve("Grand Fleet of the North", date(2016, 5, 1), known) is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (5, "not an object"),
        ({"name": "A"}, "'key' is missing"),
        ({"key": "a"}, "'name' is missing"),
        ({"key": "A b", "name": "A"}, "a to z, 0 to 9 and hyphens"),
        ({"key": "a", "name": "A", "alias": ["b"]}, "did you mean 'aliases'?"),
        ({"key": "a", "name": "A", "aliases": "b"}, "not a list"),
        ({"key": "a", "name": "A", "aliases": ["b", 3]}, "not a list"),
        ({"key": "a", "name": "A", "aliases": ["--"]}, "is no name"),
        ({"key": "a", "name": "A\u0000"}, "'name' is missing or not plain words"),
        ({"key": "a", "name": "A\ud800"}, "'name' is missing or not plain words"),
        ({"key": "a", "name": "A", "from": "May 2011"}, "YYYY-MM-DD"),
        ({"key": "a", "name": "A", "from": "2012", "to": "2011"}, "is after"),
        ({"key": "a", "name": "A", "kind": "mob"}, "no kind is called 'mob'"),
        ({"key": "a", "name": "A", "countries": ["Syria"]}, "two capitals"),
        ({"key": "a", "name": "A", "parent": "isiss"}, "did you mean 'isis'?"),
        ({"key": "a", "name": "A", "sides": [{"parent": "b"}]}, "'sides' is a list"),
        ({"key": "a", "name": "A", "allies": [{"party": "isis", "from": "2012-40"}]}, "mend it"),
        ({"key": "a", "name": "A", "names": 7}, "'names' is a list"),
    ],
)
def test_a_bad_row_is_said_in_one_line_and_the_rest_goes_in(tmp_path: Path, row: Any, words: str) -> None:
    path = _file(tmp_path, [row, GUARD])
    pack, said = _add(path, tmp_path / "own")
    assert pack.parties == 1
    assert len(said) == 1
    assert said[0].startswith(f"{path}, row 1: ")
    assert words in said[0]
    assert "\n" not in said[0]


def test_one_bad_row_takes_those_that_rest_on_it_along(tmp_path: Path) -> None:
    rows = [{"key": "a", "name": "A", "parent": "b"}, {"key": "b", "name": "B", "parent": "nobody-at-all-here"}, GUARD]
    pack, said = _add(_file(tmp_path, rows), tmp_path / "own")
    assert pack.parties == 1
    assert [line.split(": ")[0][-5:] for line in said] == ["row 2", "row 1"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.json", b'{"actors": [\n{"key": }]}', "line 2: not JSON"),
        ("a.json", b"\xff\xfe", "not UTF-8 at byte 0"),
        ("a.json", b"7", "no parties in it"),
        ("a.json", b"[" * 100_000, "cannot be taken apart"),
        ("a.json", b'{"actors": [], "from": "old"}', "whole years"),
        ("a.json", b'{"actors": []}', "nothing was added"),
        ("a.csv", b"key,names\na,b\n", "line 1: no column is called 'names'"),
        ("a.csv", b"", "no column is called"),
    ],
)
def test_a_file_that_cannot_be_read_adds_nothing(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path, folder = tmp_path / name, tmp_path / "own"
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=words):
        _add(path, folder)
    assert own_actors.packs(folder) == []


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"none\.json: No such file"):
        _add(tmp_path / "none.json", tmp_path / "own")


def test_a_table_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("key,name,aliases,side,from\nriver-guard,River Guard,RG|Men of the River,river,2018-03\n", "utf-8")
    pack, said = _add(path, tmp_path / "own")
    assert (pack.parties, said) == (1, [])
    actor = resolve("men of the river", DAY, load(tmp_path / "own"))
    assert actor is not None
    assert (actor.name, actor.side) == ("River Guard", "river")


def test_packs_are_listed_replaced_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    assert own_actors.digest(folder) == ""
    first, _ = _add(_file(tmp_path, [GUARD]), folder)
    before = own_actors.digest(folder)
    assert own_actors.packs(folder) == [first]
    again, _ = _add(_file(tmp_path, [GUARD, {"key": "b", "name": "Bee"}]), folder)
    assert own_actors.packs(folder) == [again]
    assert own_actors.digest(folder) not in ("", before)
    with pytest.raises(SettingsError, match="there are: mine"):
        own_actors.remove("yours", folder)
    own_actors.remove("mine", folder)
    assert own_actors.packs(folder) == []
    assert list(folder.iterdir()) == []


def test_a_pack_that_another_hand_spoilt_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    _add(_file(tmp_path, [GUARD]), folder)
    (folder / "mine.json").write_text('{"actors": [{"name": "no key"}]}', "utf-8")
    with pytest.raises(UnreadableError, match=r"mine\.json: not a pack of parties"):
        load(folder)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ROWS = st.dictionaries(st.sampled_from(own_actors.FIELDS), ANYTHING, max_size=6) | ANYTHING


@given(st.lists(ROWS, max_size=4))
def test_whatever_the_rows_are_each_is_kept_or_said(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    tmp_path = tmp_path_factory.mktemp("own")
    pack, said = _add(_file(tmp_path, [*rows, GUARD]), tmp_path / "folder")
    assert pack.parties + len(said) == len(rows) + 1
    assert load(tmp_path / "folder").party("river-guard") is not None
