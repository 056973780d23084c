"""Things found by their place in a document, without going through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Places(Generic[Item]):
    """Things that have a first character and an end in one text; they may overlap and nest.

    Every answer is in the order in which the things were given, which must be by their first character.

    >>> words = Places([(0, 4), (5, 20), (6, 9), (21, 30)], lambda w: w)
    >>> list(words.touching(8, 22)), list(words.starting_in(5, 7)), words.before(6)
    ([(5, 20), (6, 9), (21, 30)], [(5, 20), (6, 9)], 2)
    """

    def __init__(self, items: Iterable[Item], place: Callable[[Item], tuple[int, int]]) -> None:
        self.items = tuple(items)
        places = [place(item) for item in self.items]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]
        # How far the things up to each one reach: behind a long one, this does not fall.
        self._reach = list(accumulate(self._ends, max))

    def before(self, offset: int) -> int:
        """Return how many of the things begin before a character."""
        return bisect_left(self._starts, offset)

    def starting_in(self, start: int, end: int) -> tuple[Item, ...]:
        """Return the things that begin in `[start, end)`."""
        return self.items[self.before(start) : self.before(end)]

    def touching(self, start: int, end: int) -> Iterator[Item]:
        """Yield the things that share a character with `[start, end)`."""
        for at in range(bisect_right(self._reach, start), self.before(end)):
            if self._ends[at] > start:
                yield self.items[at]

    def reaching(self, start: int, end: int) -> Iterator[Item]:
        """Yield, last first, the things that begin before `end`, until all others end before `start`."""
        for at in range(self.before(end) - 1, -1, -1):
            if self._reach[at] < start:
                return
            yield self.items[at]
