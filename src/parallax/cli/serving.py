"""The command that serves the workbench."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated

import typer

from parallax import config
from parallax.cli import users
from parallax.cli.arguments import LedgerPath
from parallax.errors import LedgerError

if TYPE_CHECKING:
    pass


def serve(
    ledger: LedgerPath,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8642,
    team: Annotated[
        bool, typer.Option("--team", help="For several people, who log in; the ledger is a PostgreSQL address.")
    ] = False,
    host: Annotated[str, typer.Option(help="With --team: the address of this machine to listen at.")] = "127.0.0.1",
    behind_tls_proxy: Annotated[
        bool, typer.Option("--behind-tls-proxy", help="With --team: a proxy before it speaks TLS to the browsers.")
    ] = False,
    proxy_address: Annotated[
        str, typer.Option(help="With --behind-tls-proxy: the proxy's address, whose word on whom it asks for is taken.")
    ] = "127.0.0.1",
) -> None:
    """Serve the workbench on this machine alone, or for a team, and print its address.

    A team's workbench answers to localhost and to the names in PARALLAX_HOSTS.
    """
    import threading

    import uvicorn

    from parallax import pipeline
    from parallax.ledger.ledger import Ledger
    from parallax.workbench.app import create
    from parallax.workbench.choosing.choice import warm
    from parallax.workbench.team import start

    settings = config.load()
    pipeline.policy(settings.policy)
    shared = start.team(ledger, host, settings, behind_tls_proxy) if team else None
    if shared is None and (host != "127.0.0.1" or behind_tls_proxy):
        raise typer.BadParameter("without --team the workbench is for this machine alone; --host needs --team")
    with Ledger.open(ledger) as opened:
        listener = _listener(host, port)
        address = start.address(shared, listener.getsockname())
        print(f"Parallax serves {opened.name} at {address} (Ctrl-C stops it)", flush=True)
        if shared is not None and (path := users.first_admin(opened)):
            print(f"Nobody can log in as admin yet. This link makes the first: {address}{path[1:]}", flush=True)

        def ahead() -> None:
            """What the first pages wait for, then what the first correction of a name would."""
            warm(opened, settings)
            pipeline.prepare_names()

        threading.Thread(target=ahead, daemon=True).start()
        configuration = uvicorn.Config(
            create(opened, settings, shared),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=behind_tls_proxy,
            forwarded_allow_ips=proxy_address if behind_tls_proxy else "",
        )
        uvicorn.Server(configuration).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # Named TCP, or the event loop leaves Nagle's delay on and every answer waits 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        # Whoever asks as soon as the address is printed waits for the answer, and is not refused.
        listener.listen(128)
    except OSError as error:
        raise LedgerError(f"{host}, port {port}: {error.strerror}; choose another with --port") from error
    return listener
