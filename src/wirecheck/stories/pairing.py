"""Pairs of documents that may be of one story: those that share heavy features within a few days.

An inverted index as sorted arrays: by feature, then by day. Each document is looked up by its heaviest features only,
and each feature leads to the next documents in time only, so that work and memory grow with the documents and not with
their square.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wirecheck.stories.weighing import Rows

# Documents that one feature leads to, forward in time; see `HEAVIEST`.
NEXT = 48
# Part of the likeness that the heaviest features must give for a pair to be measured in full.
FEWEST_SHARED = 0.03
_BLOCK = 2_000_000
# Products are added as whole numbers of this part: their sum is the same in any order.
_UNIT = 2.0**-40
# Day of documents without a date: after all others, and near to all.
UNDATED = 10_000_000

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def list_pairs(heaviest: Rows, days: NDArray[np.int64], *, reach: int, lefts: int | None = None) -> Pairs:
    """Return the left and right places of pairs worth measuring, left < right, sorted.

    `days` are sorted, `UNDATED` last; dated documents more than `reach` days apart make no pair. Of the first `lefts`
    documents (all of them by default) all pairs with later ones are returned, of the others none.
    """
    count = len(days)
    owners = np.repeat(np.arange(count), heaviest.sizes)
    order = np.argsort(heaviest.keys.astype(np.int64) << 32 | owners)
    owners, keys, weights = owners[order], heaviest.keys[order].astype(np.int64), heaviest.weights[order]
    here = np.flatnonzero(owners < (count if lefts is None else lefts))
    own = days[owners[here]]
    dated = own < UNDATED
    # The last posting of the same feature within reach; an undated one stands at the end and is near to all.
    bases = keys[here] * (2 * UNDATED)
    codes = keys * (2 * UNDATED) + days[owners]
    limits = np.searchsorted(codes, bases + np.where(dated, np.minimum(own + reach, UNDATED - 1), UNDATED), "right")
    undated = np.searchsorted(codes, bases + UNDATED, side="left")
    ends = np.searchsorted(codes, bases + UNDATED, side="right")
    # Each posting leads to the next ones within reach, a dated one also to the first undated ones.
    begins = np.concatenate((here + 1, undated))
    sizes = np.concatenate((np.minimum(limits - here - 1, NEXT), np.where(dated, np.minimum(ends - undated, NEXT), 0)))
    sources = np.concatenate((here, here))
    kept = np.flatnonzero(sizes > 0)
    kept = kept[np.argsort(owners[sources[kept]], kind="stable")]
    begins, sizes, sources = begins[kept], sizes[kept], sources[kept]
    found: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for first, last in _cut(owners[sources], sizes):
        part = slice(first, last)
        left = np.repeat(sources[part], sizes[part])
        starts = np.cumsum(sizes[part]) - sizes[part]
        right = np.arange(len(left)) + np.repeat(begins[part] - starts, sizes[part])
        shared = np.rint(weights[left].astype(np.float64) * weights[right] / _UNIT)
        found.append(_list_shared(owners[left] * count + owners[right], shared))
    code = np.concatenate(found)
    return code // max(1, count), code % max(1, count)


def _cut(owners: NDArray[np.int64], sizes: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return ranges of postings, sorted by owner, of some `_BLOCK` pairs each; all postings of an owner are in one."""
    if not len(owners):
        return []
    numbers = np.cumsum(sizes) // _BLOCK
    edges = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    starts = sorted(set(np.searchsorted(owners, owners[edges], side="left").tolist()))
    return list(zip(starts, [*starts[1:], len(owners)], strict=True))


def _list_shared(codes: NDArray[np.int64], shared: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the codes whose sum is enough, sorted."""
    order = np.argsort(codes)
    codes = codes[order]
    starts = np.flatnonzero(np.concatenate(([len(codes) > 0], codes[1:] != codes[:-1])))
    if not len(starts):
        return codes
    enough: NDArray[np.int64] = codes[starts[np.add.reduceat(shared[order], starts) * _UNIT >= FEWEST_SHARED]]
    return enough


def measure_products(
    rows: Rows, left: NDArray[np.int64], right: NDArray[np.int64], *, count: int
) -> NDArray[np.float64]:
    """Return the product of the rows of each pair; `left` is sorted, `count` the number of all features."""
    found = np.zeros(len(left))
    if not len(left):
        return found
    table = np.zeros(count, np.float32)
    bounds = np.flatnonzero(np.concatenate(([True], left[1:] != left[:-1], [True])))
    begins, sizes = rows.starts[right], rows.sizes[right]
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        own = slice(rows.starts[left[begin]], rows.starts[left[begin] + 1])
        table[rows.keys[own]] = rows.weights[own]
        some = sizes[begin:end]
        at = np.cumsum(some)
        owners = np.repeat(np.arange(end - begin), some)
        places = np.arange(at[-1]) + (begins[begin:end] - at + some)[owners]
        products = table[rows.keys[places]] * rows.weights[places]
        found[begin:end] = np.bincount(owners, products, minlength=end - begin)
        table[rows.keys[own]] = 0
    return found
