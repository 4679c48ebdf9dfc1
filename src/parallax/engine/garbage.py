"""How often Python looks for garbage in a program's processes."""

from __future__ import annotations

import gc

# Of Python's own 700: at that, a quarter of the time of linking goes into looking.
SELDOM = 50_000


def collect_seldom() -> None:
    """Let the collector look after so many new values, and never again at those that are there now.

    What the steps make are trees of immutable values, which go as soon as nobody holds them; the
    collector is for cycles, of which there are few, and looks at everything each time.
    """
    gc.freeze()
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
