"""What every engine does, whichever it is: the same results, in the order of the items."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecheck.engine import Engine, open_engine
from wirecheck.engine.joins import join_pairs
from wirecheck.errors import WorkerError
from wirecheck.graph import find_components

POSTINGS = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=12)


# The cluster's postings held in the calling process: so few that its workers do every join.
HELD = 4


@pytest.fixture(params=[1, 2, "cluster"], ids=["one process", "two processes", "cluster"], scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    opened = open_cluster() if request.param == "cluster" else open_engine(processes=request.param)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    opened = open_cluster()
    yield opened
    opened.close()


def open_cluster() -> Engine:
    if find_spec("distributed") is None or find_spec("cryptography") is None:
        pytest.skip("Dask is not installed: pip install 'wirecheck[cluster]'")
    from wirecheck.engine.cluster import ClusterEngine

    return ClusterEngine("local", processes=2, held=HELD)


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


def test_nothing_gives_nothing(engine: Engine) -> None:
    pairs = engine.pairs([], most=2)

    assert list(engine.map(double, [])) == []
    assert [len(column) for column in pairs] == [0, 0, 0]
    assert engine.components(0, []) == []


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


def test_many_postings_give_the_pairs_of_a_join_in_memory(engine: Engine) -> None:
    chance = np.random.default_rng(1)
    postings = [(n * 1_000_003 % 2**32, chance.integers(0, 4000, 60).astype(np.uint64)) for n in range(1500)]
    found = engine.pairs(iter(postings), most=30, least=2)
    expected = join_pairs(postings, most=30, least=2)

    assert len(found.left) > 1000
    for column, other in zip(found, expected, strict=True):
        assert column.dtype == other.dtype
        assert column.tolist() == other.tolist()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_process_is_said_so() -> None:
    engine = open_engine(processes=2)
    with pytest.raises(WorkerError, match="ended from outside"):
        list(engine.map(end_oneself, range(10)))
    engine.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_worker_of_a_cluster_that_is_killed_at_work_loses_nothing(tmp_path: Path, cluster: Engine) -> None:
    found = list(cluster.map(end_oneself_once, [(number, tmp_path / "killed") for number in range(30)]))

    assert (tmp_path / "killed").exists()
    assert found == list(range(30))


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_task_that_ends_one_worker_after_the_other_is_an_error_and_the_cluster_goes_on(cluster: Engine) -> None:
    with pytest.raises(WorkerError, match="ended 4 workers"):
        list(cluster.map(end_oneself, range(1)))

    assert list(cluster.map(double, range(3))) == [0, 2, 4]


def end_oneself(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def end_oneself_once(item: tuple[int, Path]) -> int:
    """End the process that has the seventh item in hand, the first time."""
    number, mark = item
    if number == 7 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number
