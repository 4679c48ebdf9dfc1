"""`parallax actors`: the parties that a person adds to those that come with the program."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from parallax import config
from parallax.cli import streams
from parallax.errors import SettingsError, UnreadableError
from parallax.names import own_actors, parties

app = typer.Typer(
    help="Your own parties to a conflict, their names, sides and times: add them, list them, remove them.",
    no_args_is_help=True,
)


@app.command()
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help='.json with {"actors": [rows]}, or .csv with named columns.')
    ],
) -> None:
    """Add parties of your own; a file of the same name as one before takes its place."""
    faults, folder = streams.Faults(), config.actors()
    before = _standing(folder)
    for path in files:
        try:
            pack = own_actors.add(path, folder, lambda error: faults.say(str(error)))
        except UnreadableError as error:
            faults.say(str(error))
        else:
            old = before.get(pack.name)
            gone = f", in place of {old.parties} of {old.source}" if old and old.digest != pack.digest else ""
            print(f"{pack.name}: {pack.parties} parties of {pack.source}{gone}", file=sys.stderr)
            before[pack.name] = pack
    faults.exit()


def _standing(folder: Path) -> dict[str, own_actors.Pack]:
    try:
        return {pack.name: pack for pack in own_actors.packs(folder)}
    except SettingsError:
        return {}  # one that cannot be read is mended by adding it again


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="Every party known, yours and those that come along.")] = False,
    day: Annotated[
        str | None, typer.Option(metavar="DAY", help="With --all: names, sides and parents as of this day.")
    ] = None,
) -> None:
    """Print the packs that you have added: name, parties, file, digest; or every party there is."""
    folder = config.actors()
    if day is not None and not all_:
        raise typer.BadParameter("--day says as of when --all lists, and goes with it")
    if all_:
        _list_parties(parties.load(folder), day)
        return
    for pack in own_actors.packs(folder):
        print(f"{pack.name}\t{pack.parties}\t{pack.source}\t{pack.digest}")
    print(f"kept in {folder}", file=sys.stderr)


def _list_parties(known: parties.Parties, day: str | None) -> None:
    try:
        at: date | None = parties.as_day(day)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    for key in sorted(known.by_key):
        party = known.party(key, at)
        if party is not None and not party.unnamed and party.told_of(at) and party.lived(at):
            print("\t".join([key, party.called(at), party.kind or "", party.side(at) or "", party.parent(at) or ""]))


@app.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="The name that `list` prints.")]) -> None:
    """Remove a pack of parties that you have added."""
    own_actors.remove(name, config.actors())
