"""`parallax gazetteer`: the places that a person adds to those that come with the program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from parallax import config
from parallax.cli import streams
from parallax.errors import SettingsError, UnreadableError
from parallax.names import dumps, own

app = typer.Typer(help="Your own places: add them, list them, remove them.", no_args_is_help=True)


@app.command()
def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="GeoNames dumps (.txt, .zip), .csv with named columns, .geojson points."),
    ],
) -> None:
    """Add places of your own; a file of the same name as one before takes its place."""
    faults, folder = streams.Faults(), config.gazetteers()
    added: dict[str, Path] = {}
    before = _standing(folder)
    for path in files:
        name = own.called(path)
        if name in added:
            faults.say(f"{path}: goes by the name {name}, as {added[name]} does; rename one of them")
            continue
        added[name] = path
        try:
            rows = own.good(dumps.rows(path), lambda error: faults.say(str(error)))
            listing = own.keep(name, rows, path.name, folder)
        except UnreadableError as error:
            faults.say(str(error))
        else:
            old = before.get(name)
            gone = f", in place of {old.places} of {old.source}" if old and old.digest != listing.digest else ""
            print(f"{listing.name}: {listing.places} places of {listing.source}{gone}", file=sys.stderr)
    faults.exit()


def _standing(folder: Path) -> dict[str, own.Listing]:
    try:
        return {listing.name: listing for listing in own.listings(folder)}
    except SettingsError:
        return {}  # one that cannot be read is mended by adding it again


@app.command("list")
def list_() -> None:
    """Print the gazetteers that you have added: name, places, file, digest."""
    folder = config.gazetteers()
    for listing in own.listings(folder):
        print(f"{listing.name}\t{listing.places}\t{listing.source}\t{listing.digest}")
    print(f"kept in {folder}", file=sys.stderr)


@app.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="The name that `list` prints.")]) -> None:
    """Remove a gazetteer that you have added."""
    own.remove(name, config.gazetteers())
