"""A judgement: what a person decided; and what waits for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from parallax.model.claim import Kind
from parallax.model.slots import digest


class Verb(StrEnum):
    """What a person decided.

    ADD: a claim that no reader read, its slots in `value`. WITHDRAW: an earlier judgement, its key
    in `value`, counts no longer; a withdrawal can be withdrawn as well.
    """

    ACCEPT = "accept"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    DISCOUNT = "discount"
    SIGN_OFF = "sign_off"
    ADD = "add"
    WITHDRAW = "withdraw"


class Reason(StrEnum):
    """Why something waits in the queue for a person."""

    DISPUTE = "dispute"
    CONTESTED = "contested"
    DOUBTFUL = "doubtful"
    RESTS = "rests"
    THIN = "thin"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, of which claims, who, when and why; never overwritten.

    `slot` and `value` say what a correction puts in place of what was read.
    """

    verb: Verb
    claims: tuple[str, ...]
    who: str
    why: str
    at: datetime
    slot: str | None = None
    value: str | None = None

    @property
    def key(self) -> str:
        """The digest of all it says: what a withdrawal names it by."""
        at = self.at if self.at.tzinfo is None else self.at.astimezone(UTC)
        return digest(self.verb, self.claims, self.who, self.why, at.isoformat(), self.slot, self.value)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """Something of an incident that a person should look at: its claims, why, and how much it matters.

    `words` say why; `priority` is 100 times the doubt (0 to 1) times the binary logarithm of 1 more
    than the number of people at stake. `decided` is when people last decided about all its claims,
    None while it waits.
    """

    key: str
    incident: str
    reason: Reason
    kind: Kind
    claims: tuple[str, ...]
    words: str
    priority: int
    decided: datetime | None = None
