"""Shelves give back what was put on them, from memory and from disk."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.engine.shelves import Shelves


@given(
    batches=st.lists(st.lists(st.integers(0, 99), max_size=20), max_size=6),
    held=st.integers(0, 50),
    count=st.integers(1, 5),
)
def test_each_row_comes_back_once_from_its_shelf_in_order(batches: list[list[int]], held: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shelves = Shelves(Path(folder), count, np.int64, held=held)
        for batch in batches:
            rows = np.array(batch, np.int64)
            shelves.put(rows, (rows % count).astype(np.intp))
        found = [rows.tolist() for rows in shelves.take()]
        again = list(shelves.take())
    everything = [number for batch in batches for number in batch]
    expected = [[n for n in everything if n % count == shelf] for shelf in range(count)]

    assert found == [rows for rows in expected if rows]
    assert again == []
