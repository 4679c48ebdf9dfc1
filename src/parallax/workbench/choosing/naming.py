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
        self._plain: tuple[tuple[Place, ...], Spellings] | None = None

    def whole(self, places: tuple[Place, ...]) -> Spellings:
        """The names of these places; the first call takes some seconds, as the gazetteers are read."""
        with self._lock:
            if self._spellings is None or self._places != places:
                known = gazetteer.load(config.gazetteers())
                self._places, self._spellings = places, Spellings(places, known)
            return self._spellings

    def for_words(self, words: str, places: tuple[Place, ...]) -> Spellings:
        """The names of these places to look for some words in: while the gazetteers are being read, plain Latin
        words are looked for in the ledger's own names and their likenesses, so that nobody waits who need not.
        """
        if self._spellings is not None or not words.isascii():
            return self.whole(places)
        if self._plain is None:
            threading.Thread(target=self.whole, args=(places,), daemon=True).start()
        if self._plain is None or self._plain[0] is not places:
            self._plain = places, Spellings(places)
        return self._plain[1]
