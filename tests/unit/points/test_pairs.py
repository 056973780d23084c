"""Drawn cases: two sentences of two documents, and whether they state one point."""

from __future__ import annotations

import json
import pathlib

import pytest

from tests.builders import make_document
from wirecheck import Settings, compare
from wirecheck.model import Finding

CASES = pathlib.Path(__file__).parents[2] / "cases" / "points"


def load_cases() -> list[object]:
    cases = []
    for line in (CASES / "pairs.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
        name = f"{case['is']}: {case['left']} | {case['right']}"
        cases.append(pytest.param(case["left"], case["right"], case["is"], marks=marks, id=name))
    return cases


def compare_sentences(left: str, right: str) -> tuple[Finding, ...]:
    documents = [
        make_document("a", left, publisher="The Herald", published="2024-05-17"),
        make_document("b", right, publisher="The Post", published="2024-05-17"),
    ]
    (story,) = compare(documents, settings=Settings(one_story=True)).stories
    return story.findings


def rule(findings: tuple[Finding, ...]) -> str:
    """Return "conflict" or "same" where a finding joins the two documents so, else "apart".

    That both give one figure or date, which checks of their own report, does not make them state one point.
    """
    joined = {
        f.verdict for f in findings if len(f.documents) == 2 and (f.verdict == "conflict" or f.check == "agreement")
    }
    if "conflict" in joined:
        return "conflict"
    return "same" if joined & {"agree", "compatible"} else "apart"


@pytest.mark.parametrize(("left", "right", "expected"), load_cases())
def test_two_sentences_are_one_point_or_not(left: str, right: str, expected: str) -> None:
    assert rule(compare_sentences(left, right)) == expected


def test_the_order_of_the_documents_changes_no_ruling() -> None:
    for case in map(json.loads, (CASES / "pairs.jsonl").read_text("utf-8").splitlines()):
        assert rule(compare_sentences(case["left"], case["right"])) == rule(
            compare_sentences(case["right"], case["left"])
        )
