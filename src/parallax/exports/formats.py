"""The formats an export can have, and the way each is written: to a temporary file, then moved into place."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from parallax.accounts.policies.ucdp import UCDP
from parallax.errors import ExportError
from parallax.exports import claims_jsonl, ged_csv, geojson, incidents_csv, table
from parallax.exports.walk import walk
from parallax.ledger.ledger import Ledger


def _claims(ledger: Ledger, policy: str, out: TextIO) -> int:
    written = 0
    for line in claims_jsonl.lines(ledger):
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        written += 1
    return written


def _incidents(ledger: Ledger, policy: str, out: TextIO) -> int:
    return table.write(incidents_csv.COLUMNS, map(incidents_csv.row, walk(ledger, policy)), out)


def _ged(ledger: Ledger, policy: str, out: TextIO) -> int:
    return table.write(ged_csv.COLUMNS, ged_csv.rows(walk(ledger, UCDP.label)), out)


def _geojson(ledger: Ledger, policy: str, out: TextIO) -> int:
    written = 0
    out.write('{"type": "FeatureCollection", "features": [')
    for row in walk(ledger, policy):
        out.write((",\n" if written else "\n") + json.dumps(geojson.row_feature(row), ensure_ascii=False))
        written += 1
    out.write("\n]}\n")
    return written


FORMATS: dict[str, Callable[[Ledger, str, TextIO], int]] = {
    "claims-jsonl": _claims,
    "incidents-csv": _incidents,
    "ged-csv": _ged,
    "geojson": _geojson,
}


def write(ledger: Ledger, format: str, out: str, *, policy: str) -> int:
    """Write the ledger as `format` to the file `out` ("-": standard output), and say how many rows.

    The file appears whole or not at all. The export is written into the ledger's log.
    Raises `ExportError` for an unknown format or a file that cannot be written.
    """
    if format not in FORMATS:
        raise ExportError(f"no format {format!r}; known are {', '.join(FORMATS)}")
    written = FORMATS[format](ledger, policy, sys.stdout) if out == "-" else _to_file(ledger, format, Path(out), policy)
    with ledger.write() as writer:
        writer.note("export", format, {"rows": written, "policy": policy})
    return written


def _to_file(ledger: Ledger, format: str, target: Path, policy: str) -> int:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise ExportError(f"{target}: {error.strerror}; choose a folder that can be written") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            written = FORMATS[format](ledger, policy, out)
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, target)
    except OSError as error:
        raise ExportError(f"{target}: {error.strerror}; nothing was written") from error
    finally:
        Path(name).unlink(missing_ok=True)
    return written
