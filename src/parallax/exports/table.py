"""CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


def cell(value: Cell) -> str:
    """A cell's text; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.lstrip(" ").startswith(_FORMULA) else value
    return str(value)


def write(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]], out: TextIO) -> int:
    """Write the rows under a header, and say how many there were."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    written = 0
    for row in rows:
        writer.writerow([cell(row[column]) for column in columns])
        written += 1
    return written
