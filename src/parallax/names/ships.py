"""Ships' names, so that "the transport Arabia" and "aboard the London" name no place."""

from __future__ import annotations

import re

_KINDS = (
    r"transport|steamer|steamship|frigate|corvette|brig|schooner|sloop|ironclad|paddle-?steamer|cruiser|destroyer"
    r"|submarine|warship|gunboat|man-of-war|ship-of-the-line|battleship|aircraft carrier|tanker|freighter|flagship"
    r"|trawler|cargo ship|container ship|troopship|hospital ship|steam-ship|liner|ferry|vessel|yacht|ship"
)
_QUOTE = "[\"“”‘’']?"
_NAMED = rf"{_QUOTE}[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?{_QUOTE}"
# "The transport", "the British steam frigate", and after "the transports" the whole list.
_SHIP = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]|[Hh]er|[Hh]is|[Ii]ts|[Oo]ur|[Tt]wo|[Tt]hree)(?: [\w-]+){0,3}? "
    rf"(?:(?:{_KINDS}),?|(?:{_KINDS})s,?(?: {_NAMED},)*(?: {_NAMED},? and)?) (?:the )?"
    r"|\b(?:aboard|on board)(?: of)?(?: the)? "
    rf"|\b(?:HMS|H\.M\.S\.|USS|INS|RFS|MV|M/V|SS|HMT) (?:the )?){_QUOTE}$"
)
_PREFIXED = re.compile(r"(?:HMS|H\.M\.S\.|USS|INS|RFS|MV|M/V|SS|HMT) [A-Z]")
_REACH = 90


def ship(text: str, start: int) -> bool:
    """Whether the name that begins here is a ship's, by the words before it or its own prefix."""
    return bool(_PREFIXED.match(text, start) or _SHIP.search(text[max(0, start - _REACH) : start]))
