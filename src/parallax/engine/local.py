"""The engine of one machine: worker processes, in the order of the input."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from types import TracebackType
from typing import TypeVar

from parallax.engine.garbage import collect_seldom

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """An interrupt meanwhile is heeded afterwards, here; a process begun meanwhile never hears one.

    A worker that only ignored interrupts once it runs would answer one that comes
    while it is still loading.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# So many items are read sooner in this process than new ones start.
FEW = 8
# So many items for each worker wait for it, or for whoever takes what it made.
AHEAD = 8


class Local:
    """Runs steps in `workers` processes of this machine; with one, in this process.

    The processes start with the first use and end with `close`, or with the `with`
    block that holds the engine.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Local:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker processes; work not yet begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], *, ahead: int = AHEAD) -> Iterator[Result]:
        """`function` of each item, in the order of the items.

        Items are drawn as they are needed, `ahead` of them for each worker (and `FEW` at first), so that
        an endless stream uses bounded memory. `function` is one that a new process can
        import. What it raises is raised here, at the item's turn.
        """
        items = iter(items)
        head = list(islice(items, FEW)) if self._workers > 1 else []
        if len(head) < FEW and self._pool is None:
            yield from map(function, chain(head, items))
            return
        if self._pool is None:
            # A worker started afresh shares no lock or connection with this process.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, context, initializer=collect_seldom)
        waiting: deque[Future[Result]] = deque()
        items = chain(head, items)
        del head
        for item in items:
            with _interrupts_held():  # the pool starts its workers as work comes in
                waiting.append(self._pool.submit(function, item))
            if len(waiting) >= ahead * self._workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def group(self, items: Iterable[Item], key: Callable[[Item], Key]) -> Iterator[tuple[Key, tuple[Item, ...]]]:
        """The items by key, the keys sorted, the items of each in the order they came."""
        groups: dict[Key, list[Item]] = {}
        for item in items:
            groups.setdefault(key(item), []).append(item)
        for name in sorted(groups):  # type: ignore[type-var]
            yield name, tuple(groups[name])
