"""From the model's scores to a tree and to entity spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Kind = TypeVar("Kind", bound=str)


def best_tree(scores: Scores, greedy: list[int] | None = None) -> list[int]:
    """Return the head of each word in the best tree with a single root: 0 for the root, else 1 + the head's index.

    `scores[i, j]` says how well `j` (0 the root, else word `j - 1`) heads word `i`. The sum of the chosen scores is
    the highest that any such tree has. Most sentences need no search: each word's own best head already makes a tree
    (`greedy`, where the caller has them). Otherwise Chu-Liu/Edmonds, with root arcs made so costly that one is used.

    >>> best_tree(np.array([[9, 0, 5], [8, 7, 0]], np.float32))
    [0, 1]
    """
    count = len(scores)
    if count == 0:
        return []
    heads = _best_heads(scores) if greedy is None else greedy
    if _is_tree(heads):
        return heads
    high = scores.astype(np.float64)
    span = float(high.max() - high.min()) + 1.0
    high[:, 0] -= span * count
    full = np.full((count + 1, count + 1), -np.inf)
    full[1:] = high
    np.fill_diagonal(full, -np.inf)
    return [int(head) for head in _arborescence(full)[1:]]


def _best_heads(scores: Scores) -> list[int]:
    own = scores.copy()
    at = np.arange(len(scores))
    own[at, at + 1] = -np.inf
    heads: list[int] = own.argmax(1).tolist()
    return heads


def _is_tree(heads: Sequence[int]) -> bool:
    if heads.count(0) != 1:
        return False
    return _find_cycle([0, *heads]) is None


def _find_cycle(heads: Sequence[int]) -> list[int] | None:
    """Return a cycle among nodes 1.., or None; node 0 is the root and has no head."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Return the head of every node of the best arborescence from node 0 (Chu-Liu 1965, Edmonds 1967)."""
    heads: list[int] = scores.argmax(1).tolist()
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    circle = np.array(cycle)
    inside = np.zeros(len(scores), bool)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    # The contracted node stands last. An arc into it pays for the cycle arc that it breaks.
    kept = scores[cycle, [heads[node] for node in cycle]]
    entering = scores[np.ix_(circle, outside)] - kept[:, None]
    leaving = scores[np.ix_(outside, circle)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    smaller[size, :size] = entering.max(0)
    smaller[:size, size] = leaving.max(1)
    smaller[0] = -np.inf
    chosen = _arborescence(smaller)
    result = list(heads)
    for at in range(1, size):
        head = chosen[at]
        result[outside[at]] = int(cycle[leaving[at].argmax()]) if head == size else int(outside[head])
    into = chosen[size]
    result[cycle[int(entering[:, into].argmax())]] = int(outside[into])
    return result


def best_spans(scores: Scores, kinds: Sequence[Kind]) -> list[tuple[int, int, Kind]]:
    """Return the entity spans `(first, last, kind)`, half-open, of the best valid sequence of tags.

    Columns are O, then B and I of each kind in turn. "I" may only follow "B" or "I" of its own kind. Equal scores go to
    the earlier column.
    """
    count, width = scores.shape
    if count == 0:
        return []
    own: list[int] = scores.argmax(1).tolist()
    if all(tag == 0 or tag % 2 == 1 or before in (tag - 1, tag) for before, tag in zip([0, *own], own, strict=False)):
        # The best tags of the words make a valid sequence as they are, as nearly always.
        return spans_of(own, kinds)
    moves = _allowed_moves(width)
    total = scores[0].astype(np.float64)
    total[2::2] = -np.inf
    back = np.zeros((count, width), np.int64)
    for at in range(1, count):
        reach = total[:, None] + moves
        back[at] = reach.argmax(0)
        total = reach[back[at], np.arange(width)] + scores[at]
    tags = [int(total.argmax())]
    for at in range(count - 1, 0, -1):
        tags.append(int(back[at, tags[-1]]))
    tags.reverse()
    return spans_of(tags, kinds)


def spans_of(tags: Sequence[int], kinds: Sequence[Kind]) -> list[tuple[int, int, Kind]]:
    """Return the spans of a valid sequence of tag columns."""
    spans = []
    first = -1
    for at, tag in enumerate([*tags, 0]):
        if first >= 0 and (tag == 0 or tag % 2 == 1):
            spans.append((first, at, kinds[(tags[first] - 1) // 2]))
            first = -1
        if tag % 2 == 1:
            first = at
    return spans


def join_neighbours(spans: Sequence[tuple[int, int, Kind]]) -> list[tuple[int, int, Kind]]:
    """Return the spans with those of one kind joined that touch each other.

    Two names of one kind stand side by side only with a mark or a word between them; where the tags part them, they cut
    one name in two ("Greater | Noida").
    """
    joined: list[tuple[int, int, Kind]] = []
    for first, last, kind in spans:
        if joined and joined[-1][1:] == (first, kind):
            joined[-1] = (joined[-1][0], last, kind)
        else:
            joined.append((first, last, kind))
    return joined


def _allowed_moves(width: int) -> NDArray[np.float64]:
    moves = np.zeros((width, width))
    for tag in range(2, width, 2):
        moves[:, tag] = -np.inf
        moves[[tag - 1, tag], tag] = 0.0
    return moves
