"""What people decided, applied to what was read: discounted claims and corrected counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from parallax.model import Count, Judgement, Statement, Verb, VictimClass


def in_turn(judgements: Iterable[Judgement]) -> list[Judgement]:
    """By time, then by the words, so that the result does not depend on the order given."""
    return sorted(judgements, key=lambda j: (j.at, j.who, j.verb.value, j.claims, j.slot or "", j.value or "", j.why))


def discounts(judgements: Iterable[Judgement]) -> dict[str, str]:
    """The claims that people discounted, each with who did so and why; a later acceptance takes it back."""
    found: dict[str, str] = {}
    for judgement in in_turn(judgements):
        for claim in judgement.claims:
            if judgement.verb is Verb.DISCOUNT:
                found[claim] = f"discounted by {judgement.who}: {judgement.why}"
            elif judgement.verb is Verb.ACCEPT:
                found.pop(claim, None)
    return found


def corrected(statements: Iterable[Statement], judgements: Iterable[Judgement]) -> tuple[Statement, ...]:
    """The statements with people's corrections of `count` and `whom_class` in place of what was read.

    The claim keeps its key. A correction of another slot, or to words that are no value of
    its slot, changes nothing here; it stands in the ledger for people to see.
    """
    found = {statement.claim.key: statement for statement in statements}
    for judgement in in_turn(judgements):
        if judgement.verb is not Verb.CORRECT:
            continue
        for key in judgement.claims:
            if key in found:
                found[key] = _corrected(found[key], judgement)
    return tuple(found.values())


def _corrected(statement: Statement, judgement: Judgement) -> Statement:
    claim, value = statement.claim, (judgement.value or "").strip()
    if judgement.slot == "count":
        if not value:
            return replace(statement, claim=replace(claim, count=None))
        ends = re.fullmatch(r"(\d+)(?:\s*(?:-|–|\.\.|to)\s*(\d+))?", value)
        if ends is None:
            return statement
        low, high = int(ends.group(1)), int(ends.group(2) or ends.group(1))
        if low > high:
            return statement
        said = f"; the text has {claim.count.text}" if claim.count else ""
        return replace(
            statement, claim=replace(claim, count=Count(low, high, f"{value}, corrected by {judgement.who}{said}"))
        )
    if judgement.slot == "whom_class" and value in set(VictimClass):
        return replace(statement, claim=replace(claim, whom_class=VictimClass(value)))
    return statement
