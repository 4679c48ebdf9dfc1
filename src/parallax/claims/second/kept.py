"""Answers kept in a folder, one file for each report and reader, so that a run that was cut short goes on."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from parallax.errors import SettingsError
from parallax.model import Reader, Report, digest

# By the digest of its question, the claims that were told; None where the answer was cut off for length.
Answers = dict[str, list[Any] | None]

_ANSWERS: TypeAdapter[Answers] = TypeAdapter(Answers)


def prepare(folder: Path) -> None:
    """Make the folder. Raises `SettingsError` where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{folder}: {error.strerror}; give --keep a folder that can be written") from None


def path(folder: Path, report: Report, reader: Reader) -> Path:
    """The file of one report's answers by one reader."""
    return folder / f"{digest(report.key)}-{digest(asdict(reader))}.json"


def load(file: Path) -> Answers:
    """The answers kept in this file; none if it is not there.

    Raises ValueError for a file that is not one that `store` wrote whole, and OSError for
    one that cannot be read.
    """
    try:
        held = json.loads(file.read_bytes())
        return _ANSWERS.validate_python(held["answers"], strict=True)
    except FileNotFoundError:
        return {}
    except (ValidationError, RecursionError, KeyError, TypeError) as error:
        raise ValueError(f"not a file of kept answers ({type(error).__name__})") from None


def store(file: Path, report: Report, reader: Reader, answers: Answers) -> None:
    """Write these answers in place of what the file held: all of them or, if it is cut short, none."""
    held = {"report": report.id, "reader": asdict(reader), "answers": answers}
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}-", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as out:
                json.dump(held, out, indent=1)
                out.flush()
                os.fsync(out.fileno())
            os.replace(name, file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}; give --keep a folder that can be written") from None
