"""The command by which people decide without the workbench."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from parallax.ledger.ledger import Ledger
from parallax.model import Kind

LINE = {
    "id": "a",
    "text": "At least 12 civilians were killed in shelling of Balaklava on Monday, the governor said.",
    "date": "1854-10-26",
}
WHO = ("--who", "A. Coder", "--why", "read again")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, program: str) -> Path:
    folder = tmp_path_factory.mktemp("judge")
    (folder / "reports.jsonl").write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    made = folder / "a.ledger"
    command = [program, "read", str(folder / "reports.jsonl"), "--into", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "a.ledger"))


def judge(program: str, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, "judge", str(path), *arguments], capture_output=True, check=False, text=True)


def killed(path: Path) -> str:
    with Ledger.open(path) as ledger:
        return next(s.claim.key for _, _, found in ledger.walk() for s in found if s.claim.kind is Kind.KILLED)


def test_a_correction_prints_its_key_and_what_it_changed_and_is_withdrawn(program: str, path: Path) -> None:
    done = judge(program, path, "correct", killed(path), "--slot", "count", "--value", "at least 14", *WHO)
    assert done.returncode == 0, done.stderr
    key = re.fullmatch(r"judgement ([0-9a-f]{16})", done.stdout.splitlines()[0])
    assert key is not None
    assert re.search(r"killed, all: .*12.* → .*14", done.stdout), done.stdout
    undone = judge(program, path, "withdraw", key[1], *WHO)
    assert undone.returncode == 0, undone.stderr
    assert re.search(r"killed, all: .*14.* → .*12", undone.stdout), undone.stdout
    assert subprocess.run([program, "verify", str(path)], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("correct", "KEY", "--slot", "count", "--value", "lots"), "at least 4"),
        (("correct", "KEY", "--slot", "colour", "--value", "red"), "no slot of a claim"),
        (("correct", "KEY"), "takes --slot and --value"),
        (("merge", "KEY"), "two claims or more"),
        (("withdraw", "KEY"), "no judgement"),
        (("add", "KEY"), "in the workbench"),
    ],
)
def test_what_cannot_be_decided_is_refused(program: str, path: Path, arguments: tuple[str, ...], words: str) -> None:
    claim = killed(path)
    done = judge(program, path, *(claim if word == "KEY" else word for word in arguments), *WHO)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    with Ledger.open(path) as ledger:
        assert ledger.judgements() == ()
