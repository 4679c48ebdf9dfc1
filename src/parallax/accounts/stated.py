"""How many dead a claim's own words come to, in place of the number that the reader took for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parallax.accounts.origins import Said, sort_key
from parallax.model import ACTS, Count, Kind, Statement


def counting_the_dead(statements: Iterable[Statement]) -> tuple[tuple[Statement, ...], dict[str, str]]:
    """The statements with the number of dead that their words come to, and what to say of each such claim.

    The claim keeps its key. A statement whose words tell of no dead stays as it is: it bears on no bound.
    """
    found, notes = [], {}
    for statement in statements:
        if statement.dead and statement.claim.kind is Kind.KILLED:
            text = statement.claim.count.text if statement.claim.count is not None else ""
            count = Count(statement.dead, statement.dead, text)
            notes[statement.claim.key] = f"{statement.dead} dead by the words of its sentence"
            statement = replace(statement, claim=replace(statement.claim, count=count))
        found.append(statement)
    return tuple(found), notes


def told_with_an_act(sayings: Sequence[Said]) -> list[Said]:
    """The dead of whom a report tells only in words on the act ("the fatal shooting of a clerk"), as killed people.

    One saying for each report that has no claim of people killed: that with the most. They keep the key of the act.
    """
    counted = {s.statement.claim.report for s in sayings if s.statement.claim.kind is Kind.KILLED}
    found: dict[str, Said] = {}
    for said in sorted(sayings, key=sort_key):
        claim, dead = said.statement.claim, said.statement.dead
        if claim.kind not in ACTS or not dead or claim.report in counted:
            continue
        if claim.report not in found or dead > (found[claim.report].statement.dead or 0):
            found[claim.report] = said
    return [_as_killed(said, said.statement.dead or 0) for said in found.values()]


def _as_killed(said: Said, dead: int) -> Said:
    claim = replace(said.statement.claim, kind=Kind.KILLED, count=Count(dead, dead, ""), whom=None)
    return replace(said, statement=replace(said.statement, claim=claim))
