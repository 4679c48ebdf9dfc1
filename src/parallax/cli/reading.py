"""The command that reads reports into a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallax import config
from parallax.cli import streams
from parallax.engine.local import Local
from parallax.progress import Progress
from parallax.reports.fault import Fault

if TYPE_CHECKING:
    pass


# The contract's names of a report's fields, and the table reader's.
FIELDS = {
    "id": "id",
    "text": "text",
    "title": "title",
    "source": "outlet",
    "author": "author",
    "date": "date",
    "url": "url",
    "lang": "language",
}


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not sign or not column or FIELDS.get(field, field) not in FIELDS.values():
            raise typer.BadParameter(f"{pair!r}: write it as FIELD=COLUMN, FIELD one of {', '.join(FIELDS)}")
        mapping[FIELDS.get(field, field)] = column
    return mapping


def read(
    paths: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, folders, globs, archives, feeds, or -.")],
    into: Annotated[str, typer.Option(metavar="LEDGER", help="The ledger to grow; made if it is not there.")],
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help=f"The CSV column of {', '.join(FIELDS)}.",
        ),
    ] = None,
    max_bytes: Annotated[int | None, typer.Option(min=1, help="The largest file taken in, in bytes.")] = None,
) -> None:
    """Read reports into a ledger. A second run adds only what is new."""
    from parallax import pipeline
    from parallax.ledger.ledger import Ledger

    settings = config.load()
    mapping = _mapping(map_ or [])
    faults = streams.Faults()
    total = pipeline.Total()
    with (
        Ledger.open(into, create=True) as ledger,
        Local(settings.workers) as engine,
        Progress(unit="reports", whole=_size(paths)) as progress,
    ):
        for event in pipeline.read(
            paths,
            ledger,
            engine,
            mapping=mapping,
            max_bytes=max_bytes or settings.max_bytes,
            stdin=sys.stdin.buffer,
        ):
            match event:
                case Fault():
                    progress.pause(partial(faults.say, event))
                case pipeline.Acknowledged():
                    total = total.plus(event)
                    progress.advance(event.new + event.seen, event.size)
                case pipeline.Linked():
                    progress.stage("linking", event.done, event.total)
        counts = ledger.counts()
    print(total.words(counts), file=sys.stderr)
    faults.exit()


def _size(paths: Iterable[str]) -> int | None:
    """The bytes of the files that these paths name, or None where that is not known beforehand."""
    size = 0
    try:
        for path in map(Path, paths):
            if path.is_file():
                size += path.stat().st_size
            elif path.is_dir():
                size += sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
            else:
                return None
    except (OSError, ValueError):
        return None  # what is wrong with the path is said where it is read
    return size or None
