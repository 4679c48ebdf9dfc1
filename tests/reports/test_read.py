"""Files, folders, patterns and standard input."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from parallax.reports.fault import Taken
from parallax.reports.read import read


def test_a_folder_is_read_to_its_depths_in_order_without_hidden_files(write: Any, reading: Any, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "c.txt"):
        write(f"in/{name}", f"Report in {name} of four hurt.")
    taken, faults = reading(tmp_path / "in")
    assert faults == []
    assert [one.capture.name for one in taken] == ["a/z.txt", "b.txt", "c.txt"]


def test_the_same_folder_elsewhere_gives_the_same_reports(write: Any, reading: Any, tmp_path: Path) -> None:
    for root in ("here", "there/deep"):
        write(f"{root}/x/a.txt", "Four people were hurt.")
        write(f"{root}/b.jsonl", '{"text": "Two people were hurt."}')
    here, there = (reading(tmp_path / root)[0] for root in ("here", "there/deep"))
    assert here == there
    assert len(here) == 2


def test_patterns(write: Any, reading: Any, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md", "d/e.txt"):
        write(name, f"Report {name} of four hurt.")
    taken, faults = reading(f"{tmp_path}/*.txt")
    assert [one.capture.name for one in taken] == ["a.txt", "b.txt"]
    taken, faults = reading(f"{tmp_path}/**/*.txt")
    assert [one.capture.name for one in taken] == ["a.txt", "b.txt", "e.txt"]
    taken, faults = reading(f"{tmp_path}/*.pdf")
    assert taken == []
    assert "matches no file" in str(faults[0])


def test_a_file_whose_name_looks_like_a_pattern(write: Any, reading: Any) -> None:
    taken, faults = reading(write("a[1].txt", "Four people were hurt."))
    assert faults == []
    assert len(taken) == 1


def test_what_cannot_be_opened_is_named_and_the_rest_goes_on(write: Any, reading: Any, tmp_path: Path) -> None:
    write("in/a.txt", "Four people were hurt.")
    os.symlink(tmp_path / "nowhere", tmp_path / "in" / "b.txt")
    os.symlink(tmp_path / "in", tmp_path / "in" / "c")
    os.symlink("d", tmp_path / "in" / "d")
    os.mkfifo(tmp_path / "in" / "e")
    taken, faults = reading(tmp_path / "in", tmp_path / "missing.txt", "nul\x00.txt")
    assert len(taken) == 1
    assert [Path(fault.name).name for fault in faults] == ["b.txt", "c", "d", "e", "missing.txt", "nul .txt"]
    assert all(not fault.kept and fault.message for fault in faults)


def test_no_permission_is_a_fault(write: Any, reading: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, other = write("a.txt", "Four people were hurt."), write("b.txt", "Two people were hurt.")

    honest = open

    def refuse(path: str, *rest: Any) -> Any:
        # The superuser, whom tests may run as, is never refused by the system itself.
        if path == str(closed):
            raise PermissionError(13, "Permission denied", path)
        return honest(path, *rest)

    monkeypatch.setattr("builtins.open", refuse)
    taken, faults = reading(closed, other)
    assert [one.report.text for one in taken] == ["Two people were hurt."]
    assert "Permission denied" in str(faults[0])
    assert "may read" in str(faults[0])


@pytest.mark.parametrize("piece", [1, 1000])
def test_standard_input_of_any_kind(pdf: Any, web_archive: Any, word: Any, paragraphs: Any, piece: int) -> None:
    class Pipe(io.RawIOBase):
        """Gives a few bytes at a time and cannot go back, as a pipe does."""

        def __init__(self, data: bytes) -> None:
            self.inner = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            data = self.inner.read(min(piece, len(buffer)))
            buffer[: len(data)] = data
            return len(data)

    archive = web_archive(("https://w.example/t", "text/plain", paragraphs[0].encode(), "200 OK"))
    for data, kind in (
        (b'{"text": "Four people were hurt."}\n', "application/json"),
        (b"title,text\nFour hurt,Four people were hurt.\n", "text/csv"),
        (paragraphs[0].encode(), "text/plain"),
        (b"---\ntitle: Four hurt\n---\nFour people were hurt.\n", "text/markdown"),
        (b"<html><body><p>Four people were hurt.</p></body></html>", "text/html"),
        (pdf([["Four people were hurt."]]), "application/pdf"),
        (word(("Normal", "Four people were hurt.")), None),
        (archive, "text/plain"),
    ):
        found = list(read(["-"], stdin=Pipe(data)))  # type: ignore[arg-type]
        assert len(found) == 1, found
        assert kind in (None, found[0].capture.media_type)  # type: ignore[union-attr]


def test_standard_input_that_is_longer_than_its_head() -> None:
    lines = [f'{{"id": "{n}", "text": "Report {n}: {"word " * 50}"}}\n' for n in range(2000)]
    found = list(read(["-"], stdin=io.BytesIO("".join(lines).encode())))
    assert [one.report.id for one in found] == [str(n) for n in range(2000)]  # type: ignore[union-attr]


def test_empty_standard_input_is_one_fault() -> None:
    (fault,) = read(["-"], stdin=io.BytesIO(b""))
    assert "empty" in str(fault)


def test_a_nul_in_a_line_is_kept_as_one_replacement_character(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "Two men\\u0000were killed."}\n', encoding="utf-8")
    (taken,) = list(read([str(path)]))
    assert isinstance(taken, Taken)
    assert taken.report.text == "Two men\ufffdwere killed."
