"""Folded copies and words know where they come from."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.text.folding import fold
from wirecheck.text.timestamps import read_timestamp
from wirecheck.text.words import list_words


@given(st.text(max_size=100))
def test_every_folded_character_has_its_place(text: str) -> None:
    folded = fold(text)

    assert len(folded.origins) == len(folded.text) + 1
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= at <= len(text) for at in folded.origins)


@given(st.text(max_size=60))
def test_folding_twice_folds_no_more(text: str) -> None:
    once = fold(text).text

    assert fold(fold(once).text).text == fold(once).text


def test_styles_of_quotation_marks_are_one() -> None:
    assert fold("“a” „b“ «c» ''d'' ``e''").text == '"a" "b" "c" "d" "e"'


def test_a_range_of_the_copy_points_at_the_words_it_came_from() -> None:
    text = "He\u00ad said  ‘never’…  again"
    folded = fold(text)
    at = folded.text.index("'never'...")
    start, end = folded.source_range(at, at + 10)

    assert text[start:end] == "‘never’…"


@given(st.text(max_size=100))
def test_words_slice_back_and_stand_in_order(text: str) -> None:
    words = list_words(text)

    assert all(text[w.start : w.end] for w in words)
    assert all(left.end <= right.start for left, right in itertools.pairwise(words))


@pytest.mark.parametrize(
    ("value", "stamp"),
    [
        ("2025-02-13", "2025-02-13"),
        ("2025-02", "2025-02"),
        ("2025", "2025"),
        ("2025-02-13T08:30:00Z", "2025-02-13T08:30:00+00:00"),
        ("2025-02-13T08:30:00.123+0100", "2025-02-13T08:30:00+01:00"),
        ("20250213", "2025-02-13"),
        ("20250213T083000Z", "2025-02-13T08:30:00+00:00"),
        ("Thu, 13 Feb 2025 08:30:00 GMT", "2025-02-13T08:30:00+00:00"),
        ("Feb. 13, 2025", "2025-02-13"),
        ("13th February 2025", "2025-02-13"),
        ("February 2025", "2025-02"),
        ("1739433600", "2025-02-13T08:00:00+00:00"),
        ("13/02/2025", "2025-02-13"),
        ("02/03/2025", None),
        ("2025-02-30", None),
        ("2025-13", None),
        ("yesterday", None),
        ("", None),
        ("99:99", None),
    ],
)
def test_time_stamps_are_read_as_precisely_as_they_are(value: str, stamp: str | None) -> None:
    assert read_timestamp(value) == stamp
