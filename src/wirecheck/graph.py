"""The connected parts of a graph."""

from __future__ import annotations

from collections.abc import Iterable


def find_components(count: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected parts of the nodes 0 to `count` - 1, each sorted, ordered by first node.

    >>> find_components(4, [(2, 0)])
    [[0, 2], [1], [3]]
    """
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for left, right in edges:
        one, other = find(left), find(right)
        root[max(one, other)] = min(one, other)
    parts: dict[int, list[int]] = {}
    for node in range(count):
        parts.setdefault(find(node), []).append(node)
    return sorted(parts.values())
