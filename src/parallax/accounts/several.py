"""Words for a voice that are of more voices than one: "several sources", "the Post and the Gazette".

What they say is one claim with one voice, mostly the first that is named; that there were more stands in
the words alone.
"""

from __future__ import annotations

import re

from parallax.model import Mention

_MANY = re.compile(
    r"\W*(?:the\s+)?(?:several|multiple|many|various|numerous|most|both|a number|dozens|two|three|four|five)\b",
    re.IGNORECASE,
)
# The name of one body may hold an "and" of its own: "the Ministry of Health and Welfare".
_ONE_BODY = re.compile(
    r"\b(?:Ministry|Minister|Office|Department|Federation|Union|Society|Societies|Cross)\b[^,]*\sand\s(?!the\b|@)"
)
# "The Post and the Gazette", "the Post and others"; but "friends and family" are in small letters.
_JOINED = re.compile(
    r"\w\W*\sand\s(?:the\s|others?\b|several\b|multiple\b|a number\b|\W*@|[^\W\d_a-z])",
)


def names_several(voice: Mention | None) -> bool:
    """Whether these are words for more voices than one."""
    if voice is None:
        return False
    if _MANY.match(voice.text):
        return True
    return _JOINED.search(voice.text) is not None and _ONE_BODY.search(voice.text) is None
