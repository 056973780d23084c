"""Things by place: every answer is that of a walk through all of them, in the order given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirecheck.places import Places

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=20).map(
    lambda many: sorted((start, start + length) for start, length in many)
)
OFFSETS = st.integers(0, 60)


@given(RANGES, OFFSETS, OFFSETS)
def test_what_touches_a_stretch_shares_a_character_with_it(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    found = list(Places(ranges, lambda r: r).touching(start, end))

    assert found == [r for r in ranges if r[0] < end and start < r[1]]


@given(RANGES, OFFSETS, OFFSETS)
def test_what_starts_in_a_stretch_has_its_first_character_there(
    ranges: list[tuple[int, int]], start: int, end: int
) -> None:
    found = Places(ranges, lambda r: r).starting_in(start, end)

    assert list(found) == [r for r in ranges if start <= r[0] < end]


@given(RANGES, OFFSETS, OFFSETS)
def test_going_back_misses_nothing_that_ends_behind_the_last_stop(
    ranges: list[tuple[int, int]], start: int, end: int
) -> None:
    found = list(Places(ranges, lambda r: r).reaching(start, end))

    before = [r for r in ranges if r[0] < end]
    assert found == before[::-1][: len(found)]
    assert all(r[1] < start for r in before[: len(before) - len(found)])
