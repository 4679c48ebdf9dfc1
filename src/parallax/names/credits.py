"""The agency whose wire a report prints: who says what an outlet's copy of it says in its own words.

A paper that prints an agency's text under the agency's mark is no origin for it. The mark stands where papers
put it: in brackets before the text ("ALEPPO (Reuters) - "), alone before the date, after "Source:", or at the
end ("Reporting by ...; Editing by ..."). Credits of pictures ("(AFP Photo)") are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

HEAD, FOOT = 400, 300
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DESK = re.compile(r"\bReporting by [^.]{3,120}[;.] ?(?:Additional reporting by [^.]{3,120}[;.] ?)?Editing by\b")


@lru_cache(maxsize=8)
def _marks(names: tuple[str, ...]) -> re.Pattern[str]:
    any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?:\(\s*(?P<bracket>{any_name})\s*\)(?=\s*(?:[-–—:]|[A-Z]))"
        rf"|\b(?P<dated>{any_name}),?\s+{_WEEKDAY}\b"
        rf"|\b(?:[Ss]ource|SOURCE|By|BY)\s?:?\s(?P<source>{any_name})(?=\s*(?:$|[\n.|,-])))"
    )


def credited(text: str, names: Sequence[str]) -> str | None:
    """The one of these agencies' names that marks the text as its own; None where none does, or two do."""
    marks = _marks(tuple(names))
    found = {
        match.group(match.lastgroup or 0)
        for part in (text[:HEAD], text[-FOOT:] if len(text) > HEAD else "")
        for match in marks.finditer(part)
    }
    if not found and "Reuters" in names and _DESK.search(text[-FOOT:]):
        return "Reuters"
    return found.pop() if len(found) == 1 else None
