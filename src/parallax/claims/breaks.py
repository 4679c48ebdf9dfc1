"""Where a sentence breaks without a stop: after page stamps and picture credits, around run-in headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CREDIT = re.compile(
    r"""[(\[](?:[^()\[\]]{0,40}\b)?(?:Reuters|AFP|AP|EPA|UPI|Getty(?:\ Images)?|Photo|File|Agencies|Anadolu|Xinhua)
    (?:\b[^()\[\]]{0,20})?[)\]]\s+(?=[A-Z“"])""",
    re.VERBOSE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_STAMP = re.compile(
    rf"""(?:(?:Date\ of\ publication|Published(?:\ on)?|(?:Last\ )?[Uu]pdated(?:\ on)?|Posted(?:\ on)?):?\s+)?
    (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},?\s+)?
    (?:\d{{1,2}}\ {_MONTH}\ \d{{4}}|{_MONTH}\ \d{{1,2}},?\ \d{{4}})\s+(?=[A-Z“"])""",
    re.VERBOSE,
)


_HEADING = re.compile(r"={2,6}[^=\n]{1,80}={2,6}\s*")
_RUN_IN = re.compile(
    r"(?<=[a-z]{3})(?=(?:The|While|From|When|Following|According|After|Early|This|These|There|However)\s)"
)


def cuts(part: str, start: int, end: int) -> Iterator[int]:
    """Where `part[start:end]`, one sentence by its stops, is to be cut further, in order.

    A page stamp ("Published 3 May 2017") and a picture credit end there, and so do wiki
    headings and headings that lost the line break after them. A dateline stays with its sentence.
    """
    found = set()
    stamp = _STAMP.match(part, start, end)
    if stamp:
        found.add(stamp.end())
    for match in _HEADING.finditer(part, start, end):
        found.update((match.start(), match.end()))
    for pattern in (_CREDIT, _RUN_IN):
        found.update(match.end() for match in pattern.finditer(part, start, end))
    return iter(sorted(at for at in found if start < at < end))
