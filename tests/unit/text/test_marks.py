"""Quotation marks: drawn cases of what is a pair and what is an apostrophe, and laws for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecheck.text.marks import find_marked

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "quotations" / "marks.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_marks_pair_and_apostrophes_do_not(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))
    text = case["text"]
    runs = find_marked(text, [(0, len(text))])

    assert [text[r.start : r.end] for r in runs if r.depth == 0] == case["inside"]
    assert [text[r.start : r.end] for r in runs if r.depth > 0] == case.get("inner", [])


def test_a_speech_of_three_paragraphs_goes_on_twice() -> None:
    text = "“One.\n“Two.\n“Three.”"
    runs = find_marked(text, [(0, 5), (6, 11), (12, 20)])

    assert [(r.goes_on, r.closed) for r in runs] == [(True, False), (True, False), (False, True)]


def test_an_open_mark_before_a_paragraph_without_marks_does_not_go_on() -> None:
    text = "“One.\nTwo."
    runs = find_marked(text, [(0, 5), (6, 10)])

    assert [(r.goes_on, r.closed) for r in runs] == [(False, False)]


@settings(max_examples=300)
@given(st.text(alphabet="“”‘’\"'«»„‚`ab .,—\n", max_size=60))
def test_runs_never_cross_and_lie_inside_the_text(text: str) -> None:
    runs = find_marked(text, [(0, len(text))])

    for run in runs:
        assert 0 <= run.outer_start < run.start <= run.end <= run.outer_end <= len(text)
    for left in runs:
        for right in runs:
            apart = left.outer_end <= right.outer_start or right.outer_end <= left.outer_start
            inside = left.outer_start <= right.outer_start and right.outer_end <= left.outer_end
            around = right.outer_start <= left.outer_start and left.outer_end <= right.outer_end
            assert apart or inside or around
