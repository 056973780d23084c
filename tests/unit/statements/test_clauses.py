"""Drawn cases: the statements of a sentence, with predicate, polarity and modality; laws of all statements."""

from __future__ import annotations

import hashlib
import json
import pathlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wirecheck.annotators import annotate
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.model import Document, Story, digest_document
from wirecheck.statements import LONGEST, find_statements

CASES = pathlib.Path(__file__).parents[2] / "cases" / "statements" / "clauses.jsonl"


def load_cases() -> list[object]:
    cases = []
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
        cases.append(pytest.param(case["text"], case["statements"], marks=marks, id=case["text"]))
    return cases


def make_dossier(text: str) -> Dossier:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(digest_document("a", text), "a", "a", text, digest, published="2024-05-17", language="en")
    reading = read_document(document)
    return Dossier(Story("s1", "", (document.id,)), (reading,), (annotate(reading),))


@pytest.mark.parametrize(("text", "expected"), load_cases())
def test_a_sentence_is_cut_into_what_it_states(text: str, expected: list[list[str]]) -> None:
    dossier = make_dossier(text)
    statements, _ = find_statements(dossier)

    assert [[dossier.words(s.span), s.relation, s.polarity, s.modality] for s in statements] == expected


def test_a_passive_has_its_doer_as_subject() -> None:
    (statement,), _ = find_statements(make_dossier("The tower was built by monks in 1310."))

    assert [(a.relation, a.head) for a in statement.arguments if a.relation != "oblique"] == [
        ("object", "tower"),
        ("subject", "monk"),
    ]


def test_a_participle_has_the_date_of_its_clause_around_it() -> None:
    statements, _ = find_statements(make_dossier("On May 3, 2024 a fire destroyed the mill, killing two workers."))

    assert [s.setting[0].value for s in statements if s.relation == "kill"] == ["2024-05-03"]


WORDS = st.sampled_from(
    ["the", "mayor", "said", "“", "”", "that", "12", "people", "died", ",", ".", "which", "Tarn", "not", "?", "\n\n"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_statements_of_any_text_are_sorted_short_and_slice_to_words(text: str) -> None:
    dossier = make_dossier(text)
    statements, embeddings = find_statements(dossier)

    assert embeddings.shape == (len(statements), 384)
    assert np.allclose(np.linalg.norm(embeddings, axis=1), 1.0, atol=1e-3)
    assert [s.row for s in statements] == list(range(len(statements)))
    assert [s.span for s in statements] == sorted({s.span for s in statements})
    for statement in statements:
        assert dossier.words(statement.span).strip() == dossier.words(statement.span)
        assert 0 < statement.span.length <= LONGEST
        assert statement.sentence.covers(statement.span)
