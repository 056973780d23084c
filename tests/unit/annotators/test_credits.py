"""Credits."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drawing import undraw
from wirecheck.annotators import annotate
from wirecheck.annotators.credits import find_credits, is_own
from wirecheck.language.reading import Reading, read_document
from wirecheck.language.sentence import Sentence
from wirecheck.model import Annotations, Credit, Document
from wirecheck.text.sentences import split_paragraphs, split_sentences

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "credits" / "credits.toml").read_text("utf-8"))["case"]


def make_bare_reading(text: str, publisher: str | None = None) -> Reading:
    document = Document("d", "d", "d.txt", text, "", publisher=publisher)
    paragraphs = split_paragraphs(document)
    spans = split_sentences(document, paragraphs)
    none: Any = None
    return Reading(document, tuple(paragraphs), tuple(Sentence(s.start, s.end, (), (), none) for s in spans))


def credits_of(text: str, publisher: str | None = None) -> list[Credit]:
    reading = read_document(Document("d", "d", "d.txt", text, "", publisher=publisher))
    return sorted(annotate(reading).credits, key=lambda c: c.span)


def bare_credits_of(text: str) -> list[Credit]:
    return sorted(find_credits(make_bare_reading(text), Annotations("d")), key=lambda c: c.span)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_credits_are_those_that_a_reader_marks(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))
    text, marked = undraw(case["text"])
    found = credits_of(text, case.get("publisher"))
    kinds = ["own" if c.own else c.kind for c in found]

    assert kinds == [kind for _, _, kind in marked], [text[c.span.start : c.span.end] for c in found]
    for credit, (start, end, _) in zip(found, marked, strict=True):
        shared = min(credit.span.end, end) - max(credit.span.start, start)
        assert shared >= 0.5 * min(credit.span.length, end - start)


def test_a_credit_covers_its_sentence() -> None:
    text = "It rained. The ferry was late, the BBC reported. It left."
    (credit,) = credits_of(text)
    assert credit.covers is not None

    assert text[credit.covers.start : credit.covers.end] == "The ferry was late, the BBC reported."


@pytest.mark.parametrize(
    ("publisher", "credited", "own"),
    [
        ("The New York Times", "The New York Times", True),
        ("HuffPost", "HuffPost", True),
        ("Fox News", "NBC", False),
        ("BBC News", "BBC", True),
        ("The Hill", "The Hill", True),
        (None, "CNN", False),
    ],
)
def test_a_publisher_knows_itself(publisher: str | None, credited: str, own: bool) -> None:
    document = Document("d", "d", "d.txt", "", "", publisher=publisher)

    assert is_own(credited, document) is own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We have no water,” Ann Lowe told AFP on Tuesday.", "told AFP"),
        ("Farrow spent $5,150 on furs, court documents said.", "court documents said"),
        ("“I am sorry,” Farrow said in a statement on Friday.", "said in a statement"),
        ("According to a police report, the door was open.", "According to a police report"),
    ],
)
def test_credits_are_found_without_the_model(text: str, words: str) -> None:
    (credit,) = bare_credits_of(text)

    assert text[credit.span.start : credit.span.end] == words


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="According to the Times reports said in a statement documents CNN told . ,’\n", max_size=160))
def test_every_credit_slices_to_words_of_the_text(text: str) -> None:
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in bare_credits_of(text))
