"""The words that tell of harm, each with its kinds and the roles it can play."""

from __future__ import annotations

from functools import cache

from parallax.claims.lexicons import Phrases, all_forms, load
from parallax.model import Kind

_ROLES = ("adjectives", "events", "tolls", "victims", "named_by")

Trigger = tuple[Kind, str]


@cache
def triggers() -> Phrases:
    """Every word or phrase of harm, with the pairs of kind and role it can stand for."""
    meanings: dict[str, list[Trigger]] = {}
    for name, lists in load("harms").items():
        kind = Kind(name)
        for role in ("verbs", "intransitive"):
            for form in all_forms(lists[role]):
                meanings.setdefault(form, []).append((kind, role))
        for role in _ROLES:
            for phrase in lists[role]:
                meanings.setdefault(phrase, []).append((kind, role))
    meanings["casualties"] = meanings["casualty"] = [(Kind.KILLED, "casualties")]
    return Phrases({phrase: tuple(roles_) for phrase, roles_ in meanings.items()})
