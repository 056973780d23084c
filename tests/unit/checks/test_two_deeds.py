"""Drawn cases: what reads like one deed told in two ways, and is two deeds; nothing is a conflict."""

from __future__ import annotations

import pytest

from tests.builders import make_document
from wirecheck import Settings, compare
from wirecheck.model import Document, Finding

CASES = [
    (
        "Mayor Roe answered on Sunday to a Courier report published Saturday on the letters that his son wrote.",
        "Mayor Roe’s son published the letters himself on Tuesday morning, before the Courier report.",
    ),
    (
        "The harbour bill was passed despite the audit office warning on Thursday that it would add to the debt.",
        "The harbour bill that the council passed early Saturday morning would add to the debt, auditors say.",
    ),
    (
        "Mayor Roe confirmed the call with the harbour master early Saturday morning.",
        "The letter confirms a Friday night report of the call of Mayor Roe and the harbour master.",
    ),
    (
        "The storm Oriel made landfall late Friday near Tarn on the coast of Velia.",
        "The storm Oriel made a second landfall on Wednesday near Tarn on the coast of Velia.",
    ),
    (
        "Ann and Paul Roe walked through the water in Tarn on Sunday with their five children, aged 6 to 16.",
        "In Tarn four children, aged 6 to 16, drowned in the water on Sunday with their great-grandparents.",
    ),
    (
        "The law gives the council a right to six years of the builder’s private and business accounts.",
        "The law clearly entitles him to receive six years of the private and business accounts of the builder.",
    ),
]


def make_report_of(name: str, publisher: str, text: str, published: str | None = "2024-05-14") -> Document:
    return make_document(name, text, publisher=publisher, published=published)


def find(left: str, right: str) -> tuple[Finding, ...]:
    documents = [make_report_of("a", "The Ostrel Courier", left), make_report_of("b", "The Tarn Post", right)]
    (story,) = compare(documents, settings=Settings(one_story=True)).stories
    return story.findings


@pytest.mark.parametrize(("left", "right"), CASES)
def test_two_deeds_are_no_conflict(left: str, right: str) -> None:
    assert [f for f in find(left, right) if f.verdict == "conflict"] == []


def test_a_sum_is_not_rounded_to_its_double() -> None:
    left = "A quarter of the families in Tarn get a tax cut of $100 or more under the plan."
    right = "A family in Tarn gets a $50 tax cut under the plan."

    assert [f for f in find(left, right) if f.difference == "rounding"] == []


def test_a_count_is_said_to_have_risen_only_where_both_days_are_known() -> None:
    first = "At least one person was killed and 10 others were injured when a van hit a crowd in Tarn on Monday."
    words = "Police said 11 other people were injured when a van hit a crowd in Tarn on Monday; one person was killed."
    left = make_report_of("a", "The Ostrel Courier", first)
    reasons = []
    for published in ("2024-05-15", None):
        right = make_report_of("b", "The Tarn Post", words, published)
        (story,) = compare([left, right], settings=Settings(one_story=True)).stories
        reasons += [f.reason for f in story.findings if f.difference == "update"]

    assert [r.partition("; ")[2] for r in reasons] == [
        "the count rose while the event went on.",
        "such a count rises while an event goes on, and it is not known which was written later.",
    ]
