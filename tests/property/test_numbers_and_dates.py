"""Laws of numbers, quantities and dates: whatever the text, spans lie in it, in order, and nothing raises."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wirecheck.comparison.values.time import FITS, first_day, relate_times
from wirecheck.model import PartialDate, Span
from wirecheck.text.dates import find_dates
from wirecheck.text.numbers import find_numbers
from wirecheck.text.quantities import find_amounts, find_money, find_percentages

WORDS = """
12 1,500 3.5 .08 2012 99 0 four twenty hundred thousand million half a quarter third two-thirds dozen and of
to - – / $ £ € % percent people miles km year years old ago after before later hours days last next early late
Monday May March February 12 2025 Q3 noon a.m. 4:30 at in on about least more than nearly once ( ) , . ' ’
1990s st nd e+9 x10^ ^ m bn US$ kg magnitude -old ½ × −
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=10).map("".join)
)
ANCHORS = st.one_of(st.none(), st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2300, 1, 1)))


@given(TEXTS)
def test_numbers_lie_in_the_text_in_order(text: str) -> None:
    found = find_numbers(text)

    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_quantities_lie_in_the_text_and_their_cores_in_them(text: str) -> None:
    for a in find_amounts(text):
        assert 0 <= a.start <= a.core_start < a.core_end <= a.end <= len(text)
        assert a.low <= a.high or a.kind == "score"


@given(TEXTS)
def test_sums_and_percentages_lie_in_the_text(text: str) -> None:
    assert all(0 <= a.start < a.end <= len(text) for a in (*find_money(text), *find_percentages(text)))


@given(TEXTS, ANCHORS)
def test_dates_lie_in_the_text_in_order(text: str, anchor: datetime | None) -> None:
    found = find_dates(text, anchor)

    assert all(0 <= e.start < e.end <= len(text) for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS, ANCHORS)
def test_a_text_has_the_same_dates_twice(text: str, anchor: datetime | None) -> None:
    assert find_dates(text, anchor) == find_dates(text, anchor)


@given(TEXTS, ANCHORS, TEXTS, ANCHORS)
def test_two_values_fit_both_ways_and_each_fits_itself(
    left: str, anchor: datetime | None, right: str, other: datetime | None
) -> None:
    ours, theirs = (
        [
            PartialDate(Span("d", e.start, e.end), e.kind, e.value, e.precision, None, e.modifier)
            for e in find_dates(text, at)
        ]
        for text, at in ((left, anchor), (right, other))
    )

    for a in ours:
        first_day(a.value)
        assert relate_times(a, a) in FITS
        for b in theirs:
            assert relate_times(a, b) == relate_times(b, a)
