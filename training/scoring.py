"""The data's own scoring program, as a module."""

from __future__ import annotations

import importlib.util
from functools import cache
from types import ModuleType

from training.places import DATA


@cache
def scorer() -> ModuleType:
    """`gold/claims.py` of the data folder."""
    spec = importlib.util.spec_from_file_location("gold_claims", DATA / "gold" / "claims.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{DATA} holds no gold/claims.py: set PARALLAX_DATA to the data folder")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
