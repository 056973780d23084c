"""The embedded engine: processes of one machine."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from types import TracebackType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.engine.joins import Pairs, join_pairs
from wirecheck.errors import UsageError, WorkerError
from wirecheck.graph import find_components

Item = TypeVar("Item")
Result = TypeVar("Result")
# Items under way for each process: enough that none waits for the caller, few enough that memory stays flat.
_AHEAD = 3


class EmbeddedEngine:
    """Processes of this machine for `map`, sorted arrays for `pairs`; memory is bounded by what is under way."""

    def __init__(self, *, processes: int = 1) -> None:
        if processes < 1:
            raise UsageError(f"processes: a number from 1 on was expected; found {processes}")
        self.processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield `function(item)` for each item, in the order of the items; raises `WorkerError` when a process dies.

        A single item is done in the calling process: no other is worth its start.
        """
        items = iter(items)
        ahead = list(islice(items, 2)) if self.processes > 1 else []
        items = chain(ahead, items)
        if len(ahead) < 2:
            yield from map(function, items)
            return
        if self._pool is None:
            # Forked processes would inherit an open archive; a server that was started clean has none to inherit.
            method = "spawn" if sys.platform == "win32" else "forkserver"
            self._pool = ProcessPoolExecutor(
                self.processes, mp_context=multiprocessing.get_context(method), initializer=_end_with_parent
            )
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(self._pool.submit(function, item))
                if len(waiting) >= self.processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerError("a process was ended from outside; what is stored stays: start again") from error
        finally:
            for future in waiting:
                future.cancel()

    def pairs(self, postings: Iterable[tuple[int, NDArray[np.uint64]]], *, most: int, least: int = 1) -> Pairs:
        """Return the pairs of owners that share `least` keys or more; see `Engine.pairs`."""
        return join_pairs(postings, most=most, least=least, run=self.map)

    def components(self, count: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
        """Return the connected parts of the nodes 0 to `count` - 1; see `Engine.components`."""
        return find_components(count, edges)

    def close(self) -> None:
        """End the processes; what has not begun is not begun."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __enter__(self) -> EmbeddedEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _end_with_parent() -> None:
    """End this process when the one that started the work is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
