"""The only reader of settings: what the environment says, checked once."""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from parallax.errors import SettingsError


@dataclass(frozen=True)
class Settings:
    """What a person may set.

    `workers`: processes that read reports side by side. `max_bytes`: the largest file
    taken in. `policy`: the policy that pages and exports use unless told otherwise. `who`:
    the name that signs what the one person of this machine decides. `hosts`: the names besides
    localhost that a team's workbench answers to.

    `tiles`: the address of the tiles of one server, which maps may then ask and no other: a template with
    {z}, {x} and {y}, such as https://tiles.example.org/{z}/{x}/{y}.png; empty for the outlines that
    come with the program. `tiles_credit`: whom that server's maps are by, shown on every map.
    """

    workers: int = 1
    max_bytes: int = 50_000_000
    policy: str = "airwars"
    who: str = "local"
    tiles: str = ""
    tiles_credit: str = ""
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Second:
    """The endpoint of the second reader, asked only on demand.

    `url` is the base of an OpenAI-compatible interface. `seconds` is the time limit of one
    request, `tokens` what a whole run may spend.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: int = 120
    tokens: int = 1_000_000


def _positive(environment: Mapping[str, str], name: str, default: int) -> int:
    given = environment.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or int(given) < 1:
        raise SettingsError(f"{name} is {given!r}: give a whole number of 1 or more")
    return int(given)


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process: `PARALLAX_WORKERS`, `PARALLAX_MAX_BYTES`, `PARALLAX_POLICY`, `PARALLAX_WHO`,
    `PARALLAX_HOSTS`, `PARALLAX_TILES`, `PARALLAX_TILES_CREDIT`.

    Raises `SettingsError` that names the variable and what it takes.
    """
    environment = os.environ if environment is None else environment
    cores = os.cpu_count() or 1
    return Settings(
        workers=_positive(environment, "PARALLAX_WORKERS", cores),
        max_bytes=_positive(environment, "PARALLAX_MAX_BYTES", Settings.max_bytes),
        policy=environment.get("PARALLAX_POLICY", "").strip() or Settings.policy,
        who=_who(environment),
        tiles=_tiles(environment),
        tiles_credit=environment.get("PARALLAX_TILES_CREDIT", "").strip(),
        hosts=_hosts(environment),
    )


def _hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    given = environment.get("PARALLAX_HOSTS", "").replace(",", " ").lower().split()
    for host in given:
        if not re.fullmatch(r"[a-z0-9.-]+|[0-9a-f:]+", host):
            raise SettingsError(f"PARALLAX_HOSTS names {host!r}: give names such as ledger.example.org, no ports")
    return tuple(given)


def _tiles(environment: Mapping[str, str]) -> str:
    given = environment.get("PARALLAX_TILES", "").strip()
    if not given:
        return ""
    host = urlsplit(given.replace("{", "").replace("}", "")).netloc if _is_address(given) else ""
    plain = re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", host) and not re.search(r"[;,'\"<>\\]", given)
    if not plain or "{" in given.split("/")[2] or any(part not in given for part in ("{z}", "{x}", "{y}")):
        raise SettingsError(
            "PARALLAX_TILES is no address of map tiles: give one such as https://tiles.example.org/{z}/{x}/{y}.png"
        )
    return given


def _who(environment: Mapping[str, str]) -> str:
    """Who works at this machine: `PARALLAX_WHO`, or the name of the account, or "local" where there is none."""
    given = environment.get("PARALLAX_WHO", "").strip()
    if given and not given.isprintable():
        raise SettingsError("PARALLAX_WHO holds marks that cannot be printed: give a name")
    try:
        return given or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return Settings.who


def ledger(environment: Mapping[str, str] | None = None) -> str:
    """The ledger that `parallax users` means where none is named: `PARALLAX_LEDGER`."""
    environment = os.environ if environment is None else environment
    given = environment.get("PARALLAX_LEDGER", "").strip()
    if not given:
        raise SettingsError("name the team's ledger with --ledger, or set PARALLAX_LEDGER")
    return given


def gazetteers(environment: Mapping[str, str] | None = None) -> Path:
    """The folder of a person's own gazetteers: `PARALLAX_GAZETTEERS`, or `parallax/gazetteers` in their data folder.

    The data folder is the system's: `$XDG_DATA_HOME` or ~/.local/share, ~/Library/Application Support, %LOCALAPPDATA%.
    """
    return _own("gazetteers", environment)


def actors(environment: Mapping[str, str] | None = None) -> Path:
    """The folder of a person's own packs of parties: `PARALLAX_ACTORS`, or `parallax/actors` in their data folder."""
    return _own("actors", environment)


def _own(what: str, environment: Mapping[str, str] | None) -> Path:
    environment = os.environ if environment is None else environment
    if given := environment.get(f"PARALLAX_{what.upper()}", "").strip():
        return Path(given)
    if sys.platform == "win32":
        data = environment.get("LOCALAPPDATA", "").strip() or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        data = str(Path.home() / "Library" / "Application Support")
    else:
        data = environment.get("XDG_DATA_HOME", "").strip() or str(Path.home() / ".local" / "share")
    return Path(data) / "parallax" / what


def second(environment: Mapping[str, str] | None = None) -> Second:
    """The second reader's endpoint: `PARALLAX_SECOND_URL`, `_MODEL`, `_KEY`, `_SECONDS`, `_TOKENS`.

    Raises `SettingsError` that names the variable and what it takes; the key is never shown.
    """
    environment = os.environ if environment is None else environment
    url, model, key = (environment.get(f"PARALLAX_SECOND_{name}", "").strip() for name in ("URL", "MODEL", "KEY"))
    if missing := " and ".join(f"PARALLAX_SECOND_{n}" for n, given in (("URL", url), ("MODEL", model)) if not given):
        raise SettingsError(f"the second reader asks only an endpoint that you name: set {missing}, or leave it out")
    if not _is_address(url):
        raise SettingsError("PARALLAX_SECOND_URL is no address such as https://host/v1, without a name or password")
    if not model.isprintable():
        raise SettingsError("PARALLAX_SECOND_MODEL holds marks that cannot be printed: give the model's name")
    if not (key.isascii() and key.isprintable()):
        raise SettingsError("PARALLAX_SECOND_KEY holds marks that no key has: give it as it was issued")
    return Second(
        url,
        model,
        key or None,
        _positive(environment, "PARALLAX_SECOND_SECONDS", Second.seconds),
        _positive(environment, "PARALLAX_SECOND_TOKENS", Second.tokens),
    )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = url.isprintable() and not any(map(str.isspace, url)) and "@" not in parts.netloc
    return named and plain and parts.scheme in ("http", "https")
