"""Accounts side by side: a row an origin, a column a thing that can be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parallax.model import HARMS, Account, Kind, Statement, Tally


@dataclass(frozen=True, slots=True)
class Row:
    """One account: by column, the statements that stand now; and those it made before."""

    account: Account
    harms: Mapping[Kind, tuple[Statement, ...]]
    acts: tuple[Statement, ...]
    who: tuple[Statement, ...]
    where: tuple[Statement, ...]
    when: tuple[Statement, ...]
    before: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows, and the harms that at least one of them speaks of."""

    harms: tuple[Kind, ...]
    rows: tuple[Row, ...]


def matrix(tally: Tally, statements: Mapping[str, Statement]) -> Matrix:
    """The accounts of a tally as rows; differing values of one origin stand side by side in a cell."""
    rows = tuple(_row(account, statements) for account in tally.accounts)
    harms = tuple(kind for kind in HARMS if any(row.harms[kind] for row in rows))
    return Matrix(harms, rows)


def _row(account: Account, statements: Mapping[str, Statement]) -> Row:
    now = [statements[key] for key in account.current if key in statements]
    before = tuple(statements[key] for key in account.superseded if key in statements)
    return Row(
        account,
        {kind: tuple(s for s in now if s.claim.kind is kind) for kind in HARMS},
        tuple(s for s in now if s.claim.kind not in HARMS),
        _distinct(now, [s.claim.who.text if s.claim.who else "" for s in now]),
        _distinct(now, [s.claim.where.text if s.claim.where else "" for s in now]),
        _distinct(now, [str(s.claim.when) if s.claim.when else "" for s in now]),
        before,
    )


def _distinct(statements: Sequence[Statement], words: Sequence[str]) -> tuple[Statement, ...]:
    """The first statement for each wording, empty wordings left out."""
    first: dict[str, Statement] = {}
    for statement, word in zip(statements, words, strict=True):
        if word:
            first.setdefault(word, statement)
    return tuple(first.values())
