"""Where the data to measure with lies: `$PARALLAX_DATA`, or `shared` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """The folder of the data. Ends the program with a plain message where there is none."""
    given = os.environ.get("PARALLAX_DATA")
    found = Path(given) if given else REPOSITORY.parent / "shared"
    if not found.is_dir():
        raise SystemExit(f"no data at {found}: set PARALLAX_DATA to the folder that holds corpora, gold and measure")
    return found
