"""Pairs of documents that may share passages: a join on rare shingles, as one sorted array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecheck.reuse.fingerprint import Fingerprint
from wirecheck.text.hashing import Hashes

# A shingle that more documents have is a formula of news or of a page. A text that more documents reprint is still
# found by the parts that fewer of them kept, and through those that it is found with.
MOST_CARRIERS = 60
# Winnowed shingles that two documents must share: one for each `_SHINGLES_FOR_ONE` of the shorter, within these bounds.
# One is any run of eight words ("a spokesman for the White House did not"); an article of 800 words has some 300, one
# of 200 words some 80: with four asked of all, reworded short texts are lost (Clough and Stevenson, F1 .88 for .93).
FEWEST_SHARED = 2
MOST_SHARED = 4
_SHINGLES_FOR_ONE = 32
# Share of a document's rare shingles from which on it is a near-duplicate of another.
NEAR_DUPLICATE = 0.8
_BLOCK = 4_000_000


class Candidate(NamedTuple):
    """Two places, left < right, with the shingles they share and the share of each side's that they are, 0 to 1."""

    left: int
    right: int
    shared: int
    left_share: float
    right_share: float


def share_enough(
    shared: NDArray[np.integer], left: NDArray[np.integer], right: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Return of each pair whether it shares enough to be compared, from the counts of shingles of both sides."""
    wanted: NDArray[np.bool_] = shared >= np.clip(
        np.minimum(left, right) // _SHINGLES_FOR_ONE, FEWEST_SHARED, MOST_SHARED
    )
    return wanted


def reuse_candidates(
    fingerprints: Sequence[Fingerprint], *, most: int = MOST_CARRIERS, least: int | None = None
) -> list[Candidate]:
    """Return the pairs that share enough shingles, ordered; shingles of more than `most` documents are left out.

    `least` asks the same number of all pairs. Shares count all winnowed shingles. Memory is 16 to 40 bytes a shingle,
    and 16 a pair.
    """
    count = len(fingerprints)
    asked = FEWEST_SHARED if least is None else least
    left, right, shared = join_shingles([f.shingles for f in fingerprints], most=most, least=asked)
    sizes = np.array([max(1, len(f.shingles)) for f in fingerprints], np.int64) if count else np.zeros(0, np.int64)
    if least is None:
        enough = share_enough(shared, sizes[left], sizes[right])
        left, right, shared = left[enough], right[enough], shared[enough]
    shares = np.round(shared / sizes[left], 4), np.round(shared / sizes[right], 4)
    columns = (left, right, shared, *shares)
    return [Candidate(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]


def cluster_duplicates(
    candidates: Sequence[Candidate], count: int, *, share: float = NEAR_DUPLICATE
) -> list[list[int]]:
    """Return groups of near-duplicates, each sorted, ordered by first place; documents without one are left out.

    The smaller text of a pair is contained in the larger by `share` or more. Each two members of a group are such a
    pair (complete linkage): weak edges never chain. The nearest pairs come first, of equal ones those that stand first.
    """
    near: list[set[int]] = [set() for _ in range(count)]
    edges = []
    for pair in candidates:
        value = max(pair.left_share, pair.right_share)
        if value >= share:
            near[pair.left].add(pair.right)
            near[pair.right].add(pair.left)
            edges.append((-value, pair.left, pair.right))
    groups = [{place} for place in range(count)]
    group_of = list(range(count))
    for _, left, right in sorted(edges):
        a, b = group_of[left], group_of[right]
        if a != b and all(groups[b] <= near[member] for member in groups[a]):
            a, b = min(a, b), max(a, b)
            groups[a] |= groups[b]
            for member in groups[b]:
                group_of[member] = a
            groups[b] = set()
    return sorted(sorted(group) for group in groups if len(group) > 1)


def join_shingles(
    shingles: Sequence[Hashes], *, most: int, least: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return left and right owners, left < right, ordered, and how many shingles they share."""
    nothing = np.zeros(0, np.int64)
    count = len(shingles)
    if not sum(len(s) for s in shingles):
        return nothing, nothing, nothing
    # Shingle and owner in one number: the sort of plain numbers is many times faster than that of pairs. What is cut
    # from the shingle are as many bits as the owners need; at a million documents 44 are left.
    bits = np.uint64(max(1, (count - 1).bit_length()))
    codes = np.concatenate([(s >> bits << bits) | np.uint64(owner) for owner, s in enumerate(shingles)])
    codes.sort()
    keys = codes >> bits
    owners = (codes & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    ends = np.repeat(starts + sizes, sizes)
    rare = np.repeat((sizes > 1) & (sizes <= most), sizes)
    alive = np.flatnonzero(rare)
    total: tuple[NDArray[np.int64], NDArray[np.int64]] = (nothing, nothing)
    waiting: list[NDArray[np.int64]] = []
    held = 0
    for step in range(1, most):
        alive = alive[alive + step < ends[alive]]
        if not len(alive):
            break
        for at in range(0, len(alive), _BLOCK):
            some = alive[at : at + _BLOCK]
            waiting.append(owners[some] * count + owners[some + step])
            held += len(some)
            if held > _BLOCK:
                total, waiting, held = _count([total, *((w, np.ones(len(w), np.int64)) for w in waiting)]), [], 0
    pairs, shared = _count([total, *((w, np.ones(len(w), np.int64)) for w in waiting)])
    kept = (shared >= least) & (pairs // count != pairs % count)
    return pairs[kept] // count, pairs[kept] % count, shared[kept]


def _count(
    parts: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pairs, place = np.unique(np.concatenate([p[0] for p in parts]), return_inverse=True)
    sums = np.bincount(place, np.concatenate([p[1] for p in parts]).astype(np.float64), minlength=len(pairs))
    return pairs, sums.astype(np.int64)
