"""Shelves: rows put by number, in memory first and on disk when they are many, taken again shelf by shelf."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Shelves:
    """`count` shelves of rows of one type; at most `held` rows are in memory, the others in files of a folder."""

    def __init__(self, folder: Path, count: int, dtype: DTypeLike, *, held: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._files = [folder / f"{n}.rows" for n in range(count)]
        self._dtype = np.dtype(dtype)
        self._held = held
        self._rows: list[NDArray[Any]] = []
        self._numbers: list[NDArray[np.intp]] = []
        self._size = 0

    def put(self, rows: NDArray[Any], numbers: NDArray[np.intp]) -> None:
        """Put each row on the shelf of its number."""
        self._rows.append(rows)
        self._numbers.append(numbers)
        self._size += len(rows)
        if self._size > self._held:
            self._write()

    def take(self) -> Iterator[NDArray[Any]]:
        """Yield the rows of each shelf that has any, by its number; a shelf is empty afterwards."""
        if not any(file.exists() for file in self._files):
            for part in self._parts():
                if len(part):
                    yield part
            return
        self._write()
        for file in self._files:
            if file.exists():
                rows = np.fromfile(file, self._dtype)
                file.unlink()
                yield rows

    def _write(self) -> None:
        for file, part in zip(self._files, self._parts(), strict=True):
            if len(part):
                with file.open("ab") as out:
                    part.tofile(out)

    def _parts(self) -> list[NDArray[Any]]:
        """Return the rows in memory, one array for each shelf, and forget them."""
        if not self._rows:
            return [np.zeros(0, self._dtype) for _ in self._files]
        rows, numbers = np.concatenate(self._rows), np.concatenate(self._numbers)
        self._rows, self._numbers, self._size = [], [], 0
        order = np.argsort(numbers, kind="stable")
        ends = np.searchsorted(numbers[order], np.arange(1, len(self._files)))
        return np.split(rows[order], ends)
