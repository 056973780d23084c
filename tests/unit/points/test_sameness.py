"""Sameness: the sum that explains a likelihood is the one that was weighed."""

from __future__ import annotations

import math
from dataclasses import fields
from functools import cache

import pytest

from tests.builders import make_document
from wirecheck.annotators import annotate
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.points.compatibility import compare_statements
from wirecheck.points.sameness import NAMED, SAME, Sameness
from wirecheck.resolve import resolve_actors, resolve_speakers
from wirecheck.statements import find_statements
from wirecheck.stories import one_story

HERALD = (
    "A fire at the Tarn paper mill killed 14 workers on Monday. The mill was built in 1950. "
    "The council gave the museum the old mill. The mayor said in a statement on Friday."
)
POST = (
    "Fire broke out at the Tarn paper mill on Monday and 17 workers died. The mill was built in 1950. "
    "On Friday the mill was handed to the museum by the council of Tarn."
)


@cache
def judge() -> Sameness:
    documents = [make_document("a", HERALD), make_document("b", POST)]
    readings = tuple(read_document(d) for d in documents)
    annotations = tuple(annotate(r) for r in readings)
    actors = resolve_actors(readings, annotations)
    annotations = resolve_speakers(readings, annotations, actors)
    dossier = Dossier(one_story(documents)[0], readings, annotations, actors)
    statements, embeddings = find_statements(dossier)
    dossier = dossier.having(statements=statements, embeddings=embeddings)
    return Sameness(dossier, compare_statements(dossier))


def test_each_sum_is_the_likelihood_that_was_weighed() -> None:
    sameness = judge()
    pairs = [
        (a, b) for a in sameness.dossier.statements for b in sameness.dossier.statements if a.document < b.document
    ]

    weighed = [p for p in pairs if len(sameness.explain(*p, shared=False)) > 1]
    assert len(weighed) > 3
    for left, right in weighed:
        sums = [sum(f.weight for f in sameness.explain(left, right, shared=shared)) for shared in (False, True)]
        same, shared = (1 / (1 + math.exp(-x)) for x in sums)
        assert same == pytest.approx(sameness.same(left, right))
        assert max(same, shared) == pytest.approx(sameness.shared(left, right))


def test_clauses_in_the_same_words_are_settled_without_weighing() -> None:
    sameness = judge()
    left, right = (s for s in sameness.dossier.statements if "built" in s.relation or s.relation == "build")

    assert [f.name for f in sameness.explain(left, right, shared=False)] == ["both are one clause in the same words"]


def test_every_weight_has_a_name_in_plain_words() -> None:
    assert {f.name for f in fields(SAME)} - {"none"} == set(NAMED)
