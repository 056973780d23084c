"""Engines: where the work of an archive is done. Three operations, the same bytes on each engine.

`map` applies a function to many items; `pairs` joins owners that share rare keys; `components` follows edges. Functions
and items must pickle. Whatever the engine and the number of its workers, results come in the order of the items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.engine.embedded import EmbeddedEngine
from wirecheck.engine.joins import Pairs

__all__ = ["EmbeddedEngine", "Engine", "Pairs", "open_engine"]

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """What an engine does."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield `function(item)` for each item, in the order of the items; few items are held at a time."""
        ...

    def pairs(self, postings: Iterable[tuple[int, NDArray[np.uint64]]], *, most: int, least: int = 1) -> Pairs:
        """Return the pairs of owners that share `least` keys or more, each with how many, ordered by owner.

        `postings` yields each owner (0 to 2**32 - 1) with its keys; a key that more than `most` owners have says
        nothing and is left out.
        """
        ...

    def components(self, count: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
        """Return the connected parts of the nodes 0 to `count` - 1, each sorted, ordered by first node."""
        ...

    def close(self) -> None:
        """End the workers."""
        ...


def open_engine(*, processes: int = 1, cluster: str | None = None) -> Engine:
    """Return the embedded engine with this many processes; with one, the work is done in the calling process.

    `cluster` is the address of a Dask scheduler, or the JSON file that it wrote, or `local` for as many workers as
    `processes`, started on this machine. Raises `MissingExtraError` without Dask, `ClusterError` when a cluster
    cannot be used.
    """
    if cluster is None:
        return EmbeddedEngine(processes=processes)
    from wirecheck.engine.cluster import ClusterEngine

    return ClusterEngine(cluster, processes=processes)
