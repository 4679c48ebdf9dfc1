"""Streets and numbered roads in a text: places with a name and no coordinates here."""

from __future__ import annotations

from collections.abc import Sequence

from parallax.names.tokens import Token
from parallax.names.words import words

_SPLIT = frozenset(["Supreme", "District", "County", "Superior", "Wall"])


def street(text: str, read: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The span of a street that begins at this token: "North Nokomis Street", "Interstate 395"."""
    lists = words()
    opening = read[at]
    if not opening.capital or opening.text in lists.never:
        return None
    if opening.text in lists.roads and at + 1 < len(read) and read[at + 1].text.isdigit():
        gap = text[opening.end : read[at + 1].start]
        return (opening.start, read[at + 1].end) if gap in (" ", "-") else None
    last = at
    while last + 1 < len(read) and last - at < 4:
        step = 2 if read[last + 1].text == "." and len(read[last].text) == 1 and last + 2 < len(read) else 1
        following = read[last + step]
        if text[read[last + step - 1].end : following.start] != " " or not following.capital:
            return None
        if read[last].text.endswith(("'s", "’s")) and last == at:
            # "Rock Hill's Main Street": the street begins after the place whose it is.
            return None
        last += step
        numbered = at > 0 and (read[at - 1].text.isdigit() or read[at - 1].text == "on")
        if following.text in lists.streets or (
            following.text in lists.doubtful_streets and numbered and read[last - 1].text not in _SPLIT
        ):
            end = following.end
            if text[end : end + 1] == "." and len(following.text) <= 4:
                end += 1
            return opening.start, end
    return None
