"""How many dead a claim's own words come to, in place of the number that the reader took for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from parallax.model import Count, Statement


def counting_the_dead(statements: Iterable[Statement]) -> tuple[tuple[Statement, ...], dict[str, str]]:
    """The statements with the number of dead that their words come to, and what to say of each such claim.

    The claim keeps its key. A statement whose words tell of no dead stays as it is: it bears on no bound.
    """
    found, notes = [], {}
    for statement in statements:
        if statement.dead:
            text = statement.claim.count.text if statement.claim.count is not None else ""
            count = Count(statement.dead, statement.dead, text)
            notes[statement.claim.key] = f"{statement.dead} dead by the words of its sentence"
            statement = replace(statement, claim=replace(statement.claim, count=count))
        found.append(statement)
    return tuple(found), notes
