"""What people decided, applied to what was read: discounted claims and corrected counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from parallax.model import Claim, Count, Judgement, Scope, Stance, Statement, Verb, VictimClass


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


def corrected(
    statements: Iterable[Statement], judgements: Iterable[Judgement]
) -> tuple[tuple[Statement, ...], dict[str, str]]:
    """The statements with people's corrections in place of what was read, and what to say of each corrected claim.

    The slots `count`, `whom_class`, `stance` and `scope` are corrected, the claim keeping
    its key. A count is given as "4", "4-5", "at least 4" or "up to 5", or empty for none. A
    correction of another slot, or to words that are no value of its slot, changes nothing
    here; it stands in the ledger for people to see.
    """
    found = {statement.claim.key: statement for statement in statements}
    notes: dict[str, str] = {}
    for judgement in in_turn(judgements):
        if judgement.verb is not Verb.CORRECT:
            continue
        for key in judgement.claims:
            claim = _corrected(found[key].claim, judgement) if key in found else None
            if claim is not None:
                note = f"{(judgement.slot or '').replace('_', ' ')} corrected by {judgement.who}: {judgement.why}"
                notes[key] = f"{notes[key]}; {note}" if key in notes else note
                found[key] = replace(found[key], claim=claim)
    return tuple(found.values()), notes


def fits(slot: str, value: str) -> bool:
    """Whether a correction of this slot to this value can be applied."""
    slots: dict[str, set[str]] = {"whom_class": set(VictimClass), "stance": set(Stance), "scope": set(Scope)}
    if slot == "count":
        return not value.strip() or _count(value.strip()) is not None
    return value.strip() in slots.get(slot, ())


def _corrected(claim: Claim, judgement: Judgement) -> Claim | None:
    """The claim with one slot corrected; None where the correction cannot be applied."""
    value = (judgement.value or "").strip()
    if judgement.slot == "count":
        if not value:
            return replace(claim, count=None)
        count = _count(value)
        return replace(claim, count=count) if count is not None else None
    if judgement.slot == "whom_class" and value in set(VictimClass):
        return replace(claim, whom_class=VictimClass(value))
    if judgement.slot == "stance" and value in set(Stance):
        return replace(claim, stance=Stance(value))
    if judgement.slot == "scope" and value in set(Scope):
        return replace(claim, scope=Scope(value))
    return None


COUNT = re.compile(r"(?P<least>at least )?(?P<most>up to )?(?P<low>\d{1,9})(?:\s*(?:-|–|\.\.|to)\s*(?P<high>\d{1,9}))?")


def _count(value: str) -> Count | None:
    found = COUNT.fullmatch(value)
    if found is None or (found["high"] and (found["least"] or found["most"])) or (found["least"] and found["most"]):
        return None
    low, high = int(found["low"]), int(found["high"] or found["low"])
    if low > high:
        return None
    return Count(None if found["most"] else low, None if found["least"] else high, value)
