"""A claim that a person adds: where it stands in a report, what they give of it, and the claim that this makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from parallax.accounts import judgements as plain
from parallax.errors import JudgementError
from parallax.ledger.ledger import Ledger
from parallax.model import Claim, Judgement, Kind, Report, Verb
from parallax.names import restate

# What a person may give of a claim that they add; its kind stands beside them.
ADDED = tuple(slot for slot in plain.SLOTS if slot != "kind")


@dataclass(frozen=True, slots=True)
class Added:
    """What a person adds to the report of this key: the code points it stands at, its kind, and words for its slots.

    Slots are given as in a correction.
    """

    report: str
    start: int
    end: int
    kind: Kind
    slots: Mapping[str, str]

    @classmethod
    def of(cls, value: str) -> Added:
        """What a judgement that adds a claim holds as its value."""
        said = json.loads(value)
        slots = {str(slot): str(words) for slot, words in said["slots"].items()}
        return cls(str(said["report"]), int(said["start"]), int(said["end"]), Kind(said["kind"]), slots)

    @property
    def value(self) -> str:
        """It as the value of a judgement, in JSON."""
        said = {"report": self.report, "start": self.start, "end": self.end, "kind": self.kind.value}
        return json.dumps(said | {"slots": self.given}, ensure_ascii=False, sort_keys=True)

    @property
    def given(self) -> dict[str, str]:
        """The slots that say something."""
        return {slot: words.strip() for slot, words in sorted(self.slots.items()) if words.strip()}

    def claim(self, report: Report) -> Claim:
        """The claim that it makes of its report."""
        bare = Claim("", report.key, self.start, self.end, self.kind, certainty=1.0)
        claim = put(bare, self.given, report)
        names = [name for name in Claim.__slots__ if name not in ("key", "report", "start", "end", "kind")]
        slots = {name: getattr(claim, name) for name in names}
        return Claim.of(claim.report, claim.start, claim.end, claim.kind, **slots)


def addition(ledger: Ledger, added: Added, who: str, why: str) -> Judgement:
    """The judgement that adds a claim.

    Raises JudgementError where the report is not there, the stretch is none of it, a slot does not fit,
    or the claim is there already.
    """
    report = ledger.report(added.report)
    if report is None:
        raise JudgementError(f"no report {added.report} is in this ledger")
    if not 0 <= added.start < added.end <= len(report.text):
        stretch = f"{added.start}..{added.end}"
        raise JudgementError(f"{stretch} is no stretch of this report's {len(report.text)} code points")
    for slot, words in added.given.items():
        if slot == "kind" or not plain.fits(slot, words):
            raise JudgementError(plain.unfit(slot, words))
    claim = added.claim(report)
    if any(saying(statement.claim) == saying(claim) for statement in ledger.statements(reports=[report.key])):
        raise JudgementError("this claim is there already; correct it where it is wrong")
    return Judgement(Verb.ADD, (claim.key,), who, why, datetime.now(UTC), None, added.value)


def saying(claim: Claim) -> tuple[object, ...]:
    """What makes two claims of one text one claim."""
    ends = (claim.count.low, claim.count.high) if claim.count else None
    voice = claim.voice.text if claim.voice else None
    return claim.start, claim.end, claim.kind, ends, claim.whom_class, voice, claim.stance, claim.scope


def put(claim: Claim, given: Mapping[str, str], report: Report) -> Claim:
    """The claim with what a person gave for its slots, its key kept."""
    for slot, value in given.items():
        claim = plain.put(claim, slot, value) if slot in plain.PLAIN else restate.put(claim, slot, value, report)
    # What a person settled is no longer in doubt.
    sure = tuple((slot, 1.0 if slot in given else share) for slot, share in claim.certainties)
    return replace(claim, certainties=sure)
