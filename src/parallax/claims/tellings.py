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
    between = r"(?:\s+(?:late|early|here|again|also|in|by|to|from|at|a|an|the|statement|telegraph|reporters|itself|[A-Z][\w.]+))*"
    return re.compile(rf"\b(?:{verbs})\b{between}(?:,?\s+(?:on|of|for|dated))?(?:\s+the)?\s*$")


def is_telling(text: str, mention: DayMention) -> bool:
    """Whether a day is that of the telling: "the ministry said on Monday", "printed on 20 November"."""
    return _before().search(text, max(0, mention.start - 70), mention.start) is not None
