"""Answers that are kept in memory until the log grows: while its head stands, so does every answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 400


class Remembered:
    """The last answers of a ledger, by what was asked; of several threads that ask at once each may work it out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._head: tuple[int, str] | None = None
        self._kept: dict[Hashable, Any] = {}

    def __call__(self, head: tuple[int, str], asked: Hashable, make: Callable[[], Made]) -> Made:
        """The answer under this head of the log, made where it is not kept."""
        with self._lock:
            if head != self._head and (self._head is None or head[0] >= self._head[0]):
                self._head = head
                self._kept.clear()
            kept: tuple[Made] | None = self._kept.get(asked) if head == self._head else None
        if kept is not None:
            return kept[0]
        made = make()
        with self._lock:
            if head == self._head:
                while len(self._kept) >= MOST:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[asked] = (made,)
        return made
