"""Average linkage over the pairs that were measured; pairs that were not count as unlike."""

from __future__ import annotations

import heapq

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
