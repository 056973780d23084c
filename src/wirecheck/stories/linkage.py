"""Average linkage over the pairs that were measured; pairs that were not count as unlike."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def link_pairs(
    count: int, left: NDArray[np.int64], right: NDArray[np.int64], likeness: NDArray[np.float64], threshold: float
) -> list[list[int]]:
    """Return groups of the places 0 to `count` - 1, each sorted, ordered by first place.

    The two groups whose documents are most alike on average are joined first, until none are as alike as `threshold`;
    of equal ones those that stand first. A group is thus as near as its average pair: a chain of loose pairs is none.
    """
    # Sums of likeness between a group and its neighbours; a group goes by its first place.
    sums: list[dict[int, float]] = [{} for _ in range(count)]
    heap: list[tuple[float, int, int]] = []
    for a, b, value in zip(left.tolist(), right.tolist(), likeness.tolist(), strict=True):
        sums[a][b] = sums[b][a] = value
        if value >= threshold:
            heap.append((-value, a, b))
    heapq.heapify(heap)
    groups = [[place] for place in range(count)]
    while heap:
        value, a, b = heapq.heappop(heap)
        if not groups[a] or not groups[b]:
            continue
        shared = sums[a].get(b)
        if shared is None or -shared / (len(groups[a]) * len(groups[b])) != value:
            continue  # one of the two has grown since
        groups[a] += groups[b]
        groups[b] = []
        del sums[a][b], sums[b][a]
        for other, more in sums[b].items():
            del sums[other][b]
            sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + more
        sums[b] = {}
        for other, total in sums[a].items():
            mean = total / (len(groups[a]) * len(groups[other]))
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(a, other), max(a, other)))
    return sorted(sorted(group) for group in groups if group)


class OpenPairs:
    """Pairs that come in order of their left places, and groups as soon as nothing can join them any more.

    Groups never reach across the parts that pairs as alike as the threshold connect, so each part is linked by itself;
    it is complete when the pairs of all its members have come.
    """

    def __init__(self, count: int, threshold: float) -> None:
        self._threshold = threshold
        self._root = list(range(count))
        self._last = list(range(count))
        self._begun = 0
        self._open: list[int] = []
        self._pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]] = (
            np.zeros(0, np.int64),
            np.zeros(0, np.int64),
            np.zeros(0),
        )

    def add(
        self, left: NDArray[np.int64], right: NDArray[np.int64], likeness: NDArray[np.float64], *, done: int
    ) -> list[list[int]]:
        """Take the pairs of all left places up to `done`; return the groups that are complete, each sorted."""
        near = likeness >= self._threshold
        for a, b in zip(left[near].tolist(), right[near].tolist(), strict=True):
            one, other = sorted((self._find(a), self._find(b)))
            self._root[other] = one
            self._last[one] = max(self._last[one], self._last[other])
        places = [*self._open, *range(self._begun, done)]
        self._begun = done
        complete: list[int] = []
        self._open = []
        for place in places:
            (complete if self._last[self._find(place)] < done else self._open).append(place)
        left, right, likeness = (
            np.concatenate(columns) for columns in zip(self._pairs, (left, right, likeness), strict=True)
        )
        roots = self._list_roots(left), self._list_roots(right)
        inside = roots[0] == roots[1]
        closed = np.array([self._last[r] < done for r in roots[0].tolist()], np.bool_)
        rest = ~closed & (inside | np.array([self._last[r] >= done for r in roots[1].tolist()], np.bool_))
        groups = _link(
            complete, left[inside & closed], right[inside & closed], likeness[inside & closed], self._threshold
        )
        self._pairs = left[rest], right[rest], likeness[rest]
        return groups

    def _find(self, place: int) -> int:
        root = self._root
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    def _list_roots(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        known, at = np.unique(places, return_inverse=True)
        return np.array([self._find(p) for p in known.tolist()], np.int64)[at]


def _link(
    places: Sequence[int],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    likeness: NDArray[np.float64],
    threshold: float,
) -> list[list[int]]:
    at = np.array(places, np.int64)
    groups = link_pairs(len(places), np.searchsorted(at, left), np.searchsorted(at, right), likeness, threshold)
    return [[places[i] for i in group] for group in groups]
