"""Accounts side by side: a row an origin, a column a thing that can be said."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parallax.model import HARMS, Account, Kind, Origin, Statement, Tally, digest

Cell = tuple[tuple[Statement, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One account: by column, the statements that stand now, those that say the same together.

    `before` are those it made before; `copies` are its reports (by key) that are copies of another;
    `leads` says whether an end of a range rests on it; `anchor` is the row's id on the page.
    """

    account: Account
    anchor: str
    harms: Mapping[Kind, Cell]
    acts: Cell
    who: Cell
    where: Cell
    when: Cell
    before: tuple[Statement, ...]
    copies: tuple[str, ...]
    leads: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows, and the harms that at least one of them speaks of."""

    harms: tuple[Kind, ...]
    rows: tuple[Row, ...]


def matrix(tally: Tally, statements: Mapping[str, Statement], origins: Mapping[str, Origin]) -> Matrix:
    """The accounts of a tally as rows: those that set an end of a range first, then by day of publication."""
    bounds = [bound for spread in tally.ranges for bound in (spread.low, spread.high, spread.best) if bound]
    leading = {claim for bound in bounds for claim in bound.claims}
    rows = [_row(account, statements, origins, leading) for account in tally.accounts]
    rows.sort(key=lambda row: (not row.leads, _first(row.account, statements), row.account.origin))
    harms = tuple(kind for kind in HARMS if any(row.harms[kind] for row in rows))
    return Matrix(harms, tuple(rows))


def _row(
    account: Account, statements: Mapping[str, Statement], origins: Mapping[str, Origin], leading: set[str]
) -> Row:
    now = [statements[key] for key in account.current if key in statements]
    return Row(
        account,
        f"account-{digest(account.origin)}",
        {kind: _cell([s for s in now if s.claim.kind is kind], _harm) for kind in HARMS},
        _cell([s for s in now if s.claim.kind not in HARMS], _act),
        _cell([s for s in now if s.claim.who], lambda s: s.claim.who and s.claim.who.text.casefold()),
        _cell([s for s in now if s.claim.where], lambda s: s.claim.where and s.claim.where.text.casefold()),
        _cell([s for s in now if s.claim.when], lambda s: s.claim.when),
        tuple(statements[key] for key in account.superseded if key in statements),
        tuple(key for key in account.reports if key in origins and origins[key].report != key),
        bool(leading & set(account.current)),
    )


def _cell(statements: Sequence[Statement], thing: Callable[[Statement], Hashable]) -> Cell:
    """The statements gathered by what they say, in the order it was first said."""
    alike: dict[Hashable, list[Statement]] = {}
    for statement in sorted(statements, key=_published):
        alike.setdefault(thing(statement), []).append(statement)
    return tuple(tuple(some) for some in alike.values())


def _harm(statement: Statement) -> Hashable:
    claim = statement.claim
    count = (claim.count.low, claim.count.high) if claim.count else None
    return count, claim.whom and claim.whom.text.casefold(), claim.whom_class, claim.stance, claim.scope


def _act(statement: Statement) -> Hashable:
    claim = statement.claim
    count = (claim.count.low, claim.count.high) if claim.count else None
    return claim.kind, count, claim.stance, claim.scope


def _published(statement: Statement) -> tuple[date, str]:
    return statement.published or date.max, statement.claim.key


def _first(account: Account, statements: Mapping[str, Statement]) -> date:
    days = [statements[key].published for key in (*account.current, *account.superseded) if key in statements]
    return min((day for day in days if day is not None), default=date.max)
