"""The decoders against trying everything, on sentences short enough for that."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wirecheck.language.decode import best_spans, best_tree, join_neighbours, spans_of

KINDS = ("person", "place")


def is_single_rooted_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        node, seen = start, set()
        while node != 0:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


def best_by_trying(scores: np.ndarray) -> float:
    count = len(scores)
    totals = [
        sum(float(scores[at, head]) for at, head in enumerate(heads))
        for heads in itertools.product(range(count + 1), repeat=count)
        if is_single_rooted_tree(heads)
    ]
    return max(totals)


def score_tables(rows: int, width: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float32, (rows, width), elements=st.integers(-20, 20).map(float))


@given(st.integers(1, 5).flatmap(lambda count: score_tables(count, count + 1)))
def test_the_tree_is_the_best_of_all_trees_with_one_root(scores: np.ndarray) -> None:
    heads = best_tree(scores)

    assert is_single_rooted_tree(tuple(heads))
    assert sum(float(scores[at, head]) for at, head in enumerate(heads)) == best_by_trying(scores)


def test_no_words_have_no_tree() -> None:
    assert best_tree(np.zeros((0, 1), np.float32)) == []


def test_two_words_that_both_want_the_root_share_it_out() -> None:
    scores = np.array([[9, 0, 2], [8, 5, 0]], np.float32)

    assert best_tree(scores) == [0, 1]


def test_a_long_tangle_becomes_a_tree() -> None:
    scores = np.random.default_rng(1).normal(size=(120, 121)).astype(np.float32)

    assert is_single_rooted_tree(tuple(best_tree(scores)))


def spans_by_trying(scores: np.ndarray) -> float:
    count, width = scores.shape
    best = -np.inf
    for tags in itertools.product(range(width), repeat=count):
        before = 0
        for tag in tags:
            if tag and tag % 2 == 0 and before not in (tag - 1, tag):
                break
            before = tag
        else:
            best = max(best, sum(float(scores[at, tag]) for at, tag in enumerate(tags)))
    return best


def score_of_spans(scores: np.ndarray, spans: list[tuple[int, int, str]]) -> float:
    tags = [0] * len(scores)
    for first, last, kind in spans:
        begin = 1 + 2 * KINDS.index(kind)
        tags[first:last] = [begin] + [begin + 1] * (last - first - 1)
    return sum(float(scores[at, tag]) for at, tag in enumerate(tags))


@given(st.integers(1, 5).flatmap(lambda count: score_tables(count, 5)))
def test_the_spans_are_the_best_of_all_valid_ones(scores: np.ndarray) -> None:
    assert score_of_spans(scores, best_spans(scores, KINDS)) == spans_by_trying(scores)


@given(st.lists(st.integers(0, 4), max_size=8))
def test_spans_never_overlap(tags: list[int]) -> None:
    spans = spans_of(tags, KINDS)

    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))


def test_no_words_have_no_spans() -> None:
    assert best_spans(np.zeros((0, 5), np.float32), KINDS) == []


def test_touching_names_of_one_kind_are_one_name() -> None:
    spans = [(0, 1, "place"), (1, 3, "place"), (3, 4, "person"), (5, 6, "person")]

    assert join_neighbours(spans) == [(0, 3, "place"), (3, 4, "person"), (5, 6, "person")]
