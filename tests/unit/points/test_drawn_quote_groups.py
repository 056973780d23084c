"""Drawn cases: what happened to a quotation, and which quotations are one utterance."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.drawing import PUBLISHERS, draw
from wirecheck.points.quotations.groups import group_quotations
from wirecheck.points.quotations.parting import part_quotations
from wirecheck.points.wording import compare_wordings
from wirecheck.text.alignment import list_words

CASES = Path(__file__).parents[2] / "cases" / "quote_groups"


def load(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [
        pytest.param(c, id=c["name"], marks=[pytest.mark.xfail(strict=True)] if c.get("expect") == "fail" else [])
        for c in cases
    ]


@pytest.mark.parametrize("case", load("wording.toml"))
def test_the_relation_of_two_wordings_is_as_drawn(case: dict[str, Any]) -> None:
    left, right = list_words(case["left"]), list_words(case["right"])
    found = compare_wordings(left, right)
    back = compare_wordings(right, left)

    assert found is not None
    assert back is not None
    assert found.relation == back.relation == case["relation"]
    assert found.marked == case.get("marked", False)
    drawn = [
        case["left"][left[s.left].start : left[s.left_end - 1].end] for s in found.differences if s.left < s.left_end
    ]
    drawn += [
        case["right"][right[s.right].start : right[s.right_end - 1].end]
        for s in found.differences
        if s.right < s.right_end
    ]
    assert set(case.get("words", [])) <= set(drawn)


@pytest.mark.parametrize("case", load("groups.toml"))
def test_quotations_are_grouped_as_drawn(case: dict[str, Any]) -> None:
    dossier = draw({p: case[p] for p in PUBLISHERS if p in case})
    names = {d.id: d.name for d in dossier.documents}
    documents = {q.id: names[q.document] for q in dossier.quotations}

    groups = group_quotations(dossier)

    found = [
        " ".join([g.relation, *sorted({documents[q] for q in g.quotations})])
        for g in groups
        if len({documents[q] for q in g.quotations}) > 1
    ]
    assert sorted(found) == sorted(case["groups"])
    in_marks = {q.id for q in dossier.quotations if q.kind != "indirect"}
    assert in_marks <= {q for g in groups for q in g.quotations}


def test_a_run_is_parted_where_another_document_sets_its_sentences_apart() -> None:
    dossier = draw(
        {
            "herald": "“⟦Ona Reed|The levee is soft. We told the council twice last spring.⟧”",
            "post": "“⟦Ona Reed|The levee is soft,⟧” Reed said. “⟦Ona Reed|We told the council twice last spring.⟧”",
        }
    )
    parted = part_quotations(dossier)
    herald = next(q for q in parted.quotations if parted.document(q.document).name == "herald")

    assert [parted.words(c) for c in herald.contents] == [
        "The levee is soft.",
        "We told the council twice last spring.",
    ]
    assert [q.id for q in parted.quotations] == [q.id for q in dossier.quotations]


def test_a_run_that_another_document_cuts_short_stays_whole() -> None:
    dossier = draw(
        {
            "herald": "“⟦Ona Reed|The levee is soft. We told the council twice last spring.⟧”",
            "post": "“⟦Ona Reed|We told the council twice last spring,⟧” Reed said.",
        }
    )

    assert part_quotations(dossier) == dossier


def test_a_run_that_joins_what_stands_far_apart_stays_whole_as_the_splice_it_is() -> None:
    between = " ".join(["The council met again and nobody of the farmers was asked to speak about it."] * 4)
    dossier = draw(
        {
            "herald": "“⟦Ona Reed|The levee is soft. We told the council twice last spring.⟧”",
            "post": f"“⟦Ona Reed|The levee is soft,⟧” Reed said. {between} "
            "“⟦Ona Reed|We told the council twice last spring.⟧”",
        }
    )

    assert part_quotations(dossier) == dossier


def test_a_splice_names_the_documents_that_join_and_those_that_set_apart() -> None:
    between = " ".join(["The council met again and nobody of the farmers was asked to speak about it."] * 4)
    apart = (
        f"“⟦Ona Reed|The levee is soft by the mill,⟧” Reed said.\n\n{between}\n\n{between}\n\n{between}\n\n"
        "“⟦Ona Reed|We told the council twice last spring.⟧”"
    )
    joined = "“⟦Ona Reed|The levee is soft by the mill. We told the council twice last spring.⟧”"
    groups = group_quotations(draw({"herald": apart, "post": joined, "mercury": apart}))

    assert [g.reason for g in groups if g.relation == "spliced"] == [
        "The Post joins in one quotation “The levee is soft by the mill” and “We told the council twice last "
        "spring”, which stand apart in The Herald and The Mercury."
    ]
