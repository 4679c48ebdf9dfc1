"""Print docs/reference.md: every command with its arguments and options, from the program itself.

.venv/bin/python scripts/reference.py > docs/reference.md
"""

from __future__ import annotations

import click
import typer.main

from parallax import config
from parallax.cli.main import app


def main() -> None:
    """Print the page."""
    group = typer.main.get_command(app)
    print("# Commands\n")
    print("Made by `scripts/reference.py` from the program itself; a test compares the two.\n")
    print("Exit status: 0 all went well; 1 something could not be read or is not as it was; 2 the call itself is")
    print("wrong; 130 stopped from the keyboard. Settings: `PARALLAX_WORKERS` (processes that read, all cores by")
    print("default), `PARALLAX_MAX_BYTES` (the largest file taken in), `PARALLAX_POLICY` (`airwars` by default).")
    print()
    print("The workbench's maps: `PARALLAX_TILES` (the address of a tile server's tiles with {z}, {x} and {y}; empty")
    print("for the outlines that come along), `PARALLAX_TILES_CREDIT` (whom its maps are by).")
    print()
    print("The second reader, contacted by `parallax claims --second` alone: `PARALLAX_SECOND_URL` (the base of an")
    print("OpenAI-compatible interface), `PARALLAX_SECOND_MODEL`, `PARALLAX_SECOND_KEY` (if it needs one),")
    print(f"`PARALLAX_SECOND_SECONDS` (the time limit of one request, {config.Second.seconds} by default),")
    print(f"`PARALLAX_SECOND_TOKENS` (what a whole run may spend, {config.Second.tokens} by default).")
    print()
    print("Places of your own (`parallax gazetteer`) are kept in `PARALLAX_GAZETTEERS`, by default the folder")
    print("`parallax/gazetteers` in the data folder of your account; parties of your own (`parallax actors`) in")
    print("`PARALLAX_ACTORS`, by default `parallax/actors` there.")
    for name, command in sorted(getattr(group, "commands", {}).items()):
        for inner, each in sorted(getattr(command, "commands", {}).items()) or [("", command)]:
            _print(f"{name} {inner}".strip(), each)


def _print(name: str, command: click.Command) -> None:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["parallax", name, *(str(p.metavar or (p.name or "").upper()) for p in arguments)])
    print(f"\n## {usage}\n\n{(command.help or '').strip()}\n")
    for param in [*arguments, *options]:
        names = " ".join(param.opts) if param.param_type_name == "option" else str(param.metavar or param.name)
        words = str(getattr(param, "help", None) or "").strip()
        needed = " Needed." if param.required and param.param_type_name == "option" else ""
        print(f"- `{names}`: {words}{needed}" if words or needed else f"- `{names}`")


if __name__ == "__main__":
    main()
