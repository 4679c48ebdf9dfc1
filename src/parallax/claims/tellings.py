"""Days on which a report was told, sent or printed, which are not the days of what it tells."""

from __future__ import annotations

import re
from functools import cache

from parallax.claims.days import DayMention
from parallax.claims.lexicons import load


@cache
def _before() -> re.Pattern[str]:
    """Words of telling that end right before a day, with what may stand between."""
    verbs = "|".join(sorted(map(re.escape, load("calendar")["tellings"]), key=len, reverse=True))
    small = "late|early|here|again|also|in|by|to|from|at|a|an|the|statement|telegraph|reporters|itself"
    between = rf"(?:\s+(?:{small}|[A-Z][\w.]+))*"
    return re.compile(rf"\b(?:{verbs})\b{between}(?:,?\s+(?:on|of|for|dated))?(?:\s+the)?\s*$")


_DATELINE = re.compile(r"(?:^|[.!?)\]]\s+|\n)(?:ON |BEFORE |OFF )?[A-Z][A-Z.'’ -]+,\s*(?:[A-Z][a-z]+,?\s+)?$")
_ENDS = re.compile(r"(?:,?\s+\d{4})?\s*(?:[.:)–—]|-\s|$)")
_OLD_STYLE = re.compile(r"\s*\(?(?:by our calendar|old style|o\. ?s\.|by the old calendar)", re.IGNORECASE)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a day stands in a dateline: "HESNA, 4 October."."""
    return bool(_DATELINE.search(text, max(0, start - 60), start) and _ENDS.match(text, end))


def is_old_style(text: str, end: int) -> bool:
    """Whether a day is told a second time by another calendar: "(8 September, old style)"."""
    return _OLD_STYLE.match(text, end) is not None


def is_telling(text: str, mention: DayMention) -> bool:
    """Whether a day is that of the telling: "the ministry said on Monday", "printed on 20 November"."""
    if is_dateline(text, mention.start, mention.end):
        return True
    return _before().search(text, max(0, mention.start - 70), mention.start) is not None
