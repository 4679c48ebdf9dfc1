"""The policies, one file each, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from parallax.accounts.policies.acled import ACLED
from parallax.accounts.policies.airwars import AIRWARS
from parallax.accounts.policies.ibc import IBC
from parallax.accounts.policies.ucdp import UCDP
from parallax.accounts.policy import Policy
from parallax.errors import PolicyError

POLICIES: Mapping[str, Policy] = MappingProxyType({policy.name: policy for policy in (ACLED, AIRWARS, IBC, UCDP)})


def named(name: str) -> Policy:
    """The policy of this name. Raises `PolicyError`, which lists the known ones."""
    try:
        return POLICIES[name]
    except KeyError:
        raise PolicyError(f"no policy is called {name!r}; the known ones are {', '.join(POLICIES)}") from None
