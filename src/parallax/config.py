"""The only reader of settings: what the environment says, checked once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from parallax.errors import SettingsError


@dataclass(frozen=True)
class Settings:
    """What a person may set.

    `workers`: processes that read reports side by side. `max_bytes`: the largest file
    taken in. `policy`: the policy that pages and exports use unless told otherwise.
    """

    workers: int = 1
    max_bytes: int = 50_000_000
    policy: str = "airwars"


def _positive(environment: Mapping[str, str], name: str, default: int) -> int:
    given = environment.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or int(given) < 1:
        raise SettingsError(f"{name} is {given!r}: give a whole number of 1 or more")
    return int(given)


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process: `PARALLAX_WORKERS`, `PARALLAX_MAX_BYTES`, `PARALLAX_POLICY`.

    Raises `SettingsError` that names the variable and what it takes.
    """
    environment = os.environ if environment is None else environment
    cores = os.cpu_count() or 1
    return Settings(
        workers=_positive(environment, "PARALLAX_WORKERS", cores),
        max_bytes=_positive(environment, "PARALLAX_MAX_BYTES", Settings.max_bytes),
        policy=environment.get("PARALLAX_POLICY", "").strip() or Settings.policy,
    )
