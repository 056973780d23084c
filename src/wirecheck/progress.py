"""How far long work is, told to whoever listens: a loop says it, and needs to know nothing of who shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Advance:
    """What is being done, how many are done, and of how many where that is known."""

    what: str
    done: int
    total: int | None


_listener: ContextVar[Callable[[Advance], None] | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Callable[[Advance], None]) -> Iterator[None]:
    """Let a listener hear of all that is tracked inside, in this thread; work that other processes do is silent."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def track(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Yield the items, and tell how many were taken.

    >>> told = []
    >>> with listening(told.append):
    ...     list(track("ab", "reading"))
    ['a', 'b']
    >>> [(a.done, a.total) for a in told]
    [(0, 2), (1, 2), (2, 2)]
    """
    listener = _listener.get()
    if listener is None:
        yield from items
        return
    size = len(items) if total is None and isinstance(items, Sized) else total
    done = 0
    listener(Advance(what, done, size))
    for item in items:
        yield item
        done += 1
        listener(Advance(what, done, size))
