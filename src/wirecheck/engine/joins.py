"""Joins over sorted arrays: owners that share keys."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Postings held in memory, 12 bytes each; beyond it they go to files, one for each of `_PARTS` ranges of keys.
_HELD = 8_000_000
_PARTS = 16
_POSTING = np.dtype([("key", "<u8"), ("owner", "<u4")])


class Pairs(NamedTuple):
    """Pairs of owners, ordered by `left`, then `right`; `left` < `right`; `shared` counts their common keys."""

    left: NDArray[np.uint32]
    right: NDArray[np.uint32]
    shared: NDArray[np.uint32]


def join_pairs(
    postings: Iterable[tuple[int, NDArray[np.uint64]]], *, most: int, least: int = 1, held: int = _HELD
) -> Pairs:
    """Return the pairs of owners that share `least` keys or more, keys of more than `most` owners left out.

    More than `held` postings are sorted in parts, on disk. The order of the postings changes nothing.
    """
    codes: list[NDArray[np.uint64]] = []
    counts: list[NDArray[np.int64]] = []
    with tempfile.TemporaryDirectory(prefix="wirecheck-join-") as folder:
        for part in _parts(postings, held, Path(folder)):
            found, times = np.unique(_pair_codes(part, most), return_counts=True)
            codes.append(found)
            counts.append(times)
    if not codes:
        nothing = np.zeros(0, np.uint32)
        return Pairs(nothing, nothing, nothing)
    if len(codes) == 1:
        code, shared = codes[0], counts[0].astype(np.uint32)
    else:
        code, place = np.unique(np.concatenate(codes), return_inverse=True)
        shared = np.bincount(place, weights=np.concatenate(counts), minlength=len(code)).astype(np.uint32)
    kept = shared >= least
    code = code[kept]
    return Pairs((code >> np.uint64(32)).astype(np.uint32), code.astype(np.uint32), shared[kept])


def _parts(postings: Iterable[tuple[int, NDArray[np.uint64]]], held: int, folder: Path) -> Iterator[NDArray[np.void]]:
    """Yield all postings in parts that share no key."""
    files = [folder / f"{n}.bin" for n in range(_PARTS)]
    rows: list[NDArray[np.void]] = []
    size = 0
    spilled = False
    for owner, keys in postings:
        row = np.empty(len(keys), _POSTING)
        row["key"], row["owner"] = keys, owner
        rows.append(row)
        size += len(row)
        if size > held:
            spilled = True
            _spill(np.concatenate(rows), files)
            rows, size = [], 0
    if not spilled:
        if rows:
            yield np.concatenate(rows)
        return
    if rows:
        _spill(np.concatenate(rows), files)
    for file in files:
        if file.exists():
            yield np.fromfile(file, _POSTING)


def _spill(rows: NDArray[np.void], files: list[Path]) -> None:
    # Keys are hashes: their low bits part them evenly.
    part = (rows["key"] % np.uint64(_PARTS)).astype(np.intp)
    for number, file in enumerate(files):
        with file.open("ab") as out:
            rows[part == number].tofile(out)


def _pair_codes(rows: NDArray[np.void], most: int) -> NDArray[np.uint64]:
    """Return `left << 32 | right` for each two owners of each key that 2 to `most` owners have."""
    # Most keys have one owner: they go before owners are sorted, and numbers sort many times faster than records.
    keys = np.ascontiguousarray(rows["key"])
    order = np.argsort(keys)
    keys = keys[order]
    same = keys[1:] == keys[:-1]
    several = np.append(same, False) | np.append(False, same) if len(keys) else np.zeros(0, np.bool_)
    keys, owners = keys[several], rows["owner"][order[several]].astype(np.uint64)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    once = np.append(True, (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1]))[: len(keys)]
    keys, owners = keys[once], owners[once]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.intp)
    sizes = np.diff(np.append(starts, len(keys)))
    found = [np.zeros(0, np.uint64)]
    for size in np.unique(sizes):
        if not 2 <= size <= most:
            continue
        group = owners[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(int(size), 1)
        found.append((group[:, left] << np.uint64(32) | group[:, right]).ravel())
    return np.concatenate(found)
