"""The digest of the names changes with the packs, and with nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from parallax.names import version

REAL = version.digest()


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the packs, which the digest is made to read."""
    packs = tmp_path / "packs"
    shutil.copytree(str(resources.files("parallax.names").joinpath("packs")), packs)
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    version.digest.cache_clear()
    yield packs
    monkeypatch.undo()
    version.digest.cache_clear()


def test_it_is_sixteen_hexadecimal_digits_and_stays() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", version.digest())
    version.digest.cache_clear()
    assert version.digest() == version.digest()


def test_a_copy_of_the_packs_has_the_same(copied: Path) -> None:
    assert any(copied.iterdir())
    assert version.digest() == REAL


@pytest.mark.parametrize("change", ["bytes", "name", "gone", "new", "version"])
def test_any_change_gives_another(change: str, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.digest()
    pack = copied / "actors-gaza.json"
    if change == "bytes":
        pack.write_bytes(pack.read_bytes().replace(b"Nukhba", b"Nukhbe"))
    elif change == "name":
        pack.rename(copied / "actors-gaza-2.json")
    elif change == "gone":
        pack.unlink()
    elif change == "new":
        (copied / "places-own.json").write_text("{}", "utf-8")
    else:
        monkeypatch.setattr(version, "VERSION", version.VERSION + 1)
    version.digest.cache_clear()
    assert version.digest() != before
