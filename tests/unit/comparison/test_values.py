"""Drawn cases: how two values stand to each other, and that swapping the sides changes nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wirecheck.comparison.values import Written
from wirecheck.comparison.values.name import are_two_spellings
from wirecheck.comparison.values.office import compare_offices
from wirecheck.comparison.values.polarity import are_complementary
from wirecheck.comparison.values.quantity import compare_quantities, relate_amounts, relate_shares
from wirecheck.comparison.values.time import compare_times, relate_times
from wirecheck.model import PartialDate, Quantity, Span, ValueComparison
from wirecheck.resolve.names import read_person_name
from wirecheck.text.dates import find_dates, parse_anchor, precision_of
from wirecheck.text.quantities import find_amounts
from wirecheck.text.stems import stem

CASES = Path(__file__).parents[2] / "cases" / "values"
Case = dict[str, Any]
Sides = tuple[int, int]
"""Which side of a case is the left one of a comparison, and which the right one."""


def read_quantity(case: Case, side: int) -> Quantity | None:
    words = case[("left", "right")[side]]
    found = find_amounts(words)
    counted = case.get("counted", ("", ""))[side]
    return next(
        (
            Quantity(
                Span("ab"[side], a.start, a.end), a.low, a.high, a.bound, a.unit, counted, kind=a.kind, decimals=a.place
            )
            for a in found
        ),
        None,
    )


def read_date(case: Case, side: int) -> PartialDate | None:
    words = case[("left", "right")[side]]
    found = find_dates(words, parse_anchor(case.get("published", ("", ""))[side]))
    return next(
        (
            PartialDate(
                Span("ab"[side], e.start, e.end),
                e.kind,
                e.value,
                precision_of(e.value),
                e.relative,
                modifier=e.modifier,
                offset_min=e.offset_min,
                is_local=e.is_local,
            )
            for e in found
        ),
        None,
    )


def read_words(case: Case, side: int) -> Written:
    words = case[("left", "right")[side]]
    return Written(Span("ab"[side], 0, len(words)), words)


def compare_as_quantities(case: Case, sides: Sides) -> ValueComparison | None:
    left, right = (read_quantity(case, n) for n in sides)
    if left is None or right is None:
        return None
    newer = case.get("newer")
    if newer is not None and sides == (1, 0):
        newer = "left" if newer == "right" else "right"
    if "rates" in case:
        rates = {(a, b): rate for a, b, rate in case["rates"]}
        return ValueComparison("quantity", left.span, right.span, relate_amounts(left, right, rates=rates), "")
    if case.get("complementary"):
        return ValueComparison("quantity", left.span, right.span, relate_shares(left, right), "")
    return compare_quantities(left, right, newer=newer)


def compare_as_times(case: Case, sides: Sides) -> ValueComparison | None:
    left, right = (read_date(case, n) for n in sides)
    if left is None or right is None:
        return None
    halves = case.get("twelve_hours", (False, False))
    return compare_times(left, right, twelve_hours=(halves[sides[0]], halves[sides[1]]))


def compare_as_offices(case: Case, sides: Sides) -> ValueComparison:
    return compare_offices(read_words(case, sides[0]), read_words(case, sides[1]))


COMPARATORS: dict[str, Callable[[Case, Sides], ValueComparison | None]] = {
    "quantity": compare_as_quantities,
    "time": compare_as_times,
    "office": compare_as_offices,
}


def list_cases() -> list[Any]:
    return [
        pytest.param(kind, case, id=f"{kind}: {case['left']} | {case['right']}")
        for kind in COMPARATORS
        for case in tomllib.loads((CASES / f"{kind}.toml").read_text("utf-8"))["case"]
    ]


@pytest.mark.parametrize(("kind", "case"), list_cases())
def test_two_values_stand_to_each_other_as_drawn(kind: str, case: Case) -> None:
    found = COMPARATORS[kind](case, (0, 1))

    assert ("none" if found is None else found.comparison) == case["is"]


@pytest.mark.parametrize(("kind", "case"), list_cases())
def test_swapping_the_sides_mirrors_the_comparison(kind: str, case: Case) -> None:
    found, swapped = COMPARATORS[kind](case, (0, 1)), COMPARATORS[kind](case, (1, 0))

    assert swapped == (found.mirrored() if found is not None else None)


@pytest.mark.parametrize(("kind", "case"), list_cases())
def test_a_value_is_equal_to_itself_or_left_open(kind: str, case: Case) -> None:
    same = {"left": case["left"], "right": case["left"]}

    found = COMPARATORS[kind](same, (0, 1))

    assert found is None or found.comparison in ("equal", "open")


def test_a_phrase_names_both_values() -> None:
    case = {"left": "at least 12 people", "right": "15 people", "counted": ["person", "person"]}

    found = compare_as_quantities(case, (0, 1))

    assert found is not None
    assert found.detail == "at least 12 people leaves room for 15 people"


@pytest.mark.parametrize(
    ("left", "right", "are"),
    [
        ("Catherine Oduya", "Kathryn Oduya", True),
        ("Karen Oduya", "Karen Oduja", True),
        ("Karen Tarn", "Karen McTarn", True),
        ("Daniel Oduya", "Daniela Oduya", False),
        ("Karen Lee", "Karen Leo", False),
        ("Karen Oduya", "Liz Oduya", False),
        ("Karen Oduya", "Karen Oduya", False),
    ],
)
def test_a_name_spelled_in_two_ways_is_one(left: str, right: str, are: bool) -> None:
    ours, theirs = read_person_name(left), read_person_name(right)

    assert are_two_spellings(ours, theirs) is are
    assert are_two_spellings(theirs, ours) is are


def test_deeds_that_make_up_a_whole_are_complementary() -> None:
    assert are_complementary(frozenset({stem("withered")}), frozenset({stem("survived")}))
    assert not are_complementary(frozenset({stem("withered")}), frozenset({stem("withered")}))


def test_a_winter_without_a_year_is_compared_like_any_season() -> None:
    winter, summer = (PartialDate(Span("d", 0, 6), "date", f"XXXX-{s}") for s in ("WI", "SU"))

    assert relate_times(winter, winter) == "equal"
    assert relate_times(winter, summer) != "equal"
