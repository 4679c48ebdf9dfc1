"""How a toll was told: every number of people harmed, by the day it was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from parallax.model import HARMS, Account, Kind, Statement, Tally, VictimClass


@dataclass(frozen=True, slots=True)
class Step:
    """One number of one origin; `stands` is False once the origin has put another in its place.

    `claims` are all its claims that say the same, by key.
    """

    account: Account
    statement: Statement
    stands: bool
    claims: tuple[str, ...] = ()


def steps(tally: Tally, statements: Mapping[str, Statement]) -> tuple[Step, ...]:
    """Each number of people harmed that each origin gave, the first published first.

    A number that an origin repeats stands once, at its first day.
    """
    found: dict[tuple[object, ...], list[Step]] = {}
    for account in tally.accounts:
        for key in (*account.superseded, *account.current):
            if key in statements and statements[key].claim.kind in HARMS and statements[key].claim.count:
                step = Step(account, statements[key], key in account.current)
                found.setdefault(_thing(step), []).append(step)
    alike = (sorted(some, key=_order) for some in found.values())
    once = [replace(some[0], claims=tuple(step.statement.claim.key for step in some)) for some in alike]
    return tuple(sorted(once, key=_order))


def _thing(step: Step) -> tuple[str, Kind, VictimClass, int | None, int | None, bool]:
    claim = step.statement.claim
    low, high = (claim.count.low, claim.count.high) if claim.count else (None, None)
    return step.account.origin, claim.kind, claim.whom_class, low, high, step.stands


def _order(step: Step) -> tuple[date, str, str, str]:
    statement = step.statement
    return statement.published or date.max, step.account.origin, statement.claim.kind, statement.claim.key
