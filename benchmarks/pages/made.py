"""The ledger that the pages are asked on, kept under `.build` and made where it is not there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from benchmarks.data import REPOSITORY
from benchmarks.pages.grow import grow
from benchmarks.pages.press import Press
from parallax import pipeline
from parallax.accounts.policies import POLICIES
from parallax.ledger.ledger import Ledger
from parallax.model import Origin

FOLDER = REPOSITORY / ".build" / "pages"
SMALL = 10_000
AT_ONCE = 200


def ledger(claims: int) -> Path:
    """The path of a ledger of so many claims; made in minutes where none is kept for this state of the tables."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    state = _state()
    large = FOLDER / f"{claims}-{state}.ledger"
    if large.exists():
        return large
    small, names = _small(state)
    part = large.with_suffix(".part")
    if not part.exists():
        Ledger.open(part, create=True).close()
    grow(small, names, part, claims)
    for rest in ("-wal", "-shm"):
        Path(f"{part}{rest}").unlink(missing_ok=True)
    part.rename(large)
    return large


def _state() -> str:
    """A digest of what decides how the ledger is made: the migrations, the policies and these files."""
    rooms = (REPOSITORY / "src" / "parallax" / "ledger" / "migrations" / "versions", Path(__file__).parent)
    files = sorted(rooms[0].glob("*.py")) + [rooms[1] / name for name in ("press.py", "grow.py", "made.py")]
    policies = "".join(policy.label for policy in POLICIES.values()).encode()
    return hashlib.sha256(policies + b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _small(state: str) -> tuple[Path, set[str]]:
    """A small ledger made by the program's own steps, and the proper names in it."""
    small, names = FOLDER / f"small-{state}.ledger", FOLDER / f"small-{state}.json"
    if names.exists():
        return small, set(json.loads(names.read_text("utf-8")))
    for old in FOLDER.glob(f"small-{state}.ledger*"):
        old.unlink()
    press = Press()
    every = list(press.reports(SMALL))
    with Ledger.open(small, create=True) as kept:
        for start in range(0, len(every), AT_ONCE):
            with kept.write() as writer:
                for told in every[start : start + AT_ONCE]:
                    key = told.report.key
                    writer.add_report(told.report, None)
                    writer.add_copy(key, (), Origin(key, 1.0))
                    writer.add_reading(key, pipeline.READER, told.statements)
        for _ in pipeline.link_new(kept):
            pass
    names.write_text(json.dumps(sorted(press.names)), "utf-8")
    return small, press.names
