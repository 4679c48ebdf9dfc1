"""How incidents stand to their signatures, kept in memory and followed by the log.

Few incidents of a large ledger bear a signature, but to say how one stands all that it signs is read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from parallax import signing
from parallax.accounts.signing import Signature
from parallax.ledger.ledger import Ledger
from parallax.model import Judgement, Verb

# After so many entries of the log all signatures are looked at anew.
MOST_ENTRIES = 2_000


class Signatures:
    """The incidents of one ledger that bear a signature, by id, with how they stand to it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._head: tuple[int, str] | None = None
        self._given: tuple[Judgement, ...] = ()
        self._known: Mapping[str, Signature] = {}

    def now(self) -> Mapping[str, Signature]:
        """As the ledger stands; the same object as long as nothing changed them."""
        with self._lock:
            head = self._ledger.head()
            if head != self._head:
                self._follow(head)
                self._head = head
            return self._known

    def _follow(self, head: tuple[int, str]) -> None:
        touched = self._touched(head)
        if touched is not None and not touched:
            return
        ledger = self._ledger
        self._given = tuple(one for one in ledger.judgements() if one.verb is Verb.SIGN_OFF)
        now = ledger.successors({claim for one in self._given for claim in one.claims})
        known: dict[str, Signature] = {}
        for id in sorted(ledger.incidents_with(claims={key for found in now.values() for key in found})):
            if touched is not None and id not in touched and id in self._known:
                known[id] = self._known[id]
            elif (incident := ledger.incident(id, links=False)) is not None:
                signature = signing.how_signed(ledger, incident).signature
                if signature is not Signature.NONE:
                    known[id] = signature
        if known != self._known:
            self._known = known

    def _touched(self, head: tuple[int, str]) -> set[str] | None:
        """The incidents that what was written since may have changed the signature of; None for any of them."""
        if self._head is None or not 0 <= head[0] - self._head[0] <= MOST_ENTRIES:
            return None
        touched: set[str] = set()
        numbers: set[int] = set()
        for entry in self._ledger.log_since(self._head[0]):
            if "options" in entry.seals:
                return None
            touched |= entry.seals.get("incidents", {}).keys()
            touched |= {key.partition("/")[0] for key in entry.seals.get("tallies", ())}
            numbers |= set(map(int, entry.seals.get("judgements", ())))
        return touched | self._judged(numbers)

    def _judged(self, numbers: Iterable[int]) -> set[str]:
        ledger = self._ledger
        made = [ledger.judgement(key) for key in ledger.judgement_keys(numbers).values()]
        now = ledger.successors({claim for one in made if one is not None for claim in one.claims})
        return ledger.incidents_with(claims={key for found in now.values() for key in found})


_KNOWN: WeakKeyDictionary[Ledger, Signatures] = WeakKeyDictionary()
_MAKING = threading.Lock()


def signatures_of(ledger: Ledger) -> Mapping[str, Signature]:
    """How the incidents of a ledger that bear a signature stand to it."""
    with _MAKING:
        kept = _KNOWN.setdefault(ledger, Signatures(ledger))
    return kept.now()
