"""What of an incident waits for a person, and how much it matters.

The most useful is first: doubt times stakes. The doubt of a claim is how unsure the reader is of it,
or of the slot that it is least sure of; of a dispute, of competing attributions and of a report held
to an incident by a thin link, one half or what the link leaves. The stakes are the people by whom an
end of a range moves if the claim is left out, worked out by weighing the incident without it. They
count by their logarithm, so that a massacre does not bury every other incident (uncertainty sampling
weighted by the expected change, as active learning has it: Settles 2009, section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

from parallax.accounts.judgements import in_turn
from parallax.accounts.policy import Policy
from parallax.accounts.weigh import Scales
from parallax.model import (
    HARMS,
    Bound,
    Claim,
    Difference,
    DifferenceType,
    Grade,
    Incident,
    Judgement,
    Link,
    QueueItem,
    Range,
    Reason,
    Statement,
    Tally,
    Telling,
    Verb,
    digest,
)

# The claims that set an end are left out one by one, those with the most people first, and so many of them.
LEFT_OUT = 4
# Of the disputes of an incident those with the widest gap, and so many of them.
DISPUTES = 2
DOUBTFUL = 0.5
OPEN_QUESTION = 0.5
UNSEEN = 0.05
# A link of so many points, and more, is as good as sure.
FIRM = 10.0
_SLOTS = {
    "count": "how many",
    "whom": "whom",
    "whom_class": "the class of victim",
    "who": "who did it",
    "where": "where",
    "when": "when",
    "voice": "on whose word",
    "via": "who passed it on",
    "stance": "how the voice stands to it",
    "scope": "whether it is a running total",
}


@dataclass(frozen=True, slots=True)
class _Stake:
    """By how many people an end of a range moves without a claim, and what that looks like in words."""

    people: int
    words: str


def waiting(
    incident: Incident,
    tally: Tally,
    statements: Mapping[str, Statement],
    scales: Scales,
    policy: Policy,
    judgements: Sequence[Judgement] = (),
) -> tuple[QueueItem, ...]:
    """What of an incident waits for a person, or waited and is decided, the most useful first; never nothing.

    `tally` and `scales` are the incident's, the tally under the policy; `judgements` those that count.
    """
    own = {key: statements[key].claim for key in incident.claims}
    decided = _decided(judgements, own)
    found: list[QueueItem] = []

    def add(reason: Reason, claims: Iterable[str], doubt: float, people: int, words: str) -> None:
        keys = tuple(claims)
        # "Doubtful" and "rests" are one question of one claim, so that an answer holds for both.
        key = digest("claim" if reason in (Reason.DOUBTFUL, Reason.RESTS) else reason, sorted(keys))
        times = [decided.get(claim) for claim in keys]
        seen = max((at for at in times if at is not None), default=None) if all(times) else None
        priority = round(100 * doubt * log2(1 + people))
        found.append(QueueItem(key, incident.id, reason, own[keys[0]].kind, keys, words, priority, seen))

    for key, stake in _stakes(tally, statements, scales, policy).items():
        doubt, words = _doubt(own[key])
        reason = Reason.DOUBTFUL if doubt >= DOUBTFUL else Reason.RESTS
        add(reason, (key,), doubt, stake.people, f"{words}; {stake.words}" if words else stake.words)
    for difference, gap in _disputes(tally.differences, own):
        add(Reason.DISPUTE, (difference.a, difference.b), OPEN_QUESTION, gap, difference.words)
    if tally.grade is Grade.CONTESTED:
        names = " or ".join(dict.fromkeys(one.actor for one in tally.attributed)) or "more than one party"
        blaming = [key for key, claim in own.items() if claim.who is not None] or list(own)
        lead = sorted(blaming, key=lambda key: (-_size(own[key]), key))[:2]
        add(Reason.CONTESTED, lead, OPEN_QUESTION, _top(tally), f"who did it is contested: {names}")
    if thin := _thin(incident):
        claim, points, words = thin
        people = max(1, _size(own[claim]))
        add(Reason.THIN, (claim,), OPEN_QUESTION * (1 - points / FIRM), people, words)
    if not found:
        key = min(own, key=lambda key: (own[key].kind not in HARMS, -_size(own[key]), own[key].certainty, key))
        doubt, words = _doubt(own[key])
        if doubt >= DOUBTFUL:
            add(Reason.DOUBTFUL, (key,), doubt, max(1, _size(own[key])), words)
        else:
            add(Reason.NEW, (key,), UNSEEN, _top(tally), "nobody has looked at it yet")
    return tuple(sorted(found, key=lambda item: (-item.priority, item.key)))


def _decided(judgements: Sequence[Judgement], own: Mapping[str, Claim]) -> dict[str, datetime]:
    """When people last decided about each claim."""
    found: dict[str, datetime] = {}
    for judgement in in_turn(judgements):
        if judgement.verb is not Verb.WITHDRAW:
            found.update((claim, judgement.at) for claim in judgement.claims if claim in own)
    return found


def _doubt(claim: Claim) -> tuple[float, str]:
    """How unsure the reader is of a claim, 0 to 1, and of what in words where it is doubtful."""
    slots = sorted(claim.certainties, key=lambda slot: (slot[1], slot[0]))
    if slots and slots[0][1] < claim.certainty:
        slot, sure = slots[0]
        what = f"the reader is only {round(100 * sure)} % sure of {_SLOTS.get(slot, slot)}"
    else:
        sure = claim.certainty
        what = f"the reader is only {round(100 * sure)} % sure that this is said"
    return 1 - sure, what if 1 - sure >= DOUBTFUL else ""


def _stakes(tally: Tally, statements: Mapping[str, Statement], scales: Scales, policy: Policy) -> dict[str, _Stake]:
    """The claims without which a range of all victims moves, and by how much."""
    setting = {key for one in tally.ranges if one.whom == "all" for end in (one.low, one.high) for key in end.claims}
    ordered = sorted(setting, key=lambda key: (-_size(statements[key].claim), key))[:LEFT_OUT]
    found = {}
    for key in ordered:
        kind = statements[key].claim.kind
        before = [one for one in tally.ranges if one.kind is kind]
        stake = _moved(before, scales.ranges(policy, {key: "left out to see what rests on it"}, (kind,)))
        if stake is not None:
            found[key] = stake
    return found


def _moved(before: Sequence[Range], after: Sequence[Range]) -> _Stake | None:
    """The range of all victims of one harm that moves furthest."""
    ends = {one.kind: (one.low, one.high) for one in after if one.whom == "all"}
    best: _Stake | None = None
    for one in before:
        if one.whom != "all":
            continue
        low, high = ends.get(one.kind, (Bound(None, ""), Bound(None, "")))
        people = max(_apart(one.low, low), _apart(one.high, high))
        if people and (best is None or people > best.people):
            was, now = _span(one.low.value, one.high.value), _span(low.value, high.value)
            best = _Stake(people, f"without it, {one.kind.value} {was} would be {now}")
    return best


def _apart(one: Bound, other: Bound) -> int:
    return abs((one.value or 0) - (other.value or 0))


def _span(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "unknown"
    if low is None or high is None:
        return f"at least {low}" if high is None else f"up to {high}"
    return str(low) if low == high else f"{low}–{high}"


def _disputes(differences: Sequence[Difference], own: Mapping[str, Claim]) -> list[tuple[Difference, int]]:
    """The disputes and denials with the widest gap, and the gap in people."""
    disputed = (DifferenceType.DISPUTE, DifferenceType.DENIAL)
    found = [
        (one, max(1, abs(_size(own[one.a]) - _size(own[one.b])) or _size(own[one.a])))
        for one in differences
        if one.type in disputed and one.a in own and one.b in own
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].a, pair[0].b))[:DISPUTES]


def _thin(incident: Incident) -> tuple[str, float, str] | None:
    """The telling that hangs on the incident by the thinnest link: a claim of it, the points, and why in words."""
    telling, links = thinnest(incident)
    points = max((link.score for link in links), default=0.0)
    if telling is None or points >= FIRM or not telling.claims:
        return None
    words = max((_why(link) for link in links), default="")
    why = (
        f"this report is held to be of this incident by a thin link ({words})"
        if words
        else ("no link holds this report to the incident, a person's merge apart")
    )
    return telling.claims[0], points, why


def thinnest(incident: Incident) -> tuple[Telling | None, tuple[Link, ...]]:
    """The telling whose best link is the weakest, with its best links; the weights of no other link are looked at.

    None where there is but one telling: the first is what the others are held against.
    """
    if len(incident.tellings) < 2:
        return None, ()
    best: dict[str, float] = {}
    for link in incident.links:
        for key in (link.a, link.b):
            if link.score > best.get(key, 0.0):
                best[key] = link.score
    telling = min(incident.tellings[1:], key=lambda telling: (best.get(telling.key, 0.0), telling.key))
    points = best.get(telling.key)
    return telling, tuple(one for one in incident.links if one.score == points and telling.key in (one.a, one.b))


def _why(link: Link) -> str:
    """The two weights that say most for or against a link, in words."""
    return "; ".join(weight.words for weight in sorted(link.weights, key=lambda w: -abs(w.points))[:2])


def _size(claim: Claim) -> int:
    count = claim.count if claim.kind in HARMS else None
    return max(count.low or 0, count.high or 0) if count else 0


def _top(tally: Tally) -> int:
    """The largest high end over the harms, at least one person."""
    ends = [one.high.value or one.low.value or 0 for one in tally.ranges if one.whom == "all"]
    return max([1, *ends])
