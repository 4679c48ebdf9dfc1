"""The command line: each command is one call of the library.

Results go to standard output, progress and faults to standard error. Exit status: 0 all
went well, 1 something could not be read or is not as it was, 2 the call itself is
wrong, 130 stopped from the keyboard.
"""

from __future__ import annotations

import os
import sys

import typer

from parallax.cli import actor_packs, gazetteers, ledgers, reading, serving, stateless, users
from parallax.engine.garbage import collect_seldom
from parallax.errors import LedgerError, ParallaxError, UnreadableError

# The exit status of a program stopped from the keyboard.
STOPPED = 130

app = typer.Typer(
    help="Turns many reports about a conflict into one ledger of claims.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command()(stateless.claims)
app.command()(stateless.places)
app.command()(stateless.copies)
app.command()(stateless.incidents)
app.command("explain")(ledgers.explain_incident)
app.command()(reading.read)
app.command()(ledgers.export)
app.command()(serving.serve)
app.command()(ledgers.verify)
app.command()(ledgers.judge)
app.add_typer(gazetteers.app, name="gazetteer")
app.add_typer(actor_packs.app, name="actors")
app.add_typer(users.app, name="users")


def main() -> None:
    """Run the command line, and turn what a person can mend into one line and an exit status."""
    collect_seldom()
    try:
        app()
    except SystemExit as end:
        if end.code == STOPPED:
            print(
                "parallax: stopped; what was acknowledged is kept, and the next run goes on from there", file=sys.stderr
            )
        raise
    except ParallaxError as error:
        print(f"parallax: {error}", file=sys.stderr)
        sys.exit(2 if not isinstance(error, LedgerError | UnreadableError) else 1)
    except BrokenPipeError:
        # The reader of our output has gone; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
