"""Stories from fingerprints: order, growth, chains."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.model import Document
from wirecheck.reuse import Fingerprint, fingerprint
from wirecheck.stories import find_centre, group_fingerprints
from wirecheck.stories.grouping import part_documents
from wirecheck.stories.linkage import OpenPairs, link_pairs

EVENTS = [
    "Larkspur ferry rocks fog",
    "bakers Oder ovens strike",
    "comet Vesper dust tail",
    "bridge Tallow cracks lorries",
]


def make_fingerprints(count: int, *, dated: bool = True) -> list[Fingerprint]:
    """Return `count` documents of each event, with words of their own."""
    chosen = random.Random(4)
    made = []
    for (number, event), copy in itertools.product(enumerate(EVENTS), range(count)):
        own = " ".join("".join(chosen.choices("abcdefghijklmnop", k=6)) for _ in range(20))
        text = f"Report of {event}. {event} and again {event.lower()}, {own}"
        date = f"2025-03-{number * 7 + 1 + copy % 2:02}" if dated else None
        made.append(fingerprint(Document(f"d{number}-{copy}", "d", "d", text, "", published=date)))
    return made


@pytest.mark.parametrize("dated", [True, False])
def test_each_event_is_one_story(dated: bool) -> None:
    groups = group_fingerprints(make_fingerprints(5, dated=dated))

    assert groups == [list(range(n, n + 5)) for n in range(0, 20, 5)]


@given(st.permutations(range(12)))
def test_the_order_of_adding_changes_nothing(order: list[int]) -> None:
    prints = make_fingerprints(3)
    shuffled = group_fingerprints([prints[i] for i in order])

    assert sorted(sorted(order[i] for i in group) for group in shuffled) == group_fingerprints(prints)


@pytest.mark.parametrize("window", [1, 3, 7, 100])
def test_the_window_in_time_changes_nothing(window: int) -> None:
    undated = [replace(f, document=f"u{f.document}") for f in make_fingerprints(1, dated=False)]
    prints = [*make_fingerprints(4), *undated]

    assert group_fingerprints(prints, window=window) == group_fingerprints(prints)


def test_a_group_is_complete_when_all_its_members_have_met_what_comes_after_them() -> None:
    pairs = OpenPairs(4, 0.5)
    first = pairs.add(np.array([0, 0]), np.array([1, 2]), np.array([0.4, 0.9]), done=1)
    second = pairs.add(np.array([1, 2]), np.array([2, 3]), np.array([0.9, 0.9]), done=3)
    third = pairs.add(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), done=4)

    assert (first, second) == ([], [])
    assert third == link_pairs(4, *(np.array(x) for x in ([0, 0, 1, 2], [1, 2, 2, 3], [0.4, 0.9, 0.9, 0.9])), 0.5)


def test_documents_of_another_event_leave_old_stories_as_they_were() -> None:
    prints = make_fingerprints(4)
    before = group_fingerprints(prints[:8])

    assert group_fingerprints(prints)[: len(before)] == before


def test_an_undated_document_joins_the_dated_ones_of_its_event() -> None:
    undated = make_fingerprints(1, dated=False)[0]

    assert group_fingerprints([*make_fingerprints(3)[:3], undated]) == [[0, 1, 2, 3]]


def test_no_fingerprints_are_no_stories() -> None:
    assert group_fingerprints([]) == []


def test_empty_documents_are_stories_by_themselves() -> None:
    empty = [fingerprint(Document(f"d{n}", "d", "d", "", "")) for n in range(3)]

    assert group_fingerprints(empty) == [[0], [1], [2]]
    assert find_centre(empty[:1]) == 0


@given(st.lists(st.floats(0, 1), min_size=15, max_size=15))
def test_linkage_over_all_pairs_is_average_linkage(values: list[float]) -> None:
    left, right = np.triu_indices(6, 1)
    likeness = np.eye(6)
    rounded = np.round(np.array(values), 2) + np.arange(15) * 1e-4  # no ties
    likeness[left, right] = likeness[right, left] = rounded

    assert link_pairs(6, left, right, rounded, 0.5) == part_documents(likeness, 0.5)


def test_a_chain_of_loose_pairs_is_not_one_story() -> None:
    places = np.arange(3)

    assert link_pairs(4, places, places + 1, np.full(3, 0.3), 0.2) == [[0, 1], [2, 3]]
