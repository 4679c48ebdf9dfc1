"""Numbers and counts as people write them."""

from __future__ import annotations

from parallax.model import Count

# A number of more digits is read by nobody.
_MOST = 10**15


def number_words(value: int) -> str:
    """A number with its thousands apart; one of more digits than anyone reads is cut short."""
    if abs(value) >= _MOST:
        return "more than 999,999,999,999,999"
    return f"{value:,}"


def ends_words(low: int | None, high: int | None) -> str:
    """Two ends as people write them; "unknown" where neither is known."""
    if low is None and high is None:
        return "unknown"
    if low is None:
        return f"up to {number_words(high or 0)}"
    if high is None:
        return f"{number_words(low)} or more"
    return number_words(low) if low == high else f"{number_words(low)}–{number_words(high)}"


def count_words(count: Count | None) -> str:
    """A count's two ends."""
    return ends_words(count.low, count.high) if count else "no number"
