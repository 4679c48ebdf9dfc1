"""The engine of many machines: Apache Spark, for collections past what one machine reads.

Spark and a Java runtime come with the extra `spark`; nothing else needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pyspark import SparkContext

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)


class Spark:
    """Runs steps on the cluster of a Spark context, with the results of `Local`."""

    def __init__(self, context: SparkContext) -> None:
        self._context = context

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function` of each item, in the order of the items."""
        yield from self._context.parallelize(list(items)).map(function).toLocalIterator()

    def group(self, items: Iterable[Item], key: Callable[[Item], Key]) -> Iterator[tuple[Key, tuple[Item, ...]]]:
        """The items by key, the keys sorted, the items of each in the order they came."""
        numbered = self._context.parallelize(list(enumerate(items)))
        groups = numbered.map(lambda pair: (key(pair[1]), pair)).groupByKey().sortByKey()
        for name, pairs in groups.toLocalIterator():
            yield name, tuple(item for _, item in sorted(pairs, key=lambda pair: pair[0]))
