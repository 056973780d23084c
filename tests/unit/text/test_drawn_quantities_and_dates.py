"""Drawn cases of quantities and dates: what a text says, as data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from wirecheck.text.dates import find_dates, parse_anchor
from wirecheck.text.numbers import find_numbers
from wirecheck.text.quantities import find_amounts

CASES = Path(__file__).parents[2] / "cases" / "text"


def _load(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    limit = pytest.mark.xfail(strict=True, reason="accepted limit")
    return [
        pytest.param(case, id=case["text"][:60] or "empty", marks=[limit] if case.get("expect") == "fail" else [])
        for case in cases
    ]


def _show(value: float) -> str:
    return f"{value:.10g}"


@pytest.mark.parametrize("case", _load("quantities.toml"))
def test_a_text_has_the_quantities_that_are_drawn(case: dict[str, Any]) -> None:
    text = case["text"]

    found = []
    for a in find_amounts(text):
        value = _show(a.low) if a.low == a.high else f"{_show(a.low)}..{_show(a.high)}"
        parts = [value, "" if a.bound == "exact" else a.bound, a.unit, a.kind]
        found.append(f"{text[a.start : a.end]} = {' '.join(p for p in parts if p)}")

    assert found == case["found"]


@pytest.mark.parametrize("case", _load("dates.toml"))
def test_a_text_has_the_dates_that_are_drawn(case: dict[str, Any]) -> None:
    text = case["text"]

    found = []
    for e in find_dates(text, parse_anchor(case.get("published"))):
        parts = [e.value, e.modifier, e.relative or ""]
        found.append(f"{text[e.start : e.end]} = {' '.join(p for p in (parts[0], *[q for q in parts[1:] if q]))}")

    assert found == case["found"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("one thousand two hundred", 2),
        ("two million three hundred thousand", 5),
        ("five thousand million", 9),
        ("4.5 lakh crore", 11),
        ("two hundred thousand", 5),
        ("12 hundred", 2),
        ("three hundred and four", 0),
    ],
)
def test_a_number_in_words_is_as_precise_as_its_last_word(words: str, place: int) -> None:
    (number,) = find_numbers(words)

    assert number.place == place
