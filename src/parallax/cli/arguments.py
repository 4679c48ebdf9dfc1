"""What several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="JSON Lines files; - for standard input.")]
Policy = Annotated[str | None, typer.Option(help="airwars, ucdp, ibc or acled.")]
LedgerPath = Annotated[str, typer.Argument(metavar="LEDGER", help="The ledger's file, or a PostgreSQL address.")]
