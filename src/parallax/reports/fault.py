"""What could not be read, said in one line; and what could."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from parallax.model import Capture, Report


@dataclass(frozen=True, slots=True)
class Taken:
    """One report, and the bytes it was read from."""

    report: Report
    capture: Capture


@dataclass(frozen=True, slots=True)
class Fault:
    """A file, or a part of one, that could not be read: its name, the place in it, and the mend.

    `kept` is true where the report was taken all the same and only a part of it, such as
    its date, could not be used.
    """

    name: str
    place: str | None
    message: str
    kept: bool = False

    def __str__(self) -> str:
        """One line, safe to print on a terminal."""
        where = f"{self.name}, {self.place}" if self.place else self.name
        return printable(f"{where}: {self.message}")


def printable(words: str, limit: int = 600) -> str:
    """The words on one line, without control characters and unpaired surrogates, cut at `limit`."""
    plain = "".join(" " if unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp") else mark for mark in words)
    plain = " ".join(plain.split())
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"


def brief(error: BaseException) -> str:
    """What an error of a library says, short enough to stand inside a fault's line."""
    return printable(str(error), 120) or type(error).__name__
