"""The formats an export can have, and the way each is written: to a temporary file, then moved into place."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from parallax.accounts.policies.ucdp import UCDP
from parallax.errors import ExportError
from parallax.exports import claims_jsonl, ged_csv, geojson, incidents_csv, table
from parallax.exports.walk import Leaving
from parallax.ledger.ledger import Ledger


def _claims(leaving: Leaving, policy: str, out: TextIO) -> int:
    written = 0
    for line in claims_jsonl.lines(leaving):
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        written += 1
    return written


def _incidents(leaving: Leaving, policy: str, out: TextIO) -> int:
    return table.write(incidents_csv.COLUMNS, map(incidents_csv.row, leaving.rows(policy)), out)


def _ged(leaving: Leaving, policy: str, out: TextIO) -> int:
    return table.write(ged_csv.COLUMNS, ged_csv.rows(leaving.rows(UCDP.label)), out)


def _geojson(leaving: Leaving, policy: str, out: TextIO) -> int:
    written = 0
    # A reader of GeoJSON passes over members that it does not know (RFC 7946, 6.1).
    mark = '"internal": true, ' if leaving.internal else ""
    out.write(f'{{"type": "FeatureCollection", {mark}"features": [')
    for row in leaving.rows(policy):
        out.write((",\n" if written else "\n") + json.dumps(geojson.row_feature(row), ensure_ascii=False))
        written += 1
    out.write("\n]}\n")
    return written


FORMATS: dict[str, Callable[[Leaving, str, TextIO], int]] = {
    "claims-jsonl": _claims,
    "incidents-csv": _incidents,
    "ged-csv": _ged,
    "geojson": _geojson,
}


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote: its rows, how many incidents are public, how many there are, how many changed since."""

    rows: int
    public: int
    incidents: int
    changed: int
    internal: bool

    @property
    def words(self) -> str:
        """One line for whoever asked for it, which says what is left out and how it gets in."""
        rows = f"{self.rows} rows written"
        if self.internal:
            return (
                f"{rows}, marked as internal: {self.public} of {self.incidents} incidents are signed off, "
                "and --public writes those alone"
            )
        if self.public == self.incidents:
            return rows
        words = f"{rows}: {self.public} of {self.incidents} incidents are signed off, and nothing else is public"
        if self.changed:
            words += f"; {self.changed} bear a signature that does not count as they stand now, and need another"
        return f"{words}; sign off in the workbench, or leave out --public for your own use"


def write(ledger: Ledger, format: str, out: str, *, policy: str, internal: bool = False) -> Written:
    """Write the ledger as `format` to the file `out` ("-": standard output), and say how much.

    Only incidents that are signed off as they stand are written, unless it is `internal`, which the file
    itself then says. Sources at risk are in neither. The file appears whole or not at all. The
    export is written into the ledger's log. Raises `ExportError` for an unknown format or a file
    that cannot be written.
    """
    if format not in FORMATS:
        raise ExportError(f"no format {format!r}; known are {', '.join(FORMATS)}")
    leaving = Leaving(ledger, internal=internal)
    to_file = out != "-"
    rows = _to_file(leaving, format, Path(out), policy) if to_file else FORMATS[format](leaving, policy, sys.stdout)
    with ledger.write() as writer:
        writer.note("export", format, {"rows": rows, "policy": policy, "internal": internal})
    return Written(rows, len(leaving.public), ledger.counts().incidents, leaving.changed, internal)


def _to_file(leaving: Leaving, format: str, target: Path, policy: str) -> int:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise ExportError(f"{target}: {error.strerror}; choose a folder that can be written") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            written = FORMATS[format](leaving, policy, out)
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
