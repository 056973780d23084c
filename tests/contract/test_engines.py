"""What every engine does, whichever it is: the same results, in the order of the items."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecheck.engine import Engine, open_engine
from wirecheck.engine.joins import find_components, join_pairs

POSTINGS = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=12)


@pytest.fixture(params=[1, 2], ids=["one process", "two processes"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    opened = open_engine(processes=request.param)
    yield opened
    opened.close()


def double(number: int) -> int:
    return 2 * number


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def test_results_come_in_the_order_of_the_items(engine: Engine) -> None:
    assert list(engine.map(double, range(50))) == [2 * n for n in range(50)]


def test_few_items_are_taken_ahead(engine: Engine) -> None:
    taken = 0

    def count() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = engine.map(double, count())
    next(results)

    assert taken < 20


def test_an_error_of_a_function_reaches_the_caller(engine: Engine) -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(engine.map(fail, range(3)))


def test_pairs_and_components_are_those_of_the_definition(engine: Engine) -> None:
    postings = [(n, np.array(keys, np.uint64)) for n, keys in enumerate([[1, 2, 3], [2, 3], [3], [9]])]
    pairs = engine.pairs(postings, most=2)

    assert list(zip(pairs.left.tolist(), pairs.right.tolist(), pairs.shared.tolist(), strict=True)) == [(0, 1, 1)]
    assert engine.components(4, [(0, 1)]) == [[0, 1], [2], [3]]


@settings(max_examples=200, deadline=None)
@given(rows=POSTINGS, most=st.integers(2, 5), least=st.integers(1, 3), held=st.sampled_from([1, 5, 10_000]))
def test_pairs_are_the_same_in_memory_and_on_disk_and_right(
    rows: list[list[int]], most: int, least: int, held: int
) -> None:
    postings = [(n, np.array(keys, np.uint64)) for n, keys in enumerate(rows)]
    found = join_pairs(reversed(postings), most=most, least=least, held=held)
    carriers = {key: [n for n, keys in enumerate(rows) if key in keys] for key in range(13)}
    kept = [set(c) for c in carriers.values() if len(c) <= most]
    expected = [
        (a, b, shared)
        for a, b in combinations(range(len(rows)), 2)
        if (shared := sum({a, b} <= c for c in kept)) >= least
    ]

    assert list(zip(found.left.tolist(), found.right.tolist(), found.shared.tolist(), strict=True)) == expected


@given(edges=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
def test_the_order_of_edges_changes_no_component(edges: list[tuple[int, int]]) -> None:
    swapped = [(b, a) for a, b in reversed(edges)]

    assert find_components(10, edges) == find_components(10, swapped)
    assert sorted(n for part in find_components(10, edges) for n in part) == list(range(10))


def test_a_killed_worker_is_said_so(tmp_path: Path) -> None:
    from wirecheck.errors import WorkerError

    engine = open_engine(processes=2)
    with pytest.raises(WorkerError, match="ended from outside"):
        list(engine.map(end_oneself, range(10)))
    engine.close()


def end_oneself(number: int) -> int:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)
    return number
