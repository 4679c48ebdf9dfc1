"""How a team's workbench starts: what must hold before it listens, and the address it prints."""

from __future__ import annotations

import ipaddress
from typing import Any

from parallax.config import Settings
from parallax.errors import SettingsError
from parallax.workbench.team.sessions import Team


def team(ledger: str, host: str, settings: Settings, secure: bool) -> Team:
    """How a team is served. Raises SettingsError where its passwords or its ledger would not be safe."""
    if not ledger.startswith(("postgresql:", "postgresql+psycopg:")):
        raise SettingsError("a team's ledger is a PostgreSQL database: give postgresql+psycopg://USER@HOST/NAME")
    if not secure and not _is_loopback(host):
        raise SettingsError(
            f"at {host} passwords would cross the network for all to read: put a proxy that speaks TLS "
            "before the workbench and say --behind-tls-proxy, or listen at 127.0.0.1"
        )
    if secure and not settings.hosts:
        raise SettingsError(
            "set PARALLAX_HOSTS to the name that browsers know the proxy by, such as ledger.example.org"
        )
    return Team(settings.hosts, secure)


def address(team: Team | None, where: Any) -> str:
    """The address that people open, given the socket's own."""
    if team is not None and team.secure:
        return f"https://{team.hosts[0]}/"
    host, port = where[0], where[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
