"""Joins over sorted arrays: owners that share keys."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecheck.engine.shelves import Shelves

# Postings, and counted pairs, held in memory, 12 bytes each; beyond it they go to shelves on disk.
HELD = 8_000_000
# Shelves for keys, and for owners. Of a million documents of news a shelf has some four million rows.
_SHELVES = 64
# Bytes of postings whose pairs are counted at a time.
_PART_BYTES = 8_000_000
_POSTING = np.dtype([("key", "<u8"), ("owner", "<u4")])
_COUNTED = np.dtype([("code", "<u8"), ("count", "<u4")])

Rows = NDArray[Any]
Run = Callable[[Callable[[Rows], Rows], Iterable[Rows]], Iterable[Rows]]


class Pairs(NamedTuple):
    """Pairs of owners, ordered by `left`, then `right`; `left` < `right`; `shared` counts their common keys."""

    left: NDArray[np.uint32]
    right: NDArray[np.uint32]
    shared: NDArray[np.uint32]


def join_pairs(
    postings: Iterable[tuple[int, NDArray[np.uint64]]],
    *,
    most: int,
    least: int = 1,
    held: int = HELD,
    run: Run = map,
) -> Pairs:
    """Return the pairs of owners that share `least` keys or more, keys of more than `most` owners left out.

    More than `held` postings go through files, in two passes: by key, whose pairs are listed and counted, then by
    owner, to add up; memory is bounded by `held` and by the largest shelf. `run` maps the function that counts over
    parts of the postings. The order of the postings changes nothing.
    """
    ahead: list[tuple[int, NDArray[np.uint64]]] = []
    size = 0
    rest = iter(postings)
    for posting in rest:
        ahead.append(posting)
        size += len(posting[1])
        if size > held:
            with tempfile.TemporaryDirectory(prefix="wirecheck-join-") as folder:
                found = _join_on_disk(chain(ahead, rest), most, least, held, Path(folder), run)
            break
    else:
        keys = np.concatenate([np.zeros(0, np.uint64), *(keys for _, keys in ahead)])
        owners = np.repeat(np.array([owner for owner, _ in ahead], np.uint32), [len(keys) for _, keys in ahead])
        found = _count_pairs(keys, owners, most)
        found = found[found["count"] >= least]
    code = found["code"]
    return Pairs((code >> np.uint64(32)).astype(np.uint32), code.astype(np.uint32), found["count"].copy())


def _join_on_disk(
    postings: Iterable[tuple[int, NDArray[np.uint64]]], most: int, least: int, held: int, folder: Path, run: Run
) -> Rows:
    by_key = Shelves(folder / "keys", _SHELVES, _POSTING, held=held)
    last = 0
    for owner, keys in postings:
        rows = np.empty(len(keys), _POSTING)
        rows["key"], rows["owner"] = keys, owner
        last = max(last, owner)
        # Keys are hashes: their low bits part them evenly.
        by_key.put(rows, (rows["key"] % np.uint64(_SHELVES)).astype(np.intp))
    by_owner = Shelves(folder / "owners", _SHELVES, _COUNTED, held=held)
    width = last // _SHELVES + 1
    for counted in run(PairCounter(most), _cut_parts(by_key.take())):
        by_owner.put(counted, ((counted["code"] >> np.uint64(32)) // np.uint64(width)).astype(np.intp))
    found = [np.zeros(0, _COUNTED)]
    for counted in by_owner.take():
        codes, places = np.unique(counted["code"], return_inverse=True)
        summed = _as_rows(codes, np.bincount(places, counted["count"], minlength=len(codes)))
        found.append(summed[summed["count"] >= least])
    return np.concatenate(found)


class PairCounter:
    """Counts the pairs of owners in postings that hold every owner of their keys; may run in another process."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, rows: Rows) -> Rows:
        return _count_pairs(np.ascontiguousarray(rows["key"]), np.ascontiguousarray(rows["owner"]), self.most)


def _cut_parts(shelves: Iterable[Rows]) -> Iterator[Rows]:
    """Yield the postings in parts of some `_PART_BYTES` bytes; no two parts share a key."""
    for rows in shelves:
        count = rows.nbytes // _PART_BYTES + 1
        numbers = (rows["key"] // np.uint64(_SHELVES) % np.uint64(count)).astype(np.intp)
        for number in range(count):
            yield rows[numbers == number] if count > 1 else rows


def _count_pairs(keys: NDArray[np.uint64], owners: NDArray[np.uint32], most: int) -> Rows:
    return _as_rows(*np.unique(_pair_codes(keys, owners, most), return_counts=True))


def _as_rows(codes: NDArray[np.uint64], counts: NDArray[Any]) -> Rows:
    rows = np.empty(len(codes), _COUNTED)
    rows["code"], rows["count"] = codes, counts
    return rows


def _pair_codes(keys: NDArray[np.uint64], owners: NDArray[np.uint32], most: int) -> NDArray[np.uint64]:
    """Return `left << 32 | right` for each two owners of each key that 2 to `most` owners have."""
    # Most keys have one owner: they go before owners are sorted, and numbers sort many times faster than records.
    order = np.argsort(keys)
    keys = keys[order]
    same = keys[1:] == keys[:-1]
    several = np.append(same, False) | np.append(False, same) if len(keys) else np.zeros(0, np.bool_)
    keys, wide = keys[several], owners[order[several]].astype(np.uint64)
    order = np.lexsort((wide, keys))
    keys, wide = keys[order], wide[order]
    once = np.append(True, (keys[1:] != keys[:-1]) | (wide[1:] != wide[:-1]))[: len(keys)]
    keys, wide = keys[once], wide[once]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.intp)
    sizes = np.diff(np.append(starts, len(keys)))
    found = [np.zeros(0, np.uint64)]
    for size in np.unique(sizes):
        if not 2 <= size <= most:
            continue
        group = wide[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(int(size), 1)
        found.append((group[:, left] << np.uint64(32) | group[:, right]).ravel())
    return np.concatenate(found)
