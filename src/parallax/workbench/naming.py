"""Places by every name that is known of them, for the search: the gazetteers are read once, while pages are shown."""

from __future__ import annotations

import threading

from parallax import config
from parallax.model import Place
from parallax.names import gazetteer
from parallax.names.spellings import Spellings


class Naming:
    """The names of a ledger's places. It follows the ledger: a place that is new is known at the next question."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: tuple[Place, ...] = ()
        self._spellings: Spellings | None = None

    def __call__(self, places: tuple[Place, ...]) -> Spellings:
        """The names of these places; the first call takes some seconds, as the gazetteers are read."""
        with self._lock:
            if self._spellings is None or self._places != places:
                self._places, self._spellings = places, Spellings(places, gazetteer.load(config.gazetteers()))
            return self._spellings
