"""What people decided, applied to what was read: withdrawn judgements, discounted claims, corrected slots."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from parallax.model import Claim, Count, Days, Judgement, Kind, Scope, Stance, Statement, Verb, VictimClass

# Slots whose value is settled by its words alone; the others name somebody or some place.
PLAIN = ("count", "whom_class", "when", "stance", "scope", "kind")
NAMED = ("whom", "who", "where", "voice", "via")
COUNTED = ("count", "kind", "whom")
SLOTS = (*PLAIN, *NAMED)
LONGEST = 300


def in_turn(judgements: Iterable[Judgement]) -> list[Judgement]:
    """By time, then by the words, so that the result does not depend on the order given."""
    return sorted(judgements, key=lambda j: (j.at, j.who, j.verb.value, j.claims, j.slot or "", j.value or "", j.why))


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that count, in turn: those that nobody withdrew, the withdrawals themselves left out.

    A withdrawal counts only over what was decided before it, and not once it is withdrawn itself.
    """
    ordered = in_turn(set(judgements))
    gone: set[str] = set()
    for judgement in reversed(ordered):
        if judgement.verb is Verb.WITHDRAW and judgement.value and judgement.key not in gone:
            gone.add(judgement.value)
    return tuple(
        judgement for judgement in ordered if judgement.verb is not Verb.WITHDRAW and judgement.key not in gone
    )


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

    The claim keeps its key. Slots that name somebody or some place are not resolved here, only
    told of: their statements come resolved. A correction to words that are no value of its slot
    changes nothing; it stands in the ledger for people to see.
    """
    found = {statement.claim.key: statement for statement in statements}
    notes: dict[str, str] = {}
    for judgement in in_turn(judgements):
        if judgement.verb in (Verb.ACCEPT, Verb.ADD):
            # Who accepts or adds a number has read its sentence, whatever its words come to.
            found |= {key: replace(found[key], dead=None) for key in judgement.claims if key in found}
        if judgement.verb not in (Verb.CORRECT, Verb.ADD):
            continue
        for key in judgement.claims:
            if key not in found:
                continue
            note = f"added by {judgement.who}: {judgement.why}"
            if judgement.verb is Verb.CORRECT:
                slot, value = judgement.slot or "", judgement.value or ""
                if not fits(slot, value):
                    continue
                note = f"{slot.replace('_', ' ')} corrected by {judgement.who}: {judgement.why}"
                found[key] = replace(found[key], claim=put(found[key].claim, slot, value))
                if slot in COUNTED:
                    found[key] = replace(found[key], dead=None)
            notes[key] = f"{notes[key]}; {note}" if key in notes else note
    return tuple(found.values()), notes


def fits(slot: str, value: str) -> bool:
    """Whether a correction of this slot to this value can be applied.

    A count is given as "4", "4-5", "at least 4" or "up to 5"; days as "2018-11-02",
    "2018-11-02..2018-11-05", "2018-11" or "2018"; both may be empty, as may who, whom, where,
    voice and via, which are words. The other slots take a word of their vocabulary.
    """
    value = value.strip()
    if slot in NAMED:
        return len(value) <= LONGEST and value.isprintable()
    if slot == "count":
        return not value or _count(value) is not None
    if slot == "when":
        return not value or days_of(value) is not None
    slots: dict[str, set[str]] = {
        "whom_class": set(VictimClass),
        "stance": set(Stance),
        "scope": set(Scope),
        "kind": set(Kind),
    }
    return value in slots.get(slot, ())


def unfit(slot: str, value: str) -> str:
    """One line that says why a value does not fit its slot, and what does."""
    takes = {
        "count": "4, 4-5, at least 4, up to 5, or nothing",
        "when": "2018-11-02, 2018-11-02..2018-11-05, 2018-11, 2018, or nothing",
        "whom_class": "civilian, combatant, mixed or unknown",
        "stance": "asserted, doubted, denied or expected",
        "scope": "event or total",
        "kind": ", ".join(Kind),
    } | dict.fromkeys(NAMED, f"words on one line, at most {LONGEST} characters, or nothing")
    if slot not in takes:
        return f"{slot!r} is no slot of a claim: correct {', '.join(SLOTS)}"
    return f"{slot} = {value!r} cannot be applied; it takes {takes[slot]}"


def put(claim: Claim, slot: str, value: str) -> Claim:
    """The claim with a plain slot set to a value that fits it, its key kept; unchanged for a slot that is not plain."""
    value = value.strip()
    match slot:
        case "count":
            return replace(claim, count=_count(value) if value else None)
        case "when":
            return replace(claim, when=days_of(value) if value else None)
        case "whom_class":
            return replace(claim, whom_class=VictimClass(value))
        case "stance":
            return replace(claim, stance=Stance(value))
        case "scope":
            return replace(claim, scope=Scope(value))
        case "kind":
            return replace(claim, kind=Kind(value))
    return claim


COUNT = re.compile(r"(?P<least>at least )?(?P<most>up to )?(?P<low>\d{1,9})(?:\s*(?:-|–|\.\.|to)\s*(?P<high>\d{1,9}))?")


def _count(value: str) -> Count | None:
    found = COUNT.fullmatch(value)
    if found is None or (found["high"] and (found["least"] or found["most"])) or (found["least"] and found["most"]):
        return None
    low, high = int(found["low"]), int(found["high"] or found["low"])
    if low > high:
        return None
    return Count(None if found["most"] else low, None if found["least"] else high, value)


def days_of(value: str) -> Days | None:
    """The days that a person's words give: a day, two joined by "..", a month or a year; None where they give none."""
    first, _, last = (part.strip() for part in value.partition(".."))
    start, end = _ends(first), _ends(last or first)
    if start is None or end is None or start[0] > end[1]:
        return None
    return Days(start[0], end[1])


def _ends(words: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", words)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None
